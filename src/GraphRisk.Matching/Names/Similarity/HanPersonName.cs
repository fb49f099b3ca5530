using System.Collections.Immutable;

namespace GraphRisk.Matching.Names.Similarity;

/// <summary>
/// Chinese names of persons. Each character is a word of its own, and a name has two or three, so one other character is another person,
/// and names that only sound alike are weak: some twenty characters share a syllable. In Latin letters a name is read in all its
/// ways (surnames have readings of their own), in both orders, joined or not. A foreign name in Chinese is written by ear, with
/// a point between its parts: its syllables are compared by their sounds.
/// </summary>
internal static class HanPersonName
{
    private const double SoundsAlike = 0.55, OneCharacter = 0.45, ByEar = 0.85, ByEarLeast = 0.5, Married = 0.8;
    private const int LongestChinese = 4;
    private static readonly char[] Points = ['·', '•', '・', '‧', '．', '﹒', '･'];

    /// <summary>Readings of a Chinese name in Latin words: surname and given name; of a foreign one its parts.</summary>
    public static ImmutableArray<NameWord[]> Read(string written, NormalName name)
    {
        if (Array.Exists(Points, written.Contains))
            return [[.. written.Split(Points, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => Word(Pinyin.Read(HanScript.Simplify(NameText.LettersOf(part))), WordOrigin.Syllables)).Where(word => word.Text.Length > 0)]];
        if (name.Core.Length > LongestChinese) return [[Word(Pinyin.Read(name.Core), WordOrigin.Syllables)]];
        return [.. Pinyin.OfName(name.Core).Select(reading => new[] { Word(reading.Surname, WordOrigin.Alphabet), Word(reading.Given, WordOrigin.Alphabet) }.Where(word => word.Text.Length > 0).ToArray())];
    }

    /// <summary>Compares two names written in Chinese.</summary>
    public static NameAgreement Of(NormalName left, NormalName right)
    {
        if (left.Core == right.Core) return new NameAgreement(1, NameReason.Same);
        var detail = $"{left.Core} / {right.Core}";
        if (Math.Max(left.Core.Length, right.Core.Length) > LongestChinese) return Foreign(left, right, detail);
        if (NameComparison.IsSameSounding(left, right)) return new NameAgreement(SoundsAlike, NameReason.SoundsAlike, detail);
        if (IsMarried(left, right) || IsMarried(right, left)) return new NameAgreement(Married, NameReason.Part, detail);
        return NameComparison.IsSimilar(left, right) ? new NameAgreement(OneCharacter, NameReason.SoundsAlike, detail) : new NameAgreement(0, NameReason.Contradicts, detail);
    }

    /// <summary>A wife's name with her husband's surname before it (张李秀英, 李秀英).</summary>
    private static bool IsMarried(NormalName with, NormalName without) =>
        without.Core.Length >= 3 && with.Core.Length == without.Core.Length + 1 && with.Core.EndsWith(without.Core, StringComparison.Ordinal);

    /// <summary>Foreign names by ear: the same sounds in other characters, or one slip in five characters and more.</summary>
    private static NameAgreement Foreign(NormalName left, NormalName right, string detail)
    {
        var (one, other) = (Word(left.Latin[0], WordOrigin.Syllables), Word(right.Latin[0], WordOrigin.Syllables));
        if (one.Text == other.Text) return new NameAgreement(ByEar + 0.1, NameReason.Variants, detail);
        if (one.Sound == other.Sound || Math.Min(left.Core.Length, right.Core.Length) > LongestChinese && NameComparison.Distance(left.Core, right.Core) == 1)
            return new NameAgreement(ByEar, NameReason.Variants, detail);
        return left.Core.StartsWith(right.Core, StringComparison.Ordinal) || right.Core.StartsWith(left.Core, StringComparison.Ordinal)
            ? new NameAgreement(ByEarLeast, NameReason.Part, detail)
            : new NameAgreement(0, NameReason.Contradicts, detail);
    }

    /// <summary>Whether a name is a foreign one, written by ear.</summary>
    public static bool IsForeign(string written, NormalName name) => Array.Exists(Points, written.Contains) || name.Core.Length > LongestChinese;

    private static NameWord Word(string text, WordOrigin origin) => new(text, WordRole.Name, origin);
}
