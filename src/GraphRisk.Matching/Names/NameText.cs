using GraphRisk.Matching.Identifiers;

namespace GraphRisk.Matching.Names;

/// <summary>Characters of names, whatever the language.</summary>
public static class NameText
{
    /// <summary>Full-width characters narrowed.</summary>
    public static string Narrow(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        for (var i = 0; i < to.Length; i++) to[i] = IdentifierText.Narrow(from[i]);
    });

    /// <summary>Letters, digits and characters only, narrow, in lower case: no spaces, brackets, dots or other signs.</summary>
    public static string LettersOf(string text)
    {
        Span<char> buffer = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var character in text)
        {
            var narrow = IdentifierText.Narrow(character);
            if (char.IsLetterOrDigit(narrow) || char.IsSurrogate(narrow) || narrow == '〇') buffer[length++] = char.ToLowerInvariant(narrow);
        }

        return buffer[..length].SequenceEqual(text) ? text : new string(buffer[..length]);
    }
}
