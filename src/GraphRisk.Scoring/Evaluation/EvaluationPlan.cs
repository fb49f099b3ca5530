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
internal sealed record EvaluationPlan(string Description, IReadOnlyList<EvaluationPart> Parts)
{
    private const int FoldCount = 5;
    private const double TestShare = 0.3;
    private const double WindowShare = 0.25;
    private const int LeastOfEach = 8;

    /// <summary>Folds with equal shares of bad rows; rows of one group stay together.</summary>
    internal static EvaluationPlan ByFolds(int[] rows, bool[] bad, ulong[] groups, int seed)
    {
        var folds = Folds.Stratified([.. rows.Select(row => bad[row])], FoldCount, seed, [.. rows.Select(row => groups[row])]);
        return new EvaluationPlan(
            $"{FoldCount} folds, stratified; calibrated on margins of inner folds",
            [.. Enumerable.Range(0, FoldCount).Select(fold => new EvaluationPart(
                [.. rows.Where((_, i) => folds[i] != fold)], [], [.. rows.Where((_, i) => folds[i] == fold)]))]);
    }

    /// <summary>The last three tenths of the rows by time are judged, the quarter before them calibrates, all before that teaches; no moment is cut in two.</summary>
    /// <exception cref="EvaluationException">There are too few moments, or a part lacks an outcome.</exception>
    internal static EvaluationPlan OutOfTime(int[] rows, bool[] bad, Func<int, double> timeOf, string column)
    {
        var ordered = rows.OrderBy(timeOf).ThenBy(row => row).ToArray();
        var testFrom = Cut(ordered, timeOf, 1 - TestShare);
        var windowFrom = Cut(ordered[..testFrom], timeOf, 1 - WindowShare);
        if (testFrom == 0) throw new EvaluationException($"time '{column}' has one moment only: nothing is later than anything");
        var (train, window, test) = (ordered[..windowFrom], ordered[windowFrom..testFrom], ordered[testFrom..]);
        if (!HasBoth(train, bad) || !HasBoth(window, bad)) (train, window) = (ordered[..testFrom], []);
        Require(train, bad, $"the rows before the test in '{column}'");
        Require(test, bad, $"the last rows in '{column}', kept for the test,");
        var after = timeOf(ordered[testFrom - 1]);
        return new EvaluationPlan(
            string.Create(CultureInfo.InvariantCulture, $"out of time by '{column}': {train.Length} rows teach, {window.Length} later ones calibrate, {test.Length} after {Moment(after)} are judged"),
            [new EvaluationPart(train, window, test)]);
    }

    /// <summary>Where the share is reached, moved to the nearer border between two moments that is not an end; 0 where there is none.</summary>
    private static int Cut(int[] ordered, Func<int, double> timeOf, double share)
    {
        var wanted = (int)(share * ordered.Length);
        return Enumerable.Range(1, Math.Max(0, ordered.Length - 1)).Where(i => timeOf(ordered[i]) != timeOf(ordered[i - 1])).DefaultIfEmpty(0).MinBy(i => Math.Abs(i - wanted));
    }

    private static string Moment(double time) => time is > 600_000 and < 900_000
        ? DateOnly.FromDayNumber((int)time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : time.ToString("R", CultureInfo.InvariantCulture);

    private static bool HasBoth(int[] rows, bool[] bad) => rows.Count(row => bad[row]) >= LeastOfEach && rows.Count(row => !bad[row]) >= LeastOfEach;

    private static void Require(int[] rows, bool[] bad, string what)
    {
        if (!HasBoth(rows, bad))
            throw new EvaluationException($"{what} hold {rows.Count(row => bad[row])} bad of {rows.Length}: {LeastOfEach} of each outcome are needed");
    }
}
