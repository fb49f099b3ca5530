using System.Collections.Immutable;

namespace GraphRisk.Matching.Linkage;

/// <summary>How records are matched. Everything else is read off the records.</summary>
public sealed record LinkageOptions
{
    /// <summary>Seed of what is drawn; with one seed the same records end in the same clusters.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Probability from which a pair is joined by itself, above 0 and below 1; null to take the one with the best expected F1.</summary>
    public double? MergeProbability { get; init; }

    /// <summary>Pairs below this probability are not kept in the result, 0 to 1.</summary>
    public double ReviewProbability { get; init; } = 0.02;

    /// <summary>Threads at most; 0 for one a processor. Does not change the result.</summary>
    public int Workers { get; init; }

    /// <summary>What people have decided of pairs; it stands whatever the score.</summary>
    public ImmutableArray<PairVerdict> Verdicts { get; init; } = [];
}

/// <summary>What a person decided of two records, by their numbers in the table.</summary>
/// <param name="IsSame">One party, or two.</param>
public readonly record struct PairVerdict(int Left, int Right, bool IsSame);
