using GraphRisk.Scoring.Calibration;

namespace GraphRisk.Scoring.Models;

/// <summary>Everything beside the trees that decides a score; part of the model's content hash.</summary>
/// <param name="Features">Names of the features, in the order of the trees' columns.</param>
/// <param name="Calibration">From margin to log-odds.</param>
/// <param name="Scaling">From log-odds to points.</param>
/// <param name="Grades">From PD to grade.</param>
/// <param name="HorizonQuarters">The PD is that of a default within so many quarters.</param>
public sealed record ModelDefinition(
    IReadOnlyList<string> Features, PlattScaling Calibration, ScorecardScaling Scaling, IReadOnlyList<Grade> Grades, int HorizonQuarters);
