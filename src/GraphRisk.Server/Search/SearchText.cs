using System.Globalization;
using System.Text;
using GraphRisk.Matching.Names;
using ICU4N.Text;

namespace GraphRisk.Server.Search;

/// <summary>
/// How texts are made comparable: compatibility forms and case folded (NFKC case folding), traditional characters turned
/// to simplified, accents dropped. .NET's own normalisation does nothing under invariant globalization, hence ICU.
/// Thread-safe.
/// </summary>
internal static class SearchText
{
    private static readonly Normalizer2 CaseFold = Normalizer2.NFKCCaseFoldInstance;
    private static readonly Normalizer2 Decompose = Normalizer2.NFKDInstance;

    /// <summary>The folded text, words still apart.</summary>
    public static string Fold(string text) => StripAccents(HanScript.Simplify(CaseFold.Normalize(text)));

    /// <summary>The folded text without anything but letters and digits: what exact and prefix matches compare.</summary>
    public static string Key(string text) => string.Concat(Fold(text).Where(char.IsLetterOrDigit));

    /// <summary>An identifier without spaces and hyphens, in capitals; other signs such as the dot of a security code stay.</summary>
    public static string IdentifierKey(string value) =>
        string.Concat(CaseFold.Normalize(value).Where(character => character is not ('-' or ' ' or '\t'))).ToUpperInvariant();

    private static string StripAccents(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var character in Decompose.Normalize(text))
            if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
                result.Append(character);
        return result.ToString();
    }
}
