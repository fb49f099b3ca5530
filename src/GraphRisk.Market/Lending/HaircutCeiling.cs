using System.Collections.Immutable;

namespace GraphRisk.Market.Lending;

/// <summary>What of a security the ceiling of its haircut depends on.</summary>
/// <param name="Kind">As in the schema: SHARE, ETF, FUND, BOND, TREASURY.</param>
/// <param name="InMainIndex">Constituent of SSE 180 or SZSE 100.</param>
/// <param name="SpecialTreatment">Under special treatment (ST).</param>
/// <param name="PriceToEarnings">Price to earnings, negative for a loss; null where not known.</param>
/// <param name="IsCashFund">A money-market fund traded on the exchange.</param>
public readonly record struct SecurityTraits(
    string? Kind, bool InMainIndex, bool SpecialTreatment, decimal? PriceToEarnings, bool IsCashFund = false);

/// <summary>Highest part of a security's value that counts as margin (折算率), by the first row that fits.</summary>
/// <param name="Rows">Rows, read top to bottom; the last fits everything.</param>
public sealed record HaircutCeiling(ImmutableArray<(string Name, Func<SecurityTraits, bool> Fits, decimal Ceiling)> Rows)
{
    /// <summary>The exchanges' ceilings.</summary>
    public static HaircutCeiling Exchanges { get; } = new(
    [
        ("special treatment", security => security.SpecialTreatment, 0m),
        ("price to earnings above 300 or negative", security => security.Kind == "SHARE" && security.PriceToEarnings is > 300 or < 0, 0m),
        ("treasuries and cash funds", security => security.Kind == "TREASURY" || security.IsCashFund, 0.95m),
        ("exchange-traded funds", security => security.Kind == "ETF", 0.90m),
        ("other funds and bonds", security => security.Kind is "FUND" or "BOND", 0.80m),
        ("shares of SSE 180 and SZSE 100", security => security.InMainIndex, 0.70m),
        ("other shares", _ => true, 0.65m),
    ]);

    /// <summary>The ceiling of a security, 0 to 1.</summary>
    public decimal Of(SecurityTraits security) => Rows.First(row => row.Fits(security)).Ceiling;
}
