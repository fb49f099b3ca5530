using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Securities;
using GraphRisk.Workflow.Supervision.Quality;

namespace GraphRisk.Workflow.Concentration;

/// <summary>One security as collateral over all brokers.</summary>
/// <param name="Security">Its node.</param>
/// <param name="Quantity">Taken by all, in units.</param>
/// <param name="Value">The same at the last close, yuan; null without a price.</param>
/// <param name="Brokers">Brokers that have taken any.</param>
/// <param name="Largest">Node of the broker that has taken most; of several the first by id.</param>
/// <param name="LargestShare">Part of the quantity that one has, 0 to 1.</param>
/// <param name="Herfindahl">How it is shared out among brokers.</param>
public sealed record SecurityConcentration(int Security, decimal Quantity, decimal? Value, int Brokers, int Largest, decimal LargestShare, decimal Herfindahl)
{
    /// <summary>Part of the value of all collateral with a price, 0 to 1; null without a price.</summary>
    public decimal? ShareOfCollateral { get; init; }

    /// <summary>Part of the shares outstanding; null where those are not stated.</summary>
    public decimal? ShareOfOutstanding { get; init; }

    /// <summary>Part of the shares that can be bought on the exchange; null where <see cref="FreeFloat"/> tells none. May exceed 1: firm hands pledge too.</summary>
    public decimal? ShareOfFreeFloat { get; init; }
}

/// <summary>What one group under common control owes over all brokers.</summary>
/// <param name="Leader">Node of the member that owes most; of several the first by id.</param>
/// <param name="Members">Members that owe anything.</param>
/// <param name="Debt">Owed in all, yuan.</param>
/// <param name="ShareOfMarket">Part of what the whole market owes, 0 to 1.</param>
/// <param name="Brokers">Brokers it owes.</param>
/// <param name="Largest">Node of the broker it owes most; of several the first by id.</param>
/// <param name="LargestShare">Part of its debt that is that broker's, 0 to 1.</param>
/// <param name="Herfindahl">How its debt is shared out among brokers.</param>
public sealed record GroupConcentration(int Leader, int Members, decimal Debt, decimal ShareOfMarket, int Brokers, int Largest, decimal LargestShare, decimal Herfindahl)
{
    /// <summary>Greatest part of a broker's net capital it owes that broker; null where none of its brokers states any.</summary>
    public decimal? MostToNetCapital { get; init; }
}

/// <summary>
/// How concentrated securities financing is over all brokers together: in which securities taken as collateral, and in which groups of clients. What one broker keeps within its limits
/// (<see cref="BrokerConcentration"/>) ten may hold in the same stock, and one group may owe each of them.
/// <para>
/// Groups are those of common control (<see cref="GraphRisk.Market.Networks.ControlGroups"/>), since they part the market: each debt is of one group, and shares add up to one. Other links (a device, a
/// guarantee) are not transitive; a broker's exposure to a client and all linked to it is <c>linkedExposure</c>. A client that no control joins to others is a group of its own.
/// </para>
/// <para>
/// Collateral is counted by broker as <see cref="CollateralOfBroker"/> does, an account that secures several contracts once. Shares are exact quotients to 28 digits. Cost: one pass over
/// contracts, their accounts and pledges; the groups of control, prepared once a snapshot.
/// </para>
/// </summary>
/// <param name="Securities">Largest value first, those without a price last, then by id.</param>
/// <param name="Groups">Largest debt first, then by id.</param>
/// <param name="Debt">Owed by clients in all, yuan.</param>
/// <param name="Collateral">Value of all securities taken, yuan.</param>
public sealed record MarketConcentration(ImmutableArray<SecurityConcentration> Securities, ImmutableArray<GroupConcentration> Groups, decimal Debt, decimal Collateral)
{
    /// <summary>How the debt is shared out among brokers; null without debt.</summary>
    public decimal? AmongBrokers { get; init; }

    /// <summary>How it is shared out among groups; null without debt.</summary>
    public decimal? AmongGroups => Herfindahl.Of(Groups.Select(group => group.Debt));

    /// <summary>How the value of the collateral is shared out among securities; null without one.</summary>
    public decimal? AmongSecurities => Herfindahl.Of(Securities.Select(one => one.Value ?? 0m));

    /// <summary>Of a reading.</summary>
    /// <param name="market">The reading.</param>
    /// <param name="book">Its book.</param>
    /// <param name="meter">Pays for it.</param>
    public static MarketConcentration Of(MarketReading market, ImmutableArray<Lent> book, WorkMeter meter)
    {
        var taken = TakenBySecurity(market, meter);
        var values = taken.ToDictionary(one => one.Key, one => market.Snapshot.Nodes.GetDecimal(one.Key, "close") is { } close ? close * one.Value.Values.Sum() : (decimal?)null);
        var (debt, collateral) = (book.Sum(lent => lent.Debt), values.Values.Sum() ?? 0m);
        return new MarketConcentration(
            [.. taken.Select(one => Security(market, one.Key, one.Value, values[one.Key], collateral, meter)).OrderByDescending(one => one.Value ?? -1m).ThenBy(one => market.Snapshot.Nodes.IdOf(one.Security))],
            [.. GroupsOf(market, book, debt, meter).OrderByDescending(one => one.Debt).ThenBy(one => market.Snapshot.Nodes.IdOf(one.Leader))], debt, collateral)
        {
            AmongBrokers = Herfindahl.Of(book.GroupBy(lent => lent.Broker).Select(broker => broker.Sum(lent => lent.Debt))),
        };
    }

    /// <summary>Units of each security by the broker that has taken them.</summary>
    private static SortedDictionary<int, Dictionary<int, decimal>> TakenBySecurity(MarketReading market, WorkMeter meter)
    {
        var taken = new SortedDictionary<int, Dictionary<int, decimal>>();
        foreach (var broker in market.Snapshot.Nodes.OfType("Broker"))
            foreach (var (security, quantity) in CollateralOfBroker.Of(market.Contracts, broker, meter).Taken)
            {
                if (quantity <= 0) continue;
                if (!taken.TryGetValue(security, out var brokers)) taken.Add(security, brokers = []);
                brokers.Add(broker, quantity);
            }

        return taken;
    }

    private static SecurityConcentration Security(
        MarketReading market, int security, Dictionary<int, decimal> brokers, decimal? value, decimal collateral, WorkMeter meter)
    {
        var (quantity, outstanding) = (brokers.Values.Sum(), market.Snapshot.Nodes.GetDecimal(security, "sharesOutstanding"));
        var (largest, most) = Largest(market, brokers);
        return new SecurityConcentration(security, quantity, value, brokers.Count, largest, most / quantity, Herfindahl.Of(brokers.Values)!.Value)
        {
            ShareOfCollateral = collateral > 0 ? value / collateral : null,
            ShareOfOutstanding = outstanding > 0 ? quantity / outstanding : null,
            ShareOfFreeFloat = outstanding > 0 && FreeFloat.PartOf(market, security, meter) is > 0 and var part ? quantity / (outstanding * part) : null,
        };
    }

    private static IEnumerable<GroupConcentration> GroupsOf(MarketReading market, ImmutableArray<Lent> book, decimal all, WorkMeter meter)
    {
        var groups = market.Groups(meter);
        foreach (var group in book.GroupBy(lent => groups.Of(market.Parties.IndexOf(lent.Client))[0]))
        {
            var brokers = group.GroupBy(lent => lent.Broker).ToDictionary(one => one.Key, one => one.Sum(lent => lent.Debt));
            var members = group.GroupBy(lent => lent.Client).ToDictionary(one => one.Key, one => one.Sum(lent => lent.Debt));
            var (debt, largest) = (brokers.Values.Sum(), Largest(market, brokers));
            yield return new GroupConcentration(
                Largest(market, members).Node, members.Count, debt, debt / all, brokers.Count, largest.Node, largest.Amount / debt, Herfindahl.Of(brokers.Values)!.Value)
            {
                MostToNetCapital = brokers.Max(one => market.Contracts.NetCapitalOf(one.Key) is > 0 and var capital ? one.Value / capital : (decimal?)null),
            };
        }
    }

    private static (int Node, decimal Amount) Largest(MarketReading market, Dictionary<int, decimal> amounts)
    {
        var (node, amount) = amounts.OrderByDescending(one => one.Value).ThenBy(one => market.Snapshot.Nodes.IdOf(one.Key)).First();
        return (node, amount);
    }
}
