using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Securities;

namespace GraphRisk.Market.Lending;

/// <summary>
/// Contracts at the close of the as-of day (逐日盯市): what was stated of the securities behind a margin contract is replaced by what its accounts hold at the
/// last close, shared by debt where several contracts are secured by one account; what is pledged stands at the last close anyway. An account without a position that
/// has a price leaves the contract as stated. The warning line of a margin contract lies as far above its call line as the common lines of its broker lie apart; that of a pledge is its line for calls or
/// warnings. Point reads: an answer costs the contracts and positions it is about. Thread-safe.
/// </summary>
public sealed class DailyCoverages
{
    private readonly MarketReading market;
    private readonly SecurityStates securities;
    private readonly WorkMeter meter;
    private readonly RelationshipTable securedBy;

    internal DailyCoverages(MarketReading market, SecurityStates securities, WorkMeter meter)
    {
        (this.market, this.securities, this.meter) = (market, securities, meter);
        securedBy = market.Snapshot.Relationship("SECURED_BY");
    }

    /// <summary>The contracts of a party with a broker under which something is owed, by node.</summary>
    public IEnumerable<DailyCoverage> Of(int party, int broker) => market.Contracts.Of(party, broker).Where(contract => contract.Debt > 0).Select(Read);

    private DailyCoverage Read(Contract contract)
    {
        var held = contract.Kind == ContractKind.Margin ? InAccounts(contract) : PledgedUnder(contract);
        meter.ChargeNode(held.Count);
        var value = held.Values.Sum();
        var stated = contract.Kind == ContractKind.Margin ? market.Contracts.StatedSecuritiesOf(contract.Node) : null;
        var assets = stated is { } before && held.Count > 0 ? contract.Collateral - before + value : contract.Collateral;
        return new DailyCoverage(
            contract, new Coverage(assets, contract.Debt), WarningLineOf(contract), VolatilityOf(held, assets), held.Count,
            value > 0 ? (double)(held.Where(one => securities[one.Key].Suspended).Sum(one => one.Value) / value) : 0);
    }

    private SortedDictionary<int, decimal> InAccounts(Contract contract)
    {
        var held = new SortedDictionary<int, decimal>();
        foreach (var account in securedBy.Out.Neighbours(contract.Node).ToArray().Distinct())
        {
            var owed = securedBy.In.Neighbours(account).ToArray().Distinct().Sum(other => market.Contracts.Read(other).Debt);
            foreach (var position in market.Positions.OfAccount(account))
                held[position.Security] = held.GetValueOrDefault(position.Security) + (position.Value * contract.Debt / owed);
        }

        return held;
    }

    private SortedDictionary<int, decimal> PledgedUnder(Contract contract)
    {
        var held = new SortedDictionary<int, decimal>();
        foreach (var (security, value) in market.Contracts.PledgedUnder(contract.Node))
            if (value > 0) held[market.Snapshot.Nodes.RowOf(security)] = held.GetValueOrDefault(market.Snapshot.Nodes.RowOf(security)) + value;
        return held;
    }

    private decimal? WarningLineOf(Contract contract)
    {
        if (contract.Kind != ContractKind.Margin) return contract.CallLine;
        var common = market.Contracts.CommonLinesOf(contract.Node);
        return contract.CallLine + common.Warning - common.Call;
    }

    /// <summary>Securities without a history move as the others on the average.</summary>
    private double VolatilityOf(SortedDictionary<int, decimal> held, decimal assets)
    {
        double sum = 0, known = 0, all = 0;
        foreach (var (security, value) in held)
        {
            all += (double)value;
            if (securities[security].Volatility is not (var volatility and >= 0)) continue;
            sum += (double)value * volatility;
            known += (double)value;
        }

        return known > 0 && assets > 0 ? sum / known * Math.Min(1, all / (double)assets) : double.NaN;
    }
}
