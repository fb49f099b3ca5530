using System.Globalization;
using GraphRisk.Cli.Exit;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Stores;

namespace GraphRisk.Cli.Composition;

/// <summary>
/// Holds an audit trail to the store beside it. A sealed head names the version and the history it was sealed over; where the store has another
/// history at that version, it was restored, rewritten or replaced since, which the trail must tell of: an entry after the head that says so.
/// </summary>
internal static class SealedHistory
{
    /// <summary>Entries after which a store rightly has another history.</summary>
    private static readonly string[] NewHistories = ["restore", "store accept", "import --all", ErasureRequests.CarriedOut];

    /// <summary>The report with what is wrong between trail and store added.</summary>
    /// <param name="folder">The folder of both.</param>
    /// <param name="report">What was found of the trail by itself.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<AuditReport> HoldAsync(DataFolder folder, AuditReport report, CancellationToken cancellation)
    {
        if (report.OverStores.IsEmpty || !File.Exists(folder.Store)) return report;
        try
        {
            await using var store = GraphStores.OpenSqlite(folder.Store, SchemaCatalog.LoadEmbedded(), StoreGuard.Require(folder));
            return await FindFaultAsync(folder, store, report, cancellation) is { } fault ? report with { Faults = report.Faults.Add(fault) } : report;
        }
        catch (StoreUnavailableException error)
        {
            return report with { Faults = report.Faults.Add(new AuditFault(AuditFaultKind.Store, 0, 0, $"The trail can't be held to the store: {error.Message}")) };
        }
    }

    private static async Task<AuditFault?> FindFaultAsync(DataFolder folder, IGraphStore store, AuditReport report, CancellationToken cancellation)
    {
        for (var at = report.OverStores.Length - 1; at >= 0; at--)
        {
            var head = report.OverStores[at];
            var sealedOver = head.Store!;
            if (await store.GetMarkAsync(sealedOver.Version, cancellation) == sealedOver.Mark) continue;
            return IsTold(folder, head, cancellation) ? null : FaultOf(head, sealedOver, (await store.GetVersionAsync(cancellation)).Number);
        }

        return null;
    }

    private static bool IsTold(DataFolder folder, SealedHead head, CancellationToken cancellation) =>
        AuditReading.Last(folder.Audit, new AuditFilter { Since = head.At.AddDays(-1) }, int.MaxValue, cancellation)
            
            .Any(record => record.Sequence > head.Head.Sequence && record.Entry.Stage is null or AuditStage.Done && record.Entry.Parts.Any(part => part.What.Any(NewHistories.Contains)));

    private static AuditFault FaultOf(SealedHead head, SealedStore sealedOver, long newest) => new(
        AuditFaultKind.Store, head.Head.Sequence, head.Head.Sequence, string.Create(
            CultureInfo.InvariantCulture,
            $"Head {head.Number} (entry {head.Head.Sequence}) was sealed over version {sealedOver.Version} of store {sealedOver.Mark.StoreText}, history {sealedOver.Mark.HistoryText}; the store here, at version {newest}, has not that history, and no later entry tells of a restore."));
}
