using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GraphRisk.Graph.Store;

namespace GraphRisk.Server.Security.Audit;

/// <summary>The newest version of the store beside a trail when a head was sealed.</summary>
/// <param name="Version">The version; 0 where nothing was recorded yet.</param>
/// <param name="Mark">Which store it is of, and by which history it came about.</param>
public sealed record SealedStore(long Version, StoreMark Mark);

/// <summary>
/// A head of the trail, signed: what the trail was at a moment, as one line of JSON that can be kept where the trail's keeper
/// has no hand, such as in the daily inspection's report.
/// </summary>
/// <param name="Number">From 1, without gap.</param>
/// <param name="At">When it was sealed.</param>
/// <param name="Head">The trail's head then.</param>
/// <param name="Length">Bytes of the trail's file then; a hint where to go on checking, until the file is cut by retention.</param>
/// <param name="Before">SHA-256 of the line of the head before; zeros for the first.</param>
/// <param name="Key">Public key it is signed with.</param>
public sealed record SealedHead(long Number, DateTimeOffset At, AuditHead Head, long Length, string Before, string Key)
{
    private const string SignatureMember = ",\"signature\":\"";

    /// <summary>The store the trail told of; null where none was there, it is on a server, or an earlier version of the program sealed.</summary>
    public SealedStore? Store { get; private init; }

    /// <summary>The line as it is kept and printed.</summary>
    public string Line { get; private init; } = "";

    /// <summary>SHA-256 of the line, which the next head names.</summary>
    public string LineHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Line)));

    /// <summary>Signs a head that follows another.</summary>
    /// <param name="before">The head before, or null for the first.</param>
    /// <param name="at">Now.</param>
    /// <param name="head">The trail's head.</param>
    /// <param name="length">Bytes of the trail's file.</param>
    /// <param name="store">The store beside the trail; null where there is none.</param>
    /// <param name="key">Signs it.</param>
    public static SealedHead Seal(SealedHead? before, DateTimeOffset at, AuditHead head, long length, SealedStore? store, SealKey key)
    {
        var unsigned = new SealedHead((before?.Number ?? 0) + 1, at, head, length, before?.LineHash ?? AuditHead.Start.Hash, key.Public) { Store = store };
        var body = unsigned.Body();
        return unsigned with { Line = $"{body}{SignatureMember}{key.Sign(Encoding.UTF8.GetBytes(body))}\"}}" };
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is no head, or its signature is not by the key it names.</exception>
    public static SealedHead Parse(string line)
    {
        line = line.Trim();
        var end = line.LastIndexOf(SignatureMember, StringComparison.Ordinal);
        if (end < 0 || !line.EndsWith("\"}", StringComparison.Ordinal)) throw new FormatException("This is no sealed head of an audit trail.");
        var head = Read(line);
        var signature = line[(end + SignatureMember.Length)..^2];
        return SealKey.IsSigned(Encoding.UTF8.GetBytes(line[..end]), signature, head.Key)
            ? head
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"The signature of head {head.Number} is not by the key it names: the head was changed."));
    }

    private static SealedHead Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            string Text(string name) => json.GetProperty(name).GetString()!;
            var head = new AuditHead(json.GetProperty("sequence").GetInt64(), Text("hash"), Text("digest"));
            return new SealedHead(
                json.GetProperty("number").GetInt64(), json.GetProperty("at").GetDateTimeOffset(), head, json.GetProperty("length").GetInt64(),
                Text("before"), Text("key")) { Line = line, Store = StoreIn(json) };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatException("This is no sealed head of an audit trail.", error);
        }
    }

    private static SealedStore? StoreIn(JsonElement json) => !json.TryGetProperty("store", out var store) ? null
        : StoreMark.Parse(store.GetString(), json.GetProperty("history").GetString()) is { } mark ? new SealedStore(json.GetProperty("version").GetInt64(), mark)
        : throw new FormatException("The head's store is no mark.");

    // Written by hand so that the bytes that are signed are plain to see.
    private string Body() => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"number\":{Number},\"sequence\":{Head.Sequence},\"hash\":\"{Head.Hash}\",\"digest\":\"{Head.Digest}\",\"at\":\"{At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffffZ}\",\"length\":{Length},\"before\":\"{Before}\"{StoreBody()},\"key\":\"{Key}\"");

    private string StoreBody() => Store is null ? "" : string.Create(
        CultureInfo.InvariantCulture, $",\"version\":{Store.Version},\"store\":\"{Store.Mark.StoreText}\",\"history\":\"{Store.Mark.HistoryText}\"");
}
