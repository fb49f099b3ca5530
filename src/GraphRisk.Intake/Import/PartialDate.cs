using System.Globalization;

namespace GraphRisk.Intake.Import;

/// <summary>
/// A day, month or year, as publishers write what they know of a date: <c>1988-01-07</c>, <c>1988-01</c>, <c>1988</c>; a time of
/// day is cut off. The year 9999 says that there is no end.
/// </summary>
/// <param name="First">First day it may be.</param>
/// <param name="Last">Last day it may be.</param>
public readonly record struct PartialDate(DateOnly First, DateOnly Last)
{
    /// <summary>The day, where it is known; null where only month or year are, or where it stands for no end.</summary>
    public DateOnly? Day => First == Last && !IsNever ? First : null;

    /// <summary>It stands for a day that never comes.</summary>
    public bool IsNever => First.Year == DateOnly.MaxValue.Year;

    /// <summary>As the end, exclusive, of what holds up to it: a day as it is, of a month or year the day after its last; null where there is no end.</summary>
    public DateOnly? End => IsNever ? null : Day ?? Last.AddDays(1);

    /// <summary>Reads a date; null where the text is none.</summary>
    public static PartialDate? Parse(string text)
    {
        if (NoEnd.Is(text)) return new PartialDate(DateOnly.MaxValue, DateOnly.MaxValue);
        if (text.Length > 10 && text[10] is 'T' or ' ') text = text[..10];
        if (Read(text, "yyyy-MM-dd") is { } day) return new PartialDate(day, day);
        if (Read(text, "yyyy-MM") is { } month) return new PartialDate(month, LastOf(month.Year, month.Month));
        return Read(text, "yyyy") is { } year ? new PartialDate(year, LastOf(year.Year, 12)) : null;
    }

    /// <summary>
    /// The one of several dates that is believed, whatever their order: a date that another one makes more precise (2020 beside
    /// 2020-01-05) is the same date said by a less precise source. Of those that remain, the earliest, or the latest.
    /// </summary>
    /// <param name="dates">The dates.</param>
    /// <param name="latest">The latest of several counts, as of ends.</param>
    /// <param name="differ">Whether more than one remained.</param>
    public static PartialDate? Best(IReadOnlyCollection<PartialDate> dates, bool latest, out bool differ)
    {
        var left = dates.Where(date => !dates.Any(other => other != date && date.First <= other.First && other.Last <= date.Last)).Distinct().ToList();
        differ = left.Count > 1;
        if (left.Count == 0) return null;
        return latest ? left.MaxBy(date => (date.Last, date.First)) : left.MinBy(date => (date.First, date.Last));
    }

    private static DateOnly LastOf(int year, int month) => new(year, month, DateTime.DaysInMonth(year, month));

    private static DateOnly? Read(string text, string format) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
