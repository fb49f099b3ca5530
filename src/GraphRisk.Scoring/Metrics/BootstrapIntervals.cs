namespace GraphRisk.Scoring.Metrics;

/// <summary>95% intervals of the measures of stated probabilities, by drawing the judged rows again and again.</summary>
/// <param name="Ks">Of <see cref="KolmogorovSmirnov"/>.</param>
/// <param name="Brier">Of <see cref="BrierScore"/>.</param>
/// <param name="LogLoss">Of <see cref="Metrics.LogLoss"/>.</param>
/// <param name="CalibrationError">Of <see cref="CalibrationBins.Error"/>.</param>
public sealed record BootstrapIntervals(Interval Ks, Interval Brier, Interval LogLoss, Interval CalibrationError)
{
    private const int Bins = 10;

    /// <summary>
    /// Basic intervals (Davison and Hinkley 1997): how far the measure of a draw lies from the measure is taken for how far the measure
    /// lies from what it estimates. KS and calibration error grow by noise, and a draw has the noise of the rows and its own, so that
    /// draws lie above the measure; percentiles of them would too, and leave it out. An interval is kept to what the measure can be,
    /// and reaches the measure itself where noise is all there is. The rows are sorted once; a draw is then a count per row and one pass over them, so
    /// the cost is O(draws x rows). Draws without both outcomes are drawn again.
    /// </summary>
    public static BootstrapIntervals Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> bad, int seed, int draws = 200)
    {
        if (!bad.Contains(true) || !bad.Contains(false))
            throw new ArgumentException("an interval needs both outcomes", nameof(bad));
        var order = Outcomes.OrderByRisk(probabilities);
        var (sorted, outcomes) = (new double[order.Length], new bool[order.Length]);
        for (var i = 0; i < order.Length; i++) (sorted[i], outcomes[i]) = (probabilities[order[i]], bad[order[i]]);
        var all = Performance.Of(probabilities, bad);
        double[] whole = [all.Ks!.Value, all.Brier, all.LogLoss, all.CalibrationError];
        var random = new Random(seed);
        var measured = new List<double[]>();
        while (measured.Count < draws)
        {
            var counts = new int[order.Length];
            for (var i = 0; i < counts.Length; i++) counts[random.Next(counts.Length)]++;
            if (Measure(sorted, outcomes, counts) is { } one) measured.Add(one);
        }
        Interval At(int measure, double most)
        {
            var figure = whole[measure];
            var values = measured.Select(one => one[measure]).Order().ToArray();
            var (lower, upper) = (2 * figure - values[(int)Math.Round(0.975 * (draws - 1))], 2 * figure - values[(int)Math.Round(0.025 * (draws - 1))]);
            return new Interval(Math.Clamp(lower, 0, figure), Math.Clamp(upper, figure, Math.Max(figure, most)));
        }
        return new BootstrapIntervals(At(0, 1), At(1, 1), At(2, double.PositiveInfinity), At(3, 1));
    }

    /// <summary>KS, Brier, log loss and calibration error of sorted rows that count so many times each; null with one outcome alone.</summary>
    internal static double[]? Measure(double[] sorted, bool[] bad, int[] counts)
    {
        long rows = 0, bads = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            rows += counts[i];
            bads += bad[i] ? counts[i] : 0;
        }
        if (bads == 0 || bads == rows) return null;
        double ks = 0, brier = 0, loss = 0, error = 0, promised = 0;
        long seenBads = 0, seen = 0, came = 0, bin = 0;
        var bins = Math.Min(Bins, rows);
        for (var i = 0; i < counts.Length; i++)
        {
            var p = sorted[i];
            var floored = Math.Clamp(p, 1e-15, 1 - 1e-15);
            brier += counts[i] * (bad[i] ? (1 - p) * (1 - p) : p * p);
            loss -= counts[i] * Math.Log(bad[i] ? floored : 1 - floored);
            for (var left = counts[i]; left > 0;)
            {
                var end = (bin + 1) * rows / bins;
                var taken = (int)Math.Min(left, end - seen);
                (seen, left, promised, came) = (seen + taken, left - taken, promised + taken * p, came + (bad[i] ? taken : 0));
                if (seen < end) continue;
                error += Math.Abs(promised - came);
                (promised, came, bin) = (0, 0, bin + 1);
            }
            seenBads += bad[i] ? counts[i] : 0;
            if (i + 1 == sorted.Length || sorted[i + 1] != p)
                ks = Math.Max(ks, Math.Abs((double)(seen - seenBads) / (rows - bads) - (double)seenBads / bads));
        }
        return [ks, brier / rows, loss / rows, error / rows];
    }
}
