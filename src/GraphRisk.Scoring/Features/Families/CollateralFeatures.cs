using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Columns;
using GraphRisk.Market.Contagion;
using GraphRisk.Market.Securities;
using static GraphRisk.Scoring.Features.FeatureUnit;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>The securities a client holds: how much, how concentrated, how nervous. Averages are weighted by value.</summary>
internal sealed class CollateralFeatures : FeatureFamily<CollateralFeatures.Facts>
{
    /// <param name="Value">Value of all securities.</param>
    /// <param name="Concentration">Sum of squared shares (Herfindahl): 1 is one security.</param>
    internal readonly record struct Facts(
        double Value, double Concentration, double Largest, double Volatility, double Drawdown, double QuarterReturn,
        double Suspended, double LargestOfIssue);

    private static readonly string[] Positions = ["POSITION.quantity", "OWNS_ACCOUNT", "Security.close"];

    protected override IReadOnlyList<(Feature Feature, Func<Facts, double> Value)> Table { get; } =
    [
        (Define("securities", "Securities held", LogYuan, -1, "never missing: 0 without securities"), f => Numbers.LogOnePlus(f.Value)),
        (Define("concentration", "Concentration of holdings", Percent, 1, "no securities"), f => f.Concentration),
        (Define("largest_holding", "Largest holding's share", Percent, 1, "no securities"), f => f.Largest),
        (Define("volatility", "Daily volatility of holdings", Percent, 1, "no securities, or too few prices"), f => f.Volatility),
        (Define("drawdown", "Fall of holdings from the year's high", Percent, 1, "no securities, or no prices"), f => f.Drawdown),
        (Define("quarter_return", "Return of holdings in a quarter", Percent, -1, "no securities, or no price a quarter ago"), f => f.QuarterReturn),
        (Define("suspended", "Share of holdings suspended", Percent, 1, "no securities", "Security.suspended"), f => f.Suspended),
        (Define("share_of_issue", "Largest part of an issue held", Percent, 1, "no securities, or shares outstanding unknown",
            "Security.sharesOutstanding"), f => f.LargestOfIssue),
    ];

    protected override Func<int, int, Facts> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter)
    {
        var securities = market.Securities(meter);
        var held = new List<Position>();
        var bySecurity = new Dictionary<int, double>();
        return (node, _) =>
        {
            market.Positions.Read(node, held);
            bySecurity.Clear();
            foreach (var position in held)
                bySecurity[position.Security] = bySecurity.GetValueOrDefault(position.Security) + (double)position.Value;
            return Describe(securities, bySecurity);
        };
    }

    private static Facts Describe(SecurityStates securities, Dictionary<int, double> held)
    {
        if (held.Count == 0)
            return new Facts(0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        double total = 0, squares = 0, largest = 0, suspended = 0, ofIssue = double.NaN;
        foreach (var (security, value) in held.OrderBy(pair => pair.Key))
        {
            total += value;
            squares += value * value;
            largest = Math.Max(largest, value);
            suspended += securities[security].Suspended ? value : 0;
            ofIssue = Numbers.Greatest(ofIssue, value / securities[security].MarketValue);
        }
        return new Facts(
            total, squares / (total * total), largest / total, Average(held, s => securities[s].Volatility),
            Average(held, s => securities[s].Drawdown), Average(held, s => securities[s].QuarterReturn), suspended / total, ofIssue);
    }

    /// <summary>The average over those holdings for which the value is known.</summary>
    private static double Average(Dictionary<int, double> held, Func<int, double> value)
    {
        double sum = 0, weight = 0;
        foreach (var (security, worth) in held.OrderBy(pair => pair.Key))
        {
            if (double.IsNaN(value(security)))
                continue;
            sum += worth * value(security);
            weight += worth;
        }
        return weight > 0 ? sum / weight : double.NaN;
    }

    private static Feature Define(string name, string title, FeatureUnit unit, int direction, string missing, params string[] more) =>
        new(name, title, FeatureGroup.Collateral, unit, direction, missing, [.. Positions, .. more]);
}
