using GraphRisk.Graph.Algorithms;
using GraphRisk.Market.Lending;
using GraphRisk.Market.Stress;
using GraphRisk.TestKit;

namespace GraphRisk.Market.Tests.Lending;

/// <summary>A contract that states no lines has the same ones whoever asks: the contract table, and the stress test.</summary>
public sealed class ContractLinesTests
{
    private const string Drawn = """
        (B1:Broker code=B1 netCapital=50)
        (S:Security code=S close=10 sharesOutstanding=1000)
        (Ann:Person name=Ann)-[CONTRACTED]->(M1:MarginContract status=OPEN debt=100 cash=0 marketValue=120)-[GRANTED_BY]->(B1)
        (M1)-[SECURED_BY]->(A1:Account number=A1)-[POSITION quantity=12]->(S)
        (Ann)-[CONTRACTED]->(M2:MarginContract status=OPEN debt=100 cash=130 callLine=1.25)-[GRANTED_BY]->(B1)
        (Bob:Company name=Bob)-[CONTRACTED]->(P1:PledgeContract status=OPEN debt=100)-[GRANTED_BY]->(B1)
        (P1)-[PLEDGED quantity=9]->(S)
        (Bob)-[CONTRACTED]->(R1:RepoContract status=OPEN debt=100)-[GRANTED_BY]->(B1)
        (R1)-[PLEDGED quantity=9]->(S)
        """;

    [TestCase("MarginContract/M1", 1.3, 1.1)]
    [TestCase("MarginContract/M2", 1.25, 1.1)]
    [TestCase("PledgeContract/P1", null, null)]
    [TestCase("RepoContract/R1", null, null)]
    public void AMarginContractHasItsBrokersCommonLinesAndAPledgeWithoutLinesHasNone(string id, double? call, double? closing)
    {
        var market = new MarketReading(GraphText.Draw(Drawn).Snapshot);
        var contract = market.Contracts.Read(market.Snapshot.Nodes.Find(Graph.Facts.NodeId.Parse(id)));
        Assert.That((contract.CallLine, contract.ClosingLine), Is.EqualTo(((decimal?)call, (decimal?)closing)));
        var account = StressBook.Of(market, WorkMeter.Unlimited).Accounts.Single(one => one.Contract.Node == contract.Node);
        Assert.That((account.CallLine, account.ClosingLine), Is.EqualTo((call ?? StressAccount.NoLine, closing ?? StressAccount.NoLine)));
    }

    [Test]
    public void TheMarketAndTheStressTestCountTheSameDebtBelowTheLines()
    {
        var market = new MarketReading(GraphText.Draw(Drawn).Snapshot);
        var contracts = market.Contracts.All.Select(market.Contracts.Read).ToList();
        var before = StressTable.Of(StressTest.Run(new Scenario { Name = "nothing", DefaultedClients = [] }, market), StressDivision.Market).Single().Before;
        Assert.That(contracts.Where(one => one.IsBelowCallLine).Sum(one => one.Debt), Is.EqualTo(100m), "120% is below 130%; 130% is above 125%");
        Assert.That((before.DebtBelowCallLine, before.DebtBelowClosingLine), Is.EqualTo((100m, 0m)));
    }
}
