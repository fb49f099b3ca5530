using System.Collections.Frozen;

namespace GraphRisk.Matching.Names;

/// <summary>
/// Readings of characters in names that ICU reads otherwise, and of characters that are read in several ways: each reading is
/// a candidate by which the name is found, none is certain.
/// </summary>
internal static class CharacterReadings
{
    /// <summary>What ICU reads as in ordinary words (乾 as 干, dry) and names never are.</summary>
    private static readonly FrozenDictionary<char, string> Names = new Dictionary<char, string>
    {
        ['乾'] = "qian", ['甯'] = "ning", ['於'] = "yu", ['著'] = "zhu", ['徵'] = "zheng",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<char, string[]> Several = new Dictionary<char, string[]>
    {
        ['晟'] = ["sheng", "cheng"], ['茜'] = ["qian", "xi"], ['莘'] = ["xin", "shen"], ['朝'] = ["chao", "zhao"], ['乐'] = ["le", "yue"],
        ['行'] = ["xing", "hang"], ['长'] = ["chang", "zhang"], ['重'] = ["zhong", "chong"], ['盛'] = ["sheng", "cheng"], ['柏'] = ["bai", "bo"],
        ['藏'] = ["cang", "zang"], ['传'] = ["chuan", "zhuan"], ['隽'] = ["juan", "jun"], ['颉'] = ["jie", "xie"], ['禅'] = ["chan", "shan"],
        ['阿'] = ["a", "e"], ['大'] = ["da", "dai"], ['曾'] = ["zeng", "ceng"], ['单'] = ["dan", "shan"], ['佛'] = ["fo", "fu"], ['率'] = ["shuai", "lu"],
        ['叶'] = ["ye", "xie"], ['宿'] = ["su", "xiu"], ['種'] = ["zhong", "chong"], ['暖'] = ["nuan", "xuan"], ['徵'] = ["zheng", "zhi"],
    }.ToFrozenDictionary();

    /// <summary>How a character of names is read, whatever words say; null where words and names agree.</summary>
    public static string? InNames(char character) => Names.TryGetValue(character, out var reading) ? reading : null;

    /// <summary>All readings of a character that has several; null for others.</summary>
    public static string[]? Others(char character) => Several.TryGetValue(character, out var readings) ? readings : null;
}
