using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GraphRisk.Server.Security.Audit;

/// <summary>
/// The text of one entry: a JSON object that begins with <c>seq</c> and ends with <c>before</c>, the hash of the entry before, and
/// <c>hash</c>, the HMAC-SHA-256 under the trail's key of all the bytes before it. Pure.
/// </summary>
internal static class AuditLine
{
    /// <summary>Length of what a line ends with: <c>,"hash":"</c>, 64 digits, <c>"}</c>.</summary>
    public const int TailLength = 9 + HashLength + 2;

    private const int HashLength = 64;
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789abcdef"u8);
    private static readonly byte[] HashMember = ",\"hash\":\""u8.ToArray();
    private static readonly byte[] BeforeMember = ",\"before\":\""u8.ToArray();
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line without its newline, and the head it makes.</summary>
    public static (byte[] Line, AuditHead Head) Write(AuditEntry entry, AuditHead before, byte[] key)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("seq", before.Sequence + 1);
            AuditEntryJson.Write(json, entry);
            json.WriteString("before", before.Hash);
            json.WriteEndObject();
        }
        var line = Close(buffer.ToArray().AsSpan()[..^1], key);
        return (line, new AuditHead(before.Sequence + 1, HashOf(line)!, Digest(before.Digest, line)));
    }

    /// <summary>Ends a line whose closing brace is missing with the keyed hash of what it has.</summary>
    public static byte[] Close(ReadOnlySpan<byte> body, byte[] key) =>
        [.. body, .. HashMember, .. Encoding.ASCII.GetBytes(Keyed(body, key)), .. "\"}"u8];

    /// <summary>The head a line makes, or null where it is not the next one after <paramref name="before"/>.</summary>
    /// <param name="line">The line without its newline.</param>
    /// <param name="before">The head it must follow.</param>
    /// <param name="key">The trail's key; null checks no more than that the lines are linked.</param>
    public static AuditHead? Check(ReadOnlySpan<byte> line, AuditHead before, byte[]? key) =>
        SequenceOf(line) == before.Sequence + 1 && BeforeOf(line) == before.Hash && IsWhole(line, key)
            ? new AuditHead(before.Sequence + 1, HashOf(line)!, Digest(before.Digest, line))
            : null;

    /// <summary>Whether the line's hash is that of its bytes.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> line, byte[]? key) =>
        HashOf(line) is { } hash && (key is null || Keyed(line[..^TailLength], key) == hash);

    /// <summary>The number the line begins with; -1 where it begins otherwise.</summary>
    public static long SequenceOf(ReadOnlySpan<byte> line) =>
        line.StartsWith("{\"seq\":"u8) && Utf8Parser.TryParse(line[7..], out long number, out var length) && length > 0 && line[7 + length] == ','
            ? number
            : -1;

    /// <summary>The hash the line ends with; null where it ends otherwise.</summary>
    public static string? HashOf(ReadOnlySpan<byte> line) =>
        line.Length > TailLength && line[^TailLength..].StartsWith(HashMember) && line.EndsWith("\"}"u8)
            ? Hexadecimal(line.Slice(line.Length - 2 - HashLength, HashLength))
            : null;

    /// <summary>The digest after a line.</summary>
    public static string Digest(string before, ReadOnlySpan<byte> line)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Convert.FromHexString(before));
        sha.AppendData(line);
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    /// <summary>The entry of a line; lines of earlier versions of the program are read too.</summary>
    /// <exception cref="InvalidDataException">The line is no entry.</exception>
    public static AuditRecord Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref json);
            return new AuditRecord(SequenceOf(line), HashOf(line) ?? "", AuditEntryJson.Read(document.RootElement));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Entry {SequenceOf(line)} of the audit trail can't be read: {error.Message}"), error);
        }
    }

    private static string? BeforeOf(ReadOnlySpan<byte> line)
    {
        const int length = 11 + HashLength + 1;
        if (line.Length < TailLength + length) return null;
        var member = line.Slice(line.Length - TailLength - length, length);
        return member.StartsWith(BeforeMember) && member[^1] == '"' ? Hexadecimal(member.Slice(11, HashLength)) : null;
    }

    private static string? Hexadecimal(ReadOnlySpan<byte> digits) =>
        digits.ContainsAnyExcept(Digits) ? null : Encoding.ASCII.GetString(digits);

    private static string Keyed(ReadOnlySpan<byte> body, byte[] key) => Convert.ToHexStringLower(HMACSHA256.HashData(key, body));
}
