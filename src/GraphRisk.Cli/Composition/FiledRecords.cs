using System.Text.RegularExpressions;
using GraphRisk.Scoring.Registry;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Composition;

/// <summary>What is known of the end of a file of scores.</summary>
/// <param name="IsWhole">Whether it ends where the last filing ended; null where that cannot be told.</param>
/// <param name="Told">In words.</param>
internal sealed record FileEnd(bool? IsWhole, string Told);

/// <summary>
/// Holds the records that stand beside the store, decisions about models, reports on them and filed scores, to the audit trail. A record's own
/// chain tells what was changed in its middle; that its end was cut off, or all of it written anew, shows here: every hash the
/// trail says was recorded must still be there. Cost: a pass over trail and record.
/// </summary>
internal static partial class FiledRecords
{
    private const string Scores = "score --file";
    private const string OfAModel = "model report";

    /// <summary>The models of a data folder, once their record of decisions holds what the trail says.</summary>
    /// <exception cref="UserErrorException">It does not.</exception>
    public static ModelRegistry Registry(DataFolder folder)
    {
        var registry = new ModelRegistry(folder.Models);
        Check(folder, [registry.Path], what => what is not (Scores or OfAModel));
        return registry;
    }

    /// <summary>The reports on the models of a data folder, once they hold what the trail says.</summary>
    /// <exception cref="UserErrorException">Some that the trail says were kept are gone.</exception>
    public static ModelReports Reports(DataFolder folder)
    {
        var reports = new ModelReports(folder.Models);
        Check(folder, reports.Paths(), what => what == OfAModel);
        return reports;
    }

    /// <summary>The record of decisions about the models of a data folder.</summary>
    public static string DecisionsOf(DataFolder folder) => new ModelRegistry(folder.Models).Path;

    /// <summary>Checks the filed scores of a data folder.</summary>
    /// <exception cref="UserErrorException">Some that the trail says were filed are gone.</exception>
    public static void CheckScores(DataFolder folder) => Check(folder, [folder.FiledScores], what => what == Scores);

    /// <summary>The filed scores of a data folder by client, once they hold what the trail says.</summary>
    /// <exception cref="UserErrorException">Some that the trail says were filed are gone.</exception>
    public static FiledScores FiledScoresOf(DataFolder folder)
    {
        CheckScores(folder);
        return new FiledScores(folder.FiledScores);
    }

    /// <summary>
    /// What the audit trail says of the end of a file of scores, wherever it lies. A chain cut off at its end hangs together, so only the
    /// trail can tell: each filing records the hash of its last line.
    /// </summary>
    /// <param name="folder">The data folder whose trail knows the filings.</param>
    /// <param name="path">The file.</param>
    public static FileEnd EndOf(DataFolder folder, string path)
    {
        var recorded = Recorded(folder, what => what == Scores);
        var hashes = recorded.ConvertAll(one => one.Hash);
        var last = HashedLog.Read(path).LastOrDefault()?.Hash;
        var at = last is null ? -1 : hashes.LastIndexOf(last);
        return recorded.Count == 0 ? new FileEnd(null, "the audit trail of this data folder knows no filed scores, so whether the end of the file is missing cannot be told")
            : at < 0 ? new FileEnd(false, "the file does not end where any filing in the audit trail ended: its end was cut off, or it is of another data folder")
            : at < hashes.Count - 1 ? new FileEnd(null, FormattableString.Invariant($"the file ends with filing {at + 1} of {hashes.Count} (entry {recorded[at].Sequence} of the audit trail); what was filed later is not in it"))
            : new FileEnd(true, FormattableString.Invariant($"the file ends where entry {recorded[at].Sequence} of the audit trail, the last filing, says"));
    }

    private static void Check(DataFolder folder, IReadOnlyList<string> paths, Func<string, bool> isOfRecord)
    {
        var recorded = Recorded(folder, isOfRecord);
        if (recorded.Count == 0) return;
        var held = paths.SelectMany(HashedLog.Read).Select(line => line.Hash).ToHashSet(StringComparer.Ordinal);
        if (recorded.FirstOrDefault(one => !held.Contains(one.Hash)) is not { Hash: not null } gone) return;
        var where = paths is [var path] ? $"{path} does not hold" : $"No file of reports in {folder.Models} holds";
        throw new UserErrorException($"{where} what entry {gone.Sequence} of the audit trail says was recorded in it: it was cut off, replaced or removed. Put it back from a backup; nothing is used on its word.");
    }

    private static List<(long Sequence, string Hash)> Recorded(DataFolder folder, Func<string, bool> isOfRecord)
    {
        if (!File.Exists(folder.Audit.Trail)) return [];
        return [.. AuditReading.Last(folder.Audit, new AuditFilter { Act = AuditAct.Command }, int.MaxValue, CancellationToken.None)
            .Where(record => record.Entry.Parts is [var part, ..] && part.What is [var what, ..] && isOfRecord(what))
            .Select(record => (record.Sequence, Match: RecordedHash().Matches(record.Entry.Detail ?? "").LastOrDefault())).Where(one => one.Match is not null)
            .Select(one => (one.Sequence, one.Match!.Groups[1].Value)).OrderBy(one => one.Sequence)];
    }

    /// <summary>The hash an entry ends with; a proposal names that of its report before.</summary>
    [GeneratedRegex("(?:record|report) ([0-9a-f]{64})")]
    private static partial Regex RecordedHash();
}
