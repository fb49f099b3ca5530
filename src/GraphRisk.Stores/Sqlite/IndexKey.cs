using System.IO.Hashing;
using System.Text;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Stores.Sqlite;

/// <summary>A 128-bit key of an index, ordered as SQLite orders its two halves.</summary>
internal readonly record struct IndexKey(long High, long Low)
{
    /// <summary>The key of a fact: its id.</summary>
    public static IndexKey Of(FactId id) => new((long)id.High, (long)id.Low);

    /// <summary>The key of a node: a hash of <c>Type/Key</c>; types contain no slash.</summary>
    public static IndexKey Of(NodeId node) => Hash(node.Type, node.Key);

    /// <summary>The key of an identifier.</summary>
    public static IndexKey OfIdentifier(string scheme, string value) => Hash(scheme, value);

    /// <summary>The key under which a node's own facts stand.</summary>
    public static IndexKey OfOwnFacts(long node) => new(node, 0);

    /// <summary>The key under which the relationships of a node stand.</summary>
    public static IndexKey OfRelationships(long node) => new(node, 1);

    private static IndexKey Hash(string head, string tail)
    {
        var most = Encoding.UTF8.GetMaxByteCount(head.Length + 1 + tail.Length);
        Span<byte> bytes = most <= 1024 ? stackalloc byte[most] : new byte[most];
        var length = Encoding.UTF8.GetBytes(head, bytes);
        bytes[length++] = (byte)'/';
        length += Encoding.UTF8.GetBytes(tail, bytes[length..]);
        var hash = XxHash128.HashToUInt128(bytes[..length]);
        return new IndexKey((long)(ulong)(hash >> 64), (long)(ulong)hash);
    }
}
