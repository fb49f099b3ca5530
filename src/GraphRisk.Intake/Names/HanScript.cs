using ICU4N.Text;

namespace GraphRisk.Intake.Names;

/// <summary>
/// Chinese characters, and traditional ones written as simplified. Most names hold no character that conversion would
/// change; a table of single characters, filled as they are met, tells those at once, and only the others go through
/// ICU, which looks at neighbours too (乾坤 keeps its 乾).
/// </summary>
public static class HanScript
{
    private static readonly Transliterator ToSimplified = Transliterator.GetInstance("Traditional-Simplified");
    private static readonly Memo Words = new(text => ToSimplified.Transliterate(text), 200_000);

    /// <summary>Simplified form by character; 0 where not met yet. Races write the same value.</summary>
    private static readonly char[] Characters = new char[char.MaxValue + 1];

    /// <summary>Whether the character is Chinese, of the blocks names are written in.</summary>
    public static bool IsHan(char character) =>
        character is (>= '\u4e00' and <= '\u9fff') or (>= '\u3400' and <= '\u4dbf') or (>= '\uf900' and <= '\ufaff') or '\u3007'
        || char.IsHighSurrogate(character) && character is >= '\ud840' and <= '\ud88d';

    /// <summary>Whether any character is Chinese.</summary>
    public static bool ContainsHan(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
            if (IsHan(character)) return true;
        return false;
    }

    /// <summary>The text in simplified characters.</summary>
    public static string Simplify(string text)
    {
        foreach (var character in text)
            if (IsHan(character) && Simplify(character) != character) return Words.Of(text);
        return text;
    }

    private static char Simplify(char character)
    {
        var known = Characters[character];
        if (known != 0) return known;
        if (char.IsSurrogate(character)) return character;
        var simple = Words.Of(character.ToString());
        return Characters[character] = simple.Length == 1 ? simple[0] : character;
    }
}
