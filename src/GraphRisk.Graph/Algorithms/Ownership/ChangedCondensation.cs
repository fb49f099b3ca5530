using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// The condensation of holdings that differ from others in some companies, made of that of the others.
/// <para>
/// Only edges into the changed companies came or went. One that went can take a component apart only if both its ends were in it; one that came joins what lies on circles through it: all
/// that its company reaches and that reaches its holder. What is in such a component or on such a circle is gathered, and its components are found by
/// themselves; all others are as they were. Whether the company reaches the holder is asked from both ends at once, so that a holder whom nobody
/// holds costs a step. Cost: the rows of changed companies, the components touched, and the searches.
/// </para>
/// </summary>
internal sealed class ChangedCondensation
{
    private readonly WorkMeter meter;

    /// <param name="holdings">The holdings.</param>
    /// <param name="bound">Which end of them is read.</param>
    /// <param name="others">The others as weights.</param>
    /// <param name="components">The others' components.</param>
    /// <param name="meter">Pays for it.</param>
    public ChangedCondensation(HoldingGraph holdings, ShareBound bound, WeightedGraph others, Components components, WorkMeter meter)
    {
        this.meter = meter;
        Graph = others.With(holdings.NodeCount, holdings.Changed.ToDictionary(company => company, company => Into(holdings, company, bound)));
        var touched = new SortedSet<int>(Enumerable.Range(others.NodeCount, holdings.NodeCount - others.NodeCount));
        foreach (var company in holdings.Changed)
        {
            var was = company < others.NodeCount ? others.In.Neighbours(company).ToArray() : [];
            var now = Graph.In.Neighbours(company).ToArray();
            foreach (var holder in was.Except(now))
                if (components.Of(holder) == components.Of(company)) touched.UnionWith(components.Members(components.Of(company)).ToArray());
            foreach (var holder in now.Except(was))
                if (holder != company && (holder >= others.NodeCount || company >= others.NodeCount || components.Of(holder) != components.Of(company))) touched.UnionWith(Circle(company, holder));
        }

        Components = components.With(ComponentsOf([.. touched]));
    }

    /// <summary>The holdings as weights.</summary>
    public WeightedGraph Graph { get; }

    /// <summary>Their components.</summary>
    public Components Components { get; }

    private static List<(int From, double Weight)> Into(HoldingGraph holdings, int company, ShareBound bound)
    {
        var found = new List<(int From, double Weight)>();
        foreach (var edge in holdings.EdgesInto(company)) found.Add((holdings[edge].Holder, (double)holdings[edge].Equity.At(bound)));
        return found;
    }

    /// <summary>All on circles through a holding: none where the company does not reach the holder.</summary>
    private IEnumerable<int> Circle(int company, int holder)
    {
        if (!Reaches(company, holder)) return [];
        var below = BreadthFirst.Reach(Graph.Out, company, meter: meter).ToHashSet();
        return BreadthFirst.Reach(Graph.In, holder, meter: meter).Where(below.Contains);
    }

    private bool Reaches(int from, int to)
    {
        var (below, above) = (new HashSet<int> { from }, new HashSet<int> { to });
        var (down, up) = (new Queue<int>(below), new Queue<int>(above));
        while (true)
        {
            if (!down.TryDequeue(out var lower) || !up.TryDequeue(out var upper)) return false;
            meter.ChargeNode(Graph.Out.Degree(lower) + Graph.In.Degree(upper));
            foreach (var next in Graph.Out.Neighbours(lower))
            {
                if (above.Contains(next)) return true;
                if (below.Add(next)) down.Enqueue(next);
            }

            foreach (var next in Graph.In.Neighbours(upper))
            {
                if (below.Contains(next)) return true;
                if (above.Add(next)) up.Enqueue(next);
            }
        }
    }

    private int[][] ComponentsOf(int[] nodes)
    {
        List<int> from = [], to = [];
        foreach (var (at, node) in nodes.Index())
            foreach (var next in Graph.Out.Neighbours(node))
                if (Array.BinarySearch(nodes, next) is >= 0 and var other)
                {
                    from.Add(at);
                    to.Add(other);
                }

        var found = StronglyConnectedComponents.Find(Csr.Build(nodes.Length, from.ToArray(), to.ToArray(), out _), meter);
        return [.. Enumerable.Range(0, found.Count).Select(component => Array.ConvertAll(found.Members(component).ToArray(), at => nodes[at]))];
    }
}
