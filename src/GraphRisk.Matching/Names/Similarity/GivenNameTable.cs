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
        .SelectMany((row, number) => row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Select((word, at) => (word, row: (number, at == 0))))
        .GroupBy(pair => pair.word, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.row).ToImmutableArray(), StringComparer.Ordinal);

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
