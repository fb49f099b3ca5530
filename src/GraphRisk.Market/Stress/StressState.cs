using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Market.Lending;

namespace GraphRisk.Market.Stress;

/// <summary>Where a stress test has got to: values of positions, debts, prices, who has failed.</summary>
internal sealed class StressState
{
    /// <summary>A ratio this near a line is at it.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>The line of an account that is closed: it sells until next to nothing is owed.</summary>
    private const double Closing = 1e9;

    private readonly Scenario scenario;
    private readonly MarketReading market;
    private readonly StressBook book;
    private readonly Failures failures;
    private readonly WorkMeter meter;
    private readonly ImmutableArray<StressRound>.Builder rounds = ImmutableArray.CreateBuilder<StressRound>();
    private readonly double[] values;
    private readonly double[] debts;
    private readonly double[] prices;
    private readonly double[] depth;
    private readonly double[] sold;
    private readonly double[] repaid;
    private double[] losses;
    private double[] before = [];
    private bool[] suspended = [];
    private double[] moves = [];
    private double paidByParties;
    private double buyersLosses;
    private bool ended = true;

    public StressState(Scenario scenario, MarketReading market, StressBook book, Failures failures, WorkMeter meter)
    {
        (this.scenario, this.market, this.book, this.failures, this.meter) = (scenario, market, book, failures, meter);
        values = book.Collateral.Values.ToArray();
        debts = [.. book.Accounts.Select(account => (double)account.Contract.Debt)];
        prices = Enumerable.Repeat(1.0, book.Collateral.SecurityCount).ToArray();
        (sold, repaid) = (new double[debts.Length], new double[debts.Length]);
        suspended = new bool[prices.Length];
        depth = Depth();
        losses = Open();
        before = losses;
        Record(StressPhase.Before, null);
    }

    private int Cash => book.Collateral.SecurityCount - 1;

    /// <summary>Moves prices.</summary>
    public void Shock(StressStep step)
    {
        moves = [.. step.Moves, 0];
        suspended = [.. step.Suspended, false];
        Move(moves);
        losses = Open();
        Record(StressPhase.Shock, step.Day);
    }

    /// <summary>Lets sell who must until nobody must or can; false where nobody did.</summary>
    public bool Sell(StressStep step)
    {
        var collateral = Portfolios.Build(debts.Length, prices.Length, Positions());
        var closed = Enumerable.Range(0, debts.Length).Select(IsClosed).ToArray();
        var accounts = new MarginAccounts(
            collateral, (double[])debts.Clone(), [.. debts.Select((_, account) => closed[account] ? Closing : LineOf(account) * (1 + Tolerance))],
            [.. debts.Select((_, account) => closed[account] ? 2 * Closing : book.Accounts[account].RestoreTo)]);
        var answer = MarginSpiral.After(accounts, new SecurityMarket(depth, suspended), new double[prices.Length], scenario.MaxRounds, meter);
        for (var round = 0; round < answer.Rounds.Length; round++)
        {
            Take(answer.Rounds[round]);
            answer.Standings[round + 1].Debt.CopyTo(debts, 0);
            losses = Open();
            Record(StressPhase.Sales, step.Day);
        }

        ended &= answer.Ended;
        return answer.Rounds.Length > 0;
    }

    /// <summary>Calls clients and guarantors for what is open; true where somebody has failed by it who had not.</summary>
    public bool Call(StressStep step)
    {
        var answer = Shortfalls.Find(book, Open(), Means(), market.Guarantees(meter), meter);
        (losses, paidByParties) = (answer.Losses, answer.Paid);
        var grown = false;
        for (var party = 0; party < answer.IsShort.Length - 1; party++)
        {
            if (!answer.IsShort[party] || failures.Parties[party]) continue;
            failures.Parties[party] = grown = true;
        }

        foreach (var broker in book.Accounts.Select(account => account.Broker).Where(node => node >= 0).Distinct().Order())
        {
            if (failures.Brokers.Contains(broker) || !(AddedLossOf(broker) > (double?)market.Contracts.NetCapitalOf(broker))) continue;
            failures.Brokers.Add(broker);
            grown = true;
        }

        Record(StressPhase.Calls, step.Day);
        return grown;
    }

    public StressAnswer Answer()
    {
        var collateral = ByAccount(values);
        double fallen = 0, borne = 0;
        for (var account = 0; account < debts.Length; account++)
        {
            var (first, owed) = (rounds[0].Collateral[account], rounds[0].Debt[account]);
            fallen += first - collateral[account] - repaid[account];
            borne += Math.Max(0, first - owed) - Math.Max(0, collateral[account] - (owed - repaid[account]));
        }

        return new StressAnswer(
            scenario, market, book, rounds.ToImmutable(), [.. failures.Brokers], buyersLosses,
            new StressBalance(fallen, before.Sum(), borne, paidByParties, losses.Sum()), ended);
    }

    private double AddedLossOf(int broker)
    {
        var added = 0.0;
        for (var account = 0; account < losses.Length; account++)
            if (book.Accounts[account].Broker == broker) added += losses[account] - before[account];
        return added;
    }

    private bool IsClosed(int account) =>
        book.Accounts[account] is var one && (one.Contract.Status == ContractStatus.InDisposal || failures.Parties[one.Party] || failures.Brokers.Contains(one.Broker));

    private double LineOf(int account) => scenario.SellFrom == SaleLine.Call ? book.Accounts[account].CallLine : book.Accounts[account].ClosingLine;

    /// <summary>Applies a round of sales to positions and prices.</summary>
    private void Take(SaleRound round)
    {
        foreach (var sale in round.Sales)
        {
            repaid[sale.Seller] += sale.Amount;
            if (sale.Security != Cash) sold[sale.Seller] += sale.Amount;
            buyersLosses -= sale.Amount * round.Moves[sale.Security];
            var (position, end) = book.Collateral.Range(sale.Seller);
            while (position < end && book.Collateral.SecurityOf(position) != sale.Security) position++;
            values[position] = Math.Max(0, values[position] - sale.Amount);
        }

        Move(round.Moves);
    }

    private void Move(ReadOnlySpan<double> by)
    {
        for (var position = 0; position < values.Length; position++) values[position] *= 1 + by[book.Collateral.SecurityOf(position)];
        for (var security = 0; security < prices.Length; security++) prices[security] *= 1 + by[security];
    }

    private IEnumerable<(int, int, double)> Positions()
    {
        for (var account = 0; account < debts.Length; account++)
            for (var (position, end) = book.Collateral.Range(account); position < end; position++)
                yield return (account, book.Collateral.SecurityOf(position), values[position]);
    }

    private double[] ByAccount(double[] ofPositions)
    {
        var sums = new double[debts.Length];
        for (var account = 0; account < sums.Length; account++)
            for (var (position, end) = book.Collateral.Range(account); position < end; position++) sums[account] += ofPositions[position];
        return sums;
    }

    private double[] Open() => [.. ByAccount(values).Select((value, account) => Math.Max(0, debts[account] - value))];

    private double[] Means()
    {
        var means = new double[failures.Parties.Length];
        for (var party = 0; party < means.Length; party++)
        {
            if (failures.Known[party] || IsNamed(party)) continue;
            meter.ChargeNode(book.Free[party].Length);
            var sum = book.OwnEquity[party];
            foreach (var (security, value) in book.Free[party]) sum += value * prices[security];
            means[party] = sum * (double)scenario.FreeMeans;
        }

        return means;
    }

    private bool IsNamed(int party) =>
        scenario.DefaultedClients.Length > 0 && failures.Parties[party]
        && scenario.DefaultedClients.Any(id => market.Parties.IndexOf(market.Snapshot.Nodes.Find(Graph.Facts.NodeId.Parse(id))) == party);

    private double[] Depth()
    {
        var depths = Enumerable.Repeat(double.PositiveInfinity, prices.Length).ToArray();
        if (scenario.Depth is not { } known) return depths;
        var states = market.Securities(meter);
        double[] marketValues = [.. Enumerable.Range(0, states.Count).Select(row => states[row].MarketValue)];
        double[] stated = [.. marketValues.Where(value => value > 0).Order()];
        if (stated.Length == 0) return depths;
        var share = (double)(known.MarketValueShare * known.Liquidity / known.Volatility);
        for (var row = 0; row < states.Count; row++) depths[row] = share * (marketValues[row] > 0 ? marketValues[row] : stated[stated.Length / 2]);
        return depths;
    }

    private void Record(StressPhase phase, DateOnly? day)
    {
        meter.Charge(WorkUnit.Nodes, debts.Length);
        var collateral = ByAccount(values);
        var held = ByAccount([.. values.Select((value, position) => suspended[book.Collateral.SecurityOf(position)] ? value : 0)]);
        var mustSell = collateral.Select((value, account) => debts[account] > 0 && (IsClosed(account) || value <= LineOf(account) * debts[account] * (1 + Tolerance)));
        rounds.Add(new StressRound(
            phase, day, collateral, (double[])debts.Clone(), (double[])sold.Clone(), [.. mustSell.Select((must, account) => must ? held[account] : 0)],
            losses, [.. book.Accounts.Select(account => failures.Parties[account.Party] || failures.Known[account.Party])]));
    }
}
