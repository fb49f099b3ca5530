using System.Collections.Immutable;

namespace GraphRisk.Matching.Model;

/// <summary>How the score of a pair comes about: the prior, then one step for each comparison.</summary>
/// <param name="Steps">In order; their bits add up to <see cref="Bits"/> exactly.</param>
public sealed record Waterfall(ImmutableArray<WaterfallStep> Steps)
{
    /// <summary>Base-two logarithm of the odds that the records are one.</summary>
    public double Bits => Steps.Sum(step => step.Bits);

    /// <summary>Probability that they are one.</summary>
    public double Probability => Model.Bits.ToProbability(Bits);
}

/// <summary>One step of a <see cref="Waterfall"/>.</summary>
/// <param name="Name">Of the comparison, or what else moves the score.</param>
/// <param name="Level">How far the values agree.</param>
/// <param name="Bits">What it adds; negative where it speaks against.</param>
/// <param name="Left">Values of the one record; empty where it has none or the step is about none.</param>
/// <param name="Right">Values of the other.</param>
public sealed record WaterfallStep(string Name, string Level, double Bits, string Left = "", string Right = "")
{
    /// <summary>Part of the bits that how rare these very values are adds to the weight of the level; 0 where it does not count.</summary>
    public double Rarity { get; init; }
}
