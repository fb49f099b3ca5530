using System.Globalization;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>
/// Reads numbers as sources write them: full-width digits, thousands separators where every group is whole, a currency
/// sign, a percent sign, 万 and 亿. A text that can be read in two ways, such as <c>1,5</c>, is not a number.
/// </summary>
public static class Numbers
{
    private static readonly (string Suffix, decimal Factor)[] Units =
    [
        ("%", 0.01m), ("％", 0.01m), ("‰", 0.001m), ("亿元", 100_000_000m), ("万元", 10_000m), ("元", 1m), ("亿", 100_000_000m), ("万", 10_000m),
    ];

    /// <summary>Reads a decimal; a percent sign makes it a fraction.</summary>
    public static bool TryDecimal(ReadOnlySpan<char> text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) || TryWritten(text, out number);

    /// <summary>Reads a number given in percent, with or without its sign, as a fraction.</summary>
    public static bool TryPercent(ReadOnlySpan<char> text, out decimal fraction)
    {
        if (!TryDecimal(text, out fraction)) return false;
        if (text[^1] is not ('%' or '％' or '‰')) fraction /= 100;
        return true;
    }

    private static bool TryWritten(ReadOnlySpan<char> text, out decimal number)
    {
        number = 0;
        if (text.Length > 100) return false;
        Span<char> plain = stackalloc char[text.Length];
        for (var i = 0; i < text.Length; i++) plain[i] = Narrow(text[i]);
        ReadOnlySpan<char> rest = plain;
        rest = rest.Trim().TrimStart("¥￥$€").TrimStart();
        var factor = 1m;
        foreach (var (suffix, times) in Units)
        {
            if (!rest.EndsWith(suffix, StringComparison.Ordinal)) continue;
            rest = rest[..^suffix.Length].TrimEnd();
            factor = times;
            break;
        }

        Span<char> digits = stackalloc char[rest.Length];
        if (!DropSeparators(rest, digits, out var length)) return false;
        if (!decimal.TryParse(
            digits[..length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)) return false;
        try
        {
            number *= factor;
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
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
