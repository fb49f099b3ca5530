using System.Collections.Concurrent;
using ICU4N.Text;

namespace GraphRisk.Server.Search;

/// <summary>How a Chinese name is written in Latin letters, without tones and spaces.</summary>
/// <param name="Spellings">
/// Whole spellings: family name first, for short names also given name first, and with <c>v</c> as well as <c>u</c> for ü.
/// </param>
/// <param name="Initials">First letters of the syllables: <c>zs</c> for 张三.</param>
internal sealed record Pinyin(IReadOnlyList<string> Spellings, string Initials)
{
    /// <summary>Longest name, in characters, that is taken for a person's, whose given name may come first.</summary>
    private const int LongestPersonalName = 4;

    // A reading costs ICU about 0.1 ms, so it is kept: the first two characters together, because they tell a family
    // name's reading (单 Shan, 曾 Zeng, 尉迟 Yuchi), each later character by itself.
    private static readonly Transliterator ByName = Transliterator.GetInstance("Han-Latin/Names");
    private static readonly ConcurrentDictionary<string, string[]> Readings = new(StringComparer.Ordinal);

    /// <summary>The spellings of a folded text; null where it has characters other than ideographs.</summary>
    public static Pinyin? Of(string folded)
    {
        if (folded.Length == 0 || !folded.All(SearchText.IsHan)) return null;
        var head = folded[..Math.Min(2, folded.Length)];
        List<string> syllables = [.. Read(head)];
        foreach (var character in folded.Skip(head.Length)) syllables.AddRange(Read(character.ToString()));
        var spellings = Spell(syllables).ToList();
        if (folded.Length is > 1 and <= LongestPersonalName && syllables.Count == folded.Length)
            spellings.AddRange(Spell([.. syllables.Skip(1), syllables[0]]));
        return new Pinyin(
            [.. spellings.Distinct(StringComparer.Ordinal)],
            string.Concat(syllables.Select(syllable => SearchText.StripAccents(syllable)[0])));
    }

    private static IEnumerable<string> Spell(IReadOnlyCollection<string> syllables)
    {
        yield return SearchText.StripAccents(string.Concat(syllables));
        if (syllables.Any(HasUmlaut))
            yield return string.Concat(syllables.Select(syllable => HasUmlaut(syllable)
                ? SearchText.StripAccents(syllable).Replace('u', 'v') : SearchText.StripAccents(syllable)));
    }

    private static bool HasUmlaut(string syllable) => syllable.AsSpan().IndexOfAny("üǖǘǚǜ") >= 0;

    private static string[] Read(string characters) => Readings.GetOrAdd(characters, static key =>
        ByName.Transliterate(key).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
