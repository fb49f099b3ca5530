using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Training;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Evaluation;

/// <summary>One part of a plan with its rows encoded: the same matrices for every family.</summary>
internal sealed record EncodedPart(TrainingSet Train, ulong[] Groups, TrainingSet? Window, FeatureMatrix Test, bool[] TestBad);

/// <summary>One family on one part: trained, chosen and calibrated on the part's own training rows, judged on its test rows.</summary>
internal sealed record FamilyTrial(
    string Settings, string Calibration, ModelTraits Traits, double[] Margins, double[] Probabilities, Interval[] Intervals, bool[] Bad,
    int RowsLearned, double AdditivityError, double ContributionError, double[] InputWeights, double Seconds)
{
    private const int InnerFolds = EvaluationPlan.FoldCount;
    private const int AuditedRows = 100;

    internal static FamilyTrial Run(ModelFamily family, EncodedPart part, int seed, TimeProvider clock)
    {
        var started = clock.GetTimestamp();
        var fitted = part.Window is { } window
            ? FittedModel.ByWindow(family, part.Train, window, seed)
            : FittedModel.ByFolds(family, part.Train, Folds.Stratified(part.Train.Bad, InnerFolds, seed, part.Groups), Judged(part.Train.Rows), seed);
        var seconds = clock.GetElapsedTime(started).TotalSeconds;
        using var model = fitted.Model;
        var margins = model.Margins(part.Test);
        var band = ProbabilityBand.Bootstrap(fitted.Unseen, fitted.Method, seed);
        var (additivity, error, weights) = Audit(model, part.Test, margins);
        return new FamilyTrial(
            family.Describe(fitted.Choice), fitted.Method.Name, model.Traits, margins, [.. margins.Select(fitted.Calibration.Probability)],
            [.. margins.Select(band.Of)], part.TestBad, Math.Min(part.Train.Rows, family.MaximumRows), additivity, error, weights, seconds);
    }

    /// <summary>Inner folds that are judged: all where rows are few, one where each holds thousands.</summary>
    private static int Judged(int rows) => rows switch { < 5_000 => InnerFolds, < 20_000 => 2, _ => 1 };

    private static (double Additivity, double Error, double[] Weights) Audit(IRiskModel model, FeatureMatrix test, double[] margins)
    {
        var rows = Enumerable.Range(0, test.Rows).Take(AuditedRows).ToArray();
        var contributions = model.Contributions(test.SelectRows(rows));
        var weights = new double[contributions.Inputs];
        double additivity = 0, error = 0;
        foreach (var row in rows)
        {
            additivity = Math.Max(additivity, Math.Abs(contributions.Margin(row) - margins[row]));
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] += Math.Abs(contributions.Of(row)[i]) / rows.Length;
                error += contributions.StandardError(row, i) / rows.Length / weights.Length;
            }
        }
        return (additivity, error, weights);
    }
}
