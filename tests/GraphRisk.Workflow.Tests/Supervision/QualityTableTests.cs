using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Scoring.Scores;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Market;
using GraphRisk.Workflow.Supervision.Quality;

namespace GraphRisk.Workflow.Tests.Supervision;

/// <summary>Quality of clients, by hand from the drawing: Li owes B1 1,000,000 and B2 7,000,000, the company 3,000,000 and 9,000,000, Wang B1 500,000 and is in default.</summary>
public sealed class QualityTableTests
{
    private const string Failed = """
        (E:CreditEvent kind=DEFAULT occurredOn=2024-06-01)-[BEFELL]->(Wang)
        (Shop:Company name=小店 region=42 industry=RETAIL)-[CONTRACTED]->(P5:PledgeContract contractNumber=P5 status=OPEN debt=200000)-[GRANTED_BY]->(B1)
        """;

    [Test]
    public void ABrokersRowTellsWhoOwesWhoFailedAndWhatLossIsToBeExpected()
    {
        var row = Rows(MarketDivision.Broker, QualityDivision.All).Single(row => row.Of == "B1");
        Assert.Multiple(() =>
        {
            Assert.That((row.Key, row.Clients, row.Exposure), Is.EqualTo(("ALL", 4, 4_700_000m)));
            Assert.That((row.ClientsInDefault, row.ExposureInDefault, row.ShareInDefault), Is.EqualTo((1, 500_000m, 500_000m / 4_700_000m)));
            Assert.That((row.ScoredClients, row.ScoredExposure), Is.EqualTo((3, 4_500_000m)), "the shop has no score");
            Assert.That(row.ExpectedLoss, Is.EqualTo(157_500m), "a quarter of 0.01 x 1,000,000 + 0.04 x 3,000,000 + 500,000");
            Assert.That((row.WorstGrade, row.WeakClients, row.WeakExposure, row.ShareWeak), Is.EqualTo(("D", 1, 500_000m, 500_000m / 4_700_000m)));
        });
    }

    [Test]
    public void AClientOfTwoBrokersIsOneOfTheMarketAndOwesItTheSum()
    {
        var market = Rows(MarketDivision.Market, QualityDivision.All).Single();
        Assert.That((market.Of, market.Clients, market.Exposure), Is.EqualTo(("MARKET", 4, 20_700_000m)));
        var product = Rows(MarketDivision.Market, QualityDivision.Product);
        Assert.That(product.Select(row => (row.Key, row.Clients, row.Exposure)), Is.EqualTo(new[] { ("MARGIN", 1, 8_000_000m), ("PLEDGE", 2, 12_200_000m), ("REPO", 1, 500_000m) }));
    }

    [Test]
    public void GradesStandFromTheSafestOnAndWhoHasNoneComesLast()
    {
        var rows = Rows(MarketDivision.Broker, QualityDivision.Grade).Where(row => row.Of == "B1").ToList();
        Assert.That(rows.Select(row => (row.Key, row.Exposure, row.ExpectedLoss)), Is.EqualTo(new (string, decimal, decimal?)[]
        {
            ("BB", 1_000_000m, 2_500m), ("B", 3_000_000m, 30_000m), ("D", 500_000m, 125_000m), ("", 200_000m, null),
        }));
        Assert.That(rows[^1].ShareWeak, Is.Null, "nothing is known of a grade, so nothing of weak ones either");
    }

    [Test]
    public void JurisdictionAndIndustryAreThoseOfCompanies()
    {
        Assert.That(Rows(MarketDivision.Jurisdiction, QualityDivision.Jurisdiction).Select(row => (row.Of, row.Key, row.Clients)), Is.EqualTo(new[] { ("11", "", 2), ("31", "", 3), ("31", "42", 1) }));
        Assert.That(Rows(MarketDivision.Market, QualityDivision.Industry).Select(row => (row.Key, row.Exposure)), Is.EqualTo(new[] { ("", 20_500_000m), ("RETAIL", 200_000m) }));
    }

    [Test]
    public void WhereAContractFailedAllTheClientOwesCounts()
    {
        var drawn = MarketDrawing.Draw("(E:CreditEvent kind=DEFAULT occurredOn=2024-06-01)-[BEFELL]->(Li)\n(E)-[CONCERNS]->(M1)");
        var market = new MarketReading(drawn.Snapshot);
        var row = QualityTable.Of(market, LentBook.Of(market.Contracts, WorkMeter.Unlimited), new Dictionary<int, ScoreLine>(), MarketDivision.Broker, QualityDivision.All, WorkMeter.Unlimited).Single(row => row.Of == "B2");
        Assert.That((row.ExposureInDefault, row.Exposure), Is.EqualTo((7_000_000m, 16_000_000m)), "B2 lent to a client that failed at B1");
    }

    [Test]
    public void EveryDivisionAddsUpToTheWhole()
    {
        var whole = Rows(MarketDivision.Market, QualityDivision.All).Single();
        foreach (var of in Enum.GetValues<MarketDivision>())
            foreach (var by in Enum.GetValues<QualityDivision>())
            {
                var rows = Rows(of, by);
                Assert.That(
                    (rows.Sum(row => row.Exposure), rows.Sum(row => row.ExposureInDefault), rows.Sum(row => row.ExpectedLoss ?? 0), rows.Sum(row => row.WeakExposure)),
                    Is.EqualTo((whole.Exposure, whole.ExposureInDefault, whole.ExpectedLoss!.Value, whole.WeakExposure)), $"{of} {by}");
            }
    }

    [Test]
    public void AnEmptyMarketHasNoRow()
    {
        var market = new MarketReading(GraphText.Draw("(B1:Broker code=B1)").Snapshot);
        Assert.That(QualityTable.Of(market, LentBook.Of(market.Contracts, WorkMeter.Unlimited), new Dictionary<int, ScoreLine>(), MarketDivision.Market, QualityDivision.All, WorkMeter.Unlimited), Is.Empty);
    }

    private static List<QualityRow> Rows(MarketDivision of, QualityDivision by)
    {
        var drawn = MarketDrawing.Draw(Failed);
        var market = new MarketReading(drawn.Snapshot);
        var scores = new (string Label, double Risk, string Grade)[] { ("Li", 0.01, "BB"), ("Co", 0.04, "B"), ("Wang", 1, "D") }
            .ToDictionary(client => drawn[client.Label], client => new ScoreLine(drawn[client.Label], true, client.Risk, 600, client.Grade, 0, 0, 0));
        return [.. QualityTable.Of(market, LentBook.Of(market.Contracts, WorkMeter.Unlimited), scores, of, by, WorkMeter.Unlimited)];
    }
}
