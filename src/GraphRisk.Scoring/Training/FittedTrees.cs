using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Training;

/// <summary>
/// Trees over some of the columns, with their calibration.
///
/// Folds by client give every training row a margin from trees that never saw its client. Those out-of-fold margins
/// choose the number of rounds (least log loss) and fit the calibration; the trees themselves are then grown on all
/// training rows.
/// </summary>
internal sealed record FittedTrees(int[] Columns, TreeModel Trees, PlattScaling Calibration, double[] OutOfFold)
{
    /// <param name="matrix">All columns.</param>
    /// <param name="rows">The training rows' outcomes, in step with the matrix.</param>
    public static FittedTrees Fit(FeatureMatrix matrix, IReadOnlyList<Observation> rows, int[] columns, TrainingOptions options)
    {
        var selected = matrix.SelectColumns(columns);
        var outcomes = rows.Select(row => row.Defaulted ? 1f : 0f).ToArray();
        var names = columns.Select(column => FeatureSet.Features[column].Name).ToArray();
        var monotone = columns.Select(column => FeatureSet.Features[column].Direction).ToArray();
        var defaulted = rows.Select(row => row.Defaulted).ToArray();

        TreeModel Grow(FeatureMatrix on, float[] of, int rounds) =>
            TreeTrainer.Train(on, of, names, monotone, options.Trees with { Rounds = rounds });

        var byRounds = OutOfFoldMargins(selected, rows, outcomes, options, Grow);
        var best = Enumerable.Range(0, byRounds.Length).MinBy(i => LogLoss.Compute(
            byRounds[i].Select(Logit.ToProbability).ToArray(), defaulted));
        var calibration = PlattScaling.Fit(byRounds[best], defaulted);
        return new FittedTrees(columns, Grow(selected, outcomes, options.RoundsTried[best]), calibration, byRounds[best]);
    }

    /// <summary>Calibrated PD of each row.</summary>
    public double[] Probabilities(FeatureMatrix matrix) =>
        [.. Trees.Margins(matrix.SelectColumns(Columns)).Select(Calibration.Probability)];

    /// <summary>Per number of rounds tried, one margin per row.</summary>
    private static double[][] OutOfFoldMargins(
        FeatureMatrix matrix, IReadOnlyList<Observation> rows, float[] outcomes, TrainingOptions options,
        Func<FeatureMatrix, float[], int, TreeModel> grow)
    {
        var margins = options.RoundsTried.Select(_ => new double[rows.Count]).ToArray();
        var folds = ClientFolds.Assign(rows.Select(row => row.Client).ToArray(), options.Folds, options.Trees.Seed);
        Parallel.For(0, options.Folds, new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism }, fold =>
        {
            var inside = Enumerable.Range(0, rows.Count).Where(i => folds[i] != fold).ToArray();
            var outside = Enumerable.Range(0, rows.Count).Where(i => folds[i] == fold).ToArray();
            using var trees = grow(matrix.SelectRows(inside), [.. inside.Select(i => outcomes[i])], options.RoundsTried[^1]);
            var left = matrix.SelectRows(outside);
            for (var tried = 0; tried < margins.Length; tried++)
            {
                var predicted = trees.Margins(left, options.RoundsTried[tried]);
                for (var i = 0; i < outside.Length; i++)
                    margins[tried][outside[i]] = predicted[i];
            }
        });
        return margins;
    }
}
