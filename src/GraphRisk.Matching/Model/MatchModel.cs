using System.Collections.Immutable;

namespace GraphRisk.Matching.Model;

/// <summary>What was learned of the records: how often they are one, and what agreement weighs.</summary>
/// <param name="PriorBits">Base-two logarithm of the odds that two records drawn by chance are one.</param>
/// <param name="Comparisons">The comparisons, in the order in which waterfalls have them.</param>
public sealed record MatchModel(double PriorBits, ImmutableArray<ComparisonWeights> Comparisons);

/// <summary>What the levels of a comparison weigh.</summary>
/// <param name="Name">Of the comparison.</param>
/// <param name="Attributes">Headings of the columns it reads.</param>
/// <param name="Levels">From the closest agreement down.</param>
public sealed record ComparisonWeights(string Name, ImmutableArray<string> Attributes, ImmutableArray<LevelWeight> Levels);

/// <summary>What one level weighs.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="OfMatches">m: probability of it among records that are one and both say something.</param>
/// <param name="OfOthers">u: the same among records that are not.</param>
public sealed record LevelWeight(string Label, double OfMatches, double OfOthers)
{
    /// <summary>Base-two logarithm of m over u.</summary>
    public double Bits => Math.Log2(OfMatches / OfOthers);
}
