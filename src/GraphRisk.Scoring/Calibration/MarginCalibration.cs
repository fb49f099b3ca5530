using System.Text.Json.Serialization;

namespace GraphRisk.Scoring.Calibration;

/// <summary>
/// From a model's margin to the log-odds of a bad outcome; never falling, so it changes no order. Fitted on rows the model
/// was not trained on, since the margins of those it was are too sure of themselves.
///
/// Contributions add up through any calibration: each is stretched by the slope of the line between baseline and margin,
/// which for <see cref="PlattScaling"/> is its own slope everywhere.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "method")]
[JsonDerivedType(typeof(PlattScaling), "platt")]
[JsonDerivedType(typeof(BetaCalibration), "beta")]
[JsonDerivedType(typeof(IsotonicCalibration), "isotonic")]
public abstract record MarginCalibration
{
    /// <summary>Calibrated log-odds of a bad outcome; finite for finite margins.</summary>
    public abstract double LogOdds(double margin);

    /// <summary>Calibrated probability of a bad outcome.</summary>
    public virtual double Probability(double margin) => Logit.ToProbability(LogOdds(margin));

    /// <summary>Log-odds gained per unit of margin on the way from one margin to another; 0 where they are the same.</summary>
    public virtual double SlopeBetween(double from, double to) => from == to ? 0 : (LogOdds(to) - LogOdds(from)) / (to - from);
}
