namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// Comparison of a part with a threshold of law. What is held directly is a decimal and compared as one: 24.99999999999% is not a
/// quarter. What was added up over chains carries noise in the last digits of a double; where that could decide, the sum is found again
/// in fractions (<see cref="ExactChains"/>), and where that would take too long, it is said to be undecided.
/// </summary>
public static class LegalThreshold
{
    /// <summary>Sums so near to a threshold are found again in fractions.</summary>
    public const double Near = 1e-9;

    /// <summary>What a sum may be wrong by, relative to sums above 1.</summary>
    public const double Noise = 1e-12;

    private const int Digits = 12;
    private const double LargestRounded = 1e15;

    /// <summary>The part to 12 digits; a part above 1e15 stands at 1e15.</summary>
    public static decimal Round(double share) => decimal.Round((decimal)Math.Clamp(share, -LargestRounded, LargestRounded), Digits);

    /// <summary>Whether the part is at or above the threshold.</summary>
    public static bool Reaches(double share, decimal threshold) => Round(share) >= threshold;

    /// <summary>Whether a number reaches the threshold.</summary>
    public static bool Reaches(decimal share, decimal threshold, ThresholdOperator comparison) =>
        comparison == ThresholdOperator.Above ? share > threshold : share >= threshold;

    /// <summary>Whether the end of a range reaches the threshold: an excluded end lies beside its number, a lower one above it, an upper one below.</summary>
    public static bool Reaches(decimal share, decimal threshold, ThresholdOperator comparison, ShareBound bound, bool isOpen) =>
        share == threshold && isOpen && bound != ShareBound.Stated ? bound == ShareBound.Lower : Reaches(share, threshold, comparison);

    /// <summary>Whether a sum is so near to the threshold that rounding could decide.</summary>
    public static bool IsWithin(double error, double share, decimal threshold) => Math.Abs(share - (double)threshold) <= error * Math.Max(1, Math.Abs(share));
}
