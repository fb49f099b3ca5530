using System.Collections.Frozen;

namespace GraphRisk.Matching.Names.Similarity;

/// <summary>
/// Reads a person's name in Latin letters into words: titles before it and degrees after it go, a word said twice counts once, an
/// article and the servant of it are one (Abd al-Aziz, Abdul Aziz).
/// </summary>
internal static class PersonWords
{
    private static readonly FrozenSet<string> Titles = Of("title"), Particles = Of("particle"), Suffixes = Of("suffix");

    /// <summary>Titles no one is called by: gone wherever they stand.</summary>
    private static readonly FrozenSet<string> NeverNames =
        new[] { "mr", "mrs", "ms", "dr", "prof", "md", "phd", "esq", "monsieur", "mme", "llc", "ltd", "inc", "gmbh", "plc", "corp" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] OfFather =
        ["ovich", "evich", "ovych", "evych", "yovych", "ovna", "evna", "ivna", "yivna", "ichna", "oglu", "ogly", "kyzy", "qizi", "ovic", "evic"];

    /// <summary>The words of a name.</summary>
    /// <param name="words">Folded Latin words as written.</param>
    /// <param name="origin">What they were written in.</param>
    public static NameWord[] Read(string[] words, WordOrigin origin)
    {
        words = WithoutTitles(JoinPrefixes([.. words.Select(word => Bare(word, origin))]));
        var read = new List<NameWord>(words.Length);
        foreach (var word in words)
            if (!read.Exists(known => known.Text == word)) read.Add(new NameWord(word, RoleOf(word, words), origin));
        return [.. read];
    }

    private static string[] WithoutTitles(string[] words)
    {
        var from = 0;
        while (from < words.Length - 1 && Titles.Contains(words[from])) from++;
        var kept = words[from..];
        var rest = kept.Where(word => !NeverNames.Contains(word)).ToArray();
        return rest.Length > 0 ? rest : kept;
    }

    private static WordRole RoleOf(string word, string[] words)
    {
        if (word.All(char.IsAsciiDigit)) return WordRole.Number;
        if (Suffixes.Contains(word) && words.Length > 2) return WordRole.Suffix;
        if (Particles.Contains(word) && words.Length > 1 && words.Any(other => !Particles.Contains(other))) return WordRole.Particle;
        if (word.Length == 1) return WordRole.Initial;
        return words.Length > 2 && OfFather.Any(ending => word.Length > ending.Length + 2 && word.EndsWith(ending, StringComparison.Ordinal)) ? WordRole.Patronymic : WordRole.Name;
    }

    /// <summary>A word in its usual form: ü as u, Mc as Mac, an Arabic article that is written on to the name gone.</summary>
    private static string Bare(string word, WordOrigin origin) => PersonNames.FoldUmlaut(word) switch
    {
        "junior" => "jr",
        "senior" => "sr",
        "abdel" or "abdal" or "abdol" or "abdoul" => "abdul",
        var scots when scots.Length > 4 && scots.StartsWith("mc", StringComparison.Ordinal) => $"mac{scots[2..]}",
        var arabic when origin == WordOrigin.Consonants && arabic.Length > 4 && arabic.StartsWith("al", StringComparison.Ordinal) => arabic[2..],
        var other => other,
    };

    /// <summary>Joins what sources split: "abd al aziz" as "abdul aziz", "Mac Gregor" as "MacGregor".</summary>
    private static string[] JoinPrefixes(string[] words)
    {
        var joined = new List<string>(words.Length);
        for (var at = 0; at < words.Length; at++)
        {
            if (words[at] is "abd" && at + 2 < words.Length && words[at + 1].Length == 2 && Particles.Contains(words[at + 1])) (joined, at) = ([.. joined, "abdul"], at + 1);
            else if (words[at] is "mac" or "mc" && at + 1 < words.Length) (joined, at) = ([.. joined, $"mac{words[at + 1]}"], at + 1);
            else joined.Add(words[at]);
        }

        return [.. joined];
    }

    private static FrozenSet<string> Of(string role) => NameTables.Rows("person-words").Where(row => row.StartsWith($"{role}:", StringComparison.Ordinal))
        .SelectMany(row => row[(role.Length + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToFrozenSet(StringComparer.Ordinal);
}
