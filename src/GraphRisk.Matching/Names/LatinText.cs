using ICU4N.Text;

namespace GraphRisk.Matching.Names;

/// <summary>Text of any alphabet as lower-case ASCII words.</summary>
public static class LatinText
{
    private static readonly Transliterator ToAscii = Transliterator.GetInstance("Any-Latin; Latin-ASCII; Lower");
    private static readonly Memo Texts = new(text => ToAscii.Transliterate(Khmer.ToLatin(Cyrillic.ToLatin(text))), 200_000);

    /// <summary>
    /// The words: letters and digits, split at everything else except apostrophes, which vanish; single letters in a row
    /// (A.B.C.) become one word. Empty where there is none.
    /// </summary>
    public static string[] Words(string text)
    {
        var ascii = IsAscii(text) ? text : Texts.Of(text);
        var words = new List<string>();
        var start = 0;
        Span<char> word = ascii.Length <= 256 ? stackalloc char[ascii.Length] : new char[ascii.Length];
        foreach (var character in ascii)
        {
            if (char.IsAsciiLetterOrDigit(character)) word[start++] = char.ToLowerInvariant(character);
            else if (character is not ('\'' or '’' or '`') && start > 0)
            {
                words.Add(new string(word[..start]));
                start = 0;
            }
        }

        if (start > 0) words.Add(new string(word[..start]));
        return JoinInitials(words);
    }

    private static string[] JoinInitials(List<string> words)
    {
        var joined = new List<string>(words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            var end = i;
            while (end < words.Count && words[end].Length == 1) end++;
            if (end - i < 2)
            {
                joined.Add(words[i]);
                continue;
            }

            joined.Add(string.Concat(words[i..end]));
            i = end - 1;
        }

        return [.. joined];
    }

    private static bool IsAscii(string text)
    {
        foreach (var character in text)
            if (character > '\u007f') return false;
        return true;
    }
}
