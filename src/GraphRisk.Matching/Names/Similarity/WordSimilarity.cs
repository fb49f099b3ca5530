using System.Numerics;

namespace GraphRisk.Matching.Names.Similarity;

/// <summary>
/// How alike two words of names are, from 0 (two words) to 1 (one). In order: equal; equal but for rules of spelling; the same meaning or
/// given name (two given names known to be different are different, however few letters apart: Olga, Oleg); an initial; digits for letters; sounds, where an alphabet keeps no more; a few slips; letters read backwards or
/// shuffled. Slips are an optimal string alignment distance (Boytsov 2011, section 2.2) in which what is confused by ear or eye costs
/// less: vowel for vowel and consonants of one class half, a doubled letter and h a third, a vowel left out 0.7. How many are allowed
/// grows with the length: a short word is another word at the first. O(n m) of the lengths, at most 32 each.
/// </summary>
internal static class WordSimilarity
{
    private const int Longest = 32;

    /// <summary>Least similarity at which two words can be one.</summary>
    public const double Least = 0.7;

    private const double Spelled = 0.97, SpelledShort = 0.82, ForInitial = 0.85, Meant = 0.95, Digits = 0.88,
        Sounded = 0.88, NearlySounded = 0.72, Backwards = 0.78, Shuffled = 0.72;

    /// <summary>Cost of slips that is allowed, by the length of the longer word.</summary>
    private static readonly (int Length, double Cost)[] Allowed = [(3, 0.34), (4, 0.7), (5, 1), (7, 1.1), (9, 1.9), (12, 2.2), (int.MaxValue, 3)];

    /// <summary>The similarity; 0 where below <see cref="Least"/>.</summary>
    public static double Of(NameWord left, NameWord right)
    {
        if (left.Text == right.Text) return 1;
        if (left.Role == WordRole.Number || right.Role == WordRole.Number) return 0;
        if (left.Role == WordRole.Suffix || right.Role == WordRole.Suffix) return 0;
        if (left.Role == WordRole.Initial || right.Role == WordRole.Initial) return left.Text[0] == right.Text[0] ? ForInitial : 0;
        if (left.Meaning is not null && right.Meaning is not null) return left.Meaning == right.Meaning ? Meant : 0;
        if (left.Fold == right.Fold) return Math.Min(left.Text.Length, right.Text.Length) > 4 ? Spelled : SpelledShort;
        if (GivenNameTable.Kinship(left.GivenNames, right.GivenNames) is > 0 and var kinship) return kinship;
        if (!left.GivenNames.IsEmpty && !right.GivenNames.IsEmpty) return 0;
        if (IsFeminineOf(left.Text, right.Text) || IsFeminineOf(right.Text, left.Text)) return 0;
        var best = Math.Max(ByDigits(left, right), BySound(left, right));
        best = Math.Max(best, BySlips(left.Fold, right.Fold, Math.Max(left.Text.Length, right.Text.Length)));
        best = Math.Max(best, BySlips(left.Text, right.Text, Math.Max(left.Text.Length, right.Text.Length)));
        return best > 0 ? best : ByOrder(left.Text, right.Text);
    }

    /// <summary>Similarity by slips alone.</summary>
    /// <param name="length">Length the allowance goes by.</param>
    public static double BySlips(string left, string right, int length)
    {
        var allowed = AllowedAt(length);
        if (Math.Abs(left.Length - right.Length) > 3 * allowed + 1 || LeastCost(left, right) > allowed) return 0;
        var cost = Cost(left, right);
        return cost <= allowed ? 1 - ((1 - Least) * cost / allowed) : 0;
    }

    /// <summary>Cost of the slips between two words.</summary>
    public static double Cost(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left[..Math.Min(left.Length, Longest)];
        right = right[..Math.Min(right.Length, Longest)];
        Span<double> before = stackalloc double[Longest + 1], above = stackalloc double[Longest + 1], row = stackalloc double[Longest + 1];
        for (var j = 1; j <= right.Length; j++) above[j] = above[j - 1] + Missing(right, j - 1);
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = above[0] + Missing(left, i - 1);
            for (var j = 1; j <= right.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1] + Missing(right, j - 1), above[j] + Missing(left, i - 1)), above[j - 1] + Changed(left[i - 1], right[j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 0.8);
            }

            var free = before;
            before = above;
            above = row;
            row = free;
        }

        return above[right.Length];
    }

    /// <summary>Whether two words of about one length can be within the slips allowed, by the letters they have.</summary>
    public static bool MayBeSlips(string left, string right) => LeastCost(left, right) <= AllowedAt(Math.Max(left.Length, right.Length));

    /// <summary>What the slips cost at least: each letter that only one of the words has costs a third at the least.</summary>
    private static double LeastCost(string left, string right)
    {
        var (one, other) = (LettersOf(left), LettersOf(right));
        return 0.34 * Math.Max(BitOperations.PopCount(one & ~other), BitOperations.PopCount(other & ~one));
    }

    private static uint LettersOf(string word)
    {
        var letters = 0u;
        foreach (var letter in word) letters |= 1u << (letter & 31);
        return letters;
    }

    private static double AllowedAt(int length)
    {
        foreach (var (upTo, cost) in Allowed)
            if (length <= upTo) return cost;
        return 0;
    }

    private static double Missing(ReadOnlySpan<char> word, int at) =>
        (at > 0 && word[at - 1] == word[at]) || word[at] == 'h' ? 0.34 : Spelling.IsVowel(word[at]) ? 0.7 : 1;

    private static double Changed(char left, char right)
    {
        if (left == right) return 0;
        if (Spelling.IsVowel(left) && Spelling.IsVowel(right)) return 0.5;
        var (one, other) = (Spelling.ClassOf(left, loose: false), Spelling.ClassOf(right, loose: false));
        return one == other && one != '\0' || Pair(left, right, 'm', 'n') || Pair(left, right, 'i', 'l') || Pair(left, right, 'h', 'g') || Pair(left, right, 'h', 'c')
            || Pair(left, right, 'i', 'j') ? 0.5 : 1;
    }

    private static bool Pair(char left, char right, char one, char other) => (left == one && right == other) || (left == other && right == one);

    /// <summary>Digits that look like letters within words.</summary>
    private static double ByDigits(NameWord left, NameWord right)
    {
        var (one, other) = (Letters(left.Text), Letters(right.Text));
        return ReferenceEquals(one, left.Text) && ReferenceEquals(other, right.Text) || one.Length < 3 ? 0
            : Spelling.Fold(one).Replace('l', 'i') == Spelling.Fold(other).Replace('l', 'i') ? Digits : 0;
    }

    private static string Letters(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('0', '9') || !text.AsSpan().ContainsAnyInRange('a', 'z')) return text;
        return string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
                to[i] = from[i] switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', '8' => 'b', '9' => 'g', var letter => letter };
        });
    }

    private static double BySound(NameWord left, NameWord right)
    {
        if (left.Origin == WordOrigin.Alphabet && right.Origin == WordOrigin.Alphabet || left.Origin == right.Origin) return 0;
        if (left.Sound.Length < 2 || right.Sound.Length < 2) return 0;
        if (left.Sound == right.Sound) return Sounded;
        var shorter = Math.Min(left.Sound.Length, right.Sound.Length);
        if (shorter < 3) return 0;
        var (allowed, cost) = (shorter == 3 ? 0.5 : 1.0, SoundCost(left.Sound, right.Sound));
        return cost <= allowed ? Sounded - ((Sounded - NearlySounded) * cost / allowed) : 0;
    }

    /// <summary>Edit distance of sounds: an r lost or added, one of m and n, or one of s, t and k for another, which syllables render alike, cost half.</summary>
    private static double SoundCost(string left, string right)
    {
        Span<double> above = stackalloc double[Longest + 1], row = stackalloc double[Longest + 1];
        var (rows, columns) = (Math.Min(left.Length, Longest), Math.Min(right.Length, Longest));
        for (var j = 1; j <= columns; j++) above[j] = above[j - 1] + Lost(right[j - 1]);
        for (var i = 1; i <= rows; i++)
        {
            row[0] = above[0] + Lost(left[i - 1]);
            for (var j = 1; j <= columns; j++)
                row[j] = Math.Min(Math.Min(row[j - 1] + Lost(right[j - 1]), above[j] + Lost(left[i - 1])), above[j - 1] + Turned(left[i - 1], right[j - 1]));
            var free = above;
            above = row;
            row = free;
        }

        return above[columns];

        static double Lost(char sound) => sound == 'R' ? 0.5 : 1;
        static double Turned(char one, char other) => one == other ? 0 : "STK".Contains(one, StringComparison.Ordinal) && "STK".Contains(other, StringComparison.Ordinal) || "MN".Contains(one, StringComparison.Ordinal) && "MN".Contains(other, StringComparison.Ordinal) ? 0.5 : 1;
    }

    /// <summary>A Slavic surname of a woman beside a man's (Ivanov, Ivanova): kin, not the same person.</summary>
    private static bool IsFeminineOf(string man, string woman) =>
        woman.Length == man.Length + 1 && woman[^1] == 'a' && man.Length > 4 && man[^2..] is ("ov" or "ev" or "in" or "yn") && woman.AsSpan(0, man.Length).SequenceEqual(man);

    /// <summary>The same letters backwards, or in another order from the same first or last letter on.</summary>
    private static double ByOrder(string left, string right)
    {
        if (left.Length != right.Length || left.Length < 5 || left.Length > Longest) return 0;
        Span<char> one = stackalloc char[left.Length], other = stackalloc char[left.Length];
        left.CopyTo(one);
        right.CopyTo(other);
        one.Reverse();
        if (one.SequenceEqual(other)) return Backwards;
        one.Sort();
        other.Sort();
        return one.SequenceEqual(other) ? Shuffled : 0;
    }
}
