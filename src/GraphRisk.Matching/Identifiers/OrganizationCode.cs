namespace GraphRisk.Matching.Identifiers;

/// <summary>
/// The organisation code of GB 11714: eight characters and a check character mod 11. Companies had one before 2015; since
/// then it lives on as positions 9 to 17 of the unified social credit code.
/// </summary>
public static class OrganizationCode
{
    public const string Scheme = "ORG_CODE";
    private static readonly int[] Weights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Reads a code as written, with or without the hyphen before the check character.</summary>
    public static IdentifierReading Read(string written)
    {
        var value = IdentifierText.Normalise(written);
        return new IdentifierReading(Scheme, value, Check(value));
    }

    /// <summary>The check character over the first eight: 11 - sum mod 11, where 10 is X and 11 is 0.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++) sum += ValueOf(body[i]) * Weights[i];
        return (11 - (sum % 11)) switch { 10 => 'X', 11 => '0', var digit => (char)('0' + digit) };
    }

    private static IdentifierValidity Check(string value)
    {
        if (value.Length != 9 || !value.All(char.IsAsciiLetterOrDigit) || FillerValue.Is(value)) return IdentifierValidity.BadFormat;
        return CheckCharacter(value) == value[8] ? IdentifierValidity.Valid : IdentifierValidity.BadCheckDigit;
    }

    private static int ValueOf(char character) => char.IsAsciiDigit(character) ? character - '0' : character - 'A' + 10;
}
