using GraphRisk.Matching.Values;

namespace GraphRisk.Intake.Import;

/// <summary>
/// Reads a day, month or year as publishers write what they know of a date: <c>1988-01-07</c>, <c>1988-01</c>, <c>1988</c>; a time of
/// day is cut off. Words and dates for no end are <see cref="PartialDay.Never"/>.
/// </summary>
public static class StatedDay
{
    private const int OfYear = 4, OfMonth = 7, OfDay = 10;

    /// <summary>Reads a date; null where the text is none.</summary>
    public static PartialDay? Parse(string text)
    {
        if (NoEnd.Is(text)) return PartialDay.Never;
        if (text.Length > OfDay && text[OfDay] is 'T' or ' ') text = text[..OfDay];
        return text.Length is OfYear or OfMonth or OfDay && IsApart(text) ? PartialDay.Parse(text) : null;
    }

    /// <summary>Dashes stand where they belong, and digits elsewhere.</summary>
    private static bool IsApart(string text)
    {
        for (var at = 0; at < text.Length; at++)
            if (at is OfYear or OfMonth ? text[at] != '-' : !char.IsAsciiDigit(text[at])) return false;
        return true;
    }
}
