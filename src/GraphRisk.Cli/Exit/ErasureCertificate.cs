using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;

namespace GraphRisk.Cli.Exit;

/// <summary>A copy that left the data folder, as its audit trail says.</summary>
/// <param name="What">The command.</param>
/// <param name="Where">Where to.</param>
/// <param name="LastAt">When last.</param>
internal sealed record CopyOnRecord(string What, string Where, DateTimeOffset LastAt);

/// <summary>Who asked for an erasure, why, and who carried it out.</summary>
/// <param name="RequestedBy">Who asked for it.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="CarriedOutBy">The second person, who carried it out.</param>
internal sealed record ErasureHands(string RequestedBy, DateTimeOffset RequestedAt, string Reason, string CarriedOutBy);

/// <summary>The store before and after.</summary>
/// <param name="Identity">Its identity.</param>
/// <param name="Version">Its newest version, which an erasure does not change.</param>
/// <param name="HashBefore">Content hash before.</param>
/// <param name="HashAfter">Content hash after; empty where nothing is left.</param>
/// <param name="Tombstones">Recordings that became tombstones.</param>
/// <param name="Struck">Recordings of others in which the client was struck out.</param>
internal sealed record ErasedContent(string Identity, long Version, string HashBefore, string HashAfter, long Tombstones, long Struck);

/// <summary>
/// What was erased, by whom, why and when. It names the client by the ids of its records alone, which lead nowhere any more, as the audit trail does.
/// </summary>
internal sealed record ErasureCertificate
{
    /// <summary>What it is.</summary>
    public string Format { get; init; } = "graphrisk-erasure";

    /// <summary>Version of its form.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The data folder.</summary>
    public required string Data { get; init; }

    /// <summary>Number of the erasure in its store; 0 for that of the whole installation.</summary>
    public required long Number { get; init; }

    /// <summary>Ids of the records of the client; empty for the whole installation.</summary>
    public required ImmutableArray<string> Records { get; init; }

    /// <summary>Who.</summary>
    public required ErasureHands Hands { get; init; }

    /// <summary>SHA-256 of the table of legal holds, none of which forbade it.</summary>
    public required string HoldsTable { get; init; }

    /// <summary>The store.</summary>
    public required ErasedContent Store { get; init; }

    /// <summary>Nodes that went, by type.</summary>
    public required ImmutableSortedDictionary<string, int> Nodes { get; init; }

    /// <summary>Nodes that belong to others, too, and stay without their ties to the client.</summary>
    public required int Shared { get; init; }

    /// <summary>Files: what became of each that did not stay as it was, with how many lines or rows it lost.</summary>
    public required ImmutableSortedDictionary<string, string> Files { get; init; }

    /// <summary>Files that were looked through afterwards for what tells who the client was, in UTF-8, UTF-16, GB 18030 and as JSON escapes; nothing was found.</summary>
    public required int FilesSearched { get; init; }

    /// <summary>Bytes of them.</summary>
    public required long BytesSearched { get; init; }

    /// <summary>What stays, and why.</summary>
    public required ImmutableArray<string> Stays { get; init; }

    /// <summary>Copies that left the folder before, and still hold what was erased.</summary>
    public required ImmutableArray<CopyOnRecord> Copies { get; init; }

    /// <summary>Name of its files, without ending.</summary>
    public string Name => "erasure-" + At.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    /// <summary>SHA-256 of the certificate in JSON.</summary>
    public static string HashOf(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));

    /// <summary>Puts a certificate into a folder, as JSON and as text.</summary>
    public static async Task WriteAsync(string folder, string name, string json, string text, CancellationToken cancellation)
    {
        OwnerOnly.Create(folder);
        foreach (var (ending, content) in new[] { (".json", json), (".txt", text) })
        {
            await using var file = OwnersFile.Create(Path.Combine(folder, name + ending));
            await file.WriteAsync(Encoding.UTF8.GetBytes(content), cancellation);
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>The certificate for a reader.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"Certificate of erasure, {At:yyyy-MM-dd HH:mm:ss} UTC");
        Line($"Data folder     {Data}");
        Line($"Erased          {(Records.IsEmpty ? "the whole installation" : string.Join(", ", Records))}");
        Line($"Requested       by {Hands.RequestedBy}, {Hands.RequestedAt:yyyy-MM-dd HH:mm:ss} UTC: {Hands.Reason}");
        Line($"Carried out     by {Hands.CarriedOutBy}");
        Line($"Legal holds     none stood against it, by the table with SHA-256 {HoldsTable}");
        Line($"Store           {Store.Identity}, version {Store.Version}");
        Line($"Content hash    before {Store.HashBefore}");
        Line($"                after  {(Store.HashAfter.Length == 0 ? "nothing is left" : Store.HashAfter)}");
        Line($"Recordings      {Store.Tombstones} became tombstones, in {Store.Struck} of others the client was struck out");
        Line($"Nodes           {Nodes.Values.Sum()}: {string.Join(", ", Nodes.Select(one => $"{one.Value} {one.Key}"))}; {Shared} that belong to others, too, stay without their ties to the client");
        foreach (var (file, fate) in Files) Line($"File            {file}: {fate}");
        Line($"Looked through  {FilesSearched} files, {BytesSearched:N0} bytes, afterwards: nothing found");
        foreach (var stays in Stays) Line($"Stays           {stays}");
        foreach (var copy in Copies) Line($"Copy            {copy.What} to {copy.Where}, last {copy.LastAt:yyyy-MM-dd HH:mm:ss} UTC: holds what was erased until it is deleted");
        return text.ToString();
    }
}
