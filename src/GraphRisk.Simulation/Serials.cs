namespace GraphRisk.Simulation;

/// <summary>
/// Numbers of the market's parties. Each community has 4,096 of its own, the listed companies have those above them;
/// identifiers are bijections of a serial, which is what makes them unique without a register in memory.
/// </summary>
public static class Serials
{
    public const int PerCommunity = 4096;
    private const long Issuers = 200_000_000;

    public static long Issuer(int index) => Issuers + index;

    public static long Party(int community, int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, PerCommunity);
        return ((long)community * PerCommunity) + index;
    }

    /// <summary>The name of a true party in the truth files.</summary>
    public static string Entity(long serial) => $"E{serial:000000000}";
}
