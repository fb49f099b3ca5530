using System.Globalization;
using System.Text.RegularExpressions;

namespace GraphRisk.Intake.Text;

/// <summary>How an amount is meant.</summary>
public enum Precision
{
    /// <summary>As stated.</summary>
    Exact,

    /// <summary>约: about as much.</summary>
    About,

    /// <summary>余, 以上: at least as much.</summary>
    AtLeast,
}

/// <summary>
/// An amount of money in a text: digits of either width with or without separators, 万 and 亿, 大写 with 角 and 分, 人民币, 美元
/// and 港元, 约, 余 and 以上. A number without a unit of money is none.
/// </summary>
/// <param name="Value">In units of the currency, to the fen.</param>
/// <param name="Currency">CNY, USD or HKD.</param>
/// <param name="Precision">How it is meant.</param>
/// <param name="Start">First character.</param>
/// <param name="End">Character after the last.</param>
public sealed partial record MoneyAmount(decimal Value, string Currency, Precision Precision, int Start, int End)
{
    private const string Form =
        @"(?<about>约)?(?:人民币|¥|￥)?(?<about>约)?(?:"
        + @"(?<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?<more>余)?(?<unit>亿|千万|百万|万|千)?(?<more>余)?(?:(?<rest>\d+(?:\.\d+)?)(?<restunit>万))?"
        + @"|(?<words>[" + ChineseNumeral.Characters + @"]+)(?<more>余)?)"
        + @"(?<currency>美元|港元|港币|元人民币|元|圆)(?:(?<jiao>[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖])角)?(?:零|〇)?(?:(?<fen>[一二三四五六七八九壹贰叁肆伍陆柒捌玖])分)?整?(?<more>以上)?";

    /// <summary>All amounts of a text, in order.</summary>
    public static IEnumerable<MoneyAmount> FindAll(string text)
    {
        foreach (Match match in Pattern().Matches(PlainShape.Of(text)))
            if (Of(match) is { } amount) yield return amount;
    }

    private static MoneyAmount? Of(Match match)
    {
        var value = match.Groups["digits"].Success ? DigitsOf(match) : ChineseNumeral.Parse(match.Groups["words"].Value);
        if (value is not { } whole) return null;
        whole += (DigitOf(match.Groups["jiao"]) / 10m) + (DigitOf(match.Groups["fen"]) / 100m);
        var currency = match.Groups["currency"].Value switch { "美元" => "USD", "港元" or "港币" => "HKD", _ => "CNY" };
        var precision = match.Groups["about"].Success ? Precision.About : match.Groups["more"].Success ? Precision.AtLeast : Precision.Exact;
        return new MoneyAmount(whole, currency, precision, match.Index, match.Index + match.Length);
    }

    private static decimal? DigitsOf(Match match)
    {
        var value = Read(match.Groups["digits"].Value) * UnitOf(match.Groups["unit"].Value);
        return match.Groups["rest"].Success ? value + (Read(match.Groups["rest"].Value) * UnitOf(match.Groups["restunit"].Value)) : value;
    }

    private static decimal? Read(string digits) =>
        digits.Length <= 20 && decimal.TryParse(digits.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    private static decimal UnitOf(string unit) => unit switch
    {
        "亿" => 100_000_000,
        "千万" => 10_000_000,
        "百万" => 1_000_000,
        "万" => 10_000,
        "千" => 1000,
        _ => 1,
    };

    private static decimal DigitOf(Group group) => group.Success ? ChineseNumeral.Parse(group.Value) ?? 0 : 0;

    [GeneratedRegex(Form, RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
