namespace GraphRisk.Intake.Identifiers;

/// <summary>
/// Brings an identifier as written to the form it is compared in: full-width characters narrowed, letters in upper case,
/// spaces, hyphens, dots and quotation marks dropped. Look-alikes (O and 0, I and 1) stay as they are: changing one
/// silently would turn a reading error into somebody else's number.
/// </summary>
public static class IdentifierText
{
    private const string Dropped = " \t\r\n-‐‑‒–—_.·'’\"\u00a0\u3000\u200b\ufeff";

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
