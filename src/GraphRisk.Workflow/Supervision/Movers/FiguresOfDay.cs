using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Scores;
using GraphRisk.Workflow.Concentration;
using GraphRisk.Workflow.Supervision.Quality;

namespace GraphRisk.Workflow.Supervision.Movers;

/// <summary>The figures of all clients, brokers or securities on the day of a snapshot, by node. One pass over contracts and what secures them.</summary>
public static class FiguresOfDay
{
    /// <param name="market">The reading.</param>
    /// <param name="book">Its book.</param>
    /// <param name="scores">Scores of clients by node; empty where no model scores.</param>
    /// <param name="subject">Of whom.</param>
    /// <param name="meter">Pays for it.</param>
    public static IReadOnlyDictionary<int, MoverFigures> Of(
        MarketReading market, ImmutableArray<Lent> book, IReadOnlyDictionary<int, ScoreLine> scores, MoverSubject subject, WorkMeter meter) => subject switch
    {
        MoverSubject.Client => book.GroupBy(lent => lent.Client).ToDictionary(client => client.Key, client => OfClient(market, client, scores, meter)),
        MoverSubject.Broker => book.GroupBy(lent => lent.Broker).ToDictionary(broker => broker.Key, broker => OfBroker(market, broker, scores, meter)),
        _ => MarketConcentration.Of(market, book, meter).Securities.ToDictionary(one => one.Security, one => new MoverFigures { Exposure = one.Value, Concentration = one.ShareOfOutstanding }),
    };

    private static MoverFigures OfClient(MarketReading market, IGrouping<int, Lent> client, IReadOnlyDictionary<int, ScoreLine> scores, WorkMeter meter)
    {
        ScoreLine? line = scores.TryGetValue(client.Key, out var known) ? known : null;
        List<Contract> outstanding = [.. meter.Along(market.Contracts.OfParty(client.Key)).Where(contract => contract.IsOutstanding)];
        return new MoverFigures
        {
            Grade = line?.Grade,
            ProbabilityOfDefault = line?.ProbabilityOfDefault,
            Exposure = client.Sum(lent => lent.Debt),
            Ratio = RatioOf(outstanding),
            Concentration = GreatestShare(market, outstanding, meter),
        };
    }

    private static MoverFigures OfBroker(MarketReading market, IGrouping<int, Lent> broker, IReadOnlyDictionary<int, ScoreLine> scores, WorkMeter meter)
    {
        var (owed, scored, risk) = (new Dictionary<int, decimal>(), 0m, 0.0);
        foreach (var lent in broker)
        {
            owed[lent.Client] = owed.GetValueOrDefault(lent.Client) + lent.Debt;
            if (!scores.TryGetValue(lent.Client, out var line)) continue;
            scored += lent.Debt;
            risk += line.ProbabilityOfDefault * (double)lent.Debt;
        }

        double? probability = scored > 0 ? Math.Min(1, risk / (double)scored) : null;
        return new MoverFigures
        {
            Grade = probability is { } mean ? GradeTable.Standard.Of(mean).Name : null,
            ProbabilityOfDefault = probability,
            Exposure = owed.Values.Sum(),
            Ratio = RatioOf(meter.Along(market.Contracts.OfBroker(broker.Key)).Where(contract => contract.IsOutstanding)),
            Concentration = Herfindahl.Of(owed.Values),
        };
    }

    private static decimal? RatioOf(IEnumerable<Contract> outstanding) =>
        outstanding.Where(contract => contract.Kind == ContractKind.Margin && contract.Coverage.HasLiability).Aggregate(default(Coverage), (sum, contract) => sum + contract.Coverage).Ratio;

    /// <summary>Part of the largest security in those with a price that secure contracts, an account that secures several once; null where none does.</summary>
    private static decimal? GreatestShare(MarketReading market, List<Contract> outstanding, WorkMeter meter)
    {
        var (values, accounts) = (new Dictionary<int, decimal>(), new HashSet<int>());
        foreach (var contract in outstanding)
            foreach (var (row, value) in contract.Kind == ContractKind.Margin ? Held(contract.Node) : Pledged(contract.Node)) values[row] = values.GetValueOrDefault(row) + value;
        return values.Values.Sum() is > 0 and var all ? values.Values.Max() / all : null;

        IEnumerable<(int Row, decimal Value)> Held(int contract) =>
            market.Contracts.AccountsBehind(contract).Where(accounts.Add).SelectMany(account => meter.Along(market.Positions.OfAccount(account))).Select(position => (position.Security, position.Value));

        IEnumerable<(int Row, decimal Value)> Pledged(int contract) => meter.Along(market.Contracts.PledgedUnder(contract)).Select(one => (market.Snapshot.Nodes.RowOf(one.Security), one.Value));
    }
}
