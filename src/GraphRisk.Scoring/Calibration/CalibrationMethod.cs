using GraphRisk.Scoring.Metrics;

namespace GraphRisk.Scoring.Calibration;

/// <summary>A way to fit a calibration.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LeastOfEach">Rows of either outcome below which it is not tried, since it bends to single rows.</param>
/// <param name="Fit">Fits it; both outcomes must have weight.</param>
public sealed record CalibrationMethod(string Name, int LeastOfEach, Func<CalibrationSample, MarginCalibration> Fit)
{
    private const int Deals = 5;

    public static IReadOnlyList<CalibrationMethod> All { get; } =
    [
        new("platt", 0, PlattScaling.Fit),
        new("beta", 50, BetaCalibration.Fit),
        new("isotonic", 500, IsotonicCalibration.Fit),
    ];

    /// <summary>
    /// The method whose log loss over the sample is least, each fifth being judged by the fit of the other four: judged on its
    /// own rows the most flexible would always win. The simpler one where they are even.
    /// </summary>
    /// <param name="sample">Rows counted once each.</param>
    public static CalibrationMethod Choose(CalibrationSample sample, int seed)
    {
        var fewest = Math.Min(sample.WeightOf(true), sample.WeightOf(false));
        var tried = All.Where(method => fewest >= method.LeastOfEach).ToArray();
        if (tried.Length == 1) return tried[0];
        var deals = Folds.Stratified(sample.Bad, Deals, seed);
        return tried.MinBy(method => LossOf(method, sample, deals))!;
    }

    private static double LossOf(CalibrationMethod method, CalibrationSample sample, int[] deals)
    {
        var probabilities = new double[deals.Length];
        for (var deal = 0; deal < Deals; deal++)
        {
            var fitted = method.Fit(sample.Select(Enumerable.Range(0, deals.Length).Where(i => deals[i] != deal)));
            for (var i = 0; i < deals.Length; i++)
            {
                if (deals[i] == deal) probabilities[i] = Logit.ToProbability(fitted.LogOdds(sample.Margins[i]));
            }
        }
        return LogLoss.Compute(probabilities, sample.Bad);
    }
}
