namespace GraphRisk.Scoring.Metrics;

/// <summary>
/// The largest gap between the shares of defaulters and of survivors at or below a level of risk: how far the
/// best single cut-off separates the two. O(n log n).
/// </summary>
public static class KolmogorovSmirnov
{
    /// <returns>In [0, 1]; NaN when only one outcome occurs.</returns>
    public static double Compute(ReadOnlySpan<double> risk, ReadOnlySpan<bool> defaulted)
    {
        Outcomes.RequireSameLength(risk.Length, defaulted.Length);
        var positives = defaulted.Count(true);
        var negatives = defaulted.Length - positives;
        if (positives == 0 || negatives == 0)
            return double.NaN;

        var order = Outcomes.OrderByRisk(risk);
        double largest = 0;
        int seenPositives = 0, seenNegatives = 0;
        for (var i = 0; i < order.Length; i++)
        {
            if (defaulted[order[i]])
                seenPositives++;
            else
                seenNegatives++;
            var isLastOfTie = i + 1 == order.Length || risk[order[i + 1]] != risk[order[i]];
            if (isLastOfTie)
                largest = Math.Max(largest, Math.Abs((double)seenNegatives / negatives - (double)seenPositives / positives));
        }
        return largest;
    }
}
