using GraphRisk.Graph.Algorithms;
using GraphRisk.Market.Stress;
using GraphRisk.TestKit;

namespace GraphRisk.Market.Tests.Stress;

/// <summary>A fall by a fifth supposed at the end of June, and what really happened by the end of September, when prices had fallen by a fifth.</summary>
public sealed class StressOutcomeTests
{
    private const string June = """
        (B1:Broker code=B1)
        (B2:Broker code=B2)
        (S:Security code=S close=10 sharesOutstanding=1000)
        (Ann:Person name=Ann)-[CONTRACTED]->(M1:MarginContract status=OPEN debt=100 cash=0 marketValue=150 callLine=1.3 liquidationLine=1.1)-[GRANTED_BY]->(B1)
        (M1)-[SECURED_BY]->(A1:Account number=A1)-[POSITION quantity=15]->(S)
        (Bob:Company name=Bob industry=steel)-[CONTRACTED]->(P1:PledgeContract status=OPEN debt=100 warningLine=1.6 closingLine=1.4)-[GRANTED_BY]->(B1)
        (P1)-[PLEDGED quantity=20]->(S)
        (Cid:Person name=Cid)-[CONTRACTED]->(M2:MarginContract status=OPEN debt=100 cash=10 marketValue=100 callLine=1.3 liquidationLine=1.1)-[GRANTED_BY]->(B2)
        (M2)-[SECURED_BY]->(A2:Account number=A2)-[POSITION quantity=10]->(S)
        (Old:CreditEvent kind=MARGIN_CALL occurredOn=2024-06-15)-[BEFELL]->(Cid)
        """;

    private static readonly string September = June.Replace("close=10", "close=8", StringComparison.Ordinal)
        .Replace("debt=100 cash=0 marketValue=150", "debt=60 cash=0 marketValue=120", StringComparison.Ordinal)
        .Replace("status=OPEN debt=100 warningLine", "status=CLOSED debt=0 warningLine", StringComparison.Ordinal)
        .Replace("cash=10 marketValue=100", "cash=10 marketValue=80", StringComparison.Ordinal) + """

        (Call:CreditEvent kind=MARGIN_CALL occurredOn=2024-07-15)-[BEFELL]->(Ann)
        (Call)-[CONCERNS]->(M1)
        (Case:MarginCall calledOn=2024-08-01 state=MET)-[CALLS]->(P1)
        (Back:MarginCall calledOn=2024-08-01 state=CANCELLED)-[CALLS]->(M2)
        (Sold:CreditEvent kind=FORCED_LIQUIDATION occurredOn=2024-08-02)-[BEFELL]->(Cid)
        (Ann)-[CONTRACTED]->(New:MarginContract status=OPEN debt=900 cash=0 marketValue=2000)-[GRANTED_BY]->(B1)
        """;

    private static Scenario Fall { get; } = new() { Name = "fall", Prices = [new PriceShock(ShockScope.Market, null, -0.2m)] };

    [Test]
    public void AccountsAreFollowedToTheLaterDay()
    {
        var (b1, b2) = (Row(StressDivision.Broker, "B1"), Row(StressDivision.Broker, "B2"));
        Assert.Multiple(() =>
        {
            Assert.That((b1.Contracts, b1.Repaid, b1.Debt, b1.Collateral), Is.EqualTo((2, 1, 60m, 120m)), "a new contract is none of it");
            Assert.That((b1.Calls, b1.Liquidated, b1.Defaults, b1.Uncovered), Is.EqualTo((2, 0, 0, 0m)), "one by the broker's records, one by a case that was met");
            Assert.That((b2.Debt, b2.Collateral, b2.Uncovered), Is.EqualTo((100m, 90m, 10m)));
            Assert.That((b2.Calls, b2.Liquidated, b2.Defaults, b2.DefaultsSince), Is.EqualTo((0, 1, 1, 1)), "the call lies before, the case was taken back, the sale names no contract and speaks of all");
            Assert.That((b1.PriceMove, b2.PriceMove), Is.EqualTo(((decimal?)-0.2m, (decimal?)-0.2m)), "cash does not move");
        });
    }

    [Test]
    public void EveryDivisionStandsBesideThatOfTheScenarioAndAddsUp()
    {
        var answer = Answer();
        var market = Row(StressDivision.Market, "MARKET");
        foreach (var by in Enum.GetValues<StressDivision>())
        {
            var rows = StressOutcome.Of(answer, by, Later(), WorkMeter.Unlimited);
            Assert.That(rows.Select(row => (row.Key, row.Node, row.Contracts)), Is.EqualTo(StressTable.Of(answer, by).Select(row => (row.Key, row.Node, row.Before.Contracts))), $"{by}");
            Assert.That((rows.Sum(row => row.Debt), rows.Sum(row => row.Calls), rows.Sum(row => row.Uncovered)), Is.EqualTo((market.Debt, market.Calls, market.Uncovered)), $"{by}");
        }
    }

    [Test]
    public void WhoWasInDefaultBeforeCountsWithThoseOfTheScenario()
    {
        var failed = "\n(Bad:CreditEvent kind=DEFAULT occurredOn=2024-06-01)-[BEFELL]->(Ann)";
        var answer = StressTest.Run(Fall, new MarketReading(GraphText.Draw(June + failed).Snapshot));
        var row = StressOutcome.Of(answer, StressDivision.Market, new MarketReading(GraphText.Draw(September + failed, new DateOnly(2024, 9, 30)).Snapshot), WorkMeter.Unlimited).Single();
        Assert.That((row.Defaults, row.DefaultsSince), Is.EqualTo((2, 1)), "Ann before, Cid since");
    }

    private static StressOutcomeRow Row(StressDivision by, string key) => StressOutcome.Of(Answer(), by, Later(), WorkMeter.Unlimited).Single(row => row.Key == key);

    private static StressAnswer Answer() => StressTest.Run(Fall, new MarketReading(GraphText.Draw(June).Snapshot));

    private static MarketReading Later() => new(GraphText.Draw(September, new DateOnly(2024, 9, 30)).Snapshot);
}
