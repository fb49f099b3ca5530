using GraphRisk.Matching.Names;
using Romanisation = GraphRisk.Matching.Names.Pinyin;

namespace GraphRisk.Server.Search;

/// <summary>How a Chinese name is typed in Latin letters.</summary>
/// <param name="Spellings">Whole spellings in one word: family name first, for short names also given name first.</param>
/// <param name="Initials">First letters of the characters' readings: <c>zs</c> for 张三.</param>
internal sealed record Pinyin(IReadOnlyList<string> Spellings, IReadOnlyList<string> Initials)
{
    /// <summary>Longest name, in characters, that is taken for a person's, whose given name may come first.</summary>
    private const int LongestPersonalName = 4;

    /// <summary>The spellings of a text without signs; null where it has characters other than Chinese ones.</summary>
    public static Pinyin? Of(string key)
    {
        if (key.Length == 0 || !key.All(HanScript.IsHan)) return null;
        var names = Romanisation.OfName(key);
        var spellings = names.Select(name => name.Joined).Append(Romanisation.Read(key));
        if (key.Length is > 1 and <= LongestPersonalName) spellings = spellings.Concat(names.Select(name => name.Given + name.Surname));
        var firsts = string.Concat(key.Select(character => Romanisation.Read([character])).Where(read => read.Length > 0).Select(read => read[0]));
        var initials = names.Where(name => name.Joined.Length > 0).Select(name => name.Joined[0] + firsts[Math.Min(1, firsts.Length)..]).Append(firsts);
        return new Pinyin(
            [.. spellings.Where(spelling => spelling.Length > 0).Distinct(StringComparer.Ordinal)],
            [.. initials.Where(letters => letters.Length > 0).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>What was typed as pinyin, in the form of the spellings (<c>lv</c> stands for lü); empty where it cannot be pinyin.</summary>
    public static string Typed(string key) => key.All(char.IsAsciiLetterLower)
        ? key.Replace("lv", "lu", StringComparison.Ordinal).Replace("nv", "nu", StringComparison.Ordinal)
        : "";
}
