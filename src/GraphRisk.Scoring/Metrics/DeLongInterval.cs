namespace GraphRisk.Scoring.Metrics;

/// <summary>
/// The variance of <see cref="AreaUnderCurve"/> without assumptions on the risks (DeLong, DeLong, Clarke-Pearson 1988): how much
/// the share of the other outcome that a row is ranked rightly against varies from row to row, by mid-ranks
/// (Sun and Xu 2014), O(n log n). Where several models each judged a part of the rows, as folds do, each part is ranked by
/// itself, and parts count by their pairs.
/// </summary>
public static class DeLongInterval
{
    private const double Normal95 = 1.959963984540054;

    /// <summary>AUC with its 95% interval, made on the log-odds of the AUC so that it stays inside [0, 1].</summary>
    /// <param name="parts">Risk and outcome of rows that one model judged; each with both outcomes.</param>
    public static (double Auc, Interval Interval) Of(IEnumerable<(double[] Risk, bool[] Bad)> parts)
    {
        double pairs = 0, area = 0, variance = 0;
        foreach (var (risk, bad) in parts)
        {
            var (partArea, partVariance) = Variance(risk, bad);
            double bads = bad.Count(one => one), weight = bads * (bad.Length - bads);
            pairs += weight;
            area += weight * partArea;
            variance += weight * weight * partVariance;
        }
        area /= pairs;
        var error = Math.Sqrt(variance) / pairs;
        if (area is <= 0 or >= 1) return (area, new Interval(area, area));
        var (centre, spread) = (Math.Log(area / (1 - area)), Normal95 * error / (area * (1 - area)));
        return (area, new Interval(1 / (1 + Math.Exp(spread - centre)), 1 / (1 + Math.Exp(-spread - centre))));
    }

    /// <summary>
    /// How much greater the AUC of one measure of risk is than that of another on the same rows, with its 95% interval: what both rank
    /// alike cancels, so the interval is that of the difference and not of two areas apart.
    /// </summary>
    /// <param name="risk">The first measure.</param>
    /// <param name="other">The second.</param>
    /// <param name="bad">Outcome of each row; both occur.</param>
    public static (double Difference, Interval Interval) OfDifference(ReadOnlySpan<double> risk, ReadOnlySpan<double> other, ReadOnlySpan<bool> bad)
    {
        var (bads, goods) = Ranked(risk, bad);
        var (otherBads, otherGoods) = Ranked(other, bad);
        double[] ofBads = [.. bads.Zip(otherBads, (one, two) => one - two)], ofGoods = [.. goods.Zip(otherGoods, (one, two) => one - two)];
        var difference = ofBads.Average();
        var spread = Normal95 * Math.Sqrt(SampleVariance(ofBads) / ofBads.Length + SampleVariance(ofGoods) / ofGoods.Length);
        return (difference, new Interval(difference - spread, difference + spread));
    }

    /// <summary>AUC and its variance; the variance is 0 where an outcome occurs once only, which tells nothing of it.</summary>
    public static (double Auc, double Variance) Variance(ReadOnlySpan<double> risk, ReadOnlySpan<bool> bad)
    {
        var (ofBads, ofGoods) = Ranked(risk, bad);
        return (ofBads.Average(), SampleVariance(ofBads) / ofBads.Length + SampleVariance(ofGoods) / ofGoods.Length);
    }

    /// <summary>Per row the share of rows of the other outcome that it is ranked rightly against.</summary>
    private static (double[] OfBads, double[] OfGoods) Ranked(ReadOnlySpan<double> risk, ReadOnlySpan<bool> bad)
    {
        Outcomes.RequireSameLength(risk.Length, bad.Length);
        var all = RankCorrelation.MidRanks(risk);
        double[] bads = Where(risk, bad, true), goods = Where(risk, bad, false);
        double[] amongBads = RankCorrelation.MidRanks(bads), amongGoods = RankCorrelation.MidRanks(goods);
        var (ofBads, ofGoods) = (new double[bads.Length], new double[goods.Length]);
        var (nextBad, nextGood) = (0, 0);
        for (var i = 0; i < risk.Length; i++)
        {
            if (bad[i]) ofBads[nextBad] = (all[i] - amongBads[nextBad++]) / goods.Length;
            else ofGoods[nextGood] = 1 - (all[i] - amongGoods[nextGood++]) / bads.Length;
        }
        return (ofBads, ofGoods);
    }

    private static double[] Where(ReadOnlySpan<double> risk, ReadOnlySpan<bool> bad, bool outcome)
    {
        var kept = new List<double>();
        for (var i = 0; i < risk.Length; i++)
        {
            if (bad[i] == outcome) kept.Add(risk[i]);
        }
        return [.. kept];
    }

    private static double SampleVariance(double[] values)
    {
        if (values.Length < 2) return 0;
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
