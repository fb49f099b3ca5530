using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;

namespace GraphRisk.Matching.Values;

/// <summary>Text without what does not count.</summary>
internal static class PlainText
{
    /// <summary>A name in small letters, narrow, its words one blank apart; signs stay, since they tell how it is built.</summary>
    public static string? Name(string written)
    {
        Span<char> buffer = written.Length <= 256 ? stackalloc char[written.Length] : new char[written.Length];
        var length = 0;
        var hasLetter = false;
        foreach (var letter in written)
        {
            var narrow = IdentifierText.Narrow(letter);
            if (char.IsWhiteSpace(narrow) || char.IsControl(narrow))
            {
                if (length > 0 && buffer[length - 1] != ' ') buffer[length++] = ' ';
                continue;
            }

            hasLetter |= char.IsLetterOrDigit(narrow) || char.IsSurrogate(narrow);
            buffer[length++] = char.ToLowerInvariant(narrow);
        }

        var text = buffer[..length].TrimEnd(" ,;");
        return !hasLetter ? null : text.SequenceEqual(written) ? written : new string(text);
    }

    /// <summary>The words of a text in small letters, one blank apart, without signs; accents and traditional characters folded.</summary>
    public static string Words(string written) =>
        HanScript.ContainsHan(written) ? HanScript.Simplify(NameText.LettersOf(written)) : IsAscii(written) ? AsciiWords(written) : string.Join(' ', LatinText.Words(written));

    /// <summary>Whether no character is beyond ASCII.</summary>
    public static bool IsAscii(string text) => System.Text.Ascii.IsValid(text);

    private static string AsciiWords(string written)
    {
        Span<char> buffer = written.Length <= 256 ? stackalloc char[written.Length] : new char[written.Length];
        var length = 0;
        var isApart = false;
        foreach (var letter in written)
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                if (isApart && length > 0) buffer[length++] = ' ';
                isApart = false;
                buffer[length++] = char.ToLowerInvariant(letter);
            }
            else if (letter != '\'')
            {
                isApart = true;
            }
        }

        return buffer[..length].SequenceEqual(written) ? written : new string(buffer[..length]);
    }
}
