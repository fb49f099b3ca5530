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
        (Define("securities", LogYuan, -1), f => Numbers.LogOnePlus(f.Value)),
        (Define("concentration", Percent, 1), f => f.Concentration),
        (Define("largest_holding", Percent, 1), f => f.Largest),
        (Define("volatility", Percent, 1), f => f.Volatility),
        (Define("drawdown", Percent, 1), f => f.Drawdown),
        (Define("quarter_return", Percent, -1), f => f.QuarterReturn),
        (Define("suspended", Percent, 1, "Security.suspended"), f => f.Suspended),
        (Define("share_of_issue", Percent, 1,
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

    private static Feature Define(string name, FeatureUnit unit, int direction, params string[] more) =>
        new(name, FeatureGroup.Collateral, unit, direction, [.. Positions, .. more]);
}
