using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Scores;
using GraphRisk.Workflow.Market;

namespace GraphRisk.Workflow.Tests.Market;

public sealed class MarketTableTests
{
    [Test]
    public void ABrokersRowAddsItsOwnContracts()
    {
        var row = Rows(MarketDivision.Broker).Single(row => row.Key == "B1");
        Assert.Multiple(() =>
        {
            Assert.That((row.MarginDebt, row.PledgeDebt, row.RepoDebt, row.Debt), Is.EqualTo((1_000_000m, 3_000_000m, 500_000m, 4_500_000m)));
            Assert.That((row.Clients, row.ClientsWithDebt, row.Contracts), Is.EqualTo((4, 3, 3)));
            Assert.That(row.Collateral, Is.EqualTo(5_601_000m));
            Assert.That(row.MaintenanceRatio, Is.EqualTo(1.3m));
            Assert.That(row.DebtBelowCallLine, Is.EqualTo(4_000_000m / 4_500_000m), "1.3 is on the call line, 4/3 below the warning line");
            Assert.That(row.DebtBelowClosingLine, Is.EqualTo(3_000_000m / 4_500_000m));
        });
    }

    [Test]
    public void AClientOfTwoBrokersCountsOnceInTheMarket()
    {
        var market = Rows(MarketDivision.Market).Single();
        var brokers = Rows(MarketDivision.Broker);
        Assert.Multiple(() =>
        {
            Assert.That(market.Key, Is.EqualTo("MARKET"));
            Assert.That(market.Clients, Is.EqualTo(5));
            Assert.That(brokers.Sum(row => row.Clients), Is.EqualTo(8));
            Assert.That(market.Debt, Is.EqualTo(brokers.Sum(row => row.Debt)));
            Assert.That(market.MaintenanceRatio, Is.EqualTo(15_300_000m / 8_000_000m));
            Assert.That(market.NetCapital, Is.EqualTo(150_000_000m));
        });
    }

    [Test]
    public void JurisdictionsAreThoseOfTheBrokers() =>
        Assert.That(
            Rows(MarketDivision.Jurisdiction).Select(row => (row.Key, row.Brokers, row.Clients)),
            Is.EqualTo(new[] { ("11", 1, 3), ("31", 2, 5) }));

    [Test]
    public void ABrokerWithoutLoansHasNoRatios()
    {
        var row = Rows(MarketDivision.Broker).Single(row => row.Key == "B3");
        Assert.Multiple(() =>
        {
            Assert.That((row.Clients, row.Debt), Is.EqualTo((1, 0m)));
            Assert.That(row.MaintenanceRatio, Is.Null);
            Assert.That(row.DebtBelowCallLine, Is.Null);
            Assert.That(row.MeanProbabilityOfDefault, Is.Null);
        });
    }

    [Test]
    public void RiskIsThatOfClientsWithDebt()
    {
        var graph = MarketDrawing.Draw();
        var scores = new (string Label, double Risk)[] { ("Li", 0.01), ("Co", 0.04), ("Wang", 0.07), ("Idle", 0.5) }
            .ToDictionary(client => graph[client.Label], client => new ScoreLine(graph[client.Label], true, client.Risk, 600, "B", 0, 0, 0));
        var row = MarketTable.Of(new ContractTable(graph.Snapshot), MarketDivision.Broker, scores).Single(row => row.Key == "B1");
        Assert.Multiple(() =>
        {
            Assert.That((row.ScoredClients, row.HighRiskClients), Is.EqualTo((3, 1)));
            Assert.That(row.MeanProbabilityOfDefault, Is.EqualTo(0.04).Within(1e-15));
            Assert.That(row.DebtWeightedProbabilityOfDefault, Is.EqualTo((1_000_000 * 0.01 + 3_000_000 * 0.04 + 500_000 * 0.07) / 4_500_000).Within(1e-15));
        });
    }

    private static List<MarketRow> Rows(MarketDivision by) =>
        [.. MarketTable.Of(new ContractTable(MarketDrawing.Draw().Snapshot), by, new Dictionary<int, ScoreLine>())];
}
