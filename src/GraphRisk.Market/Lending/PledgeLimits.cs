using System.Collections.Immutable;

namespace GraphRisk.Market.Lending;

/// <summary>What a pledge is measured by; the rate it is financed at is a limit of the line itself.</summary>
public readonly record struct PledgeMeasures
{
    /// <summary>Part of the A share pledged to this broker, this trade included.</summary>
    public decimal ShareAtBroker { get; init; }

    /// <summary>Part pledged market-wide, this trade included; null where not known.</summary>
    public decimal? ShareInMarket { get; init; }

    /// <summary>Amount of the trade, CNY.</summary>
    public decimal Amount { get; init; }

    /// <summary>First trade of the client with the broker.</summary>
    public bool IsFirst { get; init; }
}

/// <summary>A measure against its limit.</summary>
/// <param name="Name">Stable name.</param>
/// <param name="Found">The measure; null where not known.</param>
/// <param name="Limit">The limit, a most or of the amount a least.</param>
/// <param name="Keeps">Whether it keeps the limit, as one exactly at it does; null where not known.</param>
/// <param name="IsAmount">Whether they are yuan, else parts.</param>
public readonly record struct PledgeTest(string Name, decimal? Found, decimal Limit, bool? Keeps, bool IsAmount);

/// <summary>Limits of stock-pledged repo.</summary>
public sealed record PledgeLimits
{
    /// <summary>Most of the pledge's value that is financed.</summary>
    public decimal PledgeRate { get; init; } = 0.60m;

    /// <summary>Most of one A share pledged to one broker.</summary>
    public decimal ShareAtBroker { get; init; } = 0.30m;

    /// <summary>Most of one A share pledged market-wide.</summary>
    public decimal ShareInMarket { get; init; } = 0.50m;

    /// <summary>Least amount of a first trade, CNY.</summary>
    public decimal FirstAmount { get; init; } = 5_000_000m;

    /// <summary>Least amount of later trades, CNY.</summary>
    public decimal LaterAmount { get; init; } = 500_000m;

    /// <summary>Longest term in years.</summary>
    public int TermInYears { get; init; } = 3;

    /// <summary>Least amount of a trade.</summary>
    public decimal LeastOf(bool isFirst) => isFirst ? FirstAmount : LaterAmount;

    /// <summary>A trade against the limits, in a fixed order.</summary>
    public ImmutableArray<PledgeTest> Test(PledgeMeasures trade)
    {
        var least = LeastOf(trade.IsFirst);
        return
        [
            new("pledged-to-broker", trade.ShareAtBroker, ShareAtBroker, trade.ShareAtBroker <= ShareAtBroker, IsAmount: false),
            new("pledged-in-market", trade.ShareInMarket, ShareInMarket, trade.ShareInMarket is { } share ? share <= ShareInMarket : null, IsAmount: false),
            new(trade.IsFirst ? "first-pledge" : "later-pledge", trade.Amount, least, trade.Amount >= least, IsAmount: true),
        ];
    }
}
