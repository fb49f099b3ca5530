using System.Text.RegularExpressions;
using GraphRisk.Scoring.Registry;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Composition;

/// <summary>
/// Holds the records that stand beside the store, decisions about models and filed scores, to the audit trail. A record's own
/// chain tells what was changed in its middle; that its end was cut off, or all of it written anew, shows here: every hash the
/// trail says was recorded must still be there. Cost: a pass over trail and record.
/// </summary>
internal static partial class FiledRecords
{
    private const string Scores = "score --file";

    /// <summary>The models of a data folder, once their record of decisions holds what the trail says.</summary>
    /// <exception cref="UserErrorException">It does not.</exception>
    public static ModelRegistry Registry(DataFolder folder)
    {
        var registry = new ModelRegistry(folder.Models);
        Check(folder, registry.Path, what => what != Scores);
        return registry;
    }

    /// <summary>Checks the filed scores of a data folder.</summary>
    /// <exception cref="UserErrorException">Some that the trail says were filed are gone.</exception>
    public static void CheckScores(DataFolder folder) => Check(folder, folder.FiledScores, what => what == Scores);

    private static void Check(DataFolder folder, string path, Func<string, bool> isOfRecord)
    {
        if (!File.Exists(folder.Audit.Trail)) return;
        var recorded = AuditReading.Last(folder.Audit, new AuditFilter { Act = AuditAct.Command }, int.MaxValue, CancellationToken.None)
            .Where(record => record.Entry.Parts is [var part, ..] && part.What is [var what, ..] && isOfRecord(what))
            .Select(record => (record.Sequence, Match: Recorded().Match(record.Entry.Detail ?? ""))).Where(one => one.Match.Success).ToArray();
        if (recorded.Length == 0) return;
        var held = HashedLog.Read(path).Select(line => line.Hash).ToHashSet(StringComparer.Ordinal);
        if (recorded.FirstOrDefault(one => !held.Contains(one.Match.Groups[1].Value)) is { Match: not null } gone)
            throw new UserErrorException($"{path} does not hold what entry {gone.Sequence} of the audit trail says was recorded in it: it was cut off, replaced or removed. Put it back from a backup; nothing is used on its word.");
    }

    [GeneratedRegex("record ([0-9a-f]{64})")]
    private static partial Regex Recorded();
}
