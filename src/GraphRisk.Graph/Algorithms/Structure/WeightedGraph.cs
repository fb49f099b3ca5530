using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>A directed graph with a positive weight on every edge, in both directions. Immutable and thread-safe.</summary>
public sealed class WeightedGraph
{
    private readonly double[] outWeights;
    private readonly double[] inWeights;

    private WeightedGraph(Csr forward, Csr backward, double[] outWeights, double[] inWeights)
    {
        Out = forward;
        In = backward;
        this.outWeights = outWeights;
        this.inWeights = inWeights;
    }

    /// <summary>From where an edge starts to where it ends.</summary>
    public Csr Out { get; }

    /// <summary>From where an edge ends back to where it starts.</summary>
    public Csr In { get; }

    /// <summary>Number of nodes.</summary>
    public int NodeCount => Out.NodeCount;

    /// <summary>Weights in step with the targets of <see cref="Out"/>.</summary>
    public ReadOnlySpan<double> OutWeights => outWeights;

    /// <summary>Weights in step with the targets of <see cref="In"/>.</summary>
    public ReadOnlySpan<double> InWeights => inWeights;

    /// <summary>Weights of the edges that leave a node, in step with its neighbours.</summary>
    public ReadOnlySpan<double> OutWeightsOf(int node)
    {
        var (start, end) = Out.Range(node);
        return outWeights.AsSpan(start..end);
    }

    /// <summary>Weights of the edges that reach a node, in step with its neighbours.</summary>
    public ReadOnlySpan<double> InWeightsOf(int node)
    {
        var (start, end) = In.Range(node);
        return inWeights.AsSpan(start..end);
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
