using GraphRisk.Graph.Facts;
using GraphRisk.Market.Credit;
using GraphRisk.TestKit;

namespace GraphRisk.Market.Tests.Credit;

public class DefaultsTests
{
    private const string Ann = "Person/t:ann";
    private const string Contract = "MarginContract/t:ann";
    private static readonly DateOnly Struck = new(2024, 3, 1);

    [Test]
    public void AContractInDisposalIsADefaultWhateverTheEventsSay()
    {
        var state = StateOn(Statement(Struck, "DEFAULT_DISPOSAL"), Struck);
        Assert.That(state?.Since, Is.Null, "only the status tells it");
        Assert.That(state?.Contract, Is.GreaterThanOrEqualTo(0));
    }

    [TestCase("2024-02-29", false, TestName = "BeforeTheDefaultTheClientPerforms")]
    [TestCase("2024-03-01", true, TestName = "FromTheDayOfTheDefaultOnItIsInDefault")]
    [TestCase("2024-05-01", true, TestName = "OnTheDayOfTheCureTheProbationBegins")]
    [TestCase("2024-07-29", true, TestName = "TheProbationLastsNinetyDays")]
    [TestCase("2024-07-30", false, TestName = "AfterTheProbationItPerformsAgain")]
    public void ADefaultLastsUntilItsCureAndTheProbation(string day, bool expected)
    {
        var market = Concerning(Concerning(Statement(Start, "OPEN"), Struck, "DEFAULT"), new(2024, 5, 1), "CURED");
        Assert.That(StateOn(market, DateOnly.Parse(day)) is not null, Is.EqualTo(expected));
    }

    [Test]
    public void WithoutACureADefaultStands() =>
        Assert.That(StateOn(Concerning(Statement(Start, "OPEN"), Struck, "FORCED_LIQUIDATION"), new(2030, 1, 1))?.Since, Is.EqualTo(Struck));

    [Test]
    public void AnEarlierCureDoesNotCureALaterDefault()
    {
        var market = Concerning(Concerning(Statement(Start, "OPEN"), Struck.AddDays(-1), "CURED"), Struck, "DEFAULT");
        Assert.That(StateOn(market, Struck.AddYears(1)), Is.Not.Null);
    }

    [Test]
    public void TheCureOfAnotherContractCuresNothing()
    {
        var market = Concerning(Statement(Start, "OPEN"), Struck, "DEFAULT")
            .Margin("Person/t:bob", Start, 5, 2).Edge("CONTRACTED", Ann, "MarginContract/t:bob", Start);
        market.Node("CreditEvent/c", Struck, ("kind", PropertyValue.OfEnum("CURED")), ("occurredOn", PropertyValue.Of(Struck.AddDays(9))))
            .Edge("BEFELL", "CreditEvent/c", Ann, Struck).Edge("CONCERNS", "CreditEvent/c", "MarginContract/t:bob", Struck);
        Assert.That(StateOn(market, Struck.AddYears(1)), Is.Not.Null);
    }

    [Test]
    public void ClosingEndsADefaultOnTheDayOfTheLastStatement()
    {
        var market = Concerning(Statement(Start, "OPEN"), Struck, "FORCED_LIQUIDATION").Margin(Ann, Struck.AddDays(30), 0, 0, "CLOSED");
        Assert.That(StateOn(market, Struck.AddDays(31))?.CuredOn, Is.EqualTo(Struck.AddDays(30)));
        Assert.That(StateOn(market, Struck.AddDays(30 + 90)), Is.Null);
    }

    [Test]
    public void AnEventWithoutAContractSpeaksOfAllAndEndsWhenNothingIsOwed()
    {
        Assert.That(StateOn(new FactSketch().Client(Ann).Event(Ann, Struck, "DEFAULT"), Struck.AddDays(90)), Is.Null);
        Assert.That(StateOn(Statement(Start, "OPEN").Event(Ann, Struck, "DEFAULT"), Struck.AddDays(90))?.Contract, Is.EqualTo(-1));
    }

    [Test]
    public void ADefaultNotCuredIsNamedBeforeOneOnProbation()
    {
        var market = Concerning(Concerning(Statement(Start, "OPEN"), Struck, "DEFAULT"), Struck.AddDays(9), "CURED")
            .Node("PledgeContract/p", Start, ("status", PropertyValue.OfEnum("DEFAULT_DISPOSAL")), ("debt", PropertyValue.Of(1m)))
            .Edge("CONTRACTED", Ann, "PledgeContract/p", Start);
        var snapshot = market.At(Struck.AddDays(10));
        var state = new MarketReading(snapshot).Defaults.Of(snapshot.Nodes.Find(NodeId.Parse(Ann)));
        Assert.That(snapshot.Nodes.IdOf(state!.Value.Contract).ToString(), Is.EqualTo("PledgeContract/p"));
    }

    private static DateOnly Start => FactSketch.Start;

    private static FactSketch Statement(DateOnly day, string status) => new FactSketch().Client(Ann).Margin(Ann, day, 400, 2, status);

    private static FactSketch Concerning(FactSketch market, DateOnly day, string kind) => market
        .Node($"CreditEvent/{kind}{day:yyyyMMdd}", day, ("kind", PropertyValue.OfEnum(kind)), ("occurredOn", PropertyValue.Of(day)))
        .Edge("BEFELL", $"CreditEvent/{kind}{day:yyyyMMdd}", Ann, day).Edge("CONCERNS", $"CreditEvent/{kind}{day:yyyyMMdd}", Contract, day);

    private static DefaultState? StateOn(FactSketch market, DateOnly day)
    {
        var snapshot = market.At(day);
        return new MarketReading(snapshot).Defaults.Of(snapshot.Nodes.Find(NodeId.Parse(Ann)));
    }
}
