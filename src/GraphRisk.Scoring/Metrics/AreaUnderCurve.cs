namespace GraphRisk.Scoring.Metrics;

/// <summary>
/// The chance that a random defaulter was rated riskier than a random survivor, ties counting one half
/// (the area under the ROC curve; Mann and Whitney 1947).
/// Exact: mid-ranks over the sorted values, O(n log n). The Gini coefficient is 2 x AUC - 1.
/// </summary>
public static class AreaUnderCurve
{
    /// <param name="risk">Any increasing measure of risk: margin, PD, minus the score.</param>
    /// <param name="defaulted">The outcome of each.</param>
    /// <returns>In [0, 1]; NaN when only one outcome occurs, since nothing can then be ranked.</returns>
    public static double Compute(ReadOnlySpan<double> risk, ReadOnlySpan<bool> defaulted)
    {
        Outcomes.RequireSameLength(risk.Length, defaulted.Length);
        var order = Outcomes.OrderByRisk(risk);
        double rankSum = 0;
        long positives = 0;
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && risk[order[end]] == risk[order[start]])
                end++;
            var midRank = (start + 1 + end) / 2.0;
            for (var i = start; i < end; i++)
            {
                if (!defaulted[order[i]])
                    continue;
                rankSum += midRank;
                positives++;
            }
            start = end;
        }
        var negatives = order.Length - positives;
        return positives == 0 || negatives == 0
            ? double.NaN
            : (rankSum - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }
}
