namespace GraphRisk.Simulation.Names;

/// <summary>
/// The unified social credit code of GB 32100-2015: authority and kind (91), region (6), organisation code (9, its own
/// check digit last), check character. Handed out by a bijection from the company's serial.
/// </summary>
public static class CreditCode
{
    public const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    private static readonly int[] OrganisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
    private const ulong Space = 887_503_681; // 31^6

    public static string OfSerial(long serial, Place place)
    {
        // 387,420,489 = 3^18 has no factor 31: multiplying permutes the space.
        var slot = (ulong)serial % Space * 387_420_489 % Space;
        Span<char> organisation = stackalloc char[8];
        organisation[0] = 'M';
        organisation[1] = 'A';
        for (var i = 7; i >= 2; i--)
        {
            organisation[i] = Alphabet[(int)(slot % 31)];
            slot /= 31;
        }

        var body = $"91{place.Code}{organisation}{OrganisationCheck(organisation)}";
        return body + CheckCharacter(body);
    }

    /// <summary>(31 - weighted sum mod 31) mod 31 over the first 17 characters.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++) sum += Alphabet.IndexOf(body[i]) * Weights[i];
        return Alphabet[(31 - (sum % 31)) % 31];
    }

    /// <summary>GB 11714: 11 - weighted sum mod 11, ten written X and eleven 0; letters count from A = 10.</summary>
    public static char OrganisationCheck(ReadOnlySpan<char> code)
    {
        var sum = 0;
        for (var i = 0; i < OrganisationWeights.Length; i++)
            sum += (char.IsAsciiDigit(code[i]) ? code[i] - '0' : code[i] - 'A' + 10) * OrganisationWeights[i];
        return "0123456789X0"[11 - (sum % 11)];
    }
}
