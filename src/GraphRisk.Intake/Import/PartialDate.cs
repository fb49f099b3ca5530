using System.Globalization;

namespace GraphRisk.Intake.Import;

/// <summary>A day, month or year, as publishers write what they know of a date: <c>1988-01-07</c>, <c>1988-01</c>, <c>1988</c>; a time of day is cut off.</summary>
/// <param name="First">First day it may be.</param>
/// <param name="Last">Last day it may be.</param>
public readonly record struct PartialDate(DateOnly First, DateOnly Last)
{
    /// <summary>The day, where it is known; null where only month or year are.</summary>
    public DateOnly? Day => First == Last ? First : null;

    /// <summary>Reads a date; null where the text is none.</summary>
    public static PartialDate? Parse(string text)
    {
        if (text.Length > 10 && text[10] is 'T' or ' ') text = text[..10];
        if (Read(text, "yyyy-MM-dd") is { } day) return new PartialDate(day, day);
        if (Read(text, "yyyy-MM") is { } month) return new PartialDate(month, month.AddMonths(1).AddDays(-1));
        return Read(text, "yyyy") is { } year ? new PartialDate(year, new DateOnly(year.Year, 12, 31)) : null;
    }

    private static DateOnly? Read(string text, string format) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
