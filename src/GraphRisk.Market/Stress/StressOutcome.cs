using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Columns;
using GraphRisk.Market.Credit;

namespace GraphRisk.Market.Stress;

/// <summary>What really became of the accounts of one division by a later day. Money in yuan.</summary>
/// <param name="Key">As of <see cref="StressRow"/>.</param>
/// <param name="Node">Node of the broker or client in the reading under stress; -1 for other divisions.</param>
public sealed record StressOutcomeRow(string Key, int Node)
{
    /// <summary>Contracts under which something was owed before.</summary>
    public int Contracts { get; init; }

    /// <summary>Of them those under which nothing is owed any more.</summary>
    public int Repaid { get; init; }

    /// <summary>Still owed under them; new debts of other contracts are none of it.</summary>
    public decimal Debt { get; init; }

    /// <summary>What secures it.</summary>
    public decimal Collateral { get; init; }

    /// <summary>Contracts on which a call was made since.</summary>
    public int Calls { get; init; }

    /// <summary>Contracts whose collateral was sold by force since.</summary>
    public int Liquidated { get; init; }

    /// <summary>Clients in default before or defaulted since, each once: to be held against <see cref="StressFigures.Defaults"/>.</summary>
    public int Defaults { get; init; }

    /// <summary>Of them those that defaulted since.</summary>
    public int DefaultsSince { get; init; }

    /// <summary>Debt that collateral does not cover.</summary>
    public decimal Uncovered { get; init; }

    /// <summary>Relative move of the prices of what secured the accounts before, weighted by its value; null where nothing with a price did.</summary>
    public decimal? PriceMove { get; init; }
}

/// <summary>
/// What really happened beside what a scenario supposed: the accounts of the answer, looked up again on a later day. The scenario tells what would be if just its shock happened at once and nobody
/// acted but by its rules; in the window prices moved otherwise, clients topped up, repaid and drew. So the two are not to agree: <see cref="StressOutcomeRow.PriceMove"/> tells how far prices went the way that was
/// supposed, and where that is near, calls, defaults and what is uncovered can be held against each other.
/// <para>
/// Counted are events in (day of the reading, later day]: calls of brokers' records and of cases on the platform that were not taken back; an event that names no contract speaks of all of its client.
/// Prices are last closes on both days, so a suspended security did not move. Amounts of a contract are rounded to six decimals before they are added. One pass over the accounts and their events.
/// </para>
/// </summary>
public static class StressOutcome
{
    private const int Digits = 6;

    /// <summary>The rows, in step with those of <see cref="StressTable.Of"/>.</summary>
    /// <param name="answer">The answer to the scenario.</param>
    /// <param name="by">By what it is divided.</param>
    /// <param name="later">The reading of a later day, of the same facts.</param>
    /// <param name="meter">Charged a node an account, an edge a position.</param>
    public static ImmutableArray<StressOutcomeRow> Of(StressAnswer answer, StressDivision by, MarketReading later, WorkMeter meter)
    {
        var (found, close) = (new Found(answer, later), NumberColumn.Of(later.Snapshot, "Security", "close"));
        return
        [
            .. StressTable.Divided(answer, by).Select(row =>
            {
                meter.ChargeNode(row.Accounts.Count);
                return RowOf(row.Key, row.Node, [.. row.Accounts.Select(account => found.Of(account))], PriceMove(answer, row.Accounts, later, close, meter));
            }),
        ];
    }

    private static StressOutcomeRow RowOf(string key, int node, List<Fate> fates, decimal? move) => new(key, node)
    {
        Contracts = fates.Count,
        Repaid = fates.Count(fate => fate.Debt == 0),
        Debt = fates.Sum(fate => fate.Debt),
        Collateral = fates.Sum(fate => fate.Collateral),
        Calls = fates.Count(fate => fate.IsCalled),
        Liquidated = fates.Count(fate => fate.IsLiquidated),
        Defaults = fates.Where(fate => fate.WasInDefault || fate.HasDefaulted).Select(fate => fate.Party).Distinct().Count(),
        DefaultsSince = fates.Where(fate => !fate.WasInDefault && fate.HasDefaulted).Select(fate => fate.Party).Distinct().Count(),
        Uncovered = fates.Sum(fate => Math.Max(0m, fate.Debt - fate.Collateral)),
        PriceMove = move,
    };

    private static decimal? PriceMove(StressAnswer answer, List<int> accounts, MarketReading later, NumberColumn close, WorkMeter meter)
    {
        var (nodes, before, value, gained) = (answer.Market.Snapshot.Nodes, answer.Market.Securities(meter), 0.0, 0.0);
        foreach (var account in accounts)
        {
            var (start, end) = answer.Book.Collateral.Range(account);
            meter.ChargeNode(end - start);
            for (var position = start; position < end; position++)
            {
                var (security, worth) = (answer.Book.Collateral.SecurityOf(position), answer.Book.Collateral.Values[position]);
                if (security >= before.Count || !(before[security].Close > 0) || later.Snapshot.Nodes.Find(nodes.IdOf(nodes.NodeInRow("Security", security))) is not (>= 0 and var node)) continue;
                if (close[later.Snapshot.Nodes.RowOf(node)] is not (> 0 and var now)) continue;
                value += worth;
                gained += worth * ((now / before[security].Close) - 1);
            }
        }

        return value > 0 ? decimal.Round((decimal)(gained / value), 12) : null;
    }

    /// <summary>What became of one account.</summary>
    private readonly record struct Fate(int Party, decimal Debt, decimal Collateral, bool IsCalled, bool IsLiquidated, bool WasInDefault, bool HasDefaulted);

    /// <summary>Looks accounts up again.</summary>
    private sealed class Found(StressAnswer answer, MarketReading later)
    {
        private readonly Dictionary<int, (bool Was, List<CreditEvent> Since)> parties = [];
        private readonly Csr calls = later.Snapshot.Relationship("CALLS").In;

        public Fate Of(int account)
        {
            var (one, nodes) = (answer.Book.Accounts[account], later.Snapshot.Nodes);
            var (was, since) = OfParty(one.Party);
            var node = nodes.Find(answer.Market.Snapshot.Nodes.IdOf(one.Contract.Node));
            var contract = node >= 0 ? later.Contracts.Read(node) : default;
            return new Fate(
                one.Party, decimal.Round(contract.Debt, Digits), decimal.Round(contract.Collateral, Digits), Has(CreditEventKind.MarginCall) || IsCalledByCase(node), Has(CreditEventKind.ForcedLiquidation),
                was, since.Exists(happening => happening.IsDefault));

            bool Has(CreditEventKind kind) => since.Exists(happening => happening.Kind == kind && (happening.Contract < 0 || happening.Contract == node));
        }

        private bool IsCalledByCase(int contract)
        {
            if (contract < 0) return false;
            foreach (var one in calls.Neighbours(contract))
                if (later.Snapshot.Nodes.GetDate(one, "calledOn") > answer.Market.Snapshot.Stamp.AsOfDay && later.Snapshot.Nodes.GetString(one, "state") != "CANCELLED") return true;
            return false;
        }

        private (bool Was, List<CreditEvent> Since) OfParty(int party)
        {
            if (party >= answer.Market.Parties.Count) return (false, []);
            if (parties.TryGetValue(party, out var known)) return known;
            var (day, before) = (answer.Market.Snapshot.Stamp.AsOfDay, answer.Market.Parties.NodeOf(party));
            var now = later.Snapshot.Nodes.Find(answer.Market.Snapshot.Nodes.IdOf(before));
            return parties[party] = (answer.Market.Defaults.IsInDefault(before), now < 0 ? [] : later.Events.Of(now).FindAll(happening => happening.Day > day));
        }
    }
}
