namespace GraphRisk.Matching.Linkage;

/// <summary>Two records that were compared.</summary>
/// <param name="Left">Number of the record that comes first in the table.</param>
/// <param name="Right">Number of the other.</param>
/// <param name="Bits">Base-two logarithm of the odds that they are one, prior included.</param>
public readonly record struct ScoredPair(int Left, int Right, double Bits)
{
    /// <summary>Probability that they are one.</summary>
    public double Probability => Model.Bits.ToProbability(Bits);
}
