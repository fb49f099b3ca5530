using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Columns;
using GraphRisk.Market.Lending;
using GraphRisk.Market.Securities;

namespace GraphRisk.Market.Credit;

/// <summary>
/// How close each party is to failure by what can be seen of it alone, 0 to 1: the shock that contagion measures carry along
/// exposures. It looks at no neighbour, so a party's own trouble never comes back to it as contagion.
/// <para>
/// 1 where it has failed: it is in default (<see cref="Defaults"/>), an entry as dishonest debtor or under enforcement is in
/// force against it (how a default outside securities financing becomes known), or its published liabilities exceed its
/// assets. Else, where it owes under contracts: the probability that the ratio of the contract nearest to its closing line
/// touches that line within a quarter, were the value of its securities a geometric Brownian motion without drift: 2 N(-d) with
/// d = ln(ratio / line) / (σ √T), the first passage of Black and Cox (1976). σ is the daily volatility of what it holds,
/// weighted by value; the median of all securities where it holds nothing with a history. A contract that states no line has it
/// where collateral no longer covers the debt. Else 0.
/// </para>
/// <para>One pass over parties, contracts and positions.</para>
/// </summary>
public sealed class Distress
{
    /// <summary>Trading days of a quarter.</summary>
    private const double Horizon = 61;

    private readonly double[] distress;
    private readonly bool[] inDefault;
    private readonly bool[] failed;
    private readonly float[] sinceFailure;

    internal Distress(
        Snapshot snapshot, Parties parties, ContractTable contracts, Defaults defaults, PublicRecords records,
        CreditEvents events, FinancialStatements statements, SecurityStates securities, Positions positions, WorkMeter meter)
    {
        (distress, failed, inDefault, sinceFailure) = (new double[parties.Count], new bool[parties.Count], new bool[parties.Count], new float[parties.Count]);
        var usual = MedianVolatility(securities);
        var held = new List<Position>();
        for (var party = 0; party < parties.Count; party++)
        {
            var node = parties.NodeOf(party);
            sinceFailure[party] = float.NaN;
            if (!snapshot.Nodes.IsNode(node)) continue;
            var record = records.Of(node);
            sinceFailure[party] = (float)Numbers.Least(events.HistoryOf(node).DaysSinceDefault, record.DaysSinceEntry);
            inDefault[party] = defaults.IsInDefault(node);
            failed[party] = inDefault[party] || record.IsListedAsDefaulter
                || (parties.IsCompany(party) && statements.Of(parties.RowOf(party)).Equity < 0);
            meter.ChargeNode(1);
            if (failed[party]) distress[party] = 1;
            else if (Nearest(contracts, node) is var nearest && !double.IsNaN(nearest))
            {
                positions.Read(node, held);
                meter.ChargeNode(held.Count);
                distress[party] = FirstPassage(nearest, Volatility(held, securities, usual) * Math.Sqrt(Horizon));
            }
        }
    }

    /// <summary>Distress of a party, 0 to 1.</summary>
    public double Of(int party) => distress[party];

    /// <summary>Distress by party.</summary>
    public double[] ToArray() => [.. distress];

    /// <summary>Whether a party has failed: distress is 1 by what has happened, not by probability.</summary>
    public bool HasFailed(int party) => failed[party];

    /// <summary>Whether it is in default, as <see cref="Defaults"/> has it: part of what was looked at.</summary>
    public bool IsInDefault(int party) => inDefault[party];

    /// <summary>Days since the latest default or entry of a party, cured or not; NaN where there is none.</summary>
    public double DaysSinceFailure(int party) => sinceFailure[party];

    /// <summary>ln(ratio / line) of the contract nearest to its line; NaN where nothing is owed.</summary>
    private static double Nearest(ContractTable contracts, int party)
    {
        var nearest = double.NaN;
        foreach (var contract in contracts.OfParty(party))
            if (contract.Coverage.Ratio is { } ratio)
                nearest = Numbers.Least(nearest, ratio <= 0 ? double.NegativeInfinity : Math.Log((double)ratio / (double)(contract.ClosingLine is > 0 and var line ? line : 1m)));
        return nearest;
    }

    private static double FirstPassage(double distance, double deviation) =>
        distance <= 0 ? 1 : deviation > 0 ? 2 * NormalDistribution.Cumulative(-distance / deviation) : 0;

    private static double Volatility(List<Position> held, SecurityStates securities, double usual)
    {
        double sum = 0, weight = 0;
        foreach (var position in held)
        {
            if (securities[position.Security].Volatility is not (var volatility and >= 0)) continue;
            sum += (double)position.Value * volatility;
            weight += (double)position.Value;
        }

        return weight > 0 ? sum / weight : usual;
    }

    private static double MedianVolatility(SecurityStates securities)
    {
        double[] known = [.. Enumerable.Range(0, securities.Count).Select(row => securities[row].Volatility).Where(double.IsFinite).Order()];
        return known.Length == 0 ? 0 : known[known.Length / 2];
    }
}
