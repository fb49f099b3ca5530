using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace GraphRisk.Graph.Facts;

/// <summary>
/// 128-bit identity of a fact: XxHash128 over what the fact is about (type and key, or relationship, ends and key), its
/// source and the start of its validity, length-prefixed so that no two different facts read alike. Not a protection
/// against forgery; at a billion facts the chance of any collision is below 1e-20.
/// </summary>
/// <param name="High">Upper 64 bits.</param>
/// <param name="Low">Lower 64 bits.</param>
public readonly record struct FactId(ulong High, ulong Low) : IComparable<FactId>
{
    /// <summary>The identity of a fact.</summary>
    public static FactId Of(Fact fact) => fact switch
    {
        NodeFact node => Of("N", [node.Node.Type, node.Node.Key], fact),
        RelationshipFact edge => Of(
            "R", [edge.Relationship, edge.From.Type, edge.From.Key, edge.To.Type, edge.To.Key, edge.Key], fact),
        _ => throw new ArgumentException($"Unknown fact {fact.GetType()}.", nameof(fact)),
    };

    /// <summary>Identity of what the fact is about, whoever says it and whenever it holds.</summary>
    public static FactId OfElement(Fact fact) => fact switch
    {
        NodeFact node => Hash("N", [node.Node.Type, node.Node.Key], "", 0),
        RelationshipFact edge => Hash(
            "R", [edge.Relationship, edge.From.Type, edge.From.Key, edge.To.Type, edge.To.Key, edge.Key], "", 0),
        _ => throw new ArgumentException($"Unknown fact {fact.GetType()}.", nameof(fact)),
    };

    /// <summary>Identity of what a relationship is about and who says it, whenever it holds.</summary>
    internal static FactId OfStatement(RelationshipFact edge) => Hash(
        "S", [edge.Relationship, edge.From.Type, edge.From.Key, edge.To.Type, edge.To.Key, edge.Key], edge.Provenance.Source, 0);

    /// <summary>Reads 32 hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static FactId Parse(string text) =>
        text.Length == 32
            ? new FactId(
                ulong.Parse(text.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                ulong.Parse(text.AsSpan(16), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            : throw new FormatException($"'{text}' is not a fact id of 32 hexadecimal digits.");

    /// <summary>Reads 16 bytes, big-endian.</summary>
    public static FactId FromBytes(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>Writes 16 bytes, big-endian.</summary>
    public void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
    }

    /// <summary>The 16 bytes, big-endian.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[16];
        WriteTo(bytes);
        return bytes;
    }

    public int CompareTo(FactId other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    public static bool operator <(FactId left, FactId right) => left.CompareTo(right) < 0;

    public static bool operator >(FactId left, FactId right) => left.CompareTo(right) > 0;

    public static bool operator <=(FactId left, FactId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(FactId left, FactId right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{High:x16}{Low:x16}";

    private static FactId Of(string sort, ReadOnlySpan<string> parts, Fact fact) =>
        Hash(sort, parts, fact.Provenance.Source, fact.Validity.From.ToUnixTimeMilliseconds());

    private static FactId Hash(string sort, ReadOnlySpan<string> parts, string source, long from)
    {
        var size = 8 + Bytes(sort) + Bytes(source);
        foreach (var part in parts) size += Bytes(part);
        Span<byte> buffer = size <= 1024 ? stackalloc byte[size] : new byte[size];
        var at = Write(buffer, 0, sort);
        foreach (var part in parts) at = Write(buffer, at, part);
        at = Write(buffer, at, source);
        BinaryPrimitives.WriteInt64LittleEndian(buffer[at..], from);
        var hash = XxHash128.HashToUInt128(buffer[..(at + 8)]);
        return new FactId((ulong)(hash >> 64), (ulong)hash);
    }

    private static int Bytes(string text) => 4 + Encoding.UTF8.GetMaxByteCount(text.Length);

    private static int Write(Span<byte> buffer, int at, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, buffer[(at + 4)..]);
        MemoryMarshal.Write(buffer[at..], length);
        return at + 4 + length;
    }
}
