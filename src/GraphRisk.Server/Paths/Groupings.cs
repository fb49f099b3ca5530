using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Paths;

/// <summary>
/// Components, communities and ranks of a view's nodes over some kinds of relationships: each computed once, at the cost of all who wait, and
/// kept while others do not crowd it out; of a million nodes one takes some ten megabytes. Thread-safe.
/// </summary>
internal sealed class Groupings(Snapshot snapshot)
{
    private const int Kept = 4;

    private readonly RecentValues<SharedWork<Components>> components = new(Kept);
    private readonly RecentValues<SharedWork<Components>> communities = new(Kept);
    private readonly RecentValues<SharedWork<float[]>> ranks = new(Kept);

    /// <summary>Those of a view.</summary>
    public static Groupings Of(GraphView view) => view.Derive(typeof(Groupings), snapshot => new Groupings(snapshot));

    /// <summary>The relationships that count where none are named, those between parties that are open to a viewer whoever they are about; filed where reading is.</summary>
    public static List<RelationshipType> TiesOf(SchemaCatalog catalog, RequestContext request, string field)
    {
        return Filed(WalkRights.OpenToAll(request.Viewer, catalog.RelationshipTypes.Where(type =>
            type.GraphName != SchemaCatalog.SameAs && IsOfParties(type.From) && IsOfParties(type.To)), named: false), request, field);

        bool IsOfParties(string end) => catalog.NodeTypes.Where(type => type.Is(end)).All(type => type.IsParty);
    }

    /// <summary>The same relationships, once it is filed that a field was read over them.</summary>
    public static List<RelationshipType> Filed(IEnumerable<RelationshipType> types, RequestContext request, string field)
    {
        var read = types.ToList();
        foreach (var type in read)
            if (type.Level >= AccessPolicy.Filed) request.Ledger.Record($"{type.Name}.{field}", ReadLedger.Everyone, unmasked: false);
        return read;
    }

    /// <summary>Weakly connected components.</summary>
    public Components ComponentsOver(IReadOnlyList<RelationshipType> types, WorkMeter meter) => Take(
        components, types, meter, (graph, paid) => WeaklyConnectedComponents.Find(graph, paid));

    /// <summary>Communities by the Leiden algorithm.</summary>
    public Components CommunitiesOver(IReadOnlyList<RelationshipType> types, WorkMeter meter) => Take(
        communities, types, meter, (graph, paid) => Leiden.Find(graph, paid).Communities);

    /// <summary>PageRank of every node, whichever way relationships run.</summary>
    public float[] RanksOver(IReadOnlyList<RelationshipType> types, WorkMeter meter) => Take(
        ranks, types, meter, (graph, paid) => PageRank.Find(graph, meter: paid));

    private T Take<T>(RecentValues<SharedWork<T>> kept, IReadOnlyList<RelationshipType> types, WorkMeter meter, Func<UndirectedGraph, WorkMeter, T> compute)
        where T : class
    {
        var tables = types.Select(type => snapshot.Relationships[type.Ordinal]).ToList();
        return kept.Of(
            string.Join(' ', types.Select(type => type.GraphName)),
            () => new SharedWork<T>(paid => compute(UndirectedGraph.Of(snapshot.Nodes.Count, tables, paid), paid))).Take(meter);
    }
}
