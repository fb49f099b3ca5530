using GraphRisk.Market.Credit;

namespace GraphRisk.Scoring.Capital;

/// <summary>
/// Probability of default in a bad year (Vasicek 2002, "Loan portfolio value"): all clients lean on one common
/// factor with asset correlation rho, and the factor falls to its (1 - q) quantile.
/// </summary>
public static class ConditionalDefault
{
    /// <param name="probability">Average PD, strictly inside (0, 1).</param>
    /// <param name="correlation">Asset correlation, in [0, 1).</param>
    /// <param name="confidence">How bad the year is: 0.999 is one in a thousand. Strictly inside (0, 1).</param>
    public static double Probability(double probability, double correlation, double confidence)
    {
        if (!(correlation >= 0 && correlation < 1))
            throw new ArgumentOutOfRangeException(nameof(correlation), correlation, "a correlation here lies in [0, 1)");
        return AtFactor(NormalDistribution.Inverse(probability), correlation, NormalDistribution.Inverse(confidence));
    }

    /// <summary>The same where both quantiles are known already: for many years of one client.</summary>
    /// <param name="threshold">Normal quantile of the average PD.</param>
    /// <param name="correlation">Asset correlation, in [0, 1).</param>
    /// <param name="badness">Normal quantile of how bad the year is.</param>
    public static double AtFactor(double threshold, double correlation, double badness) =>
        NormalDistribution.Cumulative((threshold + (Math.Sqrt(correlation) * badness)) / Math.Sqrt(1 - correlation));
}
