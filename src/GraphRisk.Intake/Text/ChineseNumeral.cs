using System.Buffers;

namespace GraphRisk.Intake.Text;

/// <summary>
/// Reads Chinese numerals: place by place (二〇二四 is 2024), with units (九十二, 三千零五十, 一亿二千万), and in the forms that
/// cannot be altered (贰佰玖拾贰万伍仟). Whole numbers below 10^16.
/// </summary>
public static class ChineseNumeral
{
    /// <summary>All characters that occur in numerals, for patterns.</summary>
    internal const string Characters = "〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟廿";

    private static readonly SearchValues<char> Units = SearchValues.Create("十百千万亿拾佰仟廿");

    private const string Digits = "〇一二三四五六七八九";
    private const string FormalDigits = "零壹贰叁肆伍陆柒捌玖";

    /// <summary>The number; null where the text is no numeral.</summary>
    public static long? Parse(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > 40) return null;
        return !text.ContainsAny(Units) ? ByPlace(text) : ByUnits(text);
    }

    private static long? ByPlace(ReadOnlySpan<char> text)
    {
        if (text.Length > 16) return null;
        long number = 0;
        foreach (var c in text)
        {
            if (DigitOf(c) is not { } digit) return null;
            number = (number * 10) + digit;
        }

        return number;
    }

    /// <summary>
    /// Sections of four places, each closed by 万 or 亿: a digit multiplies the unit behind it, a unit without digit in
    /// front counts one, and 亿 multiplies all that stands before it.
    /// </summary>
    private static long? ByUnits(ReadOnlySpan<char> text)
    {
        long total = 0, section = 0;
        long? digit = null;
        foreach (var c in text)
        {
            if (DigitOf(c) is { } read)
            {
                if (digit is > 0) return null;
                digit = read;
                continue;
            }

            if (UnitOf(c) is not { } unit) return null;
            if (unit < 10_000)
            {
                section += (digit is null or 0 ? 1 : digit.Value) * unit;
            }
            else
            {
                section += digit ?? 0;
                if (section == 0 && total == 0) return null;
                if (unit == 10_000) total += section * unit;
                else total = (total + section) * unit;
                section = 0;
            }

            digit = null;
            if (total > 100_000_000L * 100_000_000L || section > 100_000) return null;
        }

        return total + section + (digit ?? 0);
    }

    private static long? DigitOf(char c)
    {
        if (c == '两') return 2;
        var place = Digits.IndexOf(c, StringComparison.Ordinal);
        if (place < 0) place = FormalDigits.IndexOf(c, StringComparison.Ordinal);
        return place < 0 ? null : place;
    }

    private static long? UnitOf(char c) => c switch
    {
        '十' or '拾' => 10,
        '廿' => 20,
        '百' or '佰' => 100,
        '千' or '仟' => 1000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => null,
    };
}
