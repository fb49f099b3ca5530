using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Entitlements;

/// <summary>
/// An entitlement as it reads at one version of a store: which facts it covers, and which party records are one party in
/// its eyes. A fact covered is either open, or the viewer's own; a viewer's snapshot is made of the open ones in the
/// order of their first recording and then of its own in the order of theirs, so that what is open is the same for all.
/// </summary>
internal sealed record EntitledFacts
{
    private EntitledFacts()
    {
    }

    /// <summary>Whether a fact is covered where all are.</summary>
    public static Func<Fact, bool> Everything { get; } = _ => true;

    /// <summary>Everything there is.</summary>
    public static EntitledFacts Whole { get; } = new()
    {
        IsOpen = Everything, Covers = Everything, Touches = Everything, IsOpenRecord = _ => true, IsOwnRecord = _ => false,
    };

    /// <summary>Whether a fact is covered and open to all of the entitlement's level.</summary>
    public required Func<Fact, bool> IsOpen { get; init; }

    /// <summary>Whether a fact is covered.</summary>
    public required Func<Fact, bool> Covers { get; init; }

    /// <summary>Whether a change of a fact may change what is covered: it is covered itself, or names what led to something that is.</summary>
    public required Func<Fact, bool> Touches { get; init; }

    /// <summary>Whether a record is open.</summary>
    public required Func<NodeId, bool> IsOpenRecord { get; init; }

    /// <summary>Whether a party record is the viewer's own.</summary>
    public required Func<NodeId, bool> IsOwnRecord { get; init; }

    /// <summary>A client's own nodes; empty for others.</summary>
    public ImmutableArray<NodeId> OwnNodes { get; init; } = [];

    /// <summary>What is the viewer's own, whenever it holds, in the order of first recording; nothing of it is open.</summary>
    public ImmutableArray<RecordedFact> Own { get; init; } = [];

    /// <summary>What an entitlement covers of what is nobody's own.</summary>
    public static EntitledFacts OfOpen(SchemaCatalog catalog, Entitlement entitlement)
    {
        if (entitlement.IsWhole) return Whole;
        var open = new OpenFacts(catalog, entitlement.OpenLevel);
        return new EntitledFacts
        {
            IsOpen = open.Holds, Covers = open.Holds, Touches = open.Holds, IsOpenRecord = open.Holds, IsOwnRecord = _ => false,
        };
    }

    /// <summary>What an entitlement covers at a version; costs what is the viewer's own.</summary>
    public static async ValueTask<EntitledFacts> ReadAsync(
        IGraphStore store, long version, Entitlement entitlement, CancellationToken cancellation = default)
    {
        var none = OfOpen(store.Catalog, entitlement);
        if (entitlement.Client is { } record) return await OfClientAsync(store, version, record, none, cancellation);
        return entitlement.Broker is { } broker ? await OfBrokerAsync(store, version, broker, none, cancellation) : none;
    }

    private static async ValueTask<EntitledFacts> OfClientAsync(
        IGraphStore store, long version, NodeId record, EntitledFacts none, CancellationToken cancellation)
    {
        var own = await OwnRecord.ReadAsync(store, version, record, cancellation);
        var facts = new SortedDictionary<long, RecordedFact>();
        foreach (var node in own.Nodes)
            foreach (var recorded in await store.FindAsync(node, version, withRelationships: true, cancellation))
                if (own.Holds(recorded.Fact) && !none.IsOpen(recorded.Fact)) facts[recorded.FirstSequence] = recorded;
        return none with
        {
            Covers = fact => none.IsOpen(fact) || own.Holds(fact), Touches = fact => none.IsOpen(fact) || own.IsLedToBy(fact),
            IsOwnRecord = own.Holds, OwnNodes = own.Nodes, Own = [.. facts.Values],
        };
    }

    private static async ValueTask<EntitledFacts> OfBrokerAsync(
        IGraphStore store, long version, string broker, EntitledFacts none, CancellationToken cancellation)
    {
        var own = ImmutableArray.CreateBuilder<RecordedFact>();
        var named = new HashSet<NodeId>();
        var scope = ReadScope.All(version) with { DataSets = DataSets.OfBroker(broker) };
        await foreach (var recorded in store.ReadAsync(scope, cancellation).WithCancellation(cancellation))
        {
            own.Add(recorded);
            if (recorded.Fact.Type == SchemaCatalog.SameAs) continue;
            foreach (var id in recorded.Fact.Ends)
                if (SourceOwner.Of(id) == broker) named.Add(id);
        }

        bool Covers(Fact fact) => none.IsOpen(fact) || SourceOwner.Of(fact.Provenance.Source) == broker;
        return none with
        {
            Covers = Covers, Touches = Covers,
            IsOwnRecord = named.Contains, Own = own.ToImmutable(),
        };
    }
}
