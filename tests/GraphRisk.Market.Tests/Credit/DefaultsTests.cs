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
    public void AnEventThatNamesNoContractPutsTheirPartyInDefaultAndNoneOfItsContracts()
    {
        var (market, contract) = On(Statement(Start, "OPEN").Event(Ann, Struck, "DEFAULT"), Struck.AddDays(90));
        Assert.That((market.Defaults.IsInDefault(market.Contracts.PartyOf(contract)), market.Defaults.OfContract(contract)), Is.EqualTo((true, (DefaultState?)null)));
    }

    [TestCase("OPEN", "DEFAULT", true, "400")]
    [TestCase("DEFAULT_DISPOSAL", "MARGIN_CALL", true, "400")]
    [TestCase("OPEN", "OVERDUE", false, "400")]
    [TestCase("CLOSED", "MARGIN_CALL", false, "0")]
    public void AContractIsInDefaultByItsStatusOrAnEventThatConcernsIt(string status, string kind, bool isInDefault, string owed)
    {
        var (market, contract) = On(Concerning(Statement(Start, status), Struck, kind), Struck.AddDays(1));
        Assert.That(
            (market.Defaults.StatedOfContract(contract), market.Contracts.StatedDebtUnder(contract)),
            Is.EqualTo(((bool?)isInDefault, (decimal?)decimal.Parse(owed, System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Test]
    public void APartyIsInDefaultByItsContractsOrByWhatNamesNone()
    {
        string[] statuses = ["OPEN", "OVERDUE", "CLOSED", "DEFAULT_DISPOSAL"], kinds = ["DEFAULT", "FORCED_LIQUIDATION", "CURED", "MARGIN_CALL"];
        var (byContract, byNone) = (0, 0);
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var sketch = new FactSketch().Client(Ann);
            for (var i = 0; i < 3; i++)
                sketch.Node($"PledgeContract/{i}", Start, ("status", PropertyValue.OfEnum(statuses[random.Next(4)])), ("debt", PropertyValue.Of((decimal)random.Next(3)))).Edge("CONTRACTED", Ann, $"PledgeContract/{i}", Start);
            for (var i = random.Next(5); i > 0; i--)
            {
                var day = Struck.AddDays(random.Next(200));
                sketch.Node($"CreditEvent/{i}", day, ("kind", PropertyValue.OfEnum(kinds[random.Next(4)])), ("occurredOn", PropertyValue.Of(day))).Edge("BEFELL", $"CreditEvent/{i}", Ann, day);
                if (random.Next(4) > 0) sketch.Edge("CONCERNS", $"CreditEvent/{i}", $"PledgeContract/{random.Next(3)}", day);
            }

            var snapshot = sketch.At(Struck.AddDays(150));
            var market = new MarketReading(snapshot);
            var ann = snapshot.Nodes.Find(NodeId.Parse(Ann));
            var isAny = market.Contracts.NodesOf(ann).Any(contract => market.Defaults.OfContract(contract) is not null);
            var state = market.Defaults.Of(ann);
            if (state is { Contract: >= 0 } one) Assert.That(market.Defaults.OfContract(one.Contract), Is.EqualTo(state), $"seed {seed}");
            Assert.That(state is not null, Is.EqualTo(isAny || state is { Contract: < 0 }), $"seed {seed}");
            if (isAny) byContract++;
            else if (state is not null) byNone++;
        }

        Assert.That((byContract > 20, byNone > 5), Is.EqualTo((true, true)), $"{byContract} by a contract, {byNone} by none");
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

    private static (MarketReading Market, int Contract) On(FactSketch market, DateOnly day)
    {
        var snapshot = market.At(day);
        return (new MarketReading(snapshot), snapshot.Nodes.Find(NodeId.Parse(Contract)));
    }

    private static DefaultState? StateOn(FactSketch market, DateOnly day)
    {
        var snapshot = market.At(day);
        return new MarketReading(snapshot).Defaults.Of(snapshot.Nodes.Find(NodeId.Parse(Ann)));
    }
}
