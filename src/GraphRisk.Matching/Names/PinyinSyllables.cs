using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GraphRisk.Matching.Names;

/// <summary>The syllables of Mandarin in pinyin, and the same in the spelling of Wade and Giles (1892, 1912), which Taiwan's passports write without its signs.</summary>
public static class PinyinSyllables
{
    private const int Longest = 6;

    /// <summary>Most ways to cut one text that are looked at.</summary>
    private const int MostCuts = 16;

    /// <summary>Finals by initial.</summary>
    private static readonly FrozenSet<string> All = (
        "-:a ai an ang ao e ei en eng er o ou|b:a ai an ang ao ei en eng i ian iao ie in ing o u|p:a ai an ang ao ei en eng i ian iao ie in ing o ou u|m:a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u|"
        + "f:a an ang ei en eng o ou u|d:a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo|t:a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo|"
        + "n:a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo ue v ve|l:a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo ue v ve|"
        + "g:a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo|k:a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo|h:a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo|"
        + "j:i ia ian iang iao ie in ing iong iu u uan ue un|q:i ia ian iang iao ie in ing iong iu u uan ue un|x:i ia ian iang iao ie in ing iong iu u uan ue un|"
        + "zh:a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo|ch:a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo|sh:a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo|"
        + "r:an ang ao e en eng i ong ou u uan ui un uo|z:a ai an ang ao e ei en eng i ong ou u uan ui un uo|c:a ai an ang ao e en eng i ong ou u uan ui un uo|s:a ai an ang ao e en eng i ong ou u uan ui un uo|"
        + "y:a an ang ao e i in ing o ong ou u uan ue un|w:a ai an ang ei en eng o u")
        .Split('|').SelectMany(row => row[(row.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ').Select(final => $"{row[..row.IndexOf(':', StringComparison.Ordinal)].Trim('-')}{final}"))
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly (string Pinyin, string Wade)[] Initials =
        [("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("j", "ch"), ("q", "ch"), ("x", "hs"), ("z", "ts"), ("c", "ts"), ("r", "j"), ("b", "p"), ("p", "p"), ("d", "t"), ("t", "t"), ("g", "k"), ("k", "k")];

    private static readonly FrozenDictionary<string, string> Whole = (
        "zhi=chih chi=chih shi=shih ri=jih zi=tzu ci=tzu si=ssu er=erh e=o ge=ko ke=ko he=ho ye=yeh yan=yen you=yu yong=yung dong=tung ju=chu qu=chu xu=hsu yu=yu wei=wei guo=kuo kuo=kuo huo=huo shuo=shuo "
        + "gui=kuei kui=kuei luo=lo nuo=no duo=to tuo=to zuo=tso cuo=tso suo=so zhuo=cho chuo=cho ruo=jo xiong=hsiung jiong=chiung qiong=chiung yi=yi").Split(' ')
        .Select(pair => pair.Split('=')).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>Whether a word is made of whole syllables.</summary>
    public static bool Makes(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty) return true;
        var known = All.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(Longest, word.Length); length > 0; length--)
            if (known.Contains(word[..length]) && Makes(word[length..])) return true;
        return false;
    }

    /// <summary>
    /// Every way to cut what was typed into syllables, longest first, at most <see cref="MostCuts"/>: xian is one of two, xi'an. The last may have
    /// been begun only.
    /// </summary>
    /// <param name="typed">Letters a to z in lower case.</param>
    public static IReadOnlyList<string[]> Cut(string typed)
    {
        // Whether what stands from a place on can be cut at all, from the end: a way that leads nowhere is not walked.
        var ends = new bool[typed.Length + 1];
        for (var at = typed.Length - 1; at >= 0; at--)
            ends[at] = IsBegun(typed[at..]) || LengthsAt(typed, at).Any(length => ends[at + length]);
        var cuts = new List<string[]>();
        if (ends[0]) Cut(typed, 0, [], ends, cuts);
        return cuts;
    }

    private static void Cut(string typed, int at, ImmutableStack<string> before, bool[] ends, List<string[]> cuts)
    {
        if (IsBegun(typed[at..]) && cuts.Count < MostCuts) cuts.Add([.. before.Push(typed[at..]).Reverse()]);
        foreach (var length in LengthsAt(typed, at))
            if (ends[at + length] && cuts.Count < MostCuts) Cut(typed, at + length, before.Push(typed.Substring(at, length)), ends, cuts);
    }

    private static bool IsBegun(string rest) => rest.Length is > 0 and <= Longest && All.Any(syllable => syllable.StartsWith(rest, StringComparison.Ordinal));

    /// <summary>Lengths of the syllables that stand at a place with something behind them, longest first.</summary>
    private static IEnumerable<int> LengthsAt(string typed, int at)
    {
        for (var length = Math.Min(Longest, typed.Length - at - 1); length > 0; length--)
            if (All.Contains(typed.Substring(at, length))) yield return length;
    }

    /// <summary>A syllable as Wade and Giles write it, without signs.</summary>
    public static string Wade(string syllable)
    {
        if (Whole.TryGetValue(syllable, out var whole)) return whole;
        var (pinyin, wade) = Array.Find(Initials, initial => syllable.StartsWith(initial.Pinyin, StringComparison.Ordinal));
        var final = pinyin is null ? syllable : syllable[pinyin.Length..];
        var written = final switch
        {
            "ong" => "ung", "ian" => "ien", "ie" => "ieh", "ue" => "ueh", "ve" => "ueh", "v" => "u", "iong" => "iung", "uan" when pinyin is "j" or "q" or "x" => "uan", _ => final,
        };
        return $"{wade}{(pinyin is null && final.EndsWith("ong", StringComparison.Ordinal) ? $"{final[..^3]}ung" : pinyin is null && final.EndsWith("ian", StringComparison.Ordinal) ? $"{final[..^3]}ien" : pinyin is null && final.EndsWith("ie", StringComparison.Ordinal) ? $"{final}h" : written)}";
    }
}
