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

    /// <summary>Fields whose day is an end; any other day is of something that happened.</summary>
    private static readonly FrozenSet<string> Ends = new[]
    {
        "accountsUntil", "dissolvedOn", "endsOn", "expiresOn", "idExpiresOn", "maturesOn", "removedOn", "withdrawnOn",
        "endDate", "dissolutionDate",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly SearchValues<char> InDates = SearchValues.Create("0123456789-/.年月日 T:Z+");
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a text says that there is no end.</summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length is 0 or > 40) return false;
        return text[0] == '9' ? text.StartsWith("9999", StringComparison.Ordinal) && IsDate(text[4..]) : !char.IsAsciiDigit(text[0]) && Lookup.Contains(text);
    }

    /// <summary>Whether a field can have no end.</summary>
    public static bool MayBe(string field) => Ends.Contains(field);

    /// <summary>Why a day is none, though it is written as one; null where it is one.</summary>
    /// <param name="day">The day, or a date of less precision.</param>
    /// <param name="written">As the source writes it.</param>
    /// <param name="mayBeNever">Whether it may stand for no end.</param>
    public static string? Placeholder(DateOnly day, string written, bool mayBeNever) =>
        day.Year == DateOnly.MinValue.Year ? $"is '{written}', which programs write where there is no day"
        : day.Year == DateOnly.MaxValue.Year && !mayBeNever ? NoDay(written)
        : null;

    /// <summary>What to say of a word for no end where something happened.</summary>
    public static string NoDay(string written) => $"is '{written}', which stands for no end and is no day on which something was";

    /// <summary>What stands behind the year of a date: nothing, or months, days and times in any writing.</summary>
    private static bool IsDate(ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty) return true;
        if (char.IsAsciiDigit(rest[0]))
            return rest.Length is 2 or 4 && int.TryParse(rest[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12;
        return !rest.ContainsAnyExcept(InDates);
    }
}
