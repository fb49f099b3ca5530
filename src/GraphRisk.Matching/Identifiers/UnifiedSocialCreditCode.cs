using System.Buffers;

namespace GraphRisk.Matching.Identifiers;

/// <summary>
/// The unified social credit code of GB 32100-2015: registering authority (1), category (1), region (6), organisation code
/// (9), check character mod 31 over an alphabet without I, O, S, V and Z. Registries have issued codes whose check fails.
/// </summary>
public static class UnifiedSocialCreditCode
{
    public const string Scheme = "USCC";
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>Authorities of the standard and its amendments that are letters; the others are digits.</summary>
    private const string LetterAuthorities = "NY";
    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);
    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    /// <summary>Reads a code as written.</summary>
    public static IdentifierReading Read(string written)
    {
        var value = IdentifierText.Normalise(written);
        return new IdentifierReading(Scheme, value, Check(value));
    }

    /// <summary>The check character over the first 17: (31 - sum mod 31) mod 31.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++) sum += Alphabet.IndexOf(body[i], StringComparison.Ordinal) * Weights[i];
        return Alphabet[(31 - (sum % 31)) % 31];
    }

    /// <summary>The organisation code inside a code of 18 characters.</summary>
    public static string OrganizationCodeOf(string value) => value.Substring(8, 9);

    /// <summary>The province inside a code of 18 characters, such as 31; null where it is none.</summary>
    public static string? RegionOf(string value) =>
        value.Length == 18 && RegionCode.IsAssigned(value.AsSpan(2)) ? value.Substring(2, 2) : null;

    private static IdentifierValidity Check(string value)
    {
        if (value.Length != 18 || value.AsSpan().ContainsAnyExcept(Characters) || FillerValue.Is(value)) return IdentifierValidity.BadFormat;
        var authority = char.IsAsciiDigit(value[0]) || LetterAuthorities.Contains(value[0], StringComparison.Ordinal);
        if (!authority || value.AsSpan(2, 6).ContainsAnyExceptInRange('0', '9')) return IdentifierValidity.BadFormat;
        if (CheckCharacter(value) != value[17]) return IdentifierValidity.BadCheckDigit;
        return value.AsSpan(2, 2) is "10" || RegionCode.IsAssigned(value.AsSpan(2)) ? IdentifierValidity.Valid : IdentifierValidity.BadRegion;
    }
}
