using System.Text.RegularExpressions;

namespace GraphRisk.Intake.Text;

/// <summary>
/// The number of a court case (案号). Since 2016: （year）, code of the court, code of the type, number, 号, such as
/// （2021）京01民初123号; before: （2015）穗云法民四初字第451号. Brackets come in five shapes, digits in two widths, numbers as
/// lists and ranges, and 之一 may follow. Court and type must both be of the known form, which is what tells a case number
/// from the number of a notarial deed, an appraisal or a letter; whether a court of that code exists is another question.
/// </summary>
/// <param name="Year">Year of filing.</param>
/// <param name="Court">Court code, such as 京01; in the old form the court's abbreviation.</param>
/// <param name="Type">Type code, such as 民初.</param>
/// <param name="Number">Number, list or range of numbers.</param>
/// <param name="Suffix">之一 and the like; empty mostly.</param>
/// <param name="Text">Normal form: brackets （）, digits and hyphens ASCII, no white space.</param>
public sealed partial record CaseNumber(int Year, string Court, string Type, string Number, string Suffix, string Text)
{
    private const string Provinces = "京津冀晋内蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕甘青宁新兵军";

    private const string Modern =
        @"[(（](?<year>(?:19|20)\d\d)[)）]\s*(?<court>最高法|[" + Provinces + @"](?:\d{4}|\d{2})?)\s*(?<type>" + CaseTypes.Pattern
        + @")\s*(?<number>\d+(?:[、,\-]\d+)*)\s*号(?<suffix>之[一二三四五六七八九十\d]+)?";

    private const string Earlier =
        @"[(（](?<year>(?:19|20)\d\d)[)）]\s*(?<court>[\u4e00-\u9fff]{0,6}?)(?<type>(?:民|刑|行|商|知|经|执|破|赔|立|催|督)[一二三四五六七八九十]?"
        + @"(?:[(（][\u4e00-\u9fff]{1,3}[)）])?(?:初|终|再|申|监|提|抗|他|恢|保|异|复|破|辖|清|重|执|裁){0,3})字第?\s*(?<number>\d+(?:[、,\-]\d+)*)\s*号"
        + @"(?<suffix>之[一二三四五六七八九十\d]+)?";

    /// <summary>Reads a text that is a case number and nothing else; null where it is none.</summary>
    public static CaseNumber? Parse(ReadOnlySpan<char> text)
    {
        var trimmed = text.Trim();
        var found = FindFirst(trimmed, out var start, out var end);
        return found is not null && start == 0 && end == trimmed.Length ? found : null;
    }

    /// <summary>All case numbers in a running text with the place of each, in order.</summary>
    public static IEnumerable<(CaseNumber Number, int Start, int End)> FindAll(string text)
    {
        var folded = PlainShape.Of(text);
        var matches = ModernForm().Matches(folded).Concat(EarlierForm().Matches(folded)).OrderBy(match => match.Index);
        var last = 0;
        foreach (var match in matches)
        {
            if (match.Index < last) continue;
            last = match.Index + match.Length;
            yield return (Of(match), match.Index, last);
        }
    }

    public override string ToString() => Text;

    private static CaseNumber? FindFirst(ReadOnlySpan<char> text, out int start, out int end)
    {
        foreach (var (number, from, to) in FindAll(text.ToString()))
        {
            (start, end) = (from, to);
            return number;
        }

        start = end = 0;
        return null;
    }

    private static CaseNumber Of(Match match)
    {
        string Part(string name) => match.Groups[name].Value;
        var earlier = match.Value.Contains('字');
        var text = $"（{Part("year")}）{Part("court")}{Part("type")}{(earlier ? "字第" : "")}{Part("number").Replace(',', '、')}号{Part("suffix")}";
        var year = int.Parse(Part("year"), System.Globalization.CultureInfo.InvariantCulture);
        return new CaseNumber(year, Part("court"), Part("type"), Part("number").Replace(',', '、'), Part("suffix"), text);
    }

    [GeneratedRegex(Modern, RegexOptions.CultureInvariant)]
    private static partial Regex ModernForm();

    [GeneratedRegex(Earlier, RegexOptions.CultureInvariant)]
    private static partial Regex EarlierForm();
}
