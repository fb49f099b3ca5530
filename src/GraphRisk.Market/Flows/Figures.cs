namespace GraphRisk.Market.Flows;

/// <summary>Sums and ratios as they are told: to three decimals, halves away from zero.</summary>
internal static class Figures
{
    /// <summary>What a ratio is where there is nothing to divide by.</summary>
    public const decimal None = -1;

    public static decimal Rounded(decimal value) => Math.Round(value, 3, MidpointRounding.AwayFromZero);

    /// <summary>One over the other; <see cref="None"/> where the other is 0.</summary>
    public static decimal Ratio(decimal part, decimal whole) => whole == 0 ? None : Rounded(part / whole);

    /// <summary>The sum of amounts.</summary>
    public static decimal Sum(IEnumerable<Flow> flows) => flows.Sum(flow => flow.Amount);
}
