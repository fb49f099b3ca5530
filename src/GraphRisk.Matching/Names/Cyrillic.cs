using System.Collections.Frozen;
using System.Text;

namespace GraphRisk.Matching.Names;

/// <summary>
/// Cyrillic letters as passports and newspapers write them in Latin ones (BGN/PCGN and ICAO 9303, which agree but for few). ICU's
/// own are those of libraries (Щербаков as Serbakov), which no other source writes.
/// </summary>
internal static class Cyrillic
{
    private static readonly FrozenDictionary<char, string> Letters = (
        "а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ  ы y ь  э e ю yu я ya "
        + "і i ї yi є ye ґ g ў u ј j љ lj њ nj ћ c ђ dj џ dz ѓ g ќ k ѕ dz қ k ғ g ң n ө o ү u ұ u һ h ә a").Split(' ') is var parts
        ? Enumerable.Range(0, parts.Length / 2).ToFrozenDictionary(at => parts[2 * at][0], at => parts[(2 * at) + 1])
        : throw new InvalidOperationException();

    /// <summary>The text with its Cyrillic letters in Latin, lower case; other text as it is.</summary>
    public static string ToLatin(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0400', '\u04ff')) return text;
        var built = new StringBuilder(text.Length * 2);
        foreach (var character in text)
            if (Letters.TryGetValue(char.ToLowerInvariant(character), out var letters)) built.Append(letters);
            else built.Append(character);
        return built.ToString();
    }
}
