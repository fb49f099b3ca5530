using System.Text;

namespace GraphRisk.Scoring.Trees;

/// <summary>
/// Gradient-boosted decision trees for a binary outcome (Friedman 2001; Ke et al. 2017, "LightGBM").
///
/// Each round fits one small tree to the gradient of the log loss and adds it, shrunk, to the margin; the margin
/// is the log-odds of default before calibration. A feature declared monotone may only move the margin its way,
/// all else equal, so that a reason such as "higher leverage" can never lower the stated risk.
///
/// Missing values (NaN) go to whichever side of a split fits better, so "not known" needs no invented number.
/// Cost: O(rounds x rows x features) on binned values. Deterministic for fixed parameters, data and order of rows.
/// </summary>
public static class TreeTrainer
{
    /// <summary>Grows the trees and returns the model read back from its own text, the one artefact there is.</summary>
    /// <param name="matrix">One row per observation.</param>
    /// <param name="outcomes">1 for default, 0 for none; one per row; both must occur.</param>
    /// <param name="featureNames">One per column, letters, digits and underscores.</param>
    /// <param name="monotone">Per column +1, -1 or 0.</param>
    /// <exception cref="ArgumentException">The lengths disagree or only one outcome occurs.</exception>
    public static TreeModel Train(
        FeatureMatrix matrix, ReadOnlySpan<float> outcomes, IReadOnlyList<string> featureNames,
        IReadOnlyList<int> monotone, TreeParameters parameters)
    {
        Check(matrix, outcomes, featureNames, monotone);
        var text = parameters.Text(monotone);

        LightGbmException.ThrowOnFailure(LightGbmNative.DatasetCreateFromMat(
            matrix.Values, LightGbmNative.Float32, matrix.Rows, matrix.Columns, isRowMajor: 1, text, IntPtr.Zero, out var dataset));
        using (dataset)
        {
            LightGbmException.ThrowOnFailure(LightGbmNative.DatasetSetField(
                dataset, "label", outcomes, outcomes.Length, LightGbmNative.Float32));
            LightGbmException.ThrowOnFailure(LightGbmNative.DatasetSetFeatureNames(
                dataset, [.. featureNames], featureNames.Count));
            LightGbmException.ThrowOnFailure(LightGbmNative.BoosterCreate(dataset, text, out var booster));
            using (booster)
            {
                Boost(booster, parameters.Rounds);
                return TreeModel.Load(SaveText(booster));
            }
        }
    }

    private static void Boost(BoosterHandle booster, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            LightGbmException.ThrowOnFailure(LightGbmNative.BoosterUpdateOneIteration(booster, out var isFinished));
            if (isFinished != 0)
                return; // no split improves any more
        }
    }

    private static string SaveText(BoosterHandle booster)
    {
        LightGbmException.ThrowOnFailure(LightGbmNative.BoosterSaveModelToString(booster, 0, -1, 0, 0, out var length, []));
        var buffer = new byte[length];
        LightGbmException.ThrowOnFailure(LightGbmNative.BoosterSaveModelToString(booster, 0, -1, 0, length, out _, buffer));
        return Encoding.UTF8.GetString(buffer.AsSpan(0, (int)length - 1)); // without C's closing zero
    }

    private static void Check(
        FeatureMatrix matrix, ReadOnlySpan<float> outcomes, IReadOnlyList<string> names, IReadOnlyList<int> monotone)
    {
        if (outcomes.Length != matrix.Rows)
            throw new ArgumentException($"{outcomes.Length} outcomes for {matrix.Rows} rows", nameof(outcomes));
        if (names.Count != matrix.Columns || monotone.Count != matrix.Columns)
            throw new ArgumentException($"{names.Count} names and {monotone.Count} directions for {matrix.Columns} columns", nameof(names));
        if (!outcomes.Contains(0f) || !outcomes.Contains(1f))
            throw new ArgumentException("training needs both outcomes", nameof(outcomes));
    }
}
