namespace GraphRisk.Intake.Resolution.Grouping;

/// <summary>A match of the rules between two records, by ordinal.</summary>
/// <param name="Left">The one.</param>
/// <param name="Right">The other.</param>
/// <param name="Bits">The odds of it, base-two logarithm.</param>
public readonly record struct MatchEdge(int Left, int Right, decimal Bits)
{
    /// <summary>Bits of a match whose odds nobody stated.</summary>
    public const decimal Certain = 100;
}

/// <summary>A person's judgement on two records, by ordinal.</summary>
public readonly record struct ReviewedPair(int Left, int Right, Ledger.Verdict Verdict);

/// <summary>What grouping needs to know.</summary>
/// <param name="Matches">What the rules would join.</param>
/// <param name="Reviewed">What persons have said.</param>
/// <param name="Contradiction">Why two records cannot be one party; null where nothing speaks against it.</param>
/// <param name="NameOf">A record's id, for reasons.</param>
public sealed record GroupingProblem(
    IReadOnlyList<MatchEdge> Matches, IReadOnlyList<ReviewedPair> Reviewed,
    Func<int, int, string?> Contradiction, Func<int, string> NameOf)
{
    /// <summary>A group is not grown past so many records without a person.</summary>
    public int MostMembers { get; init; } = 400;
}
