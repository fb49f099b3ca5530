namespace GraphRisk.Scoring.Metrics;

/// <summary>What lies at or above one cut-off, the riskiest first.</summary>
/// <param name="Share">Part of all.</param>
/// <param name="Bads">Part of those that defaulted: caught.</param>
/// <param name="Goods">Part of those that did not: false alarms.</param>
public readonly record struct CutOff(double Share, double Bads, double Goods);

/// <summary>
/// Cut-offs from the riskiest down. One curve is read three ways: goods to bads is ROC, the gap between them is KS, share to bads is
/// the gains chart, and bads over share its lift.
/// </summary>
public static class SeparationCurve
{
    /// <param name="risk">Any increasing measure of risk.</param>
    /// <param name="defaulted">The outcome of each; both must occur.</param>
    /// <param name="steps">Cut-offs kept, about evenly by share; the ends and that of the greatest gap always are.</param>
    /// <returns>From (0, 0, 0) to (1, 1, 1). Equal risks lie on one side of every cut-off.</returns>
    public static IReadOnlyList<CutOff> Of(ReadOnlySpan<double> risk, ReadOnlySpan<bool> defaulted, int steps = 100)
    {
        Outcomes.RequireSameLength(risk.Length, defaulted.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        double bads = defaulted.Count(true), goods = defaulted.Length - bads;
        if (bads == 0 || goods == 0) throw new ArgumentException("a curve needs both outcomes", nameof(defaulted));
        var order = Outcomes.OrderByRisk(risk);
        var all = new List<CutOff>();
        double seenBads = 0, seenGoods = 0;
        for (var i = order.Length - 1; i >= 0; i--)
        {
            if (defaulted[order[i]]) seenBads++;
            else seenGoods++;
            if (i == 0 || risk[order[i - 1]] != risk[order[i]])
                all.Add(new CutOff((seenBads + seenGoods) / risk.Length, seenBads / bads, seenGoods / goods));
        }

        var widest = all.MaxBy(cut => Math.Abs(cut.Bads - cut.Goods));
        var kept = new List<CutOff> { default };
        foreach (var cut in all)
            if (cut.Share == 1 || cut == widest || Math.Floor(cut.Share * steps) > Math.Floor(kept[^1].Share * steps)) kept.Add(cut);
        return kept;
    }
}
