using System.Globalization;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Recovery;

/// <summary>What a request to freeze needs: a default that is not ended and under which something is owed, and of the court's order a term the law knows.</summary>
public static class FreezeTerms
{
    /// <summary>Longest a freeze lasts before it is asked for again, years: of shares and other rights (Supreme People's Court on the Civil Procedure Law, article 485).</summary>
    public const int MostYears = 3;

    /// <summary>Why nothing is frozen for a default; null where something may be.</summary>
    public static string? FaultOf(FiledCase filed)
    {
        if (!DefaultTerms.Open.Contains(filed.History.State!)) return $"The default is {filed.History.State}: nothing is frozen for it.";
        return DefaultTerms.ClaimAfter(filed).Owed is var owed && owed > 0m ? null : string.Create(CultureInfo.InvariantCulture, $"Of the default {owed:0.##} is owed: nothing is frozen for it.");
    }

    /// <summary>Why the last day of an order cannot be; null where it can, or none is given.</summary>
    /// <param name="asked">The move.</param>
    /// <param name="today">The day it is filed on, where it names none.</param>
    public static string? FaultOf(MoveAsked asked, DateOnly today)
    {
        if (asked.Move != "grant" || !asked.Carried.TryGet("dueOn", out var last)) return null;
        var granted = asked.Carried.TryGet(HappenedDay.Field, out var day) ? day.AsDate() : today;
        if (last.AsDate() <= granted) return FormattableString.Invariant($"is not after {granted:yyyy-MM-dd}, on which it was granted.");
        return last.AsDate() > granted.AddYears(MostYears) ? FormattableString.Invariant($"is later than {granted.AddYears(MostYears):yyyy-MM-dd}: a freeze lasts {MostYears} years at most, and is asked for again.") : null;
    }
}
