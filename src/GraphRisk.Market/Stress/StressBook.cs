using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Market.Lending;
using GraphRisk.Market.Securities;

namespace GraphRisk.Market.Stress;

/// <summary>One outstanding contract under stress: an account of what secures it.</summary>
/// <param name="Contract">The contract as the reading has it.</param>
/// <param name="Party">Number of the client among parties; their count where none is stated.</param>
/// <param name="Broker">Node of the broker; -1 where none is stated.</param>
/// <param name="CallLine">Its line for calls or warnings (<see cref="Lending.Contract.CallLine"/>); without one <see cref="NoLine"/>.</param>
/// <param name="ClosingLine">Its closing line, likewise.</param>
/// <param name="RestoreTo">Ratio to which a call asks to top up, and a sale goes.</param>
public sealed record StressAccount(Contract Contract, int Party, int Broker, double CallLine, double ClosingLine, double RestoreTo)
{
    /// <summary>The line of an account that has none: below every ratio, so that nobody calls or sells before a failure.</summary>
    public const double NoLine = -1;
}

/// <summary>
/// The accounts of a reading: every outstanding contract under which something is owed, with the securities behind it.
/// <para>
/// Behind a margin contract stand the positions of the accounts it is secured by (shared by debt where several contracts are
/// secured by one account), behind the others what is pledged. The collateral is what the reading says: where the securities
/// come to less the rest is like cash, which no shock moves and anybody takes at once; where they come to more they count in
/// proportion. What parties hold in accounts that secure nothing is free. One pass over contracts, accounts and parties.
/// </para>
/// </summary>
public sealed class StressBook
{
    private StressBook(List<StressAccount> accounts, Portfolios collateral, (int Security, double Value)[][] free, double[] ownEquity)
    {
        (Accounts, Collateral, Free, OwnEquity) = ([.. accounts], collateral, free, ownEquity);
    }

    /// <summary>The accounts, by contract.</summary>
    public StressAccount[] Accounts { get; }

    /// <summary>Their collateral; the last security is what is like cash.</summary>
    public Portfolios Collateral { get; }

    /// <summary>Securities each party holds that secure nothing.</summary>
    internal (int Security, double Value)[][] Free { get; }

    /// <summary>Published equity of each company where positive, else 0.</summary>
    internal double[] OwnEquity { get; }

    /// <summary>The accounts of a reading.</summary>
    public static StressBook Of(MarketReading market, WorkMeter meter)
    {
        var securedBy = market.Snapshot.Relationship("SECURED_BY");
        var accounts = new List<StressAccount>();
        var positions = new List<(int, int, double)>();
        var cash = market.Securities(meter).Count;
        var securing = new HashSet<int>();
        var owed = new Dictionary<int, double>();
        Contract[] owing = [.. meter.Along(market.Contracts.All).Select(market.Contracts.Read).Where(contract => contract.Debt > 0)];
        foreach (var contract in owing)
            foreach (var account in Distinct(securedBy.Out.Neighbours(contract.Node)))
                owed[account] = owed.GetValueOrDefault(account) + (double)contract.Debt;
        securing.UnionWith(owed.Keys);
        foreach (var contract in owing)
        {
            var behind = Behind(market, contract, Distinct(securedBy.Out.Neighbours(contract.Node)), owed);
            meter.ChargeNode(behind.Count);
            var (stated, found) = ((double)contract.Collateral, behind.Sum(position => position.Value));
            var counted = found > stated ? stated / found : 1;
            foreach (var (security, value) in behind)
                if (value * counted > 0) positions.Add((accounts.Count, security, value * counted));
            if (stated > found) positions.Add((accounts.Count, cash, stated - found));
            accounts.Add(AccountOf(market, contract));
        }

        var (free, equity) = FreeOf(market, securing, meter);
        return new StressBook(accounts, Portfolios.Build(accounts.Count, cash + 1, positions), free, equity);
    }

    private static StressAccount AccountOf(MarketReading market, Contract contract)
    {
        var (party, broker) = (market.Contracts.PartyOf(contract.Node), market.Contracts.BrokerOf(contract.Node));
        var common = market.Contracts.CommonLinesOf(contract.Node);
        var restore = Math.Max((contract.CallLine ?? 1) + common.TopUp - common.Call, 1.01m);
        return new StressAccount(
            contract, party < 0 ? market.Parties.Count : market.Parties.IndexOf(party), broker,
            (double?)contract.CallLine ?? StressAccount.NoLine, (double?)contract.ClosingLine ?? StressAccount.NoLine, (double)restore);
    }

    private static List<(int Security, double Value)> Behind(MarketReading market, Contract contract, int[] accounts, Dictionary<int, double> owed)
    {
        var behind = new List<(int, double)>();
        if (contract.Kind == ContractKind.Margin)
        {
            foreach (var account in accounts)
                foreach (var position in market.Positions.OfAccount(account))
                    behind.Add((position.Security, (double)position.Value * (double)contract.Debt / owed[account]));
            return behind;
        }

        foreach (var (security, value) in market.Contracts.PledgedUnder(contract.Node))
            behind.Add((market.Snapshot.Nodes.RowOf(security), (double)value));
        return behind;
    }

    private static ((int, double)[][] Free, double[] Equity) FreeOf(MarketReading market, HashSet<int> securing, WorkMeter meter)
    {
        var free = new (int, double)[market.Parties.Count + 1][];
        var equity = new double[free.Length];
        var (known, held) = (market.Equities(meter), new List<Position>());
        for (var party = 0; party < market.Parties.Count; party++)
        {
            market.Positions.Read(market.Parties.NodeOf(party), held);
            meter.ChargeNode(held.Count);
            free[party] = [.. held.Where(position => !securing.Contains(position.Account)).Select(position => (position.Security, (double)position.Value))];
            equity[party] = known[party] > 0 ? known[party] : 0;
        }

        free[^1] = [];
        return (free, equity);
    }

    private static int[] Distinct(ReadOnlySpan<int> nodes) => [.. nodes.ToArray().Distinct()];
}
