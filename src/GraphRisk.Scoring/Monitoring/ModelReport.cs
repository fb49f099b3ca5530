using System.Collections.Immutable;
using GraphRisk.Scoring.Evaluation;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Registry;

namespace GraphRisk.Scoring.Monitoring;

/// <summary>
/// All that is to be said of a model before it is used and while it is: a value made of the store, the registry and a seed alone, so the
/// same input gives the same report. No client is named in it; how many make up a figure stands beside it, for the door that lets it out.
/// </summary>
/// <param name="Model">Version of the model.</param>
/// <param name="State">Where it stands.</param>
/// <param name="AsOf">Last day the sources have reached: outcomes are known up to it.</param>
/// <param name="StoreVersion">Version of the store outcomes were read from.</param>
/// <param name="KnownAt">When that version was recorded.</param>
/// <param name="Seed">Seed of the intervals.</param>
/// <param name="Card">The model's card.</param>
/// <param name="HorizonQuarters">Quarters within which a default counts.</param>
/// <param name="Quarters">What was looked at, ascending.</param>
/// <param name="Judged">Quarters the validation rests on: outcome known, not learned from.</param>
/// <param name="Validation">How it did there; null where one outcome does not occur.</param>
/// <param name="Drift">By feature, the greatest shift of a quarter that was not learned from first.</param>
/// <param name="Ranks">Quarter to quarter.</param>
/// <param name="Migration">Grade to grade over all neighbouring quarters.</param>
/// <param name="HighRisk">Those called high-risk, by quarter and grade.</param>
/// <param name="Beside">This model and the others of the shelf on the same quarters.</param>
/// <param name="Decisions">All that was decided about it.</param>
public sealed record ModelReport(
    string Model, ModelState State, DateOnly AsOf, long StoreVersion, DateTimeOffset KnownAt, int Seed, ModelCard Card, int HorizonQuarters,
    ImmutableArray<QuarterFigures> Quarters, ImmutableArray<DateOnly> Judged, ModelValidation? Validation, ImmutableArray<FeatureDrift> Drift,
    ImmutableArray<RankFigures> Ranks, ImmutableArray<GradeMove> Migration, ImmutableArray<HighRiskFate> HighRisk,
    ImmutableArray<BesideFigures> Beside, ImmutableArray<ModelDecision> Decisions)
{
    /// <summary>What people decided with its score before them: the override log, counted. Empty in reports that were made before it was kept.</summary>
    public ImmutableArray<AdvisedDecisions> Advised { get; init; } = [];

    /// <summary>Complaints since the day it was trained. Empty in reports that were made before they were kept.</summary>
    public ImmutableArray<ComplaintCount> Complaints { get; init; } = [];
}

/// <summary>Clients about whom the same was decided on the same advice.</summary>
/// <param name="Advice">What was recommended: ADMIT, ADMIT_IN_PART, REFER.</param>
/// <param name="Decision">What a person did: approve, decline.</param>
/// <param name="IsAgainst">Whether that is otherwise than was recommended, in kind or in amount.</param>
/// <param name="Clients">How many; a client of several decisions once.</param>
/// <param name="Defaulted">Of them defaulted after the decision, as far as is known.</param>
public sealed record AdvisedDecisions(string Advice, string Decision, bool IsAgainst, Crowd Clients, Crowd Defaulted);

/// <summary>Clients who complained of the same kind of thing, with the same cause and outcome.</summary>
/// <param name="About">RECORD, SCORE or DECISION.</param>
/// <param name="Cause">What it was found to be caused by; empty while that is not named.</param>
/// <param name="Outcome">OPEN, UPHELD, REJECTED or WITHDRAWN.</param>
/// <param name="Clients">How many.</param>
public sealed record ComplaintCount(string About, string Cause, string Outcome, Crowd Clients);

/// <summary>Who makes up a figure.</summary>
/// <param name="Clients">How many clients.</param>
/// <param name="ByBroker">How many of them owe to each broker, the most first; brokers are not named.</param>
public sealed record Crowd(int Clients, ImmutableArray<int> ByBroker);

/// <summary>One quarter.</summary>
/// <param name="Part">What it is to the model.</param>
/// <param name="IsTrueToItsDay">Whether features are what was known at its close.</param>
/// <param name="Clients">Clients at risk.</param>
/// <param name="InDefault">Clients in default, who are not foreseen.</param>
/// <param name="Defaulted">Those at risk who defaulted within the horizon; null while that is not known.</param>
/// <param name="MeanProbability">Promised to those at risk, on average.</param>
/// <param name="Performance">Promise against outcome; null while the outcome is not known.</param>
/// <param name="Stability">Population stability index of the probability against the training quarters.</param>
public sealed record QuarterFigures(
    DateOnly AsOf, QuarterPart Part, bool IsTrueToItsDay, long StoreVersion, Crowd Clients, int InDefault, Crowd? Defaulted,
    double MeanProbability, Performance? Performance, double Stability);

/// <summary>How a model did on the judged quarters. Intervals are of 95%, client-quarters counting as independent.</summary>
/// <param name="Ece">Expected calibration error over ten bins.</param>
/// <param name="Curve">Cut-offs from the riskiest down: ROC, KS and gains.</param>
/// <param name="Bins">Tenths from the safest to the riskiest.</param>
public sealed record ModelValidation(
    int Observations, int Defaults, Measured Auc, Measured Ks, Measured Brier, Measured Ece, Measured LogLoss,
    ImmutableArray<CutOff> Curve, ImmutableArray<RiskTenth> Bins);

/// <summary>A tenth of the judged client-quarters.</summary>
/// <param name="Observations">Client-quarters in it.</param>
/// <param name="Defaults">Of them defaulted.</param>
/// <param name="Defaulted">The clients that defaulted.</param>
/// <param name="MeanProbability">Promised on average.</param>
/// <param name="Rate">Came: share that defaulted, with its interval (Wilson 1927).</param>
/// <param name="Captured">Part of all defaults in this tenth and the riskier ones.</param>
/// <param name="Lift">That part over the part of clients in them.</param>
public sealed record RiskTenth(int Observations, int Defaults, Crowd Defaulted, double MeanProbability, Measured Rate, double Captured, double Lift);

/// <summary>How far one feature has moved.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="ByQuarter">Characteristic stability index against the training quarters, in the order of the quarters.</param>
/// <param name="Greatest">The greatest of a quarter that was not learned from; 0 where there is none.</param>
public sealed record FeatureDrift(string Feature, ImmutableArray<double> ByQuarter, double Greatest);

/// <summary>How clients' ranks held from one quarter to the next, of those at risk in both.</summary>
/// <param name="SameGrade">Part that kept its grade.</param>
/// <param name="FarMoved">Part that moved by more than one grade.</param>
public sealed record RankFigures(DateOnly From, DateOnly To, int Clients, double? Spearman, double? Kendall, double SameGrade, double FarMoved);

/// <summary>Clients that went from one grade to another within a quarter.</summary>
/// <param name="To">Grade; D for those in default then, empty for those no longer at risk.</param>
public sealed record GradeMove(string From, string To, Crowd Clients);

/// <summary>What became of those called high-risk; and of the rest, where the grade is empty.</summary>
/// <param name="Called">Clients given the grade at the close of the quarter.</param>
/// <param name="MeanProbability">Promised to them on average.</param>
/// <param name="Defaulted">Within the horizon.</param>
/// <param name="Later">After the horizon, as far as is known.</param>
/// <param name="MedianDays">Days to the default, of those within the horizon.</param>
/// <param name="Cured">Of those within the horizon, cured since.</param>
/// <param name="IsComplete">Whether the sources have reached the end of the horizon.</param>
public sealed record HighRiskFate(
    DateOnly AsOf, string Grade, Crowd Called, double MeanProbability, Crowd Defaulted, Crowd Later, double? MedianDays, Crowd Cured, bool IsComplete);

/// <summary>A model of the shelf on the quarters that are judged.</summary>
/// <param name="HasLearned">How many of the quarters it learned from: its figures flatter it there.</param>
/// <param name="Stability">Population stability index against its own training quarters, as far as they were read.</param>
public sealed record BesideFigures(
    string Version, ModelState State, string Family, int HasLearned, Measured? Auc, Measured? Ks, Measured? Brier, Measured? Ece, double? Stability);
