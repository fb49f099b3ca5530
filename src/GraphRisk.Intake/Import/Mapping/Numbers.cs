using System.Globalization;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>
/// Reads numbers as sources write them: full-width digits, thousands separators where every group is whole, a currency
/// sign, a percent sign, 万 and 亿. A text that can be read in two ways, such as <c>1,5</c>, is not a number.
/// A word of magnitude (万, 亿, 元 and those made of them) is the number's own unit and holds against whatever unit its column
/// has; a currency sign alone says no magnitude and leaves the column's.
/// </summary>
public static class Numbers
{
    private static readonly (string Suffix, decimal Factor)[] Parts = [("%", 0.01m), ("％", 0.01m), ("‰", 0.001m)];

    /// <summary>Longer words before those they end in.</summary>
    private static readonly (string Suffix, decimal Factor)[] Units =
    [
        ("万亿元", 1_000_000_000_000m), ("千万元", 10_000_000m), ("百万元", 1_000_000m), ("亿元", 100_000_000m), ("万元", 10_000m), ("千元", 1000m), ("元", 1m),
        ("万亿", 1_000_000_000_000m), ("千万", 10_000_000m), ("百万", 1_000_000m), ("亿", 100_000_000m), ("万", 10_000m),
    ];

    /// <summary>The magnitude a heading such as <c>余额(万元)</c> or <c>余额（单位：亿）</c> gives its column; 1 where it names none.</summary>
    public static decimal UnitOf(string heading)
    {
        var words = heading.TrimEnd(')', '）', ']', '】', ' ');
        return Array.Find(Units, unit => words.EndsWith(unit.Suffix, StringComparison.Ordinal)) is { Suffix: not null } found ? found.Factor : 1;
    }

    /// <summary>Reads a decimal; a percent sign makes it a fraction.</summary>
    public static bool TryDecimal(ReadOnlySpan<char> text, out decimal number) =>
        TryDecimal(text, 1, out number);

    /// <summary>Reads a decimal of a column in a unit. A number that names its own unit is in that one; a part of a hundred is of no unit.</summary>
    public static bool TryDecimal(ReadOnlySpan<char> text, decimal unit, out decimal number)
    {
        try
        {
            if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)) return TryWritten(text, unit, out number);
            number *= unit;
            return true;
        }
        catch (OverflowException)
        {
            number = 0;
            return false;
        }
    }

    /// <summary>Reads a number given in percent, with or without its sign, as a fraction.</summary>
    public static bool TryPercent(ReadOnlySpan<char> text, out decimal fraction)
    {
        if (!TryDecimal(text, out fraction)) return false;
        if (text[^1] is not ('%' or '％' or '‰')) fraction /= 100;
        return true;
    }

    private static bool TryWritten(ReadOnlySpan<char> text, decimal unit, out decimal number)
    {
        number = 0;
        if (text.Length > 100) return false;
        Span<char> plain = stackalloc char[text.Length];
        for (var i = 0; i < text.Length; i++) plain[i] = Narrow(text[i]);
        ReadOnlySpan<char> rest = plain;
        rest = rest.Trim().TrimStart("¥￥$€").TrimStart();
        if (!TryCut(ref rest, Units, out var factor) && !TryCut(ref rest, Parts, out factor)) factor = unit;
        else if (factor < 1 && unit != 1) return false;

        Span<char> digits = stackalloc char[rest.Length];
        if (!DropSeparators(rest, digits, out var length)) return false;
        if (!decimal.TryParse(
            digits[..length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)) return false;
        number *= factor;
        return true;
    }

    private static bool TryCut(ref ReadOnlySpan<char> text, (string Suffix, decimal Factor)[] words, out decimal factor)
    {
        factor = 1;
        foreach (var (suffix, times) in words)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal)) continue;
            text = text[..^suffix.Length].TrimEnd();
            factor = times;
            return true;
        }

        return false;
    }

    private static char Narrow(char c) => c switch
    {
        >= '０' and <= '９' => (char)(c - '０' + '0'),
        '．' => '.',
        '，' => ',',
        '－' => '-',
        '＋' => '+',
        _ => c,
    };

    /// <summary>Drops separators where the first group has one to three digits and every other three.</summary>
    private static bool DropSeparators(ReadOnlySpan<char> text, Span<char> digits, out int length)
    {
        length = 0;
        var whole = text.IndexOf('.') is var point && point < 0 ? text.Length : point;
        var sinceSeparator = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != ',')
            {
                if (sinceSeparator >= 0 && i < whole) sinceSeparator++;
                digits[length++] = text[i];
                continue;
            }

            var leading = text[..i].TrimStart("+-").Length;
            if (i > whole || sinceSeparator is >= 0 and not 3 || (sinceSeparator < 0 && leading is < 1 or > 3)) return false;
            sinceSeparator = 0;
        }

        return sinceSeparator is -1 or 3;
    }
}
