using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Encodings.Web;

namespace GraphRisk.Server.Security.Audit;

/// <summary>
/// What stands at the start of the trail in place of entries whose time of retention is over: how many of which kind there were,
/// from when to when, and what the first entry kept must follow. Signed like a head and hashed like an entry, so that the rest
/// still verifies.
/// </summary>
/// <param name="Through">The trail's head after the last entry that was cut.</param>
/// <param name="First">Hash of the first entry of all.</param>
/// <param name="From">When the first entry was filed.</param>
/// <param name="To">When the last entry that was cut was filed.</param>
/// <param name="Counts">Entries that were cut, by act.</param>
/// <param name="LastHead">Number of the sealed head at which the trail was cut.</param>
/// <param name="CutAt">When.</param>
public sealed record TrailSummary(
    AuditHead Through, string First, DateTimeOffset From, DateTimeOffset To, ImmutableSortedDictionary<string, long> Counts, long LastHead, DateTimeOffset CutAt)
{
    private static readonly byte[] Beginning = "{\"cut\":"u8.ToArray();
    private static readonly byte[] SignatureMember = ",\"signature\":\""u8.ToArray();
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a line is one, sound or not.</summary>
    internal static bool IsAt(ReadOnlySpan<byte> line) => line.StartsWith(Beginning);

    /// <summary>The line without its newline.</summary>
    internal byte[] Write(byte[] key, SealKey seal)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("cut", Through.Sequence);
            json.WriteString("digest", Through.Digest);
            json.WriteString("last", Through.Hash);
            json.WriteString("first", First);
            json.WriteString("from", From.UtcDateTime);
            json.WriteString("to", To.UtcDateTime);
            json.WriteStartObject("counts");
            foreach (var (act, count) in Counts) json.WriteNumber(act, count);
            json.WriteEndObject();
            json.WriteNumber("lastHead", LastHead);
            json.WriteString("cutAt", CutAt.UtcDateTime);
            json.WriteString("key", seal.Public);
            json.WriteEndObject();
        }

        var body = buffer.ToArray().AsSpan()[..^1];
        return AuditLine.Close([.. body, .. SignatureMember, .. Encoding.ASCII.GetBytes(seal.Sign(body)), (byte)'"'], key);
    }

    /// <summary>Reads a line; null where it was changed.</summary>
    /// <param name="line">The line without its newline.</param>
    /// <param name="key">The trail's key; null where only the signature can be checked.</param>
    internal static TrailSummary? Check(ReadOnlySpan<byte> line, byte[]? key)
    {
        if (!IsAt(line) || !AuditLine.IsWhole(line, key)) return null;
        try
        {
            using var document = JsonDocument.Parse(line.ToArray());
            var json = document.RootElement;
            string Text(string name) => json.GetProperty(name).GetString()!;
            var end = line.LastIndexOf(SignatureMember);
            if (end < 0 || !SealKey.IsSigned(line[..end], Text("signature"), Text("key"))) return null;
            return new TrailSummary(
                new AuditHead(json.GetProperty("cut").GetInt64(), Text("last"), Text("digest")), Text("first"),
                json.GetProperty("from").GetDateTimeOffset(), json.GetProperty("to").GetDateTimeOffset(),
                json.GetProperty("counts").EnumerateObject().ToImmutableSortedDictionary(count => count.Name, count => count.Value.GetInt64(), StringComparer.Ordinal),
                json.GetProperty("lastHead").GetInt64(), json.GetProperty("cutAt").GetDateTimeOffset());
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"entries 1 to {Through.Sequence} ({From:yyyy-MM-dd} to {To:yyyy-MM-dd}) were cut by retention on {CutAt:yyyy-MM-dd}: {string.Join(", ", Counts.Select(count => $"{count.Value} {count.Key}"))}");
}
