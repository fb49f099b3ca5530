namespace GraphRisk.Matching.Values;

/// <summary>
/// Reads dates as <c>1978-11-12</c>, <c>1978-11</c> or <c>1978</c>, as precise as they are written. Where day and month may be either way
/// both readings count, unless the column itself says which: twenty dates or more that can be read in one way only, and hardly
/// one of them in the other way.
/// </summary>
internal sealed class DateReading
{
    private const int LeastDecided = 20;
    private const double MostContrary = 0.01;
    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal)
    {
        "1900-01-01", "1800-01-01", "1899-12-30", "1899-12-31", "1901-01-01", "0001-01-01", "0000-00-00", "9999-12-31", "9999-09-09", "1111-11-11", "2099-12-31", "2100-01-01",
    };

    private readonly DateOrder order;

    /// <param name="sample">Values of the column.</param>
    public DateReading(IEnumerable<string> sample)
    {
        int monthFirst = 0, dayFirst = 0;
        foreach (var text in sample)
        {
            if (DateParts.Find(text) is not { Order: DateOrder.Unknown } parts) continue;
            if (parts.First is > 12 and <= 31 && parts.Second <= 12) dayFirst++;
            if (parts.Second is > 12 and <= 31 && parts.First <= 12) monthFirst++;
        }

        var decided = monthFirst + dayFirst;
        order = decided < LeastDecided || Math.Min(monthFirst, dayFirst) > MostContrary * decided ? DateOrder.Unknown
            : monthFirst > dayFirst ? DateOrder.MonthFirst : DateOrder.DayFirst;
    }

    /// <summary>Adds the readings of a date; a text that is none is kept as it is.</summary>
    public void Read(string written, List<string> readings)
    {
        if (MissingWords.Contains(written)) return;
        if (DateParts.Find(written) is not { } parts)
        {
            if (PlainText.Words(written) is { Length: > 0 } text) readings.Add(text);
            return;
        }

        if (parts.Order != DateOrder.Unknown) Add(parts.Year, parts.First, parts.Second, readings);
        else if (parts.First > 12 || order == DateOrder.DayFirst && parts.Second <= 12) Add(parts.Year, parts.Second, parts.First, readings);
        else if (parts.Second > 12 || order == DateOrder.MonthFirst || parts.First == parts.Second) Add(parts.Year, parts.First, parts.Second, readings);
        else
        {
            Add(parts.Year, parts.First, parts.Second, readings);
            Add(parts.Year, parts.Second, parts.First, readings);
        }
    }

    private static void Add(int year, int month, int day, List<string> readings)
    {
        if (month == 0 && day > 0) (month, day) = (day, 0);
        var text = new PartialDay(year, month, day).ToString();
        if (year != 0 && !Fillers.Contains(text)) readings.Add(text);
    }
}
