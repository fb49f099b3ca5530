using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GraphRisk.Matching.Names.Similarity;

/// <summary>Given names that are one: short forms of a name, and a name in several languages.</summary>
internal static class GivenNameTable
{
    private const double OtherLanguage = 0.9, ShortForm = 0.85, TwoShortForms = 0.75;

    /// <summary>Rows of short forms come first.</summary>
    private static readonly string[] Rows = NameTables.Rows("nicknames"), Languages = NameTables.Rows("given-names");

    private static readonly FrozenDictionary<string, ImmutableArray<(int Row, bool IsHead)>> ByName = Rows.Concat(Languages)
        .SelectMany((row, number) => WordsOf(row, isShort: number < Rows.Length).DistinctBy(pair => pair.Word).Select(pair => (word: pair.Word, row: (number, pair.IsHead))))
        .GroupBy(pair => pair.word, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.row).ToImmutableArray(), StringComparer.Ordinal);

    /// <summary>The words of a row; a pet form in y is written with ie as well, and one in ie with y.</summary>
    private static IEnumerable<(string Word, bool IsHead)> WordsOf(string row, bool isShort)
    {
        var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words) yield return (word, word == words[0]);
        if (!isShort) yield break;
        foreach (var word in words.Skip(1).Where(word => word.Length > 3))
            if (word.EndsWith("ie", StringComparison.Ordinal)) yield return ($"{word[..^2]}y", false);
            else if (word[^1] == 'y' && !Spelling.IsVowel(word[^2])) yield return ($"{word[..^1]}ie", false);
    }

    /// <summary>The rows a name stands in, and whether it is the name the others of the row are short for.</summary>
    public static ImmutableArray<(int Row, bool IsHead)> Of(string word) => ByName.TryGetValue(word, out var rows) ? rows : [];

    /// <summary>How surely two names are one: most where languages differ, least where both are short forms (Betty, Lisa); 0 where no row has both.</summary>
    public static double Kinship(ImmutableArray<(int Row, bool IsHead)> left, ImmutableArray<(int Row, bool IsHead)> right)
    {
        var best = 0d;
        foreach (var one in left)
            foreach (var other in right)
                if (one.Row == other.Row) best = Math.Max(best, one.Row >= Rows.Length ? OtherLanguage : one.IsHead || other.IsHead ? ShortForm : TwoShortForms);
        return best;
    }
}
