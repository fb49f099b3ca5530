namespace GraphRisk.Matching.Identifiers;

/// <summary>The legal entity identifier of ISO 17442: 18 letters and digits and two check digits, ISO 7064 mod 97-10.</summary>
public static class LegalEntityIdentifier
{
    public const string Scheme = "LEI";

    /// <summary>Reads an identifier as written.</summary>
    public static IdentifierReading Read(string written)
    {
        var value = IdentifierText.Normalise(written);
        return new IdentifierReading(Scheme, value, Check(value));
    }

    private static IdentifierValidity Check(string value)
    {
        if (value.Length != 20 || !value.All(char.IsAsciiLetterOrDigit) || FillerValue.Is(value)
            || !char.IsAsciiDigit(value[18]) || !char.IsAsciiDigit(value[19]))
            return IdentifierValidity.BadFormat;
        var remainder = 0;
        foreach (var character in value)
            remainder = char.IsAsciiDigit(character)
                ? ((remainder * 10) + (character - '0')) % 97
                : ((remainder * 100) + (character - 'A' + 10)) % 97;
        return remainder == 1 ? IdentifierValidity.Valid : IdentifierValidity.BadCheckDigit;
    }
}
