using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Training;

/// <summary>A trained model with the setting chosen for it and its calibration, both by rows it had not seen.</summary>
/// <param name="Model">The model; whoever keeps this disposes it.</param>
/// <param name="Choice">The family's setting, the one with the least log loss on the unseen rows.</param>
/// <param name="Method">How it was calibrated.</param>
/// <param name="Calibration">From margin to log-odds.</param>
/// <param name="Unseen">Margins and outcomes of the unseen rows, in the order of the training rows.</param>
public sealed record FittedModel(
    IRiskModel Model, int Choice, CalibrationMethod Method, MarginCalibration Calibration, CalibrationSample Unseen)
{
    /// <summary>
    /// By folds: every row of a judged fold gets margins from models that saw nothing of its fold. These choose the setting and
    /// fit the calibration; the model itself is then trained on all rows.
    /// </summary>
    /// <param name="folds">Fold of each row, 0 and up.</param>
    /// <param name="judged">Only the first so many folds are judged, which is cheaper where rows are plenty.</param>
    /// <param name="method">How to calibrate; null chooses.</param>
    public static FittedModel ByFolds(
        ModelFamily family, TrainingSet set, int[] folds, int judged, int seed, int parallelism = 1, CalibrationMethod? method = null)
    {
        var margins = Enumerable.Range(0, family.Choices).Select(_ => new double[set.Rows]).ToArray();
        Parallel.For(0, judged, new ParallelOptions { MaxDegreeOfParallelism = parallelism }, fold =>
        {
            var inside = Enumerable.Range(0, set.Rows).Where(row => folds[row] != fold).ToArray();
            var outside = Enumerable.Range(0, set.Rows).Where(row => folds[row] == fold).ToArray();
            var predicted = family.MarginsByChoice(set.Select(inside), set.Matrix.SelectRows(outside), seed);
            for (var choice = 0; choice < margins.Length; choice++)
            {
                for (var i = 0; i < outside.Length; i++)
                    margins[choice][outside[i]] = predicted[choice][i];
            }
        });
        var seen = Enumerable.Range(0, set.Rows).Where(row => folds[row] < judged).ToArray();
        bool[] bad = [.. seen.Select(row => set.Bad[row])];
        var samples = margins.Select(choice => CalibrationSample.Of([.. seen.Select(row => choice[row])], bad)).ToArray();
        return Finish(family, set, samples, seed, method);
    }

    /// <summary>By a later window: a model of the earlier rows chooses and calibrates on the window, and is the model that serves.</summary>
    public static FittedModel ByWindow(ModelFamily family, TrainingSet earlier, TrainingSet window, int seed)
    {
        var samples = family.MarginsByChoice(earlier, window.Matrix, seed).Select(margins => CalibrationSample.Of(margins, window.Bad)).ToArray();
        return Finish(family, earlier, samples, seed, null);
    }

    /// <summary>
    /// By a later window, for a model that serves on: a model of the earlier rows meets the window, which chooses the setting and the
    /// calibration, Platt, beta or isotonic, by log loss; the model itself is then trained on all rows, the newest included.
    /// </summary>
    /// <param name="earlier">Rows whose outcomes were over when the window began.</param>
    /// <param name="window">Rows of the window.</param>
    public static FittedModel ByLaterRows(ModelFamily family, TrainingSet set, int[] earlier, int[] window, int seed)
    {
        bool[] bad = [.. window.Select(row => set.Bad[row])];
        var samples = family.MarginsByChoice(set.Select(earlier), set.Matrix.SelectRows(window), seed).Select(margins => CalibrationSample.Of(margins, bad)).ToArray();
        return Finish(family, set, samples, seed, null);
    }

    /// <summary>Calibrated probability of each row.</summary>
    public double[] Probabilities(FeatureMatrix matrix) => [.. Model.Margins(matrix).Select(Calibration.Probability)];

    private static FittedModel Finish(ModelFamily family, TrainingSet set, CalibrationSample[] samples, int seed, CalibrationMethod? method)
    {
        var choice = Enumerable.Range(0, samples.Length).MinBy(i => LossOf(samples[i], family.MarginIsLogOdds));
        var unseen = samples[choice];
        method ??= CalibrationMethod.Choose(unseen, seed);
        return new FittedModel(family.Train(set, choice, seed), choice, method, method.Fit(unseen), unseen);
    }

    /// <summary>A margin that is no log-odds is first put on that scale.</summary>
    private static double LossOf(CalibrationSample sample, bool isLogOdds)
    {
        var scale = isLogOdds ? new PlattScaling(1, 0) : PlattScaling.Fit(sample);
        return LogLoss.Compute([.. sample.Margins.Select(scale.Probability)], sample.Bad);
    }
}
