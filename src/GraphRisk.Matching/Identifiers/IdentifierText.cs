namespace GraphRisk.Matching.Identifiers;

/// <summary>
/// Brings an identifier as written to the form it is compared in: full-width characters narrowed, letters in upper case,
/// spaces, hyphens, dots and quotation marks dropped. Look-alikes (O and 0, I and 1) stay as they are: changing one
/// silently would turn a reading error into somebody else's number.
/// </summary>
public static class IdentifierText
{
    private const string Dropped = " \t\r\n-‐‑‒–—_.·'’\"\u00a0\u3000\u200b\ufeff";

    private const string Groups = "-‐‑‒–—/";

    /// <summary>The normalised form; empty where nothing is left.</summary>
    public static string Normalise(string written)
    {
        var length = 0;
        Span<char> buffer = written.Length <= 128 ? stackalloc char[written.Length] : new char[written.Length];
        foreach (var character in written)
        {
            var narrow = Narrow(character);
            if (!Dropped.Contains(narrow)) buffer[length++] = char.ToUpperInvariant(narrow);
        }

        return buffer[..length].SequenceEqual(written) ? written : new string(buffer[..length]);
    }

    /// <summary>
    /// The normalised form of a number whose groups tell it apart: a hyphen or slash between two digits stays, as one hyphen
    /// (143-6 is not 14-36), a space between digits goes (204 511 is 204511), and so do signs beside letters (HRB-204511).
    /// </summary>
    public static string NormaliseGroups(string written)
    {
        var built = new System.Text.StringBuilder(written.Length);
        for (var i = 0; i < written.Length; i++)
        {
            var narrow = Narrow(written[i]);
            if (Groups.Contains(narrow) && built.Length > 0 && char.IsAsciiDigit(built[^1])
                && i + 1 < written.Length && char.IsAsciiDigit(Narrow(written[i + 1]))) built.Append('-');
            else if (!Dropped.Contains(narrow)) built.Append(char.ToUpperInvariant(narrow));
        }

        return built.ToString();
    }

    /// <summary>Whether a publisher has replaced characters, as in <c>310101********1234</c>.</summary>
    public static bool IsMasked(string written) => written.AsSpan().ContainsAny("*＊×✕●");

    /// <summary>The half-width form of a full-width character, others unchanged.</summary>
    public static char Narrow(char character) => character switch
    {
        >= '\uff01' and <= '\uff5e' => (char)(character - 0xfee0),
        '\u3000' => ' ',
        _ => character,
    };
}
