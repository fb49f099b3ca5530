using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace GraphRisk.Intake.Import;

/// <summary>
/// What sources write where something has no end: words, and days of the year 9999. Such a value is no day that comes and no
/// fault: the field is absent, the fact holds on.
/// </summary>
public static class NoEnd
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "长期", "长期有效", "長期", "長期有效", "永久", "永久有效", "永久性", "无期限", "无固定期限", "無期限", "不限", "至今", "无限期", "無限期",
        "permanent", "indefinite", "indefinitely", "unlimited", "none", "no expiry", "no end", "never", "present", "open-ended", "∞",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> InDates = SearchValues.Create("0123456789-/.年月日 T:Z+");
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a text says that there is no end.</summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length is 0 or > 40) return false;
        return text[0] == '9' ? text.StartsWith("9999", StringComparison.Ordinal) && IsDate(text[4..]) : !char.IsAsciiDigit(text[0]) && Lookup.Contains(text);
    }

    /// <summary>What stands behind the year of a date: nothing, or months, days and times in any writing.</summary>
    private static bool IsDate(ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty) return true;
        if (char.IsAsciiDigit(rest[0]))
            return rest.Length is 2 or 4 && int.TryParse(rest[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12;
        return !rest.ContainsAnyExcept(InDates);
    }
}
