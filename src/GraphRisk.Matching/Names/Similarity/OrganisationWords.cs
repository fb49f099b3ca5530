using System.Collections.Frozen;

namespace GraphRisk.Matching.Names.Similarity;

/// <summary>A name of an organisation read into its parts.</summary>
/// <param name="Words">Words without the legal form; numbers apart.</param>
/// <param name="Numbers">Numbers in it, in order, written as digits.</param>
/// <param name="Form">Legal form as a code of <see cref="LegalForms"/>; null where none shows.</param>
/// <param name="Letters">All letters in one word, legal form included, for names written in one.</param>
internal sealed record OrganisationName(NameWord[] Words, string[] Numbers, string? Form, string Letters);

/// <summary>
/// Reads a name of an organisation in Latin letters: legal forms at its ends (also with a slip), numbers in digits, words and Roman
/// letters, places, trades and plain words by their meaning. What is left is the name proper; where nothing is, trades and places are.
/// </summary>
internal static class OrganisationWords
{
    private static readonly FrozenSet<string> Particles =
        "of and the for in on at by to de des du da do la le les el los las di del und fur et y e i v s na po im am der die das".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (WordRole Role, string Meaning)> Meanings = ReadMeanings();
    private static readonly FrozenDictionary<string, string> Places = ReadPlaces();

    private static readonly string[] Adjectives = ["skiy", "skii", "skij", "skyi", "skyy", "sky", "skoy", "skaya", "skaia", "skoe", "skoye", "skogo"];
    private const int ShortestStem = 3;

    /// <summary>Longest place or trade of several words, as the United States of America.</summary>
    private const int LongestKnown = 4;

    /// <summary>Whether a word is one that names of organisations have and persons' do not.</summary>
    public static bool IsTelling(string word) => Meanings.TryGetValue(word, out var known) && known.Role == WordRole.Trade;

    /// <summary>Meaning of a Chinese trade; null where none is known.</summary>
    public static string? MeaningOf(string word) => Meanings.TryGetValue(word, out var known) ? known.Meaning : null;

    /// <summary>The name read into its parts.</summary>
    /// <param name="words">Folded Latin words as written.</param>
    /// <param name="origin">What they were written in.</param>
    public static OrganisationName Read(string[] words, WordOrigin origin)
    {
        var letters = string.Concat(words);
        if (words.Length > 1 && words[0] is ("the" or "mv" or "mt" or "ss")) words = words[1..];
        var (rest, form) = LegalFormCut.Of(words);
        var (named, numbers) = NumberWords.Take(rest);
        var read = JoinKnown(named).Select(word => Word(word, origin)).ToList();
        if (!read.Exists(word => word.Role == WordRole.Name)) read = [.. read.Select((word, at) => Promoted(word, at))];
        return new OrganisationName([.. read], numbers, form, letters);
    }

    /// <summary>A word with its role and meaning.</summary>
    public static NameWord Word(string word, WordOrigin origin)
    {
        if (Places.TryGetValue(word, out var place)) return new NameWord(word, WordRole.Place, origin, place);
        if (Meanings.TryGetValue(word, out var known) || Meanings.TryGetValue(Spelling.Fold(word), out known)) return new NameWord(word, known.Role, origin, known.Meaning);
        return new NameWord(Stem(word), Particles.Contains(word) ? WordRole.Particle : WordRole.Name, origin);
    }

    /// <summary>In a name that has nothing else its first word and its trades are the name (Deutsche Bank); a place behind them is none of it.</summary>
    private static NameWord Promoted(NameWord word, int at) =>
        word.Role is WordRole.Trade || at == 0 && word.Role is WordRole.Place ? word with { Role = WordRole.Name } : word;

    /// <summary>The name a Slavic adjective is made of (Muromskiy); other words as they are.</summary>
    private static string Stem(string word)
    {
        foreach (var ending in Adjectives)
            if (word.Length > ending.Length + ShortestStem && word.EndsWith(ending, StringComparison.Ordinal)) return word[..^ending.Length];
        return word;
    }

    private static IEnumerable<string> JoinKnown(string[] words)
    {
        for (var at = 0; at < words.Length; at++)
        {
            var length = Math.Min(LongestKnown, words.Length - at);
            while (length > 1 && !IsKnown(string.Concat(words.AsSpan(at, length)))) length--;
            yield return string.Concat(words.AsSpan(at, length));
            at += length - 1;
        }
    }

    private static bool IsKnown(string word) => Places.ContainsKey(word) || Meanings.ContainsKey(word);

    private static FrozenDictionary<string, (WordRole, string)> ReadMeanings()
    {
        var meanings = new Dictionary<string, (WordRole, string)>(StringComparer.Ordinal);
        foreach (var row in NameTables.Rows("organisation-words"))
        {
            var (head, words) = (row[..row.IndexOf(':', StringComparison.Ordinal)].Split(' '), row[(row.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            var role = head[0] switch { "plain" => WordRole.Plain, "trade" => WordRole.Trade, _ => WordRole.Name };
            foreach (var word in words.SelectMany(word => new[] { word, Spelling.Fold(word) })) meanings.TryAdd(word, (role, head[1]));
        }

        return meanings.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, string> ReadPlaces()
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in NameTables.Rows("places").Select(row => row.Split(' ')))
            foreach (var name in row[1..]) places.TryAdd(name, row[0]);
        foreach (var (name, province) in PlaceNames.All)
        {
            places.TryAdd(name, name);
            if (Pinyin.Read(name) is { Length: > 4 } reading) places.TryAdd(reading, name);
        }

        return places.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
