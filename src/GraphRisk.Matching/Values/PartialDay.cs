using System.Globalization;

namespace GraphRisk.Matching.Values;

/// <summary>
/// A day as sources know it: of which the year is known, perhaps the month, perhaps the day. The one notion of a date of less than full precision;
/// how it is written is read in the room that knows the writing.
/// </summary>
/// <param name="Year">1 to 9999; 9999 stands for a day that never comes.</param>
/// <param name="Month">1 to 12; 0 where not known.</param>
/// <param name="Day">1 to 31; 0 where not known, and wherever the month is not.</param>
public readonly record struct PartialDay(int Year, int Month = 0, int Day = 0)
{
    /// <summary>A day that never comes: no end.</summary>
    public static PartialDay Never { get; } = Of(DateOnly.MaxValue);

    /// <summary>It stands for a day that never comes.</summary>
    public bool IsNever => Year == DateOnly.MaxValue.Year;

    /// <summary>First day it may be.</summary>
    public DateOnly First => new(Year, Math.Max(1, Month), Math.Max(1, Day));

    /// <summary>Last day it may be.</summary>
    public DateOnly Last => Day > 0 ? First : new(Year, Month > 0 ? Month : 12, DateTime.DaysInMonth(Year, Month > 0 ? Month : 12));

    /// <summary>The day, where it is known; null where only month or year are, or where it stands for no end.</summary>
    public DateOnly? Whole => Day > 0 && !IsNever ? First : null;

    /// <summary>As the end, exclusive, of what holds up to it: a day as it is, of a month or year the day after its last; null where there is no end.</summary>
    public DateOnly? End => IsNever ? null : Whole ?? Last.AddDays(1);

    /// <summary>A whole day.</summary>
    public static PartialDay Of(DateOnly day) => new(day.Year, day.Month, day.Day);

    /// <summary>Reads <c>1962</c>, <c>1962-07</c>, <c>1962-07-04</c>, also with strokes, points or nothing between; null where the text is none of these or no day.</summary>
    public static PartialDay? Parse(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (text.Any(character => !char.IsAsciiDigit(character) && character is not ('-' or '/' or '.' or ' ')) || digits.Length is not (4 or 6 or 8)) return null;
        var parts = (Year: Number(digits[..4]), Month: digits.Length > 4 ? Number(digits[4..6]) : 0, Day: digits.Length > 6 ? Number(digits[6..]) : 0);
        if (parts.Year == 0 || digits.Length > 4 && parts.Month is < 1 or > 12) return null;
        return digits.Length > 6 && (parts.Day < 1 || parts.Day > DateTime.DaysInMonth(parts.Year, parts.Month)) ? null : new PartialDay(parts.Year, parts.Month, parts.Day);
    }

    /// <summary>
    /// The one of several days that is believed, whatever their order: a day that another one makes more precise (2020 beside 2020-01-05) is the
    /// same day said by a less precise source. Of those that remain, the earliest, or the latest.
    /// </summary>
    /// <param name="days">The days.</param>
    /// <param name="latest">The latest of several counts, as of ends.</param>
    /// <param name="differ">Whether more than one remained.</param>
    public static PartialDay? Best(IReadOnlyCollection<PartialDay> days, bool latest, out bool differ)
    {
        var left = days.Where(day => !days.Any(other => other != day && day.First <= other.First && other.Last <= day.Last)).Distinct().ToList();
        differ = left.Count > 1;
        if (left.Count == 0) return null;
        return latest ? left.MaxBy(day => (day.Last, day.First)) : left.MinBy(day => (day.First, day.Last));
    }

    /// <summary>As it is written, as far as it is known.</summary>
    public override string ToString() => (Month, Day) switch
    {
        (0, _) => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}"),
        (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}-{Day:00}"),
    };

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
