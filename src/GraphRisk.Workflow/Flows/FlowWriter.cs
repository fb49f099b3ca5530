using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import.Updates;
using GraphRisk.Market.Flows;

namespace GraphRisk.Workflow.Flows;

/// <summary>
/// Records updates one by one, each a ChangeSet of its own whose id is the row's, so that a row recorded again changes nothing. What names an account or a loan that is
/// not there, or was removed, is refused.
/// </summary>
/// <param name="store">Where they go.</param>
/// <param name="newest">Reads the newest state of the store.</param>
public sealed class FlowWriter(IGraphStore store, Func<CancellationToken, ValueTask<MoneyFlows>> newest)
{
    private const string Author = "flows";
    private const int MostAttempts = 100;

    /// <summary>Records a row.</summary>
    /// <param name="write">What the row is.</param>
    /// <param name="row">The row.</param>
    /// <param name="recordedAt">When it becomes known.</param>
    /// <param name="cancellation">Ends it before it is recorded.</param>
    /// <exception cref="InvalidDataException">The row is broken.</exception>
    /// <exception cref="VersionConflictException">Others write so often that no state held long enough to decide on.</exception>
    public async ValueTask<FlowOutcome> WriteAsync(FlowWrite write, UpdateRow row, DateTimeOffset recordedAt, CancellationToken cancellation = default)
    {
        if (row.Fault is { } fault) throw new InvalidDataException(fault);
        ChangeSet SetOf(ImmutableArray<Change> changes, string part) => new($"{Author}:{write.Code}:{row.Id}{part}", recordedAt, Author, changes);
        switch (write.Kind)
        {
            case FlowWriteKind.Add:
                if (!await AllThereAsync(row, cancellation)) return FlowOutcome.Refused;
                await store.AppendAsync(SetOf(Asserting(row.Facts), ""), cancellation);
                return FlowOutcome.Written;
            case FlowWriteKind.RemoveAccount:
                return await RemoveAsync(new NodeId("Account", $"finbench:{row["accountId"]}"), row.At, SetOf, cancellation);
            default:
                return await DecideAsync(write.Kind, row, SetOf, cancellation);
        }
    }

    private async ValueTask<FlowOutcome> RemoveAsync(
        NodeId account, DateTimeOffset at, Func<ImmutableArray<Change>, string, ChangeSet> setOf, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var version = (await store.GetVersionAsync(cancellation)).Number;
            var changes = await Removal.OfAsync(store, account, at, version, cancellation);
            if (changes.IsEmpty) return FlowOutcome.Refused;
            try
            {
                await store.AppendAsync(setOf(changes, "") with { ExpectedVersion = version }, cancellation);
                return FlowOutcome.Written;
            }
            catch (VersionConflictException) when (attempt < MostAttempts)
            {
                // Somebody wrote between: what hangs on the account may be more.
            }
        }
    }

    private async ValueTask<FlowOutcome> DecideAsync(
        FlowWriteKind kind, UpdateRow row, Func<ImmutableArray<Change>, string, ChangeSet> setOf, CancellationToken cancellation)
    {
        var meter = WorkMeter.EndedBy(cancellation);
        for (var attempt = 1; ; attempt++)
        {
            var flows = await newest(cancellation);
            var outcome = kind switch
            {
                FlowWriteKind.TransferUnlessCycle => Safeguards.Cycle(flows, row, meter),
                FlowWriteKind.TransferUnlessFast => Safeguards.Fast(flows, row, meter),
                FlowWriteKind.GuaranteeUnlessChain => Safeguards.Chain(flows, row, meter),
                _ => throw new InvalidOperationException($"Unknown kind {kind}."),
            };
            if (outcome == FlowOutcome.Refused) return outcome;
            var set = outcome == FlowOutcome.Written ? setOf(Asserting(row.Facts), "") : setOf(Blocking(row), ":blocked");
            try
            {
                await store.AppendAsync(set with { ExpectedVersion = flows.Snapshot.Stamp.Version }, cancellation);
                return outcome;
            }
            catch (VersionConflictException) when (attempt < MostAttempts)
            {
                // Somebody wrote between: it is decided anew.
            }
        }
    }

    /// <summary>Whether the accounts and loans that a row's relationships name are there at its time, apart from those it states itself.</summary>
    private async ValueTask<bool> AllThereAsync(UpdateRow row, CancellationToken cancellation)
    {
        var stated = row.Facts.OfType<NodeFact>().Select(fact => fact.Node).ToHashSet();
        var named = row.Facts.OfType<RelationshipFact>().SelectMany(edge => (NodeId[])[edge.From, edge.To])
            .Where(node => node.Type is "Account" or "Loan" && !stated.Contains(node)).Distinct();
        var version = (await store.GetVersionAsync(cancellation)).Number;
        foreach (var node in named)
            if (!(await store.FindAsync(node, version, cancellation: cancellation)).Any(recorded => recorded.Fact.Validity.Contains(row.At))) return false;
        return true;
    }

    /// <summary>Both ends of a row's relationship are blocked from its time on.</summary>
    private static ImmutableArray<Change> Blocking(UpdateRow row)
    {
        var edge = row.Facts.OfType<RelationshipFact>().Single();
        return
        [
            .. new[] { edge.From, edge.To }.Distinct().Select(node => Change.Assert(new NodeFact(
                node, Properties.Of(("blocked", PropertyValue.Of(true))), new Validity(row.At, DateTimeOffset.MaxValue),
                edge.Provenance with { RecordKey = $"{node.Key} blocked by {edge.Provenance.RecordKey}" }))),
        ];
    }

    private static ImmutableArray<Change> Asserting(ImmutableArray<Fact> facts) => [.. facts.Select(Change.Assert)];
}
