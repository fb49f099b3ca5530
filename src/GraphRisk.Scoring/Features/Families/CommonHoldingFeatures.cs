using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Contagion;
using GraphRisk.Market.Securities;
using static GraphRisk.Scoring.Features.FeatureUnit;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>
/// Who else holds what the client holds: other debtors who may have to sell, and what they have already done to prices.
/// Averages over the client's holdings, weighted by value; the client's own part is taken out of every crowd.
/// </summary>
internal sealed class CommonHoldingFeatures : FeatureFamily<CommonHoldingFeatures.Facts>
{
    /// <param name="Leveraged">Other debtors' part of the other holdings in the same securities.</param>
    /// <param name="Distressed">Their distress, weighted by value.</param>
    /// <param name="OfIssue">Other debtors' holdings to the market value of the issue.</param>
    /// <param name="ForcedSales">Other debtors' holdings, each weighted by its distress, to the market value of the issue: what is expected to have to be sold.</param>
    /// <param name="CrowdedFall">Quarter's fall of the securities, weighted by the debtors' part in them.</param>
    internal readonly record struct Facts(double Leveraged, double Distressed, double OfIssue, double ForcedSales, double CrowdedFall);

    protected override IReadOnlyList<(Feature Feature, Func<Facts, double> Value)> Table { get; } =
    [
        (Define("crowd_leveraged", Percent, 0), f => f.Leveraged),
        (Define("crowd_distress", Level, 1), f => f.Distressed),
        (Define("crowd_of_issue", Percent, 0), f => f.OfIssue),
        (Define("forced_sales", Percent, 1), f => f.ForcedSales),
        (Define("crowded_fall", Percent, 1), f => f.CrowdedFall),
    ];

    protected override Func<int, int, Facts> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter)
    {
        var (coHolders, securities) = (market.CoHolders(meter), market.Securities(meter));
        var (debts, distress) = (market.Debts(meter), market.Distress(meter));
        var held = new List<Position>();
        return (node, party) =>
        {
            market.Positions.Read(node, held);
            return Describe(held, securities, security => coHolders.Without(security, OwnIn(held, security), debts[party], distress.Of(party)));
        };
    }

    private static Facts Describe(List<Position> held, SecurityStates securities, Func<int, CoHolding> othersIn)
    {
        double total = 0, leveraged = 0, distressed = 0, ofIssue = 0, sales = 0, fall = 0;
        foreach (var position in held)
        {
            var (value, others, state) = ((double)position.Value, othersIn(position.Security), securities[position.Security]);
            total += value;
            var part = others.Held > 0 ? others.Leveraged / others.Held : 0;
            leveraged += value * part;
            distressed += others.Leveraged > 0 ? value * others.Distressed / others.Leveraged : 0;
            ofIssue += state.MarketValue > 0 ? value * others.Leveraged / state.MarketValue : 0;
            sales += state.MarketValue > 0 ? value * others.Distressed / state.MarketValue : 0;
            fall += state.QuarterReturn < 0 ? -value * part * state.QuarterReturn : 0;
        }

        return total > 0
            ? new Facts(leveraged / total, distressed / total, ofIssue / total, sales / total, fall / total)
            : new Facts(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
    }

    /// <summary>The client's whole holding in a security, over all its accounts.</summary>
    private static double OwnIn(List<Position> held, int security)
    {
        double own = 0;
        foreach (var position in held)
            own += position.Security == security ? (double)position.Value : 0;
        return own;
    }

    private static Feature Define(string name, FeatureUnit unit, int direction) =>
        new(name, FeatureGroup.CommonHoldings, unit, direction,
            ["POSITION.quantity", "OWNS_ACCOUNT", "Security.close", "Security.sharesOutstanding", "MarginContract.debt", "MarginContract.maintenanceRatio"]);
}
