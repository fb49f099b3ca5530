using System.Globalization;
using System.Text;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Aftermath;

/// <summary>Dates and amounts as legal texts write them.</summary>
public static class ChineseNumerals
{
    private const string Digits = "〇一二三四五六七八九";
    private const string Capitals = "零壹贰叁肆伍陆柒捌玖";
    private static readonly string[] Places = ["", "拾", "佰", "仟"];
    private static readonly string[] Groups = ["", "万", "亿", "万亿"];

    /// <summary>2024年9月12日, 2024年09月12日 or 二〇二四年九月十二日.</summary>
    public static string Date(Draws draws, DateOnly date) => draws.Below(4) switch
    {
        0 => Written(date),
        1 => date.ToString("yyyy年MM月dd日", CultureInfo.InvariantCulture),
        _ => date.ToString("yyyy年M月d日", CultureInfo.InvariantCulture),
    };

    public static string Written(DateOnly date) =>
        $"{string.Concat(date.Year.ToString(CultureInfo.InvariantCulture).Select(c => Digits[c - '0']))}年{UpToNinetyNine(date.Month)}月{UpToNinetyNine(date.Day)}日";

    /// <summary>3456789.12元, 人民币3,456,789.12元, 345.68万元 (rounded), ３４５６７８９．１２元 or 人民币叁佰肆拾伍万陆仟柒佰捌拾玖元整.</summary>
    public static string Amount(Draws draws, double yuan)
    {
        var rounded = Math.Round(yuan, 2);
        return draws.Below(12) switch
        {
            0 => "人民币" + Capital((long)Math.Round(yuan)) + "元整",
            1 or 2 => (yuan / 1e4).ToString("0.##", CultureInfo.InvariantCulture) + "万元",
            3 => FullWidth(rounded.ToString("0.00", CultureInfo.InvariantCulture)) + "元",
            4 or 5 => "人民币" + rounded.ToString("#,##0.00", CultureInfo.InvariantCulture) + "元",
            _ => rounded.ToString("0.00", CultureInfo.InvariantCulture) + "元",
        };
    }

    /// <summary>The forms used on cheques (大写), for whole non-negative yuan below 10^16.</summary>
    public static string Capital(long yuan)
    {
        if (yuan == 0) return "零";
        var text = new StringBuilder();
        var gap = false;
        for (var group = 3; group >= 0; group--)
        {
            var four = (int)(yuan / (long)Math.Pow(10, group * 4) % 10_000);
            if (four == 0)
            {
                gap = text.Length > 0;
                continue;
            }

            if (text.Length > 0 && (gap || four < 1000)) text.Append('零');
            gap = false;
            AppendFour(text, four);
            text.Append(Groups[group]);
        }

        return text.ToString();
    }

    private static string FullWidth(string digits) => string.Concat(digits.Select(c => (char)(c + 0xFEE0)));

    private static void AppendFour(StringBuilder text, int four)
    {
        var (started, zero) = (false, false);
        for (var place = 3; place >= 0; place--)
        {
            var digit = four / (int)Math.Pow(10, place) % 10;
            if (digit == 0)
            {
                zero = started;
                continue;
            }

            if (zero) text.Append('零');
            zero = false;
            started = true;
            text.Append(Capitals[digit]).Append(Places[place]);
        }
    }

    private static string UpToNinetyNine(int number) => (number / 10, number % 10) switch
    {
        (0, var one) => Digits[one].ToString(),
        (1, 0) => "十",
        (1, var one) => "十" + Digits[one],
        (var ten, 0) => Digits[ten] + "十",
        (var ten, var one) => $"{Digits[ten]}十{Digits[one]}",
    };
}
