using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Lending;
using GraphRisk.Market.Securities;
using GraphRisk.TestKit;

namespace GraphRisk.Market.Tests.Lending;

/// <summary>Contracts at the close of a day: prices move, what was stated does not.</summary>
public sealed class DailyCoverageTests
{
    private const string Broker = """
        (B:Broker code=B)
        (S:Security code=S close=12)
        (T:Security code=T close=10 suspended=true)
        (Li:Person)-[CONTRACTED]->(M:MarginContract contractNumber=M status=OPEN debt=1000000 cash=100000 marketValue=1600000 callLine=1.3 liquidationLine=1.1)-[GRANTED_BY]->(B)
        """;

    [Test]
    public void SecuritiesStandAtTheirLastCloseAndCashAndDebtAsStated()
    {
        var one = Of(Broker + "\n(M)-[SECURED_BY]->(A:Account number=A)-[POSITION quantity=100000]->(S)").Single();
        Assert.That((one.Coverage.Assets, one.Coverage.Debt, one.Contract.Coverage.Assets), Is.EqualTo((1_300_000m, 1_000_000m, 1_700_000m)));
        Assert.That((one.ToCallLine, one.WarningLine), Is.EqualTo((0.0, 1.5m)), "exactly on its call line; the warning line lies 0.2 above");
        Assert.That((one.Securities, one.SuspendedPart, one.IsSoleSecuritySuspended), Is.EqualTo((1, 0.0, false)));
    }

    [Test]
    public void AnAccountThatSecuresTwoContractsIsSharedByDebt()
    {
        var both = Of(Broker + """

            (Li)-[CONTRACTED]->(N:MarginContract contractNumber=N status=OPEN debt=3000000 cash=0 marketValue=900000)-[GRANTED_BY]->(B)
            (M)-[SECURED_BY]->(A:Account number=A)-[POSITION quantity=100000]->(S)
            (N)-[SECURED_BY]->(A)
            """);
        Assert.That(both.Select(one => one.Coverage.Assets), Is.EquivalentTo(new[] { 100_000m + 300_000m, 900_000m }));
    }

    [Test]
    public void WithoutAPositionThatHasAPriceItStandsAsStated() => Assert.That(Of(Broker).Single().Coverage.Assets, Is.EqualTo(1_700_000m));

    [Test]
    public void APledgeInOneSecurityThatIsNotTradedIsTold()
    {
        var one = Of("""
            (B:Broker code=B)
            (T:Security code=T close=10 suspended=true)
            (Li:Person)-[CONTRACTED]->(P:PledgeContract contractNumber=P status=OPEN debt=100 warningLine=1.6 closingLine=1.4)-[GRANTED_BY]->(B)
            (P)-[PLEDGED quantity=16]->(T)
            """).Single();
        Assert.That((one.IsSoleSecuritySuspended, one.ToWarningLine, one.DeviationsToCall), Is.EqualTo((true, 0.0, double.NaN)));
    }

    [Test]
    public void DeviationsToCallAreCountedInTheCollateralsOwnMoves()
    {
        // Forty prices that go up and down by one part in a hundred: a standard deviation of a day of ln 1.01, about.
        var facts = Enumerable.Range(0, 40).Select(day => (Fact)new NodeFact(
            new NodeId("Security", "S"), Properties.Of(("close", PropertyValue.Of(day % 2 == 0 ? 10m : 10.1m))), Validity.Since(new DateOnly(2024, 4, 1).AddDays(day)), new Provenance("exchange", $"S{day}", 1m)));
        var drawn = GraphText.Draw("""
            (B:Broker code=B)
            (Li:Person)-[CONTRACTED]->(M:MarginContract contractNumber=M status=OPEN debt=1000000 cash=0 marketValue=1 callLine=1.3)-[GRANTED_BY]->(B)
            (M)-[SECURED_BY]->(A:Account number=A)-[POSITION quantity=150000]->(S:Security code=S)
            """);
        var market = new MarketReading(GraphText.SnapshotOf([.. drawn.Facts, .. facts]));
        var one = market.AtClose(WorkMeter.Unlimited).Of(market.Snapshot.Nodes.Find(drawn.Ids["Li"]), market.Snapshot.Nodes.Find(drawn.Ids["B"])).Single();
        Assert.That(one.Coverage.Assets, Is.EqualTo(1_515_000m));
        Assert.That(one.Volatility, Is.EqualTo(Math.Log(1.01)).Within(1e-4));
        Assert.That(one.DeviationsToCall, Is.EqualTo(Math.Log(1.515 / 1.3) / one.Volatility).Within(1e-9));
    }

    [Test]
    public void TradingDaysAreThoseWithAClose()
    {
        DateOnly[] closes = [new(2024, 6, 24), new(2024, 6, 25), new(2024, 6, 28)];
        var snapshot = GraphText.SnapshotOf(closes.Select(day => (Fact)new NodeFact(
            new NodeId("Security", "S"), Properties.Of(("close", PropertyValue.Of(10m))), Validity.Since(day), new Provenance("exchange", $"{day:O}", 1m))));
        var days = TradingDays.Of(snapshot);
        Assert.That((days.Before(new DateOnly(2024, 6, 28), 0), days.Before(new DateOnly(2024, 6, 28), 1), days.Before(new DateOnly(2024, 6, 27), 0)), Is.EqualTo(((DateOnly?)closes[2], (DateOnly?)closes[1], (DateOnly?)closes[1])));
        Assert.That((days.Before(closes[2], 3), days.Before(closes[0].AddDays(-1), 0)), Is.EqualTo(((DateOnly?)null, (DateOnly?)null)));
        Assert.That((days.Between(closes[0], closes[2]), days.Between(closes[2], closes[2]), days.Between(closes[2], closes[0])), Is.EqualTo((2, 0, -2)));
        Assert.That(days.From(new DateOnly(2024, 6, 25), new DateOnly(2024, 6, 28)), Is.EqualTo(closes[1..]));
    }

    private static DailyCoverage[] Of(string text)
    {
        var graph = GraphText.Draw(text);
        return [.. new MarketReading(graph.Snapshot).AtClose(WorkMeter.Unlimited).Of(graph["Li"], graph["B"])];
    }
}
