using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Matching.Identifiers;

namespace GraphRisk.Intake.Import.Explaining;

/// <summary>
/// What a column of a sample holds. Numbers that check themselves come first: a column of which half pass the check of a register
/// is of that register, whatever its heading says. Then the heading; then what cells look like.
/// </summary>
internal static partial class ColumnGuess
{
    /// <summary>Words for persons and for organisations in a column that tells them apart.</summary>
    public static readonly string[] PersonWords = ["个人", "自然人", "个人客户", "自然人投资者", "person", "individual", "natural person", "personal", "retail"];

    public static readonly string[] CompanyWords =
        ["机构", "企业", "公司", "法人", "单位", "机构客户", "企业客户", "法人客户", "产品", "company", "organisation", "organization", "entity", "corporate", "institution", "legal person"];

    /// <summary>Ways of writing days, in the order in which a mapping tries them.</summary>
    public static readonly string[] DayFormats =
        ["yyyy-MM-dd", "yyyyMMdd", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "d.M.yyyy", "d/M/yyyy", "M/d/yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy/M/d H:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"];

    private static readonly SearchValues<char> InAmounts = SearchValues.Create(".,，．%％万亿元¥￥$€");
    private static readonly string[] SexWords = ["男", "女", "m", "f", "male", "female"];

    /// <summary>The notion of a column; null where it is not understood.</summary>
    public static string? NotionOf(SampleColumn column)
    {
        var said = HeadingWords.NotionOf(column.Heading);
        if (said == "broker") return said;
        if (IsKind(column)) return "kind";
        // A number that many rows share is somebody else's, as that of the company of which all of them hold shares.
        var own = column.Values.Count < 5 || column.Values.Distinct(StringComparer.Ordinal).Count() * 5 >= column.Values.Count * 4;
        if (!own && said is "residentId" or "uscc" or "idNumber" or "lei") return null;
        double person = column.Part(cell => IsValid(ResidentIdentity.Scheme, cell)), company = column.Part(cell => IsValid(UnifiedSocialCreditCode.Scheme, cell));
        if (!own) (person, company) = (0, 0);
        if (person + company >= 0.5 && person > 0 && company > 0) return "idNumber";
        if (person >= 0.5) return "residentId";
        if (company >= 0.5) return "uscc";
        if (own && column.Part(cell => IsValid(LegalEntityIdentifier.Scheme, cell)) >= 0.5) return "lei";
        if (said == "kind") return null;
        if (said is not null) return said;
        if (column.Part(cell => Phone().IsMatch(cell)) >= 0.8) return "phone";
        if (column.Part(cell => Mail().IsMatch(cell)) >= 0.8) return "email";
        return column.Values.Count > 1 && column.Part(cell => SexWords.Contains(cell.ToLowerInvariant())) >= 1 ? "sex" : null;
    }

    /// <summary>Whether a column holds amounts: they tell no rows apart, however different they are.</summary>
    public static bool IsAmount(SampleColumn column) =>
        Numbers.UnitOf(column.Heading) != 1 || (Money().IsMatch(column.Heading) && !NumberOf().IsMatch(column.Heading))
        || (column.Part(cell => Numbers.TryDecimal(cell, out _)) >= 0.9 && column.Values.Any(cell => cell.AsSpan().ContainsAny(InAmounts)));

    /// <summary>Whether a column holds days.</summary>
    public static bool IsDay(SampleColumn column) => column.Part(cell => DayFormats.Any(format => Reads(cell, format)) || NoEnd.Is(cell)) >= 0.8;

    /// <summary>The formats in which the days of a column are written.</summary>
    public static IEnumerable<string> FormatsOf(SampleColumn column)
    {
        var left = column.Values.Where(cell => !NoEnd.Is(cell)).ToList();
        foreach (var format in DayFormats)
        {
            // Of day and month first the one counts that reads more of the column.
            if (format == "d/M/yyyy" && left.Count(cell => Reads(cell, format)) < left.Count(cell => Reads(cell, "M/d/yyyy"))) continue;
            if (left.RemoveAll(cell => Reads(cell, format)) > 0) yield return format;
        }
    }

    /// <summary>Whether a cell is a word of the table, whatever its capitals.</summary>
    public static bool IsWord(string[] words, string cell) => words.Contains(cell.ToLowerInvariant());

    private static bool IsKind(SampleColumn column) => column.Part(cell => IsWord(PersonWords, cell) || IsWord(CompanyWords, cell)) >= 0.9;

    private static bool IsValid(string scheme, string cell) => IdentifierSchemes.Read(scheme, cell).Validity == IdentifierValidity.Valid;

    private static bool Reads(string cell, string format) => DateTime.TryParseExact(cell, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"^(\+?86[- ]?)?1[3-9]\d{9}$")]
    private static partial Regex Phone();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    private static partial Regex Mail();

    /// <summary>What ends so counts things and measures none, whatever stands before it: 资金账号.</summary>
    [GeneratedRegex("(号|编码|代码|账户|no|number|id|code)$", RegexOptions.IgnoreCase)]
    private static partial Regex NumberOf();

    [GeneratedRegex("额|金额|资产|资本|资金|余额|市值|价|费|利率|比例|数量|股数|授信|amount|balance|capital|price|rate|value|quantity|total|pct|percent", RegexOptions.IgnoreCase)]
    private static partial Regex Money();
}
