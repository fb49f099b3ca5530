using System.Text.RegularExpressions;

namespace GraphRisk.Intake.Text;

/// <summary>
/// A day in a text: 2019年07月13日, 2019-07-13, 2019.7.13, 20190713, 二〇二四年九月十二日. What is of the form but no day of the
/// calendar is left out.
/// </summary>
/// <param name="Day">The day.</param>
/// <param name="Start">First character.</param>
/// <param name="End">Character after the last.</param>
public sealed partial record DateMention(DateOnly Day, int Start, int End)
{
    private const string Numeral = "[〇零一二三四五六七八九十廿]";

    private const string Form =
        @"(?<!\d)(?:(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})[日号]"
        + @"|(?<year>\d{4})(?<sign>[\-./])(?<month>\d{1,2})\k<sign>(?<day>\d{1,2})(?!\d)"
        + @"|(?<year>(?:19|20)\d{2})(?<month>\d{2})(?<day>\d{2})(?!\d)"
        + "|(?<year>" + Numeral + "{4})年(?<month>" + Numeral + "{1,3})月(?<day>" + Numeral + "{1,3})日)";

    /// <summary>All days of a text, in order.</summary>
    public static IEnumerable<DateMention> FindAll(string text)
    {
        foreach (Match match in Pattern().Matches(PlainShape.Of(text)))
            if (DayOf(match) is { } day) yield return new DateMention(day, match.Index, match.Index + match.Length);
    }

    private static DateOnly? DayOf(Match match)
    {
        var (year, month, day) = (Read(match.Groups["year"]), Read(match.Groups["month"]), Read(match.Groups["day"]));
        var sound = year is >= 1900 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        return sound ? new DateOnly(year, month, day) : null;
    }

    private static int Read(Group group) =>
        int.TryParse(group.Value, out var number) ? number : (int)Math.Min(ChineseNumeral.Parse(group.Value) ?? 0, 10_000);

    [GeneratedRegex(Form, RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
