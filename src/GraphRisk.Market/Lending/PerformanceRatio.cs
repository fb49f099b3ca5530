namespace GraphRisk.Market.Lending;

/// <summary>One trade of a stock-pledged repo.</summary>
/// <param name="Quantity">Shares pledged.</param>
/// <param name="Price">Price of a share.</param>
/// <param name="RetainedDividends">Dividends kept with the pledge.</param>
/// <param name="Payable">Amount payable.</param>
public readonly record struct PledgedTrade(decimal Quantity, decimal Price, decimal RetainedDividends, decimal Payable);

/// <summary>
/// Performance ratio (履约保障比例): (pledged value + retained dividends) / amount payable, merged over linked trades on both
/// exchanges.
/// </summary>
public static class PerformanceRatio
{
    /// <summary>Assets and debt of linked trades together; the ratio is absent where nothing is payable.</summary>
    public static Coverage Of(params IEnumerable<PledgedTrade> linkedTrades) =>
        linkedTrades.Aggregate(default(Coverage), (sum, trade) => sum + new Coverage(trade.Quantity * trade.Price + trade.RetainedDividends, trade.Payable));

    /// <summary>The price at which a single trade stands at a line; null where no shares are pledged or nothing is payable.</summary>
    public static decimal? PriceAt(PledgedTrade trade, decimal line) =>
        trade.Quantity > 0 && trade.Payable > 0 ? Math.Max(0, (line * trade.Payable - trade.RetainedDividends) / trade.Quantity) : null;
}
