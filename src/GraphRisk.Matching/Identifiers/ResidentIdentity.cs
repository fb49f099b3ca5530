using System.Globalization;

namespace GraphRisk.Matching.Identifiers;

/// <summary>
/// The resident identity number of GB 11643-1999: region (6), birth date (8), sequence (3, odd for men), check character
/// by ISO 7064 mod 11-2. Numbers issued before 1999 have 15 digits, a two-digit year and no check; they are compared in
/// their upgraded form. Birth date, sex and region read from a number are the number said again, not further evidence.
/// </summary>
public static class ResidentIdentity
{
    public const string Scheme = "RESIDENT_ID";
    private const string CheckCharacters = "10X98765432";
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Reads a number as written; 15 digits are upgraded to 18 characters and stay <see cref="IdentifierValidity.Unchecked"/>.</summary>
    public static IdentifierReading Read(string written)
    {
        var value = IdentifierText.Normalise(written);
        var old = value.Length == 15;
        if (old && IsDigits(value)) value = Upgrade(value);
        return new IdentifierReading(Scheme, value, Check(value, old));
    }

    /// <summary>The 18-character form of a 15-digit number; the year is of the twentieth century.</summary>
    public static string Upgrade(string fifteenDigits)
    {
        var body = $"{fifteenDigits.AsSpan(0, 6)}19{fifteenDigits.AsSpan(6)}";
        return body + CheckCharacter(body);
    }

    /// <summary>The check character over the first 17 digits.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++) sum += (digits[i] - '0') * Weights[i];
        return CheckCharacters[sum % 11];
    }

    /// <summary>The birth date in an 18-character number; null where there is no such day.</summary>
    public static DateOnly? BirthDateOf(string value) =>
        value.Length == 18
        && DateOnly.TryParseExact(value.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 1850 and <= 2100
            ? day
            : null;

    /// <summary>Whether an 18-character number is a man's; null where the place is not a digit.</summary>
    public static bool? IsMale(string value) =>
        value.Length == 18 && char.IsAsciiDigit(value[16]) ? (value[16] - '0') % 2 == 1 : null;

    private static IdentifierValidity Check(string value, bool old)
    {
        if (value.Length != 18 || !IsDigits(value.AsSpan(0, 17)) || !(char.IsAsciiDigit(value[17]) || value[17] == 'X') || FillerValue.Is(value))
            return IdentifierValidity.BadFormat;
        if (!RegionCode.IsAssigned(value)) return IdentifierValidity.BadRegion;
        if (BirthDateOf(value) is null) return IdentifierValidity.BadDate;
        if (old) return IdentifierValidity.Unchecked;
        return CheckCharacter(value) == value[17] ? IdentifierValidity.Valid : IdentifierValidity.BadCheckDigit;
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
