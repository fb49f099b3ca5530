using GraphRisk.Scoring.Metrics;

namespace GraphRisk.Scoring.Calibration;

/// <summary>
/// Turns a tree margin into the log-odds of a probability: slope x margin + intercept (Platt 1999), fitted by
/// maximum likelihood with Newton's method after Lin, Lin and Weng (2007, "A note on Platt's probabilistic outputs"),
/// including their softened targets (N+ + 1) / (N+ + 2) and 1 / (N- + 2), which keep a perfect separation finite.
///
/// It is the calibration the score uses because it is linear in log-odds: contributions to the margin, times the
/// slope, remain contributions to the score and still add up. Isotonic regression would not allow that.
/// Fit on out-of-fold margins only: margins of the rows a model was trained on are too sure of themselves.
/// </summary>
/// <param name="Slope">Positive for a margin that ranks the right way.</param>
/// <param name="Intercept">Log-odds at margin zero.</param>
public sealed record PlattScaling(double Slope, double Intercept)
{
    private const int MaximumSteps = 100;
    private const double Ridge = 1e-12;

    /// <summary>Calibrated log-odds of default.</summary>
    public double LogOdds(double margin) => Slope * margin + Intercept;

    /// <summary>Calibrated probability of default, strictly inside (0, 1) for margins of sane size.</summary>
    public double Probability(double margin) => Logit.ToProbability(LogOdds(margin));

    /// <param name="margins">Out-of-fold margins.</param>
    /// <param name="defaulted">Outcome of each; both must occur.</param>
    public static PlattScaling Fit(ReadOnlySpan<double> margins, ReadOnlySpan<bool> defaulted)
    {
        Outcomes.RequireSameLength(margins.Length, defaulted.Length);
        var positives = defaulted.Count(true);
        var negatives = defaulted.Length - positives;
        if (positives == 0 || negatives == 0)
            throw new ArgumentException("calibration needs both outcomes", nameof(defaulted));

        var targets = new double[margins.Length];
        for (var i = 0; i < targets.Length; i++)
            targets[i] = defaulted[i] ? (positives + 1.0) / (positives + 2.0) : 1.0 / (negatives + 2.0);

        double slope = 0, intercept = Math.Log((positives + 1.0) / (negatives + 1.0));
        var loss = Loss(margins, targets, slope, intercept);
        for (var step = 0; step < MaximumSteps; step++)
        {
            var (slopeStep, interceptStep) = NewtonStep(margins, targets, slope, intercept);
            var size = 1.0;
            double next;
            while ((next = Loss(margins, targets, slope - size * slopeStep, intercept - size * interceptStep)) > loss && size > 1e-10)
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
    internal static double Loss(ReadOnlySpan<double> margins, ReadOnlySpan<double> targets, double slope, double intercept)
    {
        double sum = 0;
        for (var i = 0; i < margins.Length; i++)
        {
            var z = slope * margins[i] + intercept;
            // ln(1 + e^z) - target x z, arranged so that neither end overflows
            sum += (z > 0 ? z + Math.Log(1 + Math.Exp(-z)) : Math.Log(1 + Math.Exp(z))) - targets[i] * z;
        }
        return sum / margins.Length;
    }

    private static (double Slope, double Intercept) NewtonStep(
        ReadOnlySpan<double> margins, ReadOnlySpan<double> targets, double slope, double intercept)
    {
        double g1 = 0, g2 = 0, h11 = Ridge, h12 = 0, h22 = Ridge;
        for (var i = 0; i < margins.Length; i++)
        {
            var p = Logit.ToProbability(slope * margins[i] + intercept);
            var weight = p * (1 - p);
            g1 += margins[i] * (p - targets[i]);
            g2 += p - targets[i];
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
