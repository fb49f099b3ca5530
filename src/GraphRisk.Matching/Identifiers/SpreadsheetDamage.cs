using System.Buffers;

namespace GraphRisk.Matching.Identifiers;

/// <summary>
/// What a spreadsheet does to a number that is a name: it keeps fifteen digits and writes noughts for the rest
/// (330106195502031000), shows it as a power of ten (3.30106E+17), or keeps it whole behind a quotation mark or as a formula
/// ('330106…, ="330106…"). The first two have lost what told one bearer from another; the last is mended.
/// </summary>
public static class SpreadsheetDamage
{
    private const int DigitsKept = 15;
    private static readonly SearchValues<char> Number = SearchValues.Create("0123456789.");

    /// <summary>The number without the mark or formula that kept it whole.</summary>
    public static ReadOnlySpan<char> Mend(ReadOnlySpan<char> text)
    {
        if (text.Length > 3 && text[0] == '=' && text[1] == '"' && text[^1] == '"') return text[2..^1];
        return text.Length > 1 && text[0] is '\'' or '’' or '‘' or '`' ? text[1..] : text;
    }

    /// <summary>What was done to an identifier, in words that follow it; null where nothing shows.</summary>
    public static string? Find(ReadOnlySpan<char> text, string scheme)
    {
        if (IsPower(text)) return "which a spreadsheet turned into a power of ten";
        return scheme is ResidentIdentity.Scheme or UnifiedSocialCreditCode.Scheme && LostItsEnd(text, scheme)
            ? "whose end a spreadsheet turned into noughts" : null;
    }

    /// <summary>Whether a text is a number in powers of ten, such as 3.30106E+17.</summary>
    public static bool IsPower(ReadOnlySpan<char> text)
    {
        var e = text.IndexOfAny('E', 'e');
        if (e is < 1 or > 18 || text.Length - e is < 3 or > 5 || text[e + 1] != '+') return false;
        return !text[..e].ContainsAnyExcept(Number) && !text[(e + 2)..].ContainsAnyExceptInRange('0', '9') && text[..e].Count('.') <= 1;
    }

    /// <summary>Whether a number of eighteen digits ends in noughts where a spreadsheet keeps no digit, and its check does not say that it should.</summary>
    private static bool LostItsEnd(ReadOnlySpan<char> text, string scheme)
    {
        if (text.Length != 18 || text.ContainsAnyExceptInRange('0', '9') || text[DigitsKept..].ContainsAnyExcept('0')) return false;
        var reading = scheme == ResidentIdentity.Scheme ? ResidentIdentity.Read(text.ToString()) : UnifiedSocialCreditCode.Read(text.ToString());
        return reading.Validity != IdentifierValidity.Valid;
    }
}
