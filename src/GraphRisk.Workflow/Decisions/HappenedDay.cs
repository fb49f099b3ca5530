using GraphRisk.Graph.Facts;
using GraphRisk.Market.Calendar;

namespace GraphRisk.Workflow.Decisions;

/// <summary>
/// The day on which what a move files has happened: it lies neither ahead, nor before the matter began, nor before what last brought the case on; what only adds to it, such as a payment, is filed in any order.
/// </summary>
public static class HappenedDay
{
    /// <summary>Its field.</summary>
    public const string Field = "happenedOn";

    /// <summary>Why the day cannot be; null where it can, or none is given.</summary>
    /// <param name="kind">The kind of the case.</param>
    /// <param name="filed">The case.</param>
    /// <param name="carried">What the move carries.</param>
    /// <param name="at">The instant of the move.</param>
    public static string? FaultOf(CaseKind kind, FiledCase filed, Properties carried, DateTimeOffset at)
    {
        if (!carried.TryGet(Field, out var value)) return null;
        var day = value.AsDate();
        if (day > WorkingCalendar.DayOf(at)) return "is a day to come.";
        if (kind.BeganOn is { } began && filed.Content.TryGet(began, out var first) && day < first.AsDate())
            return FormattableString.Invariant($"lies before {first.AsDate():yyyy-MM-dd}, the day it is about.");
        return filed.History.Moves.LastOrDefault(one => one.From != one.To && one.Carried.TryGet(Field, out _)) is { } last && last.Carried.TryGet(Field, out var before) && day < before.AsDate()
            ? FormattableString.Invariant($"lies before {before.AsDate():yyyy-MM-dd}, on which move {last.Serial}, '{last.Move}', happened.") : null;
    }
}
