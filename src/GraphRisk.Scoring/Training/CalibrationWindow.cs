using System.Globalization;

namespace GraphRisk.Scoring.Training;

/// <summary>
/// The last training quarters as a window to calibrate on: probabilities are promised for quarters that come, so they are fitted to what became of
/// the latest. Margins of its rows are those of models that saw the same quarters of other clients, as the model that serves has: a model of earlier
/// quarters alone lies at another level where rates move, and its calibration would count the move twice.
/// </summary>
/// <param name="Rows">Its rows, as positions among the training rows.</param>
/// <param name="First">Its first quarter.</param>
internal sealed record CalibrationWindow(IReadOnlySet<int> Rows, DateOnly First)
{
    /// <summary>A quarter of the training quarters, at least three: one quarter's luck is no calibration.</summary>
    private const int LeastQuarters = 3;

    private const int Share = 4;

    /// <summary>Defaults that the window needs.</summary>
    private const int LeastDefaults = 100;

    /// <summary>How it calibrates, in words.</summary>
    public string Told => string.Create(CultureInfo.InvariantCulture, $"on the quarters from {First:yyyy-MM-dd} on");

    /// <summary>The window; null where quarters or defaults are too few, and all quarters calibrate.</summary>
    internal static CalibrationWindow? Of(Part train, TrainingPlan plan)
    {
        var quarters = Math.Max(LeastQuarters, plan.Train.Count / Share);
        if (plan.Train.Count < quarters + LeastQuarters) return null;
        var first = plan.Train[^quarters];
        var rows = Enumerable.Range(0, train.Rows.Count).Where(row => train.Rows[row].AsOf >= first).ToHashSet();
        return rows.Count(row => train.Bad[row]) >= LeastDefaults ? new CalibrationWindow(rows, first) : null;
    }
}
