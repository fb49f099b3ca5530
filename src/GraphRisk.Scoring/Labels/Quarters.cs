namespace GraphRisk.Scoring.Labels;

/// <summary>Calendar quarters, named by their last day.</summary>
public static class Quarters
{
    /// <summary>The last day of the quarter the day lies in.</summary>
    public static DateOnly EndOf(DateOnly day)
    {
        var month = (day.Month + 2) / 3 * 3;
        return new DateOnly(day.Year, month, DateTime.DaysInMonth(day.Year, month));
    }

    /// <summary>The end of the quarter a number of quarters later (earlier, if negative).</summary>
    public static DateOnly Shift(DateOnly end, int quarters) => EndOf(new DateOnly(end.Year, end.Month, 1).AddMonths(3 * quarters));

    /// <summary>Ends of all quarters whose last day lies in [first, last], ascending.</summary>
    public static IReadOnlyList<DateOnly> EndsWithin(DateOnly first, DateOnly last)
    {
        var ends = new List<DateOnly>();
        for (var end = EndOf(first); end <= last; end = Shift(end, 1))
            ends.Add(end);
        return ends;
    }
}
