namespace GraphRisk.Matching.Model;

/// <summary>Odds counted in bits: 0 is even, every bit doubles them.</summary>
internal static class Bits
{
    /// <summary>Probability of odds in bits.</summary>
    public static double ToProbability(double bits) => 1 / (1 + Math.Pow(2, -bits));

    /// <summary>Odds in bits of a probability.</summary>
    public static double Of(double probability) => Math.Log2(probability / (1 - probability));
}
