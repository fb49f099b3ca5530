using GraphRisk.Scoring.Metrics;

namespace GraphRisk.Scoring.Calibration;

/// <summary>
/// Turns a margin into the log-odds of a probability: slope x margin + intercept (Platt 1999), fitted by
/// maximum likelihood with Newton's method after Lin, Lin and Weng (2007, "A note on Platt's probabilistic outputs"),
/// including their softened targets (N+ + 1) / (N+ + 2) and 1 / (N- + 2), which keep a perfect separation finite.
///
/// Linear in log-odds: contributions to the margin are stretched alike wherever a client stands.
/// </summary>
/// <param name="Slope">Positive for a margin that ranks the right way.</param>
/// <param name="Intercept">Log-odds at margin zero.</param>
public sealed record PlattScaling(double Slope, double Intercept) : MarginCalibration
{
    private const int MaximumSteps = 100;
    private const double Ridge = 1e-12;

    /// <summary>Calibrated log-odds of default.</summary>
    public override double LogOdds(double margin) => Slope * margin + Intercept;

    public override double SlopeBetween(double from, double to) => Slope;

    /// <param name="margins">Out-of-fold margins.</param>
    /// <param name="defaulted">Outcome of each; both must occur.</param>
    public static PlattScaling Fit(ReadOnlySpan<double> margins, ReadOnlySpan<bool> defaulted) => Fit(CalibrationSample.Of(margins, defaulted));

    /// <param name="sample">Both outcomes must have weight.</param>
    public static PlattScaling Fit(CalibrationSample sample)
    {
        var (margins, weights) = (sample.Margins, sample.Weights);
        double positives = sample.WeightOf(true), negatives = sample.WeightOf(false);
        var targets = new double[margins.Length];
        for (var i = 0; i < targets.Length; i++)
            targets[i] = sample.Bad[i] ? (positives + 1.0) / (positives + 2.0) : 1.0 / (negatives + 2.0);

        double slope = 0, intercept = Math.Log((positives + 1.0) / (negatives + 1.0));
        var loss = Loss(margins, targets, weights, slope, intercept);
        for (var step = 0; step < MaximumSteps; step++)
        {
            var (slopeStep, interceptStep) = NewtonStep(margins, targets, weights, slope, intercept);
            var size = 1.0;
            double next;
            while ((next = Loss(margins, targets, weights, slope - size * slopeStep, intercept - size * interceptStep)) > loss && size > 1e-10)
                size /= 2;
            if (next >= loss)
                break; // nothing left to gain in floating point
            slope -= size * slopeStep;
            intercept -= size * interceptStep;
            loss = next;
        }
        return new PlattScaling(slope, intercept);
    }

    /// <summary>Mean cross-entropy of the softened targets.</summary>
    internal static double Loss(
        ReadOnlySpan<double> margins, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, double slope, double intercept)
    {
        double sum = 0;
        for (var i = 0; i < margins.Length; i++)
        {
            var z = slope * margins[i] + intercept;
            // ln(1 + e^z) - target x z, arranged so that neither end overflows
            sum += weights[i] * ((z > 0 ? z + Math.Log(1 + Math.Exp(-z)) : Math.Log(1 + Math.Exp(z))) - targets[i] * z);
        }
        return sum / margins.Length;
    }

    private static (double Slope, double Intercept) NewtonStep(
        ReadOnlySpan<double> margins, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, double slope, double intercept)
    {
        double g1 = 0, g2 = 0, h11 = Ridge, h12 = 0, h22 = Ridge;
        for (var i = 0; i < margins.Length; i++)
        {
            var p = Logit.ToProbability(slope * margins[i] + intercept);
            var weight = weights[i] * p * (1 - p);
            g1 += weights[i] * margins[i] * (p - targets[i]);
            g2 += weights[i] * (p - targets[i]);
            h11 += margins[i] * margins[i] * weight;
            h12 += margins[i] * weight;
            h22 += weight;
        }
        var determinant = h11 * h22 - h12 * h12;
        return determinant <= 0
            ? (0, g2 / h22) // all margins equal: only the level can be fitted
            : ((h22 * g1 - h12 * g2) / determinant, (h11 * g2 - h12 * g1) / determinant);
    }
}
