using System.Text;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;

namespace GraphRisk.Matching.Values;

/// <summary>
/// Reads a Chinese address as its parts one blank apart: 北京市朝阳区建国路八十八号三号楼501室 is 北京 朝阳 建国路 88 3 501. Characters are simplified,
/// width and signs do not count, numerals before 号, 楼, 室 and the like become digits and these signs fall away, as do 省, 市 and 区, which
/// careless records leave out.
/// </summary>
internal static class ChineseAddress
{
    private const string Divisions = "省市区县旗";
    private const string Ways = "镇乡村屯街路道巷弄胡同里园苑厦场城庄港";
    private const string Units = "号楼栋幢座层室单元房";
    private const string Numerals = "零一二三四五六七八九";

    /// <summary>The parts; null where there is none.</summary>
    public static string? Read(string written)
    {
        var text = HanScript.Simplify(written);
        var parts = new List<string>();
        var part = new StringBuilder();
        foreach (var letter in text)
        {
            var narrow = char.ToLowerInvariant(IdentifierText.Narrow(letter));
            if (!char.IsLetterOrDigit(narrow) && !char.IsSurrogate(narrow))
            {
                End(parts, part);
                continue;
            }

            if (Units.Contains(narrow))
            {
                EndNumber(parts, part);
                continue;
            }

            if (part.Length > 0 && char.IsAsciiDigit(narrow) != char.IsAsciiDigit(part[^1]) && (char.IsAsciiDigit(narrow) || HanScript.IsHan(narrow))) End(parts, part);
            if (Divisions.Contains(narrow) && part.Length >= 2)
            {
                End(parts, part);
                continue;
            }

            part.Append(narrow);
            if (Ways.Contains(narrow) && part.Length >= 2) End(parts, part);
        }

        End(parts, part);
        return parts.Count == 0 ? null : string.Join(' ', parts);
    }

    private static void End(List<string> parts, StringBuilder part)
    {
        if (part.Length > 0) parts.Add(part.ToString());
        part.Clear();
    }

    /// <summary>Ends a part before a sign such as 号: Chinese numerals at its end are a number of their own.</summary>
    private static void EndNumber(List<string> parts, StringBuilder part)
    {
        var text = part.ToString();
        var start = text.Length;
        while (start > 0 && (Numerals.Contains(text[start - 1]) || text[start - 1] is '十' or '百' or '〇' or '两')) start--;
        if (start == text.Length)
        {
            End(parts, part);
            return;
        }

        if (start > 0) parts.Add(text[..start]);
        parts.Add(ValueOf(text.AsSpan(start)).ToString(System.Globalization.CultureInfo.InvariantCulture));
        part.Clear();
    }

    /// <summary>The number that numerals below a thousand make, or the digits they are one by one (五〇一).</summary>
    private static int ValueOf(ReadOnlySpan<char> text)
    {
        var isPlaced = text.IndexOfAny('十', '百') >= 0;
        int total = 0, digit = 0;
        foreach (var letter in text)
        {
            var value = letter is '〇' ? 0 : letter is '两' ? 2 : Numerals.IndexOf(letter, StringComparison.Ordinal);
            if (letter is '十' or '百')
            {
                total += (digit == 0 ? 1 : digit) * (letter == '十' ? 10 : 100);
                digit = 0;
            }
            else if (isPlaced)
            {
                digit = value;
            }
            else
            {
                total = Math.Min(total, 9_999_999) * 10 + value;
            }
        }

        return total + digit;
    }
}
