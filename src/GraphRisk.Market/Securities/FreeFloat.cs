using GraphRisk.Graph.Algorithms;

namespace GraphRisk.Market.Securities;

/// <summary>
/// The part of a listed company's shares that can be bought on the exchange (free float, 自由流通): all but what its own register shows in firm hands, which are holdings of 5% or more and the
/// company's own shares, as compilers of indices reckon (the 5% is the step of disclosure of China's Securities Law, art. 63; not held against an index's handbook). Of a range the lower end
/// counts as held, so the answer is the most that may be free. Parties in concert that hold less than 5% each, and shares barred from sale, are not told by a register and stay in it.
/// </summary>
public static class FreeFloat
{
    private const decimal FirmFrom = 0.05m;

    /// <summary>The part, 0 to 1; null where no source tells who issued the security, or nothing of the issuer's holders.</summary>
    /// <param name="market">The reading.</param>
    /// <param name="security">Node of the security.</param>
    /// <param name="meter">Charged an edge a holder.</param>
    public static decimal? PartOf(MarketReading market, int security, WorkMeter meter)
    {
        var issuers = market.Snapshot.Relationship("ISSUED").In.Neighbours(security);
        if (issuers.IsEmpty) return null;
        var holdings = market.Holdings(meter);
        var edges = holdings.EdgesInto(issuers[0]);
        if (edges.IsEmpty) return null;
        meter.ChargeNode(edges.Length);
        var firm = 0m;
        foreach (var edge in edges)
            if (holdings[edge] is var holding && (holding.Holder == holding.Company || holding.Equity.Lower >= FirmFrom)) firm += holding.Equity.Lower;
        return Math.Max(0m, 1m - firm);
    }
}
