namespace GraphRisk.Simulation.Names;

/// <summary>
/// The resident identity number of GB 11643-1999: region (6), birth date (8), sequence (3, odd for men), check character.
/// </summary>
/// <remarks>
/// Numbers are handed out by a bijection from the person's serial, so no two persons of a market share one and
/// nothing has to be remembered. Birth dates run evenly from 1945 to 2002.
/// </remarks>
public sealed record ResidentId(Place Region, DateOnly Birth, int Sequence)
{
    private const string CheckCharacters = "10X98765432";
    private const ulong Days = 21_100;
    private const ulong Sequences = 999;
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private static readonly DateOnly FirstBirth = new(1945, 1, 1);

    public Sex Sex => (Sex)(Sequence % 2);

    private string Body => $"{Region.Code}{Birth:yyyyMMdd}{Sequence:000}";

    public string Number => Body + CheckCharacter(Body);

    /// <summary>The form issued before 1999: two-digit year, no check character.</summary>
    public string ShortNumber => Region.Code + Birth.ToString("yyMMdd") + Sequence.ToString("000");

    public static ResidentId OfSerial(long serial)
    {
        var regions = (ulong)NameTables.Places.Items.Count;
        var space = regions * Days * Sequences;
        // The step is a prime larger than every factor of the space, hence coprime to it: a permutation.
        var slot = (ulong)serial % space * 7_368_787 % space;
        var region = NameTables.Places.Items[(int)(slot % regions)];
        var day = (int)(slot / regions % Days);
        return new ResidentId(region, FirstBirth.AddDays(day), 1 + (int)(slot / regions / Days));
    }

    /// <summary>ISO 7064 mod 11-2 over the first 17 digits.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++) sum += (body[i] - '0') * Weights[i];
        return CheckCharacters[sum % 11];
    }
}
