using System.Text.RegularExpressions;
using GraphRisk.Cli.Composition;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Exit;

/// <summary>A request for an erasure, as the audit trail has it.</summary>
/// <param name="Sequence">Number of its entry.</param>
/// <param name="By">Who asked.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
internal sealed record ErasureRequest(long Sequence, string By, DateTimeOffset At, string Reason);

/// <summary>
/// Erasures take two persons: one asks, which is filed in the audit trail, and another carries it out within the term. The trail is also where copies are looked up that left the folder.
/// </summary>
internal static partial class ErasureRequests
{
    /// <summary>The command as it is filed where somebody asks.</summary>
    public const string Asked = "erase --request";

    /// <summary>The command as it is filed where it is carried out.</summary>
    public const string CarriedOut = "erase --carry-out";

    /// <summary>For how long a request stands.</summary>
    public const int TermDays = 30;

    /// <summary>The one command that puts a copy elsewhere and is filed as a deed of the folder's own.</summary>
    private const string Drill = "drill";

    /// <summary>Files a request.</summary>
    public static Task FileAsync(Host host, DataFolder folder, string whose, string by, string reason) =>
        Filing.NoteAsync(host, folder, new Deed(AuditAct.Command, Asked, $"by {by}") { Whose = whose, Reason = reason });

    /// <summary>The newest request that stands: of the client under any of its ids, not carried out yet, within the term.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="whose">Ids the client is known by; everyone's sign for the whole installation.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellation">Ends it.</param>
    public static ErasureRequest? Find(DataFolder folder, IReadOnlyCollection<string> whose, DateTimeOffset now, CancellationToken cancellation)
    {
        ErasureRequest? standing = null;
        foreach (var record in EntriesOf(folder, AuditAct.Command, cancellation))
        {
            if (record.Entry.Parts is not [{ What: [var what, ..] } part, ..] || !part.Whose.Any(whose.Contains)) continue;
            if (what == Asked && ByWhom().Match(record.Entry.Detail ?? "") is { Success: true } by)
                standing = new ErasureRequest(record.Sequence, by.Groups[1].Value, record.Entry.At, record.Entry.Actor.Reason ?? "");
            else if (what == CarriedOut && record.Entry.Stage == AuditStage.Done) standing = null;
        }

        return standing is not null && standing.At.AddDays(TermDays) >= now ? standing : null;
    }

    /// <summary>Whether an erasure was ever carried out in a folder, as its audit trail knows; null where the trail of before was set aside.</summary>
    public static bool? KnowsErasure(DataFolder folder, CancellationToken cancellation) =>
        EntriesOf(folder, AuditAct.Command, cancellation).Any(record => record.Entry.Parts is [{ What: [CarriedOut, ..] }, ..]) ? true
        : FolderErasure.HasOldTrail(folder) ? null : false;

    /// <summary>Copies that left the folder: each place once, with when last.</summary>
    public static IReadOnlyList<CopyOnRecord> Copies(DataFolder folder, CancellationToken cancellation) =>
    [
        .. EntriesOf(folder, AuditAct.Export, cancellation).Concat(EntriesOf(folder, AuditAct.Command, cancellation))
            .Where(record => record.Entry.Stage == AuditStage.Begun && record.Entry.Parts is [{ What: [var what, ..] }, ..] && (record.Entry.Act == AuditAct.Export || what == Drill))
            .GroupBy(record => (What: record.Entry.Parts[0].What[0], Where: record.Entry.Detail ?? ""))
            .Select(group => new CopyOnRecord(group.Key.What, group.Key.Where, group.Max(record => record.Entry.At))).OrderBy(copy => copy.LastAt),
    ];

    /// <summary>Content hash of the newest export of all that came to its end; null where there was none.</summary>
    public static string? LastExport(DataFolder folder, CancellationToken cancellation) => EntriesOf(folder, AuditAct.Export, cancellation)
        .Where(record => record.Entry.Stage == AuditStage.Done && record.Entry.Parts is [{ What: ["export --all", ..] }, ..])
        .Select(record => ContentHashOf().Match(record.Entry.Detail ?? "")).LastOrDefault(match => match.Success)?.Groups[1].Value;

    private static IReadOnlyList<AuditRecord> EntriesOf(DataFolder folder, AuditAct act, CancellationToken cancellation) =>
        File.Exists(folder.Audit.Trail) ? AuditReading.Last(folder.Audit, new AuditFilter { Act = act }, int.MaxValue, cancellation) : [];

    [GeneratedRegex("^by (.+)$")]
    private static partial Regex ByWhom();

    [GeneratedRegex("content hash ([0-9a-f]{64})")]
    private static partial Regex ContentHashOf();
}
