using System.Collections.Immutable;

namespace GraphRisk.Market.Lending;

/// <summary>What a pledge is measured by.</summary>
/// <param name="PledgeRate">Amount financed to value of the pledge on the day of the trade.</param>
/// <param name="ShareAtBroker">Part of the A share pledged to this broker, this trade included.</param>
/// <param name="ShareAtProduct">Part pledged to this asset-management product; 0 where none lends.</param>
/// <param name="ShareInMarket">Part pledged market-wide.</param>
/// <param name="Amount">Amount of the trade, CNY.</param>
/// <param name="IsFirst">First trade of the client with the broker.</param>
/// <param name="TermInDays">Days from the trade to the agreed repurchase.</param>
public readonly record struct PledgeMeasures(
    decimal PledgeRate, decimal ShareAtBroker, decimal ShareAtProduct, decimal ShareInMarket, decimal Amount, bool IsFirst, int TermInDays);

/// <summary>Limits of stock-pledged repo.</summary>
public sealed record PledgeLimits
{
    /// <summary>Most of the pledge's value that is financed.</summary>
    public decimal PledgeRate { get; init; } = 0.60m;

    /// <summary>Most of one A share pledged to one broker.</summary>
    public decimal ShareAtBroker { get; init; } = 0.30m;

    /// <summary>Most of one A share pledged to one asset-management product.</summary>
    public decimal ShareAtProduct { get; init; } = 0.15m;

    /// <summary>Most of one A share pledged market-wide.</summary>
    public decimal ShareInMarket { get; init; } = 0.50m;

    /// <summary>Least amount of a first trade, CNY.</summary>
    public decimal FirstAmount { get; init; } = 5_000_000m;

    /// <summary>Least amount of later trades, CNY.</summary>
    public decimal LaterAmount { get; init; } = 500_000m;

    /// <summary>Longest term in years.</summary>
    public int TermInYears { get; init; } = 3;

    /// <summary>The limits a trade offends, each in words; none where it keeps them. A measure exactly at its limit keeps it.</summary>
    public ImmutableArray<string> Offended(PledgeMeasures trade, DateOnly tradedOn)
    {
        var least = trade.IsFirst ? FirstAmount : LaterAmount;
        (bool Offends, string Text)[] rows =
        [
            (trade.PledgeRate > PledgeRate, FormattableString.Invariant($"pledge rate {trade.PledgeRate:P1} above {PledgeRate:P0}")),
            (trade.ShareAtBroker > ShareAtBroker, FormattableString.Invariant($"{trade.ShareAtBroker:P1} of the share pledged to the broker, above {ShareAtBroker:P0}")),
            (trade.ShareAtProduct > ShareAtProduct, FormattableString.Invariant($"{trade.ShareAtProduct:P1} of the share pledged to the product, above {ShareAtProduct:P0}")),
            (trade.ShareInMarket > ShareInMarket, FormattableString.Invariant($"{trade.ShareInMarket:P1} of the share pledged market-wide, above {ShareInMarket:P0}")),
            (trade.Amount < least, FormattableString.Invariant($"amount CNY {trade.Amount:N0} below {least:N0}")),
            (tradedOn.AddDays(trade.TermInDays) > tradedOn.AddYears(TermInYears), FormattableString.Invariant($"term of {trade.TermInDays} days above {TermInYears} years")),
        ];
        return [.. rows.Where(row => row.Offends).Select(row => row.Text)];
    }
}
