using System.Collections.Frozen;
using System.Text;

namespace GraphRisk.Matching.Names;

/// <summary>Consonants of Khmer in Latin letters, after UNGEGN's table; ICU has no rules for it. Vowels, which say little by themselves, are left out.</summary>
internal static class Khmer
{
    private const char HardSign = '\u17c9';

    private static readonly FrozenDictionary<char, string> Letters = (
        "ក k ខ kh គ k ឃ kh ង ng ច ch ឆ ch ជ ch ឈ ch ញ nh ដ d ឋ th ឌ d ឍ th ណ n ត t ថ th ទ t ធ th ន n ប b ផ ph ព p ភ ph ម m យ y រ r ល l វ v ស s ហ h ឡ l អ a").Split(' ') is var parts
        ? Enumerable.Range(0, parts.Length / 2).ToFrozenDictionary(at => parts[2 * at][0], at => parts[(2 * at) + 1])
        : throw new InvalidOperationException();

    /// <summary>The text with its Khmer consonants in Latin letters; other text as it is.</summary>
    public static string ToLatin(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u1780', '\u17ff')) return text;
        var built = new StringBuilder(text.Length * 2);
        foreach (var character in text)
            if (character == HardSign && built.Length > 0 && built[^1] == 'b') built[^1] = 'p';
            else if (Letters.TryGetValue(character, out var letters)) built.Append(letters);
            else if (character is < '\u1780' or > '\u17ff') built.Append(character);
        return built.ToString();
    }
}
