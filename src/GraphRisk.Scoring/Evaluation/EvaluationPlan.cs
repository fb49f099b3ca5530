using System.Globalization;
using GraphRisk.Scoring.Calibration;

namespace GraphRisk.Scoring.Evaluation;

/// <summary>Rows that one model learns from and is judged on.</summary>
/// <param name="Train">Rows learned from.</param>
/// <param name="Window">Later rows calibrated on; empty where calibration goes by folds of the training rows.</param>
/// <param name="Test">Rows judged.</param>
internal sealed record EvaluationPart(int[] Train, int[] Window, int[] Test);

/// <summary>How the rows are split, the same for every family.</summary>
/// <param name="Description">In words.</param>
/// <param name="Note">What a reader of the answer should know of the split; null where it is as asked.</param>
internal sealed record EvaluationPlan(string Description, IReadOnlyList<EvaluationPart> Parts, string? Note = null)
{
    /// <summary>Folds of the rows, and of the training rows of each of them again.</summary>
    internal const int FoldCount = 5;

    private const double TestShare = 0.3;
    private const double WindowShare = 0.25;
    private const int LeastOfEach = 8;

    /// <summary>Folds with equal shares of bad rows; rows of one group stay together.</summary>
    /// <param name="together">What keeps rows together, in words.</param>
    /// <exception cref="EvaluationException">What stays together leaves a fold, or the rest of the rows, without an outcome.</exception>
    internal static EvaluationPlan ByFolds(int[] rows, bool[] bad, ulong[] groups, int seed, string together)
    {
        EvaluationPart[] parts = [.. FoldsOf(rows, bad, groups, seed)];
        foreach (var part in parts)
        {
            RequireFold(part.Test, bad, together);
            RequireInnerFolds(part.Train, bad, groups, seed, together);
        }
        RequireInnerFolds(rows, bad, groups, seed, together);
        return new EvaluationPlan($"{FoldCount} folds, stratified; calibrated on margins of inner folds", parts);
    }

    /// <summary>The last three tenths of the rows by time are judged, the quarter before them calibrates, all before that teaches; no moment is cut in two.</summary>
    /// <exception cref="EvaluationException">There are too few moments, or a part lacks an outcome.</exception>
    internal static EvaluationPlan OutOfTime(int[] rows, bool[] bad, Func<int, double> timeOf, string column, ulong[] groups, int seed, string together)
    {
        var ordered = rows.OrderBy(timeOf).ThenBy(row => row).ToArray();
        var testFrom = Cut(ordered, timeOf, 1 - TestShare);
        var windowFrom = Cut(ordered[..testFrom], timeOf, 1 - WindowShare);
        if (testFrom == 0) throw new EvaluationException($"time '{column}' has one moment only: nothing is later than anything");
        var (train, window, test) = (ordered[..windowFrom], ordered[windowFrom..testFrom], ordered[testFrom..]);
        if (!HasBoth(train, bad) || !HasBoth(window, bad)) (train, window) = (ordered[..testFrom], []);
        Require(train, bad, $"the rows before the test in '{column}'");
        Require(test, bad, $"the last rows in '{column}', kept for the test,");
        if (window.Length == 0) RequireInnerFolds(train, bad, groups, seed, together);
        var after = timeOf(ordered[testFrom - 1]);
        return new EvaluationPlan(
            string.Create(CultureInfo.InvariantCulture, $"out of time by '{column}': {train.Length} rows teach, {(window.Length == 0 ? $"{FoldCount} folds of them calibrate" : $"{window.Length} later ones calibrate")}, {test.Length} after {TimeText(after)} are judged"),
            [new EvaluationPart(train, window, test)],
            window.Length > 0 ? null : $"no window of '{column}' before the judged rows leaves {LeastOfEach} of each outcome to teach and to calibrate; calibrated by {FoldCount} folds of the teaching rows instead");
    }

    /// <summary>Where the share is reached, moved to the nearer border between two moments that is not an end; 0 where there is none.</summary>
    private static int Cut(int[] ordered, Func<int, double> timeOf, double share)
    {
        var wanted = (int)(share * ordered.Length);
        return Enumerable.Range(1, Math.Max(0, ordered.Length - 1)).Where(i => timeOf(ordered[i]) != timeOf(ordered[i - 1])).DefaultIfEmpty(0).MinBy(i => Math.Abs(i - wanted));
    }

    private static string TimeText(double time) => time is > 600_000 and < 900_000
        ? DateOnly.FromDayNumber((int)time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : time.ToString("R", CultureInfo.InvariantCulture);

    private static IEnumerable<EvaluationPart> FoldsOf(int[] rows, bool[] bad, ulong[] groups, int seed)
    {
        var folds = Folds.Stratified([.. rows.Select(row => bad[row])], FoldCount, seed, [.. rows.Select(row => groups[row])]);
        return Enumerable.Range(0, FoldCount).Select(fold => new EvaluationPart(
            [.. rows.Where((_, i) => folds[i] != fold)], [], [.. rows.Where((_, i) => folds[i] == fold)]));
    }

    /// <summary>The inner folds choose and calibrate: what is left beside each must teach.</summary>
    private static void RequireInnerFolds(int[] rows, bool[] bad, ulong[] groups, int seed, string together)
    {
        foreach (var inner in FoldsOf(rows, bad, groups, seed)) RequireFold(inner.Train, bad, together);
    }

    private static void RequireFold(int[] rows, bool[] bad, string together)
    {
        var bads = rows.Count(row => bad[row]);
        if (bads > 0 && bads < rows.Length) return;
        throw new EvaluationException(
            $"{together} leave {(rows.Length == 0 ? "a fold without rows" : $"{rows.Length} rows of a fold with one outcome only")}: they sort the outcomes, and models cannot be judged on rows kept apart");
    }

    private static bool HasBoth(int[] rows, bool[] bad) => rows.Count(row => bad[row]) >= LeastOfEach && rows.Count(row => !bad[row]) >= LeastOfEach;

    private static void Require(int[] rows, bool[] bad, string what)
    {
        if (!HasBoth(rows, bad))
            throw new EvaluationException($"{what} hold {rows.Count(row => bad[row])} bad of {rows.Length}: {LeastOfEach} of each outcome are needed");
    }
}
