using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
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
