using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GraphRisk.Server.Security;

/// <summary>
/// The text of one entry: a JSON object whose last member is <c>hash</c>, the HMAC-SHA-256 under the trail's key of
/// all the bytes before it, among them the sequence number and the hash of the entry before.
/// </summary>
internal static class AuditLine
{
    private static readonly byte[] HashMember = ",\"hash\":\""u8.ToArray();
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line without its newline, and the head it makes.</summary>
    public static (byte[] Line, AuditHead Head) Write(AuditEntry entry, AuditHead before, byte[] key)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("seq", before.Sequence + 1);
            json.WriteString("at", entry.At.UtcDateTime);
            json.WriteString("role", entry.Viewer.Role.ToString());
            json.WriteString("of", entry.Viewer.Of);
            json.WriteString("purpose", entry.Viewer.Purpose?.Id);
            json.WriteString("basis", entry.Viewer.Purpose?.Basis);
            json.WriteString("reason", entry.Page.Revealed ? entry.Viewer.Reason : null);
            WriteArray(json, "what", entry.Page.What);
            WriteArray(json, "whose", entry.Page.Whose);
            json.WriteString("answer", entry.Answer);
            json.WriteString("before", before.Hash);
            json.WriteEndObject();
        }
        var body = buffer.ToArray().AsSpan()[..^1];
        var hash = Hash(body, key);
        byte[] line = [.. body, .. HashMember, .. Encoding.ASCII.GetBytes(hash), .. "\"}"u8];
        return (line, new AuditHead(before.Sequence + 1, hash));
    }

    /// <summary>The head a line makes, or null when the line is not the next one after <paramref name="before"/>.</summary>
    public static AuditHead? Check(ReadOnlySpan<byte> line, AuditHead before, byte[] key)
    {
        var end = line.LastIndexOf(HashMember);
        if (end < 0) return null;
        var hash = Hash(line[..end], key);
        if (!line[end..].SequenceEqual([.. HashMember, .. Encoding.ASCII.GetBytes(hash), .. "\"}"u8])) return null;
        using var entry = JsonDocument.Parse(line.ToArray());
        return entry.RootElement.GetProperty("seq").GetInt64() == before.Sequence + 1
            && entry.RootElement.GetProperty("before").GetString() == before.Hash
            ? new AuditHead(before.Sequence + 1, hash)
            : null;
    }

    private static string Hash(ReadOnlySpan<byte> body, byte[] key) => Convert.ToHexStringLower(HMACSHA256.HashData(key, body));

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
