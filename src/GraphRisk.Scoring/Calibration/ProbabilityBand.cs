using GraphRisk.Scoring.Metrics;

namespace GraphRisk.Scoring.Calibration;

/// <summary>
/// How far the calibrated probability of a margin may be off for want of rows to calibrate on: a bootstrap of the
/// calibration map, the model being held fixed. The rows, gathered into 500 steps of margin, are drawn again with Poisson
/// weights (Hanley and MacGibbon 2006), the map is fitted anew to each draw, and per margin the middle share of the
/// draws' log-odds is kept on a grid. What another training sample would have done to the model is not in it.
/// Cost: draws x fit.
/// </summary>
/// <param name="Margins">The grid, ascending.</param>
/// <param name="Lower">Lower log-odds at each.</param>
/// <param name="Upper">Upper log-odds at each.</param>
public sealed record ProbabilityBand(IReadOnlyList<double> Margins, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper)
{
    private const int Steps = 500;
    private const int GridPoints = 41;
    private readonly double[] margins = [.. Margins];

    /// <param name="sample">What the map was fitted on.</param>
    /// <param name="draws">At least 20.</param>
    /// <param name="share">Share of the draws inside, in (0, 1).</param>
    public static ProbabilityBand Bootstrap(CalibrationSample sample, CalibrationMethod method, int seed, int draws = 100, double share = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 20);
        var gathered = sample.InSteps(Steps);
        var random = new Random(seed);
        var sorted = sample.Margins.Order().ToArray();
        var grid = Enumerable.Range(0, GridPoints).Select(i => sorted[(int)((long)i * (sorted.Length - 1) / (GridPoints - 1))]).Distinct().ToArray();
        var drawn = grid.Select(_ => new double[draws]).ToArray();
        for (var draw = 0; draw < draws; draw++)
        {
            var map = method.Fit(Redraw(gathered, random));
            for (var i = 0; i < grid.Length; i++) drawn[i][draw] = map.LogOdds(grid[i]);
        }
        foreach (var point in drawn) Array.Sort(point);
        double At(double[] point, double quantile) => point[(int)Math.Round(quantile * (draws - 1))];
        return new ProbabilityBand(
            grid, [.. drawn.Select(point => At(point, (1 - share) / 2))], [.. drawn.Select(point => At(point, (1 + share) / 2))]);
    }

    /// <summary>Lower and upper probability of a margin; outside the margins calibrated on, that of the nearest of them.</summary>
    public Interval Of(double margin) => new(Logit.ToProbability(Along(Lower, margin)), Logit.ToProbability(Along(Upper, margin)));

    private double Along(IReadOnlyList<double> values, double margin)
    {
        var position = Array.BinarySearch(margins, margin);
        if (position >= 0) return values[position];
        var after = ~position;
        if (after == 0 || after == margins.Length) return values[Math.Min(after, margins.Length - 1)];
        var part = (margin - margins[after - 1]) / (margins[after] - margins[after - 1]);
        return values[after - 1] + part * (values[after] - values[after - 1]);
    }

    /// <summary>The same rows with Poisson weights; both outcomes keep some.</summary>
    private static CalibrationSample Redraw(CalibrationSample sample, Random random)
    {
        while (true)
        {
            var drawn = sample with { Weights = [.. sample.Weights.Select(weight => Poisson(weight, random))] };
            if (drawn.WeightOf(true) > 0 && drawn.WeightOf(false) > 0) return drawn;
        }
    }

    private static double Poisson(double mean, Random random)
    {
        if (mean > 50) // near enough to normal
            return Math.Max(0, Math.Round(mean + Math.Sqrt(mean) * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        while (product > limit)
        {
            product *= random.NextDouble();
            count++;
        }
        return count;
    }
}
