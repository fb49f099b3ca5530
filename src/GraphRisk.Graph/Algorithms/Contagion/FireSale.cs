namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>Investors, what they hold, and how prices answer to sales.</summary>
/// <param name="Holdings">By investor and asset, the part of the investor's assets; each row sums to 1.</param>
/// <param name="Total">Total assets of each investor.</param>
/// <param name="Leverage">Debt over equity of each investor, kept constant by selling.</param>
/// <param name="PriceImpact">Relative fall of each asset's price for one unit of money sold.</param>
public sealed record FireSaleMarket(double[][] Holdings, double[] Total, double[] Leverage, double[] PriceImpact);

/// <summary>One round of sales.</summary>
/// <param name="Sales">Sold by each investor, in money.</param>
/// <param name="FlowByAsset">Sold of each asset, in money.</param>
/// <param name="PriceMoves">Relative move of each price, negative for a fall.</param>
/// <param name="Losses">Lost by each investor through the sales of all, in money.</param>
/// <param name="AggregateVulnerability">All losses over all equity.</param>
public sealed record FireSaleAnswer(double[] Sales, double[] FlowByAsset, double[] PriceMoves, double[] Losses, double AggregateVulnerability);

/// <summary>
/// Fire sales of leveraged investors (Greenwood, Landier and Thesmar 2015).
/// <para>
/// A shock to prices lowers an investor's assets; to return to its leverage it sells leverage × loss, every asset in
/// proportion to its holding; sales depress prices linearly, and everybody who holds those assets loses. One round, as
/// published. An investor that gained does not buy, and none sells more than it has left. Cost: the holdings, three times.
/// </para>
/// </summary>
public static class FireSale
{
    /// <summary>The round that follows a shock.</summary>
    /// <param name="market">The market.</param>
    /// <param name="shock">Relative move of each asset's price, negative for a fall.</param>
    public static FireSaleAnswer After(FireSaleMarket market, IReadOnlyList<double> shock)
    {
        var sales = new double[market.Total.Length];
        var flow = new double[shock.Count];
        for (var investor = 0; investor < sales.Length; investor++)
        {
            var returned = Return(market.Holdings[investor], shock);
            var left = market.Total[investor] * (1 + returned);
            sales[investor] = Math.Min(left, market.Total[investor] * market.Leverage[investor] * Math.Max(0, -returned));
            for (var asset = 0; asset < flow.Length; asset++) flow[asset] += market.Holdings[investor][asset] * sales[investor];
        }

        var moves = new double[flow.Length];
        for (var asset = 0; asset < moves.Length; asset++) moves[asset] = -market.PriceImpact[asset] * flow[asset];
        var losses = new double[sales.Length];
        var equity = 0.0;
        for (var investor = 0; investor < losses.Length; investor++)
        {
            losses[investor] = -market.Total[investor] * Return(market.Holdings[investor], moves);
            equity += market.Total[investor] / (1 + market.Leverage[investor]);
        }

        return new FireSaleAnswer(sales, flow, moves, losses, equity > 0 ? losses.Sum() / equity : 0);
    }

    private static double Return(double[] holdings, IReadOnlyList<double> moves)
    {
        var sum = 0.0;
        for (var asset = 0; asset < moves.Count; asset++) sum += holdings[asset] * moves[asset];
        return sum;
    }
}
