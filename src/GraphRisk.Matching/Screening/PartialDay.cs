using System.Globalization;

namespace GraphRisk.Matching.Screening;

/// <summary>A day of which the year is known, perhaps the month, perhaps the day.</summary>
/// <param name="Year">1 to 9999.</param>
/// <param name="Month">1 to 12; 0 where not known.</param>
/// <param name="Day">1 to 31; 0 where not known, and wherever the month is not.</param>
public readonly record struct PartialDay(int Year, int Month = 0, int Day = 0)
{
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

    /// <summary>As it is written, as far as it is known.</summary>
    public override string ToString() => (Month, Day) switch
    {
        (0, _) => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}"),
        (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}-{Day:00}"),
    };

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
