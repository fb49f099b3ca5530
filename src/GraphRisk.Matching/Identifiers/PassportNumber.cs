namespace GraphRisk.Matching.Identifiers;

/// <summary>
/// A passport number, with the issuing country in front where it is known (<c>CN-E12345678</c>). The printed number has no
/// check digit, so only its shape is held against ICAO 9303: 6 to 9 letters and digits, at least four of them digits.
/// Passports are renewed under new numbers: two different ones say nothing against a match.
/// </summary>
public static class PassportNumber
{
    public const string Scheme = "PASSPORT";
    private const int CountryLength = 2;

    /// <summary>Reads a number as written; the country, where one stands before a hyphen, stays in front of the value.</summary>
    public static IdentifierReading Read(string written)
    {
        var hyphen = written.IndexOf('-', StringComparison.Ordinal);
        var country = hyphen == CountryLength ? IdentifierText.Normalise(written[..hyphen]) : "";
        var number = IdentifierText.Normalise(country.Length == CountryLength ? written[hyphen..] : written);
        var fits = number.Length is >= 6 and <= 9 && number.All(char.IsAsciiLetterOrDigit)
            && number.Count(char.IsAsciiDigit) >= 4 && !FillerValue.Is(number);
        return new IdentifierReading(
            Scheme, country.Length > 0 ? $"{country}-{number}" : number, fits ? IdentifierValidity.Unchecked : IdentifierValidity.BadFormat);
    }
}
