using System.Globalization;

namespace GraphRisk.Scoring.Training;

/// <summary>
/// The last training quarters as a window to calibrate on: probabilities are promised for quarters that come, so they are best fitted on
/// quarters that the model which states them had not reached. Outcomes of the rows before the window are over when it begins.
/// </summary>
/// <param name="Earlier">Rows before it, as positions among the training rows.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="First">Its first quarter.</param>
internal sealed record CalibrationWindow(int[] Earlier, int[] Rows, DateOnly First)
{
    /// <summary>A quarter of the training quarters, at least three: one quarter's luck is no calibration.</summary>
    private const int LeastQuarters = 3;

    private const int Share = 4;

    /// <summary>Defaults that the window, and the rows before it, need.</summary>
    private const int LeastDefaults = 100;

    /// <summary>How it calibrates, in words.</summary>
    public string Told => string.Create(CultureInfo.InvariantCulture, $"on the quarters from {First:yyyy-MM-dd} on, by a model of those before");

    /// <summary>The window; null where quarters or defaults are too few, and folds of clients calibrate.</summary>
    internal static CalibrationWindow? Of(Part train, TrainingPlan plan)
    {
        var quarters = Math.Max(LeastQuarters, plan.Train.Count / Share);
        if (plan.Train.Count < quarters + LeastQuarters) return null;
        var first = plan.Train[^quarters];
        int[] Where(Func<Observation, bool> takes) => [.. Enumerable.Range(0, train.Rows.Count).Where(row => takes(train.Rows[row]))];
        var (earlier, rows) = (Where(row => plan.OutcomeUntil(row.AsOf) <= first), Where(row => row.AsOf >= first));
        return earlier.Count(row => train.Bad[row]) >= LeastDefaults && rows.Count(row => train.Bad[row]) >= LeastDefaults ? new CalibrationWindow(earlier, rows, first) : null;
    }
}
