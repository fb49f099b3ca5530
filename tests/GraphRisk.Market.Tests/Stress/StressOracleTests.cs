using System.Globalization;
using System.Text;
using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Market.Stress;
using GraphRisk.TestKit;

namespace GraphRisk.Market.Tests.Stress;

public class StressOracleTests
{
    private const int Clients = 8;

    [Test]
    public void WhatOneLosesOthersBearAndRowsAddUp()
    {
        var (losing, paying) = (0, 0);
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var scenario = new Scenario
            {
                Name = "random",
                Prices = [new(ShockScope.Market, null, -(decimal)Math.Round(random.NextDouble() * 0.7, 3))],
                Depth = random.Next(3) == 0 ? null : new MarketDepth((decimal)(0.05 + random.NextDouble())),
                Suspended = random.Next(2) == 0 ? ["S0"] : [],
                FreeMeans = (decimal)Math.Round(random.NextDouble(), 2),
                DefaultedBrokers = random.Next(8) == 0 ? ["B0"] : [],
            };
            var answer = StressTest.Run(scenario, new MarketReading(GraphText.Draw(Draw(random, guarantees: true)).Snapshot));
            var scale = Math.Max(1, answer.Balance.Lost);
            Assert.That((answer.Balance.Borne - answer.Balance.Lost) / scale, Is.EqualTo(0).Within(1e-9), $"seed {seed}");
            Assert.That(answer.Ended, Is.True, $"seed {seed}");
            losing += answer.Balance.BrokerLosses > 1 ? 1 : 0;
            paying += answer.Balance.PaidByParties > 1 ? 1 : 0;
            var market = StressTable.Of(answer, StressDivision.Market).Single();
            foreach (var by in Enum.GetValues<StressDivision>())
                for (var round = 0; round < answer.Rounds.Length; round++)
                    Assert.That(Sum(StressTable.Of(answer, by), round), Is.EqualTo(Sum([market], round)), $"seed {seed}, {by}");
        }

        Assert.That(Math.Min(losing, paying), Is.GreaterThan(50), "both happen often enough to mean something");
    }

    [Test]
    public void WithoutPriceImpactItIsThePlainCascade()
    {
        var fallen = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var market = new MarketReading(GraphText.Draw(Draw(random, guarantees: false)).Snapshot);
            var shock = Math.Round(random.NextDouble() * 0.7, 3);
            var answer = StressTest.Run(new Scenario { Name = "plain", Prices = [new(ShockScope.Market, null, -(decimal)shock)], FreeMeans = 0 }, market);

            // Nodes: clients, then the two brokers. A client owes its broker what its collateral lacks after the shock, and has no equity left.
            var (owed, equity, before) = (new List<(int, int, double)>(), new double[Clients + 2], new double[2]);
            foreach (var (account, i) in answer.Book.Accounts.Select((account, i) => (account, i)))
            {
                var (broker, client) = (market.Snapshot.Nodes.IdOf(account.Broker).Key[1] - '0', account.Party);
                var lacking = (double)account.Contract.Debt - ((double)account.Contract.Collateral * (1 - shock));
                if (!(lacking > 1e-9)) continue;
                owed.Add((client, Clients + broker, lacking));
                equity[client] = -1;
            }

            for (var i = 0; i < 2; i++)
                equity[Clients + i] = (double)market.Contracts.NetCapitalOf(market.Snapshot.Nodes.Find(Graph.Facts.NodeId.Parse($"Broker/B{i}")))!.Value
                    + StressTable.Of(answer, StressDivision.Broker).Where(row => row.Key == $"B{i}").Sum(row => (double)row.Before.Losses);
            var none = new double[Clients + 2];
            var cascade = DefaultCascade.Find(new LiabilityNetwork(WeightedGraph.Build(Clients + 2, owed), none, none, equity), recovery: 0);
            foreach (var row in StressTable.Of(answer, StressDivision.Broker))
                Assert.That((double)row.After.Losses, Is.EqualTo(cascade.Losses[Clients + row.Key[1] - '0']).Within(1e-5), $"seed {seed}");
            var failed = answer.Book.Accounts.Where((_, i) => answer.Rounds[^1].Failed[i]).Select(account => account.Party)
                .Concat(answer.FailedBrokers.Select(node => Clients + market.Snapshot.Nodes.IdOf(node).Key[1] - '0')).ToHashSet();
            Assert.That(failed, Is.EquivalentTo(cascade.DefaultsAfter(cascade.Rounds)), $"seed {seed}");
            fallen += failed.Count;
        }

        Assert.That(fallen, Is.GreaterThan(300));
    }

    private static (decimal, decimal, decimal, decimal, decimal, decimal, int, int) Sum(IEnumerable<StressRow> rows, int round)
    {
        var all = rows.Select(row => row.Rounds[round]).ToList();
        return (all.Sum(one => one.Debt), all.Sum(one => one.Collateral), all.Sum(one => one.DebtBelowCallLine), all.Sum(one => one.TopUp),
            all.Sum(one => one.ForcedSales), all.Sum(one => one.Losses), all.Sum(one => one.Calls), all.Sum(one => one.FailedContracts));
    }

    /// <summary>Eight clients of two brokers that hold two securities, one margin contract each at least; guarantees in any direction.</summary>
    private static string Draw(Random random, bool guarantees)
    {
        var text = new StringBuilder();
        text.AppendLine("(S0:Security code=S0 close=10 sharesOutstanding=300)").AppendLine("(S1:Security code=S1 close=4 sharesOutstanding=900)");
        for (var i = 0; i < 2; i++) text.AppendLine(CultureInfo.InvariantCulture, $"(B{i}:Broker code=B{i} netCapital={random.Next(5, 400)})");
        for (var i = 0; i < Clients; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"(C{i}:Person name=C{i})-[OWNS_ACCOUNT]->(F{i}:Account number=F{i})-[POSITION quantity={random.Next(1, 20)}]->(S{random.Next(2)})");
            for (var k = 0; k < random.Next(1, 3); k++)
            {
                var (first, second) = (random.Next(1, 30), random.Next(1, 60));
                var value = (first * 10) + (second * 4);
                text.AppendLine(CultureInfo.InvariantCulture, $"(C{i})-[CONTRACTED]->(M{i}{k}:MarginContract status=OPEN debt={Math.Round(value / (1.05 + random.NextDouble()), 2)} cash=0 marketValue={value} callLine=1.3 liquidationLine=1.1)-[GRANTED_BY]->(B{random.Next(2)})");
                text.AppendLine(CultureInfo.InvariantCulture, $"(M{i}{k})-[SECURED_BY]->(A{i}{k}:Account number=A{i}{k})-[POSITION quantity={first}]->(S0)");
                text.AppendLine(CultureInfo.InvariantCulture, $"(A{i}{k})-[POSITION quantity={second}]->(S1)");
            }
        }

        for (var i = 0; guarantees && i < 2 * Clients; i++)
            text.AppendLine(CultureInfo.InvariantCulture, $"(C{i / 2})-[GUARANTEES amount={random.Next(1, 300)} kind={(random.Next(3) == 0 ? "按份保证" : "连带责任")}]->(C{((i / 2) + random.Next(1, Clients)) % Clients})");
        return text.ToString();
    }
}
