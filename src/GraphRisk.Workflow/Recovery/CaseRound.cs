using System.Collections.Immutable;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Recovery;

/// <summary>A step that follows from what is recorded.</summary>
/// <param name="Kind">The kind of case.</param>
/// <param name="Move">The move of its table.</param>
/// <param name="Key">What the step is called: the same step is made once, whoever goes round.</param>
/// <param name="Contract">The contract it is on.</param>
/// <param name="Carried">What it carries.</param>
public sealed record RoundStep(CaseKind Kind, string Move, string Key, NodeId Contract, Properties Carried)
{
    /// <summary>The case that is moved; null where one is opened.</summary>
    public NodeId? Case { get; init; }

    /// <summary>Makes the opening once it is known whose the contract is; null where a case is moved.</summary>
    public Func<CaseParties, CaseOpening>? Opening { get; init; }
}

/// <summary>What a step did.</summary>
/// <param name="Move">The move.</param>
/// <param name="Case">The case.</param>
public sealed record RoundDone(string Move, NodeId Case);

/// <summary>
/// Goes round contracts as the platform: files what follows from the records, each step once. A case is opened about the record by which the broker knows the client, in the broker's data set. A step that
/// somebody made before, or that no longer leads on since somebody moved the case meanwhile, is passed over.
/// </summary>
public sealed class CaseRound(IGraphStore store)
{
    private readonly CaseDesk desk = new(store);

    /// <summary>Makes steps one by one, in their order.</summary>
    /// <returns>Those that were made anew.</returns>
    public async Task<ImmutableArray<RoundDone>> RunAsync(IEnumerable<RoundStep> steps, CaseFiling filing, CancellationToken cancellation = default)
    {
        var done = ImmutableArray.CreateBuilder<RoundDone>();
        foreach (var step in steps)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await MakeAsync(step, filing, cancellation) is { Decision: { IsNew: true, Refusal: null } } outcome) done.Add(new RoundDone(step.Move, outcome.Id));
        }

        return done.ToImmutable();
    }

    /// <summary>Cases of a kind on a contract, by node.</summary>
    public static IEnumerable<int> On(Snapshot snapshot, string relationship, NodeId contract) =>
        snapshot.Nodes.Find(contract) is >= 0 and var node ? snapshot.Relationship(relationship).In.Neighbours(node).ToArray().Distinct() : [];

    /// <summary>Whose a contract is: the record of the client and the broker, as the broker's own records tie them; null where they do not.</summary>
    public static async ValueTask<CaseParties?> PartiesOfAsync(IGraphStore store, NodeId contract, long version, CancellationToken cancellation)
    {
        var edges = (await store.FindAsync(contract, version, withRelationships: true, cancellation)).Where(one => one.Kind == ChangeKind.Assert).Select(one => one.Fact).OfType<RelationshipFact>().ToList();
        if (edges.Find(edge => edge.Relationship == "GRANTED_BY" && edge.From == contract) is not { To: var broker }) return null;
        var clients = edges.Where(edge => edge.Relationship == "CONTRACTED" && edge.To == contract).Select(edge => edge.From).Order().ToList();
        // Of several records the broker's own: others it may not know.
        return clients.Count == 0 ? null : new CaseParties(clients.OrderBy(client => SourceOwner.Of(client) == broker.Key ? 0 : 1).First().ToString(), broker.ToString());
    }

    private async Task<CaseOutcome?> MakeAsync(RoundStep step, CaseFiling filing, CancellationToken cancellation)
    {
        var asked = new MoveAsked(step.Move, Mover.Platform, step.Key, step.Carried);
        if (step.Case is { } id) return await desk.MoveAsync(step.Kind, id, asked, null, filing, cancellation: cancellation);
        var version = (await store.GetVersionAsync(cancellation)).Number;
        if (await PartiesOfAsync(store, step.Contract, version, cancellation) is not { } parties) return null;
        return await CaseFacts.ReadAsync(store, CaseFacts.IdOf(step.Kind, parties, asked), version, cancellation) is null
            ? await desk.OpenAsync(step.Kind, step.Opening!(parties), asked, filing, cancellation) : null;
    }
}
