using System.Collections.Immutable;
using GraphRisk.Matching.Blocking;
using GraphRisk.Matching.Model;

namespace GraphRisk.Matching.Linkage;

/// <summary>Which records are one party, and why. Immutable; safe for concurrent reads.</summary>
public sealed class LinkageResult
{
    private readonly Func<int, int, Waterfall> explain;
    private readonly Func<int, int, bool> isCandidate;

    internal LinkageResult(Func<int, int, Waterfall> explain, Func<int, int, bool> isCandidate) => (this.explain, this.isCandidate) = (explain, isCandidate);

    /// <summary>Cluster of each record, numbered from 0 in the order of their first records.</summary>
    public required ImmutableArray<int> ClusterOf { get; init; }

    /// <summary>Number of clusters.</summary>
    public required int ClusterCount { get; init; }

    /// <summary>Pairs at or above the review probability, by left and right.</summary>
    public required ImmutableArray<ScoredPair> Pairs { get; init; }

    /// <summary>Probability from which pairs were joined.</summary>
    public required double MergeProbability { get; init; }

    /// <summary>What agreement and disagreement weigh.</summary>
    public required MatchModel Model { get; init; }

    /// <summary>Which pairs were looked at, and what was skipped.</summary>
    public required BlockingReport Blocking { get; init; }

    /// <summary>How the score of any two records comes about, whether or not they were compared.</summary>
    public Waterfall Explain(int left, int right) => explain(left, right);

    /// <summary>Whether blocking brought two records together.</summary>
    public bool IsCandidate(int left, int right) => isCandidate(left, right);
}
