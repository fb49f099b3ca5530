using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>How the walk goes.</summary>
/// <param name="Alpha">Probability of going on along an edge, 0 up, below 1; else the walk returns to its seed.</param>
/// <param name="Tolerance">The scores are exact to this, in sum.</param>
public sealed record PageRankParameters(double Alpha, double Tolerance)
{
    /// <summary>0.85, to 1e-13.</summary>
    public static PageRankParameters Default { get; } = new(0.85, 1e-13);
}

/// <summary>
/// Personalised PageRank (Haveliwala 2002; Jeh and Widom 2003): where a walk that returns to its seeds is found. Near
/// the seeds, and along many ways, the score is high: a measure of who is close to whom.
/// <para>
/// Power iteration of p = (1 - α) s + α (P'p + mass of nodes without an exit, returned to the seeds). Each round shrinks
/// the error by α, so ln(tolerance) / ln(α) rounds suffice whatever the graph. State: two vectors. A round costs
/// O(nodes + edges).
/// </para>
/// </summary>
public static class PersonalisedPageRank
{
    /// <summary>Scores of all nodes; they sum to 1.</summary>
    /// <param name="graph">The graph; an edge is taken in proportion to its weight.</param>
    /// <param name="seeds">Nodes the walk starts from and returns to, each alike; at least one.</param>
    /// <param name="parameters">How the walk goes.</param>
    public static double[] Find(WeightedGraph graph, IReadOnlyCollection<int> seeds, PageRankParameters parameters)
    {
        if (seeds.Count == 0) throw new ArgumentException("There is no seed.", nameof(seeds));
        var scores = new double[graph.NodeCount];
        foreach (var seed in seeds) scores[seed] += 1.0 / seeds.Count;
        var whole = OutWeights(graph);
        for (var error = 1.0; error > parameters.Tolerance; error *= parameters.Alpha) scores = Step(graph, whole, seeds, parameters.Alpha, scores);
        return scores;
    }

    private static double[] Step(WeightedGraph graph, double[] whole, IReadOnlyCollection<int> seeds, double alpha, double[] scores)
    {
        var next = new double[scores.Length];
        var returned = 1 - alpha;
        for (var node = 0; node < scores.Length; node++)
        {
            if (scores[node] == 0) continue;
            if (whole[node] == 0)
            {
                returned += alpha * scores[node];
                continue;
            }

            var targets = graph.Out.Neighbours(node);
            var weights = graph.OutWeightsOf(node);
            for (var i = 0; i < targets.Length; i++) next[targets[i]] += alpha * scores[node] * weights[i] / whole[node];
        }

        foreach (var seed in seeds) next[seed] += returned / seeds.Count;
        return next;
    }

    private static double[] OutWeights(WeightedGraph graph)
    {
        var whole = new double[graph.NodeCount];
        for (var node = 0; node < whole.Length; node++)
            foreach (var weight in graph.OutWeightsOf(node)) whole[node] += weight;
        return whole;
    }
}
