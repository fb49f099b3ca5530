namespace GraphRisk.Matching.Names;

/// <summary>Whether two normalised names say the same, and how far apart they are where not.</summary>
public static class NameComparison
{
    /// <summary>Letters or characters compared at most; longer names are cut.</summary>
    private const int Longest = 128;

    /// <summary>The same core.</summary>
    public static bool IsSame(NormalName left, NormalName right) => string.Equals(left.Core, right.Core, StringComparison.Ordinal);

    /// <summary>The same letters as written, save for width, signs and traditional characters.</summary>
    public static bool IsSameLetters(NormalName left, NormalName right) => string.Equals(
        HanScript.Simplify(NameText.LettersOf(left.Written)), HanScript.Simplify(NameText.LettersOf(right.Written)), StringComparison.Ordinal);

    /// <summary>
    /// The same in Latin letters: some reading of one is made of the other's words in some order, however they are split
    /// (Zhang Xiaoming, XIAOMING ZHANG, 张晓明). Two Chinese names that only sound alike are not the same.
    /// </summary>
    public static bool IsSameInLatin(NormalName left, NormalName right)
    {
        if (left.IsHan && right.IsHan) return false;
        foreach (var reading in left.Latin)
            foreach (var other in right.Latin)
            {
                if (reading.Length != other.Length) continue;
                if (reading == other || IsMadeOf(reading, WordsOf(right)) || IsMadeOf(other, WordsOf(left))) return true;
            }

        return false;
    }

    /// <summary>Chinese names of persons that have a reading in common.</summary>
    public static bool IsSameSounding(NormalName left, NormalName right) =>
        left.IsHan && right.IsHan && left.SurnameLength > 0 && right.SurnameLength > 0 && left.Latin.Intersect(right.Latin).Any();

    /// <summary>
    /// Nearly the same: Chinese names of a person that differ in one character after the surname or sound alike; Chinese
    /// names of companies within one character of six; Latin ones within one letter of six.
    /// </summary>
    public static bool IsSimilar(NormalName left, NormalName right)
    {
        if (left.IsHan && right.IsHan)
        {
            if (left.SurnameLength > 0 && right.SurnameLength > 0) return IsSimilarPerson(left, right);
            return Distance(left.Core, right.Core) <= Math.Min(left.Core.Length, right.Core.Length) / 6;
        }

        var (from, to) = (left.Latin[0], right.Latin[0]);
        return Math.Min(from.Length, to.Length) >= 6 && Distance(from, to) <= Math.Min(from.Length, to.Length) / 6;
    }

    /// <summary>
    /// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours (Damerau 1964;
    /// Boytsov 2011, section 2.2). Time and memory O(n m) and O(m), names cut at 128 characters.
    /// </summary>
    public static int Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left[..Math.Min(left.Length, Longest)];
        right = right[..Math.Min(right.Length, Longest)];
        Span<int> before = stackalloc int[Longest + 1], above = stackalloc int[Longest + 1], row = stackalloc int[Longest + 1];
        for (var j = 0; j <= right.Length; j++) above[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = left[i - 1] == right[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + change);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            var free = before;
            before = above;
            above = row;
            row = free;
        }

        return above[right.Length];
    }

    private static bool IsSimilarPerson(NormalName left, NormalName right)
    {
        if (IsSameSounding(left, right)) return true;
        return Math.Min(left.Core.Length, right.Core.Length) >= 2
            && left.Core.AsSpan(0, left.SurnameLength).SequenceEqual(right.Core.AsSpan(0, right.SurnameLength))
            && Math.Max(left.Core.Length, right.Core.Length) >= 3
            && Distance(left.Core, right.Core) == 1;
    }

    private static string[] WordsOf(NormalName name) => name.IsHan ? [] : name.Core.Split(' ');

    /// <summary>Whether the text is the words put one after another in some order, each once; at most six words.</summary>
    private static bool IsMadeOf(ReadOnlySpan<char> text, string[] words) =>
        words.Length is > 0 and <= 6 && IsMadeOf(text, words, 0);

    private static bool IsMadeOf(ReadOnlySpan<char> text, string[] words, int used)
    {
        if (text.IsEmpty) return used == (1 << words.Length) - 1;
        for (var i = 0; i < words.Length; i++)
            if ((used & (1 << i)) == 0 && text.StartsWith(words[i], StringComparison.Ordinal)
                && IsMadeOf(text[words[i].Length..], words, used | (1 << i)))
                return true;
        return false;
    }
}
