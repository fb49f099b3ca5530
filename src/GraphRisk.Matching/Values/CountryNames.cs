using System.Collections.Frozen;
using GraphRisk.Matching.Names;

namespace GraphRisk.Matching.Values;

/// <summary>
/// Countries by what people write of them: codes of two and of three letters, names in English and the usual ones of <see cref="RegionNames"/> in
/// other languages. Nothing is guessed: what is not known has no code.
/// </summary>
public static class CountryNames
{
    /// <summary>Codes of what is no country of ISO 3166-1 and yet stands on lists in the place of one: the Union and Kosovo.</summary>
    private static readonly string[] BesideCountries = ["eu", "xk"];

    private static readonly FrozenDictionary<string, string> Names = NameTables.Rows("countries").Select(row => row.Split('='))
        .SelectMany(row => row[1].Split(',').Select(name => (Name: name, Code: row[0])))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Code, StringComparer.Ordinal);

    private static readonly FrozenSet<string> Codes = Names.Values.Concat(BesideCountries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The code of a country, two letters of ISO 3166-1 in capitals; null where the text is none that is known.</summary>
    public static string? Read(string written)
    {
        var text = written.Trim().ToLowerInvariant();
        if (Codes.Contains(text)) return text.ToUpperInvariant();
        return (Names.GetValueOrDefault(PlainText.Words(written)) ?? RegionNames.CountryOf(written))?.ToUpperInvariant();
    }
}
