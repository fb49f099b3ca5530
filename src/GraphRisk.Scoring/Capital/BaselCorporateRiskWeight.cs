namespace GraphRisk.Scoring.Capital;

/// <summary>
/// The internal-ratings risk weight of a corporate exposure (Basel framework CRE31.5): unexpected loss at 99.9%
/// under an asset correlation that falls with PD, adjusted for maturity, times 12.5. An indication for comparison
/// between clients; no capital is computed from it.
/// </summary>
public static class BaselCorporateRiskWeight
{
    private const double Confidence = 0.999;
    private const double CapitalToRiskWeight = 12.5;

    /// <param name="probability">PD over one year, strictly inside (0, 1).</param>
    /// <param name="lossGivenDefault">In [0, 1].</param>
    /// <param name="maturity">Effective maturity in years, 1 to 5.</param>
    /// <returns>A ratio: 0.92 is 92%.</returns>
    public static double Compute(double probability, double lossGivenDefault, double maturity)
    {
        var correlation = Correlation(probability);
        var conditional = ConditionalDefault.Probability(probability, correlation, Confidence);
        var unexpected = lossGivenDefault * (conditional - probability);
        var slope = MaturitySlope(probability);
        return unexpected * (1 + (maturity - 2.5) * slope) / (1 - 1.5 * slope) * CapitalToRiskWeight;
    }

    /// <summary>From 24% for the safest to 12% for the riskiest.</summary>
    private static double Correlation(double probability)
    {
        var weight = (1 - Math.Exp(-50 * probability)) / (1 - Math.Exp(-50));
        return 0.12 * weight + 0.24 * (1 - weight);
    }

    private static double MaturitySlope(double probability)
    {
        var root = 0.11852 - 0.05478 * Math.Log(probability);
        return root * root;
    }
}
