using GraphRisk.Graph.Algorithms.Ownership.History;
using GraphRisk.Market.Calendar;

namespace GraphRisk.Market.Networks;

/// <summary>The report that a rule asks for where a holder crosses its steps.</summary>
/// <param name="Text">What it asks for.</param>
/// <param name="WithinWorkingDays">Within how many working days; the first of them is the first one after the day of the crossing.</param>
/// <param name="DueOn">The last day of the term; null where it cannot be told.</param>
/// <param name="Unknown">Why it cannot be told; null where it can.</param>
public sealed record DueReport(string Text, int WithinWorkingDays, DateOnly? DueOn, string? Unknown)
{
    /// <summary>
    /// The report due for a crossing; null where the rule asks for none, or was not in force. A year without calendar makes the day unknown and
    /// not the crossing.
    /// </summary>
    public static DueReport? Of(StepCrossing crossing, WorkingCalendar calendar)
    {
        if (crossing.Limb.Report is not { } text || !crossing.Applies) return null;
        try
        {
            return new DueReport(text, crossing.Limb.ReportWithin, calendar.AfterWorkingDays(crossing.Day, crossing.Limb.ReportWithin), null);
        }
        catch (YearWithoutCalendarException error)
        {
            return new DueReport(text, crossing.Limb.ReportWithin, null, error.Message);
        }
    }
}
