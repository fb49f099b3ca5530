using GraphRisk.Disclosure.Rules;

namespace GraphRisk.Disclosure.Statistics;

/// <summary>What brokers and clients give to one cell of a statistic.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Brokers">By broker.</param>
/// <param name="Clients">By client, over all its brokers.</param>
public sealed record Cell(decimal Value, Contributions Brokers, Contributions Clients);

/// <summary>
/// Whether a cell of a market-wide statistic may be published: three brokers and ten clients make it up, none of them more than
/// 70% of it, and no broker can subtract its own part and estimate another's within 10%.
/// </summary>
public static class CellRule
{
    public static bool Allows(Cell cell, DisclosureLimits limits) =>
        cell.Brokers.Count >= limits.FewestBrokers
        && cell.Clients.Count >= limits.FewestClients
        && DominanceRule.Holds(cell.Brokers, limits.LargestShare)
        && DominanceRule.Holds(cell.Clients, limits.LargestShare)
        && PercentRule.Holds(cell.Brokers, limits.Estimate);
}
