using GraphRisk.Market.Configuration;

namespace GraphRisk.Market.Lending;

/// <summary>Where an account stands between the lines, from safe to urgent.</summary>
public enum MarginState
{
    /// <summary>Nothing is owed.</summary>
    NoLiability,

    /// <summary>Above the line for withdrawals.</summary>
    MayWithdraw,

    /// <summary>No line is touched.</summary>
    Normal,

    /// <summary>At or below the warning line.</summary>
    Warned,

    /// <summary>At or below the line for new positions.</summary>
    NoNewPositions,

    /// <summary>At or below the call line: top up within the days the contract gives.</summary>
    Called,

    /// <summary>At or below the line at which the broker sells at once.</summary>
    Liquidate,
}

/// <summary>The lines of a margin contract or of a broker, 1.3 = 130%. They descend from withdrawal to liquidation.</summary>
public sealed record MarginLines
{
    /// <summary>Above it the client may withdraw.</summary>
    public decimal Withdrawal { get; init; } = 3.00m;

    /// <summary>At or below it the client is warned.</summary>
    public decimal Warning { get; init; } = 1.50m;

    /// <summary>At or below it no new positions.</summary>
    public decimal NewPositions { get; init; } = 1.40m;

    /// <summary>At or below it the client must top up.</summary>
    public decimal Call { get; init; } = 1.30m;

    /// <summary>Ratio to which the client must top up.</summary>
    public decimal TopUp { get; init; } = 1.40m;

    /// <summary>Trading days to top up in.</summary>
    public int DaysToTopUp { get; init; } = 2;

    /// <summary>At or below it the broker liquidates at once.</summary>
    public decimal Liquidation { get; init; } = 1.10m;

    /// <summary>A common set since the 2019 rules left the lines to the contract.</summary>
    public static BrokerSetting<MarginLines> Common { get; } = new(Dated.Always(new MarginLines()));

    /// <summary>Where a coverage stands; the most urgent line counts.</summary>
    public MarginState StateOf(Coverage coverage)
    {
        if (!coverage.HasLiability) return MarginState.NoLiability;
        foreach (var (line, state) in (ReadOnlySpan<(decimal, MarginState)>)
            [(Liquidation, MarginState.Liquidate), (Call, MarginState.Called), (NewPositions, MarginState.NoNewPositions), (Warning, MarginState.Warned)])
            if (coverage.IsAtOrBelow(line)) return state;
        return coverage.IsAbove(Withdrawal) ? MarginState.MayWithdraw : MarginState.Normal;
    }
}
