namespace GraphRisk.Scoring.Metrics;

/// <summary>How a model did on one set of observations: everything the model card and the demo print.</summary>
/// <param name="Observations">Client-quarters judged.</param>
/// <param name="Defaults">How many of them defaulted within the horizon.</param>
/// <param name="Auc">See <see cref="AreaUnderCurve"/>; null when only one outcome occurs.</param>
/// <param name="Ks">See <see cref="KolmogorovSmirnov"/>; null when only one outcome occurs.</param>
/// <param name="Brier">See <see cref="BrierScore"/>.</param>
/// <param name="LogLoss">See <see cref="Metrics.LogLoss"/>.</param>
/// <param name="CalibrationError">See <see cref="CalibrationBins.Error"/>.</param>
public sealed record Performance(
    int Observations, int Defaults, double? Auc, double? Ks, double Brier, double LogLoss, double CalibrationError)
{
    /// <param name="probabilities">Stated PD, at least one.</param>
    public static Performance Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> defaulted)
    {
        if (probabilities.IsEmpty)
            throw new ArgumentException("nothing to judge", nameof(probabilities));
        return new Performance(
            probabilities.Length,
            defaulted.Count(true),
            NullWhenUndefined(AreaUnderCurve.Compute(probabilities, defaulted)),
            NullWhenUndefined(KolmogorovSmirnov.Compute(probabilities, defaulted)),
            BrierScore.Compute(probabilities, defaulted),
            Metrics.LogLoss.Compute(probabilities, defaulted),
            CalibrationBins.Error(CalibrationBins.Compute(probabilities, defaulted)));
    }

    private static double? NullWhenUndefined(double value) => double.IsNaN(value) ? null : value;
}
