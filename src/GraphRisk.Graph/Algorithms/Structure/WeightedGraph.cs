using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>A directed graph with a positive weight on every edge, in both directions. Immutable and thread-safe.</summary>
public sealed class WeightedGraph
{
    private readonly double[] outWeights;
    private readonly double[] inWeights;

    // Weights of rows in place of others, in step with their targets; none of a graph as it was built.
    private readonly double[] moreOut = [];
    private readonly double[] moreIn = [];

    private WeightedGraph(Csr forward, Csr backward, double[] outWeights, double[] inWeights)
    {
        Out = forward;
        In = backward;
        this.outWeights = outWeights;
        this.inWeights = inWeights;
    }

    private WeightedGraph(WeightedGraph graph, Csr forward, Csr backward, double[] moreOut, double[] moreIn)
        : this(forward, backward, graph.outWeights, graph.inWeights) => (this.moreOut, this.moreIn) = (moreOut, moreIn);

    /// <summary>From where an edge starts to where it ends.</summary>
    public Csr Out { get; }

    /// <summary>From where an edge ends back to where it starts.</summary>
    public Csr In { get; }

    /// <summary>Number of nodes.</summary>
    public int NodeCount => Out.NodeCount;

    /// <summary>Weights in step with the targets of <see cref="Out"/>. Not for a graph with rows in place of others.</summary>
    public ReadOnlySpan<double> OutWeights => outWeights;

    /// <summary>Weights in step with the targets of <see cref="In"/>. Not for a graph with rows in place of others.</summary>
    public ReadOnlySpan<double> InWeights => inWeights;

    /// <summary>Weights of the edges that leave a node, in step with its neighbours.</summary>
    public ReadOnlySpan<double> OutWeightsOf(int node)
    {
        var (start, end) = Out.Range(node);
        return start < outWeights.Length || moreOut.Length == 0 ? outWeights.AsSpan(start..end) : moreOut.AsSpan((start - outWeights.Length)..(end - outWeights.Length));
    }

    /// <summary>Weights of the edges that reach a node, in step with its neighbours.</summary>
    public ReadOnlySpan<double> InWeightsOf(int node)
    {
        var (start, end) = In.Range(node);
        return start < inWeights.Length || moreIn.Length == 0 ? inWeights.AsSpan(start..end) : moreIn.AsSpan((start - inWeights.Length)..(end - inWeights.Length));
    }

    /// <summary>The same with the edges that reach some nodes in place of those that did; arrays are shared. Cost: the rows of these nodes and of all from which edges reach them, then or now.</summary>
    /// <param name="nodeCount">Number of nodes; no fewer than there were.</param>
    /// <param name="reaching">By node, from where edges reach it and with which weight, ascending, each once; edges whose weight is not above zero are left out.</param>
    internal WeightedGraph With(int nodeCount, IReadOnlyDictionary<int, List<(int From, double Weight)>> reaching)
    {
        var into = reaching.ToDictionary(pair => pair.Key, pair => pair.Value.Where(edge => edge.Weight > 0).ToArray());
        var from = into.SelectMany(pair => pair.Value.Select(edge => (edge.From, To: pair.Key, edge.Weight))).ToLookup(edge => edge.From);
        var starts = into.Keys.Where(node => node < NodeCount).SelectMany(node => In.Neighbours(node).ToArray()).Concat(from.Select(edges => edges.Key)).ToHashSet();
        var outOf = starts.ToDictionary(node => node, node => Kept(node).Concat(from[node].Select(edge => (edge.To, edge.Weight))).OrderBy(edge => edge.To).ToArray());
        var forward = CsrPatch.Of(Out, nodeCount, outOf.ToDictionary(pair => pair.Key, pair => Array.ConvertAll(pair.Value, edge => edge.To)));
        var backward = CsrPatch.Of(In, nodeCount, into.ToDictionary(pair => pair.Key, pair => Array.ConvertAll(pair.Value, edge => edge.From)));
        return new WeightedGraph(
            this, Out.With(forward), In.With(backward), [.. forward.Nodes.SelectMany(node => outOf[node].Select(edge => edge.Weight))], [.. backward.Nodes.SelectMany(node => into[node].Select(edge => edge.Weight))]);

        IEnumerable<(int To, double Weight)> Kept(int node)
        {
            if (node >= NodeCount) return [];
            var (targets, weights) = (Out.Neighbours(node).ToArray(), OutWeightsOf(node).ToArray());
            return targets.Zip(weights).Where(edge => !into.ContainsKey(edge.First));
        }
    }

    /// <summary>The graph of the edges given; those whose weight is not above zero are left out.</summary>
    public static WeightedGraph Build(int nodeCount, IEnumerable<(int From, int To, double Weight)> edges)
    {
        List<int> from = [], to = [];
        List<double> weights = [];
        foreach (var edge in edges)
        {
            from.Add(edge.From);
            to.Add(edge.To);
            weights.Add(edge.Weight);
        }

        return Build(nodeCount, from.ToArray(), to.ToArray(), weights.ToArray());
    }

    /// <summary>The graph of the edges given by their ends and weights; those whose weight is not above zero are left out.</summary>
    /// <param name="nodeCount">Number of nodes.</param>
    /// <param name="from">Where each edge starts.</param>
    /// <param name="to">Where each edge leads, in step.</param>
    /// <param name="weights">Weight of each edge, in step.</param>
    public static WeightedGraph Build(int nodeCount, int[] from, int[] to, double[] weights)
    {
        if (Array.Exists(weights, weight => !(weight > 0)))
        {
            var kept = Enumerable.Range(0, weights.Length).Where(edge => weights[edge] > 0).ToArray();
            from = Array.ConvertAll(kept, edge => from[edge]);
            to = Array.ConvertAll(kept, edge => to[edge]);
            weights = Array.ConvertAll(kept, edge => weights[edge]);
        }

        var forward = Csr.Build(nodeCount, from, to, out var outOrder);
        var outWeights = Array.ConvertAll(outOrder, edge => weights[edge]);
        var backward = Csr.Build(nodeCount, to, from, out var inOrder);
        return new WeightedGraph(forward, backward, outWeights, Array.ConvertAll(inOrder, edge => weights[edge]));
    }
}
