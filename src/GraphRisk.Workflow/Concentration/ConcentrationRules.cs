using System.Collections.Immutable;
using GraphRisk.Market.Configuration;
using GraphRisk.Market.Lending;

namespace GraphRisk.Workflow.Concentration;

/// <summary>A limit with a line before it.</summary>
/// <param name="Warning">At or above it a warning.</param>
/// <param name="Most">Above it a breach; exactly at it the limit is kept.</param>
public readonly record struct ConcentrationLimit(decimal Warning, decimal Most);

/// <summary>Concentration limits of a broker.</summary>
public sealed record ConcentrationRules
{
    /// <summary>Financing of one client, linked parties included, to net capital.</summary>
    public ConcentrationLimit Client { get; init; } = new(0.04m, 0.05m);

    /// <summary>One stock as collateral of all clients to the stock's market value.</summary>
    public ConcentrationLimit Stock { get; init; } = new(0.16m, 0.20m);

    /// <summary>All financing to net capital.</summary>
    public ConcentrationLimit Total { get; init; } = new(4m, 4m);

    /// <summary>
    /// Most of an account's collateral in one security, by the account's maintenance ratio: the first row whose ratio is
    /// reached counts. A broker's published rule.
    /// </summary>
    public ImmutableArray<(decimal RatioFrom, decimal MostShare)> Security { get; init; } = [(2.40m, 1m), (1.80m, 0.70m), (0m, 0.50m)];

    /// <summary>The same for accounts of products.</summary>
    public ImmutableArray<(decimal RatioFrom, decimal MostShare)> SecurityOfProducts { get; init; } = [(3.00m, 1m), (1.80m, 0.50m), (0m, 0.30m)];

    /// <summary>The limits where a broker has none of its own.</summary>
    public static BrokerSetting<ConcentrationRules> Common { get; } = new(Dated.Always(new ConcentrationRules()));

    /// <summary>Most of the collateral in one security at a maintenance ratio, 0 to 1; without liability all of it.</summary>
    public decimal MostShareOfSecurity(Coverage coverage, bool isProduct)
    {
        if (!coverage.HasLiability) return 1m;
        foreach (var (from, most) in isProduct ? SecurityOfProducts : Security)
            if (coverage.Assets >= from * coverage.Debt) return most;
        return 0m;
    }
}
