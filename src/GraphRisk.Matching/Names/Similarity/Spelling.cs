using System.Text;

namespace GraphRisk.Matching.Names.Similarity;

/// <summary>
/// What of a word stays when it is written by other rules: romanisations of one name differ in how they write a sound, not in which
/// sounds there are (Sergei, Sergey, Sergej; Shaikh, Sheikh; Aleksandr, Alexander). Two steps, each a table read from left to right,
/// the longest row first:
/// <list type="bullet">
/// <item><see cref="Fold"/> writes each sound in one way and keeps vowels: equal folds are the same name written by two rules.</item>
/// <item><see cref="Sound"/> keeps consonants in classes and whether a vowel stands first: what is left between alphabets that
/// write no vowels (Arabic, Hebrew) or other ones (Han, kana), in the manner of Soundex (Russell 1918) without its cut at four.</item>
/// </list>
/// Linear in the length of the word.
/// </summary>
internal static class Spelling
{
    private const string Vowels = "aeiou";

    private static readonly (string From, string To)[] Sounds =
    [
        ("shch", "s"), ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("dzh", "j"), ("sh", "s"), ("sz", "s"), ("zh", "z"), ("kh", "h"), ("ph", "f"), ("th", "t"),
        ("dh", "d"), ("gh", "g"), ("bh", "b"), ("dj", "j"), ("ch", "c"), ("ck", "k"), ("cz", "c"), ("ts", "c"), ("tz", "c"), ("qu", "k"), ("q", "k"), ("w", "v"),
        ("oo", "u"), ("ou", "u"), ("ee", "i"), ("ae", "e"), ("oe", "o"), ("ue", "u"),
    ];

    /// <summary>Pairs that are one vowel in long words only: in short ones they tell names apart (Li, Lei).</summary>
    private static readonly (string From, string To)[] LongSounds =
        [("iy", "i"), ("ij", "i"), ("yj", "i"), ("yi", "i"), ("ey", "i"), ("ei", "i"), ("ej", "i"), ("ie", "i"), ("yy", "i"), ("ii", "i")];

    /// <summary>Words from this length on are long.</summary>
    private const int Long = 5;

    /// <summary>The word with each sound written in one way, no letter twice in a row.</summary>
    public static string Fold(string word)
    {
        var built = new StringBuilder(word.Length);
        for (var at = 0; at < word.Length;)
        {
            var rest = word.AsSpan(at);
            if (Longest(rest, word.Length) is { } row) (_, at) = (Append(built, row.To), at + row.From.Length);
            else (_, at) = (Append(built, Single(word, at)), at + 1);
        }

        var last = built.Length - 1;
        if (last > 1 && built[last] == 'h' && IsVowel(built[last - 1])) built.Length = last;
        return built.ToString();
    }

    /// <summary>The consonants in classes, after an A where a vowel stands first.</summary>
    /// <param name="fold">A folded word.</param>
    /// <param name="loose">R for L and P for F too, as between alphabets that know one of the two.</param>
    public static string Sound(string fold, bool loose)
    {
        Span<char> buffer = fold.Length <= 128 ? stackalloc char[fold.Length] : new char[fold.Length];
        var length = 0;
        for (var at = 0; at < fold.Length; at++)
        {
            var sound = ClassOf(fold[at], loose);
            if (sound == '\0' && at == 0) sound = 'A';
            if (sound != '\0' && (length == 0 || buffer[length - 1] != sound)) buffer[length++] = sound;
        }

        return new string(buffer[..length]);
    }

    /// <summary>Whether a folded letter is a vowel.</summary>
    public static bool IsVowel(char letter) => Vowels.Contains(letter, StringComparison.Ordinal);

    /// <summary>Class of a consonant; the null character for vowels and h.</summary>
    public static char ClassOf(char letter, bool loose) => letter switch
    {
        'b' or 'p' => 'P',
        'f' or 'v' => loose ? 'P' : 'F',
        'd' or 't' => 'T',
        'k' or 'g' => 'K',
        's' or 'z' or 'c' or 'j' or 'x' => 'S',
        'l' => loose ? 'R' : 'L',
        'r' => 'R',
        'm' or 'n' => char.ToUpperInvariant(letter),
        _ => char.IsAsciiDigit(letter) ? letter : '\0',
    };

    private static (string From, string To)? Longest(ReadOnlySpan<char> rest, int length)
    {
        foreach (var row in Sounds)
            if (rest.StartsWith(row.From, StringComparison.Ordinal)) return row;
        if (length < Long) return null;
        foreach (var row in LongSounds)
            if (rest.StartsWith(row.From, StringComparison.Ordinal)) return row;
        return null;
    }

    private static string Single(string word, int at) => word[at] switch
    {
        'y' => "i",
        'x' => at == 0 ? "s" : "ks",
        'c' => at + 1 < word.Length && word[at + 1] is 'e' or 'i' or 'y' ? "s" : "k",
        'j' when at > 0 => "i",
        var letter => letter.ToString(),
    };

    private static bool Append(StringBuilder built, string letters)
    {
        foreach (var letter in letters)
            if (built.Length == 0 || built[^1] != letter || char.IsAsciiDigit(letter)) built.Append(letter);
        return true;
    }
}
