using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>
/// Impacts in both directions whose weights change. Rows of the graph keep their place; a pair the graph does not have is
/// kept in lists beside them. Of parallel edges the first carries the pair's weight once it was set.
/// </summary>
internal sealed class ImpactRows(WeightedGraph graph)
{
    private readonly Dictionary<int, List<(int Node, double Weight)>> addedOut = [];
    private readonly Dictionary<int, List<(int Node, double Weight)>> addedIn = [];
    private double[]? outWeights;
    private double[]? inWeights;

    public int NodeCount => graph.NodeCount;

    /// <summary>Where each node's incoming edges of the graph begin.</summary>
    public ReadOnlySpan<int> InStarts => graph.In.Offsets;

    /// <summary>Where each incoming edge of the graph comes from.</summary>
    public ReadOnlySpan<int> InSources => graph.In.Targets;

    /// <summary>Weights of the incoming edges of the graph as they are now, in step.</summary>
    public ReadOnlySpan<double> InWeights => inWeights ?? graph.InWeights;

    /// <summary>Whether pairs were added that the graph does not have.</summary>
    public bool HasAdded => addedIn.Count > 0;

    /// <summary>What the added edges of a node bring from what their sources have.</summary>
    public double AddedTo(int node, float[] values)
    {
        if (!addedIn.TryGetValue(node, out var added)) return 0;
        var sum = 0.0;
        foreach (var (source, weight) in added) sum += weight * values[source];
        return sum;
    }

    public int OutDegree(int node) => graph.Out.Degree(node) + (addedOut.Count > 0 && addedOut.TryGetValue(node, out var more) ? more.Count : 0);

    /// <summary>Where a node's failure is felt.</summary>
    public Row Out(int node) => new(graph.Out.Neighbours(node), WeightsOf(outWeights, graph.Out.Range(node), graph.OutWeights), Added(addedOut, node));

    /// <summary>Whose failure a node feels.</summary>
    public Row In(int node) => new(graph.In.Neighbours(node), WeightsOf(inWeights, graph.In.Range(node), graph.InWeights), Added(addedIn, node));

    /// <summary>Sets the weight of a pair; what it was before.</summary>
    public double Set(int from, int to, double weight)
    {
        outWeights ??= graph.OutWeights.ToArray();
        inWeights ??= graph.InWeights.ToArray();
        if (SetIn(graph.Out.Neighbours(from), outWeights.AsSpan(graph.Out.Range(from).Start), to, weight) is not { } before)
        {
            SetAdded(addedIn, to, from, weight);
            return SetAdded(addedOut, from, to, weight);
        }

        SetIn(graph.In.Neighbours(to), inWeights.AsSpan(graph.In.Range(to).Start), from, weight);
        return before;
    }

    private static ReadOnlySpan<double> WeightsOf(double[]? own, (int Start, int End) range, ReadOnlySpan<double> given) =>
        own is null ? given[range.Start..range.End] : own.AsSpan(range.Start..range.End);

    private static List<(int Node, double Weight)>? Added(Dictionary<int, List<(int Node, double Weight)>> added, int node) =>
        added.Count == 0 ? null : added.GetValueOrDefault(node);

    private static double? SetIn(ReadOnlySpan<int> neighbours, Span<double> weights, int neighbour, double weight)
    {
        var found = neighbours.BinarySearch(neighbour);
        if (found < 0) return null;
        while (found > 0 && neighbours[found - 1] == neighbour) found--;
        var before = 0.0;
        for (var i = found; i < neighbours.Length && neighbours[i] == neighbour; i++)
        {
            before += weights[i];
            weights[i] = i == found ? weight : 0;
        }

        return before;
    }

    private static double SetAdded(Dictionary<int, List<(int Node, double Weight)>> added, int node, int neighbour, double weight)
    {
        if (!added.TryGetValue(node, out var list)) added.Add(node, list = []);
        var at = list.FindIndex(one => one.Node == neighbour);
        if (at < 0)
        {
            list.Add((neighbour, weight));
            return 0;
        }

        var before = list[at].Weight;
        list[at] = (neighbour, weight);
        return before;
    }

    /// <summary>The edges of a node with a weight above 0.</summary>
    public readonly ref struct Row(ReadOnlySpan<int> nodes, ReadOnlySpan<double> weights, List<(int Node, double Weight)>? added)
    {
        private readonly ReadOnlySpan<int> nodes = nodes;
        private readonly ReadOnlySpan<double> weights = weights;
        private readonly List<(int Node, double Weight)>? added = added;

        public Enumerator GetEnumerator() => new(nodes, weights, added);
    }

    /// <summary>Walks a row.</summary>
    public ref struct Enumerator(ReadOnlySpan<int> nodes, ReadOnlySpan<double> weights, List<(int Node, double Weight)>? added)
    {
        private readonly ReadOnlySpan<int> nodes = nodes;
        private readonly ReadOnlySpan<double> weights = weights;
        private int at = -1;

        public readonly (int Node, double Weight) Current => at < nodes.Length ? (nodes[at], weights[at]) : added![at - nodes.Length];

        public bool MoveNext()
        {
            while (++at < nodes.Length + (added?.Count ?? 0))
                if (Current.Weight > 0) return true;
            return false;
        }
    }
}
