using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Entitlements;

/// <summary>
/// A client's own record: every record that resolution joined in it, whichever source it comes from, and the confidential
/// nodes that belong to it (<see cref="Belonging"/>). What is stated of these is its own; a relationship only where its other end
/// is its own too, or of a type that is public: who else signs in on a device, or guarantees beside it, is theirs.
/// Read by point reads, so it costs what the client has, not what the store holds.
/// </summary>
internal sealed class OwnRecord
{
    private readonly SchemaCatalog catalog;
    private readonly HashSet<NodeId> own;
    private readonly HashSet<NodeId> met;

    private OwnRecord(SchemaCatalog catalog, HashSet<NodeId> own, HashSet<NodeId> met)
    {
        this.catalog = catalog;
        this.own = own;
        this.met = met;
    }

    /// <summary>The record of a client as a version knows it.</summary>
    public static async ValueTask<OwnRecord> ReadAsync(
        IGraphStore store, long version, NodeId record, CancellationToken cancellation = default)
    {
        if (store.Catalog.FindNode(record.Type)?.IsParty is not true) return new OwnRecord(store.Catalog, [], []);
        var records = await RecordsOfAsync(store, version, record, cancellation);
        var own = new HashSet<NodeId>(records);
        var met = new HashSet<NodeId>(records);
        foreach (var belonging in Belonging.Table.Where(row => row.IsOwn))
        {
            var reached = records;
            for (var step = belonging.ToParty.Length - 1; step >= 0; step--)
            {
                // What is kept about the client is neither its own, nor leads to anything that is.
                reached = [.. (await FollowAsync(store, version, reached, belonging.ToParty[step], cancellation)).Where(node => Belonging.Of(store.Catalog.Node(node.Type)) is not { IsOwn: false })];
                met.UnionWith(reached);
            }

            own.UnionWith(reached.Where(node => store.Catalog.Node(node.Type).Is(belonging.Type)));
        }

        return new OwnRecord(store.Catalog, own, met);
    }

    /// <summary>The client's records and what belongs to it, ordered by id.</summary>
    public ImmutableArray<NodeId> Nodes => [.. own.Order()];

    /// <summary>Whether a node is the client or belongs to it.</summary>
    public bool Holds(NodeId node) => own.Contains(node);

    /// <summary>Whether a fact names a node on the ways from the client to what belongs to it: its change may change what that is.</summary>
    public bool IsLedToBy(Fact fact) => fact.Ends.Any(met.Contains);

    /// <summary>Whether a fact is about the client or what belongs to it, and about nobody else.</summary>
    public bool Holds(Fact fact) => fact switch
    {
        NodeFact node => Holds(node.Node),
        RelationshipFact edge => (Holds(edge.From) && MayEnd(edge.To)) || (Holds(edge.To) && MayEnd(edge.From)),
        _ => false,
    };

    private bool MayEnd(NodeId node) => Holds(node) || (catalog.Node(node.Type).Level == Sensitivity.Public && SourceOwner.Of(node) is null);

    /// <summary>All records that matches join with one, itself first.</summary>
    private static async ValueTask<List<NodeId>> RecordsOfAsync(
        IGraphStore store, long version, NodeId record, CancellationToken cancellation)
    {
        List<NodeId> records = [record];
        var met = new HashSet<NodeId>(records);
        for (var next = 0; next < records.Count; next++)
            foreach (var recorded in await store.FindAsync(records[next], version, withRelationships: true, cancellation))
                if (recorded is { Kind: ChangeKind.Assert, Fact: RelationshipFact { Relationship: SchemaCatalog.SameAs } judgement } && Clusters.Joins(judgement))
                    foreach (var end in (NodeId[])[judgement.From, judgement.To])
                        if (met.Add(end)) records.Add(end);
        return records;
    }

    /// <summary>The nodes from which a step leads to one of some nodes; what others keep about the client leads on to nothing of its own.</summary>
    private static async ValueTask<List<NodeId>> FollowAsync(
        IGraphStore store, long version, List<NodeId> nodes, Step step, CancellationToken cancellation)
    {
        var found = new HashSet<NodeId>();
        foreach (var node in nodes)
            foreach (var recorded in await store.FindAsync(node, version, withRelationships: true, cancellation))
                if (recorded is { Kind: ChangeKind.Assert, Fact: RelationshipFact edge } && edge.Relationship == step.Relationship)
                {
                    var (start, end) = step.Forward ? (edge.From, edge.To) : (edge.To, edge.From);
                    if (end == node) found.Add(start);
                }

        found.RemoveWhere(node => Belonging.IsKeptByOthers(store.Catalog.Node(node.Type)));
        return [.. found];
    }
}
