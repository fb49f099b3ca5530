using GraphRisk.Matching.Blocking;
using GraphRisk.Matching.Clustering;
using GraphRisk.Matching.Comparison;
using GraphRisk.Matching.Model;

namespace GraphRisk.Matching.Linkage;

/// <summary>Scores pairs and keeps those at or above a bound. One for each thread.</summary>
internal sealed class PairScores(ComparisonPlan plan, LinkageWeights weights, Func<int, int, bool> isOpen, double least) : IPairVisitor
{
    private readonly PairComparer comparer = new(plan);

    /// <summary>The pairs kept.</summary>
    public List<Edge> Kept { get; } = [];

    public void Visit(int left, int right)
    {
        if (!isOpen(left, right)) return;
        var bits = Score(left, right);
        if (bits >= least) Kept.Add(new Edge(left, right, bits));
    }

    /// <summary>Score of any two records in bits.</summary>
    public double Score(int left, int right)
    {
        comparer.Compare(left, right);
        return weights.ScoreOf(comparer);
    }

    /// <summary>What it says among others of a component.</summary>
    public double ScoreAmong(int left, int right)
    {
        comparer.Compare(left, right);
        return weights.ScoreAmong(comparer);
    }

    /// <summary>How that score comes about.</summary>
    public Waterfall Explain(int left, int right)
    {
        comparer.Compare(left, right);
        return weights.Explain(comparer, left, right);
    }
}
