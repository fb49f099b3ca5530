using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Models.Scorecards;

namespace GraphRisk.Scoring.Evaluation;

/// <summary>What to evaluate.</summary>
/// <param name="Target">Column of the outcome.</param>
/// <param name="Time">Column of the time; null splits by folds.</param>
/// <param name="Id">Column whose equal values are one client, kept together by folds; null where each row is its own.</param>
/// <param name="Mapping">What the user says of the columns.</param>
public sealed record EvaluationRequest(string Target, string? Time, string? Id, TableMapping Mapping, int Seed)
{
    /// <summary>Folds trained side by side; the answer does not depend on it.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Families to judge.</summary>
    public IReadOnlyList<ModelFamily> Families { get; init; } = ModelFamilies.All;
}

/// <summary>Every model on one table. The same table and seed give the same report, but for the seconds.</summary>
/// <param name="Split">How rows were split, the same for every model.</param>
/// <param name="Columns">What was made of each column.</param>
/// <param name="Notes">What a reader should know of the table.</param>
/// <param name="Scorecard">Points of the scorecard trained on all rows.</param>
/// <param name="Seconds">Per model, of training with choice of settings and calibration, over all folds; apart from what is the same every time.</param>
public sealed record EvaluationReport(
    TableFigures Table, string Split, IReadOnlyList<ColumnFinding> Columns, IReadOnlyList<string> Notes, IReadOnlyList<ModelEvaluation> Models,
    PointsTable Scorecard, IReadOnlyDictionary<string, double> Seconds);

/// <param name="Rows">Rows with an outcome.</param>
/// <param name="Inputs">Columns that models read.</param>
/// <param name="BadWhy">Why the bad value is taken for the bad one.</param>
public sealed record TableFigures(int Rows, int Inputs, string BadValue, string GoodValue, string BadWhy, double BadRate, int Judged);

/// <summary>A figure with its 95% interval.</summary>
public sealed record Measured(double Value, double Lower, double Upper)
{
    internal static Measured Of(double value, Interval interval) => new(value, interval.Lower, interval.Upper);
}

/// <summary>One family on one table, each row judged by a model that had not seen it.</summary>
/// <param name="Model">Name of the family.</param>
/// <param name="Settings">What was chosen, by fold.</param>
/// <param name="Calibration">How margins became probabilities, by fold.</param>
/// <param name="Auc">Within folds, by pairs (DeLong).</param>
/// <param name="Ks">Of the stated probabilities of all folds (bootstrap), as are the three that follow.</param>
/// <param name="Ece">Expected calibration error over ten bins.</param>
/// <param name="Bins">Promise and outcome with the interval of the promise: a bootstrap of the calibration map, the model held fixed.</param>
/// <param name="RowsLearned">Rows the largest training used; fewer than there are where the family draws a sample.</param>
/// <param name="AdditivityError">Greatest gap between a margin and its contributions over a sample of judged rows.</param>
/// <param name="ContributionError">Mean standard error of a contribution there; 0 where they are exact.</param>
/// <param name="Inputs">Mean size of each input's contribution there, greatest first.</param>
public sealed record ModelEvaluation(
    string Model, IReadOnlyList<string> Settings, IReadOnlyList<string> Calibration, ModelTraits Traits,
    Measured Auc, IReadOnlyList<double> AucByFold, Measured Ks, Measured Brier, Measured Ece, Measured LogLoss,
    IReadOnlyList<BinWithInterval> Bins, int RowsLearned, double AdditivityError, double ContributionError, IReadOnlyList<InputWeight> Inputs);

/// <summary>A bin of stated probabilities.</summary>
/// <param name="Lower">Mean lower end of the intervals of its probabilities.</param>
/// <param name="Upper">Mean upper end.</param>
public sealed record BinWithInterval(int Count, double MeanProbability, double Lower, double Upper, double BadRate);

/// <param name="MeanContribution">Mean absolute contribution to the margin.</param>
public sealed record InputWeight(string Input, double MeanContribution);
