using System.Collections.Frozen;

namespace GraphRisk.Matching.Values;

/// <summary>Columns whose few values mean the same everywhere, however they are written.</summary>
internal static class CodedText
{
    private static readonly FrozenDictionary<string, string> Sexes = Table("m=m male man 男 男性 masculine boy mr|f=f female woman w 女 女性 feminine girl mrs ms|=u unknown unspecified other 未说明");

    private static readonly FrozenDictionary<string, string> Types = Table(
        "person=person individual human natural p ind 自然人 个人 people personal|"
        + "organisation=organisation organization company org entity business legal corporate corporation o 法人 企业 公司 机构 单位 legalentity firm");

    /// <summary>m, f, or null where it is not said; any other text is kept.</summary>
    public static string? Sex(string written) => Find(Sexes, written);

    /// <summary>person, organisation, or another type as written.</summary>
    public static string? RecordType(string written) => Find(Types, written);

    private static string? Find(FrozenDictionary<string, string> table, string written)
    {
        var text = written.Trim().ToLowerInvariant();
        return table.TryGetValue(text, out var code) ? code.Length > 0 ? code : null : text;
    }

    private static FrozenDictionary<string, string> Table(string rows) => rows.Split('|')
        .Select(row => row.Split('='))
        .SelectMany(row => row[1].Split(' ').Select(word => (Word: word, Code: row[0])))
        .ToFrozenDictionary(pair => pair.Word, pair => pair.Code, StringComparer.Ordinal);
}
