using GraphRisk.Scoring.Calibration;

namespace GraphRisk.Scoring.Models;

/// <summary>Everything beside the model's own text that decides a score; part of the model's content hash.</summary>
/// <param name="Family">Family of the model, which reads its text.</param>
/// <param name="Features">Names of the features, in the order of the model's inputs.</param>
/// <param name="Calibration">From margin to log-odds.</param>
/// <param name="Scaling">From log-odds to points.</param>
/// <param name="Grades">From PD to grade.</param>
/// <param name="HorizonQuarters">The PD is that of a default within so many quarters.</param>
/// <param name="Ranges">Per feature where the training rows lay, which says what is a good sign; null where none was known.</param>
/// <param name="Band">How far the calibration may be off.</param>
public sealed record ModelDefinition(
    string Family, IReadOnlyList<string> Features, MarginCalibration Calibration, ScorecardScaling Scaling, IReadOnlyList<Grade> Grades,
    int HorizonQuarters, IReadOnlyList<InputRange?> Ranges, ProbabilityBand Band);
