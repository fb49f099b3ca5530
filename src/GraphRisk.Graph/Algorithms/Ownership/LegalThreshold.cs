namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// Comparison of a computed part with a threshold of law. Doubles carry noise in the sixteenth digit; 0.5 × 0.5 must
/// reach 25%, so the part is rounded to 12 digits, half to even, and compared as a decimal.
/// </summary>
public static class LegalThreshold
{
    private const int Digits = 12;
    private const double LargestRounded = 1e15;

    /// <summary>The part to 12 digits; a part above 1e15 stands at 1e15.</summary>
    public static decimal Round(double share) => decimal.Round((decimal)Math.Clamp(share, -LargestRounded, LargestRounded), Digits);

    /// <summary>Whether the part is at or above the threshold.</summary>
    public static bool Reaches(double share, decimal threshold) => Round(share) >= threshold;
}
