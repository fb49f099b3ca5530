using System.Collections.Frozen;

namespace GraphRisk.Matching.Values;

/// <summary>What people write where they know nothing.</summary>
internal static class MissingWords
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "na", "n/a", "n.a.", "n.a", "n / a", "null", "(null)", "none", "nil", "nan", "nat", "unknown", "unk", "undefined", "unspecified", "not available",
        "not applicable", "not known", "not provided", "no data", "missing", "tbd", "tba", "-", "--", "---", "?", "??", "???", ".", "..", "...", "#n/a",
        "#null!", "<null>", "\\n", "\\N", "_", "*", "无", "无无", "不详", "未知", "暂无", "没有", "不明", "空", "未填", "未填写", "未提供", "—", "——", "／", "/",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text, blanks around it aside, says that nothing is known.</summary>
    public static bool Contains(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return text.Length <= 16 && (text.IsEmpty || Known.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text));
    }
}
