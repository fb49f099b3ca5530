namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>Words of ties by which it is said for whom nominees and arrangements hold, as the Beneficial Ownership Data Standard has them.</summary>
public static class OwnershipWords
{
    /// <summary>For whom a nominee holds.</summary>
    public const string Nominator = "nominator";

    /// <summary>Who holds for another.</summary>
    public const string Nominee = "nominee";

    /// <summary>Whether a tie so called says for whom a nominee holds.</summary>
    public static bool IsNomination(string word) => Nominations.Says(word);

    /// <summary>The word of the standard for what a tie is called, in whichever words; the same where it has none.</summary>
    public static string InterestOf(string word) => Nominations.Says(word) ? word.ToLowerInvariant() : Arrangements.InterestOf(word) ?? word;
}
