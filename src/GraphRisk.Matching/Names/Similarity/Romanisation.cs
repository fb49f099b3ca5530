using System.Collections.Frozen;

namespace GraphRisk.Matching.Names.Similarity;

/// <summary>
/// Whether Latin words are a Chinese name as it is written where pinyin is not: in Hong Kong and Macao by ear of Cantonese, in Taiwan after Wade and Giles, with usual spellings of
/// surnames (Lee, Tsai, Hsu). The given name must be spelled whole and by one of these; the surname may be spelled by another, as it often is; words beyond
/// it, an English given name, are left over. Several names share a spelling, so it is good evidence and no proof.
/// </summary>
internal static class Romanisation
{
    private const double ByOneRule = 0.88, ByTwoRules = 0.82, LeftOver = 0.06, WithoutCharacters = 0.72;
    private const int MostWords = 6, LongestName = 4, LongestSyllable = 6;

    private static readonly FrozenDictionary<string, string[]> Usual = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["李"] = ["lee"], ["林"] = ["lim", "lin"], ["王"] = ["ong", "wang"], ["黄"] = ["ng", "wee", "ooi"], ["陈"] = ["tan", "chin"], ["张"] = ["teo", "chong"], ["吴"] = ["goh", "woo", "wu"], ["郑"] = ["tay", "teh"],
        ["蔡"] = ["chua", "tsay"], ["刘"] = ["low", "liew"], ["杨"] = ["yong", "young"], ["谢"] = ["chia", "hsieh"], ["郭"] = ["quek", "kuok"], ["许"] = ["koh", "khoo", "sheu"], ["叶"] = ["yeh", "yap"],
        ["徐"] = ["hsu", "shu"], ["何"] = ["ho"], ["孙"] = ["sun"], ["曾"] = ["chan", "tseng"], ["沈"] = ["sim", "shen"], ["罗"] = ["loh"], ["洪"] = ["ang"], ["颜"] = ["gan"], ["余"] = ["yee"], ["朱"] = ["choo"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string[]> CantoneseSurnames = Cantonese("surname "), CantoneseGiven = Cantonese("");

    private delegate IEnumerable<string> Spelling(string character);

    private static readonly Spelling[] Rules =
    [
        character => [Pinyin.Read(character)],
        character => [PinyinSyllables.Wade(Pinyin.Read(character))],
        character => CantoneseGiven.GetValueOrDefault(character, []),
    ];

    /// <summary>How surely the words are the name; a score of 0 where they are not.</summary>
    public static NameAgreement Of(NormalName name, NameWord[] words)
    {
        var letters = words.Where(word => word.Role != WordRole.Number).Select(word => word.Text).ToArray();
        if (name.Core.Length is < 2 or > LongestName || letters.Length is < 2 or > MostWords) return NameAgreement.None;
        var surname = name.Core[..name.SurnameLength];
        var given = name.Core[name.SurnameLength..].Select(character => character.ToString()).ToArray();
        var best = NameAgreement.None;
        for (var at = 0; at < letters.Length; at++)
            if (RuleOf(surname, letters[at]) is >= 0 and var rule)
                for (var by = 0; by < Rules.Length; by++)
                {
                    var left = LeftAfter(given, Rules[by], [.. letters.Where((_, i) => i != at)]);
                    if (left < 0) continue;
                    var score = (rule == by ? ByOneRule : ByTwoRules) - (LeftOver * left);
                    if (score > best.Score) best = new NameAgreement(score, NameReason.SameInLatin, $"{name.Core} = {string.Join(' ', letters)}");
                }
        return best;
    }

    /// <summary>Pinyin of what is spelled so elsewhere, for surnames and for syllables of given names; filled from the same tables.</summary>
    private static readonly FrozenDictionary<string, string[]> PinyinOfSurname = Reversed(CantoneseSurnames.Concat(Usual)), PinyinOfGiven = Reversed(CantoneseGiven);

    /// <summary>
    /// How surely two names in Latin words are one Chinese name, once in pinyin and once spelled as in Hong Kong or Taiwan (Huang Zhiqiang, Wong Chi Keung): each syllable must be one that some character
    /// has in both. Weaker than with the characters, since most syllables are several characters'.
    /// </summary>
    public static NameAgreement Of(NameWord[] left, NameWord[] right)
    {
        if (left.Length is < 2 or > LongestName || right.Length is < 2 or > LongestName) return NameAgreement.None;
        return IsSpelled(left, right) || IsSpelled(right, left)
            ? new NameAgreement(WithoutCharacters, NameReason.Variants, $"{string.Join(' ', left.Select(word => word.Text))} = {string.Join(' ', right.Select(word => word.Text))}")
            : NameAgreement.None;
    }

    private static bool IsSpelled(NameWord[] words, NameWord[] pinyin)
    {
        foreach (var surname in words)
        {
            if (!PinyinOfSurname.TryGetValue(surname.Text, out var readings)) continue;
            foreach (var other in pinyin)
            {
                if (!readings.Contains(other.Text)) continue;
                var given = string.Concat(words.Where(word => word != surname).Select(word => word.Text));
                var read = string.Concat(pinyin.Where(word => word != other).Select(word => word.Text));
                if (given == read || IsSpelled(given, read)) return true;
            }
        }

        return false;
    }

    /// <summary>Whether letters and pinyin go together syllable by syllable.</summary>
    private static bool IsSpelled(ReadOnlySpan<char> letters, ReadOnlySpan<char> pinyin)
    {
        if (letters.IsEmpty || pinyin.IsEmpty) return letters.IsEmpty && pinyin.IsEmpty;
        var known = PinyinOfGiven.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(LongestSyllable, letters.Length); length > 0; length--)
            if (known.TryGetValue(letters[..length], out var readings))
                foreach (var reading in readings)
                    if (pinyin.StartsWith(reading, StringComparison.Ordinal) && IsSpelled(letters[length..], pinyin[reading.Length..])) return true;
        return false;
    }

    private static FrozenDictionary<string, string[]> Reversed(IEnumerable<KeyValuePair<string, string[]>> spellings) => spellings
        .SelectMany(pair => pair.Value.Append(PinyinSyllables.Wade(Pinyin.Read(pair.Key))).Select(spelling => (spelling, reading: Pinyin.Read(pair.Key))))
        .GroupBy(pair => pair.spelling, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.reading).Distinct().ToArray(), StringComparer.Ordinal);

    /// <summary>The rule by which a word is a surname, by its place among the rules and one past them for usual spellings; -1 where it is none.</summary>
    private static int RuleOf(string surname, string word)
    {
        if (Pinyin.OfName(surname + "国国").Any(reading => reading.Surname == word)) return 0;
        if (PinyinSyllables.Wade(Pinyin.Read(surname)) == word) return 1;
        if (CantoneseSurnames.GetValueOrDefault(surname, []).Contains(word)) return 2;
        return Usual.GetValueOrDefault(surname, []).Contains(word) ? Rules.Length : -1;
    }

    /// <summary>Words left over when a run of them is the given name, character by character; -1 where none is.</summary>
    private static int LeftAfter(string[] given, Spelling spell, string[] words)
    {
        for (var from = 0; from < words.Length; from++)
            for (var to = from + 1; to <= words.Length; to++)
                if (IsSpelled(given, 0, string.Concat(words[from..to]), spell)) return words.Length - (to - from);
        return -1;
    }

    private static bool IsSpelled(string[] given, int at, ReadOnlySpan<char> letters, Spelling spell)
    {
        if (at == given.Length) return letters.IsEmpty;
        foreach (var spelling in spell(given[at]))
            if (spelling.Length > 0 && letters.StartsWith(spelling, StringComparison.Ordinal) && IsSpelled(given, at + 1, letters[spelling.Length..], spell)) return true;
        return false;
    }

    private static FrozenDictionary<string, string[]> Cantonese(string kind) => NameTables.Rows("cantonese")
        .Where(row => kind.Length > 0 == row.StartsWith("surname ", StringComparison.Ordinal))
        .Select(row => row[kind.Length..].Split(':'))
        .SelectMany(row => row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(character => (character, spellings: row[0].Split(' '))))
        .GroupBy(pair => pair.character, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.SelectMany(pair => pair.spellings).Distinct().ToArray(), StringComparer.Ordinal);
}
