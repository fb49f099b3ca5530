using GraphRisk.Graph.Facts;
using GraphRisk.TestKit;
using static GraphRisk.Scoring.Tests.Features.FeatureReadings;

namespace GraphRisk.Scoring.Tests.Features;

public class OwnFeaturesTests
{
    private const string Ann = "Person/t:ann";
    private const string Acme = "Company/t:acme";
    private static readonly DateOnly Start = FactSketch.Start;
    private static readonly DateOnly Day = new(2024, 6, 30);

    [Test]
    public void LeverageReadsTheLatestStatementAndTheLines()
    {
        var market = new FactSketch().Client(Ann).Margin(Ann, Start, 400, 2.5m).Margin(Ann, new(2024, 3, 31), 500, 2m).Margin(Ann, Day, 600, 1.43m);
        var read = Read(market, Day, Ann);
        Assert.Multiple(() =>
        {
            Assert.That(read["ratio_worst"], Is.EqualTo(1.43f));
            Assert.That(read["distance_to_call"], Is.EqualTo(0.1f).Within(1e-6));
            Assert.That(read["distance_to_close"], Is.EqualTo(0.3f).Within(1e-6));
            Assert.That(read["ratio_change_quarter"], Is.EqualTo(-0.57f).Within(1e-6));
            Assert.That(read["ratio_lowest_year"], Is.EqualTo(1.43f));
            Assert.That(read["debt"], Is.EqualTo(Math.Log(601)).Within(1e-6));
            Assert.That(read["debt_growth_quarter"], Is.EqualTo(Math.Log(1.2)).Within(1e-6));
            Assert.That(read["debt_to_securities"], Is.EqualTo(0.6f));
            Assert.That(read["credit_line_use"], Is.EqualTo(0.3f));
            Assert.That(read["open_contracts"], Is.EqualTo(1));
        });
    }

    [Test]
    public void AClosedContractIsNoDebt()
    {
        var read = Read(new FactSketch().Client(Ann).Margin(Ann, Start, 400, 2.5m).Margin(Ann, Day, 400, 2.5m, "CLOSED"), Day, Ann);
        Assert.That(read["debt"], Is.Zero);
        Assert.That(read["ratio_worst"], Is.EqualTo(float.PositiveInfinity), "boundless, not unknown");
        Assert.That(read["open_contracts"], Is.Zero);
    }

    [Test]
    public void TheWorstOfTwoContractsCounts()
    {
        var market = new FactSketch().Client(Ann).Margin(Ann, Start, 400, 2m)
            .Node("PledgeContract/p", Start, ("status", PropertyValue.OfEnum("OVERDUE")), ("debt", PropertyValue.Of(600m)),
                ("performanceRatio", PropertyValue.Of(1.47m)), ("warningLine", PropertyValue.Of(1.6m)), ("closingLine", PropertyValue.Of(1.4m)))
            .Edge("CONTRACTED", Ann, "PledgeContract/p", Start);
        var read = Read(market, Day, Ann);
        Assert.That(read["ratio_worst"], Is.EqualTo(1.47f));
        Assert.That(read["distance_to_close"], Is.EqualTo(0.05f).Within(1e-6));
        Assert.That(read["margin_share"], Is.EqualTo(0.4f));
        Assert.That(read["overdue_contracts"], Is.EqualTo(1));
    }

    [Test]
    public void HoldingsAreValuedAtTheCloseOfTheDay()
    {
        var market = new FactSketch().Client(Ann)
            .Node("Security/S2", Start, ("code", PropertyValue.Of("S2"))).Price("Security/S2", Start, 30)
            .Edge("POSITION", "Account/t:ann", "Security/S2", Start, null, ("quantity", PropertyValue.Of(100m)))
            .Price("Security/S1", Day, 5);
        var read = Read(market, Day, Ann);
        Assert.Multiple(() =>
        {
            Assert.That(read["securities"], Is.EqualTo(Math.Log(3501)).Within(1e-6));
            Assert.That(read["largest_holding"], Is.EqualTo(6 / 7f).Within(1e-6));
            Assert.That(read["concentration"], Is.EqualTo(37 / 49f).Within(1e-6));
            Assert.That(read["drawdown"], Is.EqualTo(0.5f / 7).Within(1e-6), "only S1 fell, by half, and is a seventh of the value");
            Assert.That(read["quarter_return"], Is.EqualTo(-0.5f / 7).Within(1e-6));
            Assert.That(read["share_of_issue"], Is.EqualTo(0.01f).Within(1e-6));
        });
    }

    [Test]
    public void ConductCountsBackwardsFromTheDay()
    {
        var market = new FactSketch().Client(Ann).Event(Ann, new(2024, 6, 20), "MARGIN_CALL").Event(Ann, new(2024, 5, 31), "OVERDUE")
            .Event(Ann, new(2024, 3, 2), "FORCED_LIQUIDATION").Event(Ann, new(2024, 7, 1), "DEFAULT");
        var read = Read(market, Day, Ann);
        Assert.Multiple(() =>
        {
            Assert.That(read["margin_calls_year"], Is.EqualTo(1));
            Assert.That(read["days_since_overdue"], Is.EqualTo(30));
            Assert.That(read["defaults_before"], Is.EqualTo(1), "the default of tomorrow is not known today");
            Assert.That(read["days_since_default"], Is.EqualTo(120));
        });
    }

    [TestCase(null, null, 1)]
    [TestCase("2024-06-30", null, 1, TestName = "AnEntryCountsOnItsLastDay")]
    [TestCase("2024-06-29", null, 0, TestName = "AnExpiredEntryCountsNoMore")]
    [TestCase(null, "2024-06-30", 0, TestName = "ARemovedEntryCountsNoMoreFromTheDayOfItsRemoval")]
    [TestCase(null, "2024-07-01", 1, TestName = "ARemovalStillToComeChangesNothing")]
    public void AnEntryCountsWithinItsTerm(string? expires, string? removed, int expected)
    {
        var properties = new List<(string, PropertyValue)>
        {
            ("list", PropertyValue.Of("dishonest")), ("kind", PropertyValue.OfEnum("DISHONEST_DEBTOR")), ("publishedOn", PropertyValue.Of(Start)),
        };
        if (expires is not null)
            properties.Add(("expiresOn", PropertyValue.Of(DateOnly.Parse(expires))));
        if (removed is not null)
            properties.Add(("removedOn", PropertyValue.Of(DateOnly.Parse(removed))));
        var market = new FactSketch().Client(Ann).Node("Listing/l", Start, [.. properties]).Edge("LISTED_AS", Ann, "Listing/l", Start);
        Assert.That(Read(market, Day, Ann)["dishonest_entries"], Is.EqualTo(expected));
    }

    [Test]
    public void AWithdrawnMatterCountsNoMoreAndAnOldDecisionNeither()
    {
        var market = new FactSketch().Client(Acme);
        foreach (var (key, state, decided) in new[] { ("a", "DECISION", "2024-02-01"), ("b", "DECISION", "2019-02-01"), ("c", "WITHDRAWN", "2024-02-01"), ("d", "INVESTIGATION", "2024-02-01") })
        {
            market.Node($"Penalty/{key}", Start, ("state", PropertyValue.OfEnum(state)), ("decidedOn", PropertyValue.Of(DateOnly.Parse(decided))))
                .Edge("PENALISED", Acme, $"Penalty/{key}", Start);
        }
        var read = Read(market, Day, Acme);
        Assert.That(read["penalties"], Is.EqualTo(1));
        Assert.That(read["open_investigations"], Is.EqualTo(1));
    }

    [Test]
    public void OnlyTheDebtorsSideOfACourtCaseCounts()
    {
        var market = new FactSketch().Client(Acme)
            .Node("CourtCase/x", Start, ("caseNumber", PropertyValue.Of("x")), ("filedOn", PropertyValue.Of(Start)))
            .Node("CourtCase/y", Start, ("caseNumber", PropertyValue.Of("y")), ("filedOn", PropertyValue.Of(Start)))
            .Edge("PARTY_TO", Acme, "CourtCase/x", Start, null, ("role", PropertyValue.Of("被告")))
            .Edge("PARTY_TO", Acme, "CourtCase/y", Start, null, ("role", PropertyValue.Of("原告")));
        Assert.That(Read(market, Day, Acme)["court_cases"], Is.EqualTo(1));
    }

    [Test]
    public void AccountsAreKnownFromTheirPublicationOn()
    {
        var market = new FactSketch().Client(Acme)
            .Node(Acme, new(2024, 4, 30), ("name", PropertyValue.Of("acme")), ("totalAssets", PropertyValue.Of(1000m)),
                ("totalLiabilities", PropertyValue.Of(700m)), ("netProfit", PropertyValue.Of(-50m)), ("revenue", PropertyValue.Of(500m)));
        Assert.That(Read(market, new(2024, 4, 29), Acme)["liabilities_to_assets"], Is.NaN);
        var read = Read(market, Day, Acme);
        Assert.That(read["liabilities_to_assets"], Is.EqualTo(0.7f));
        Assert.That(read["profit_to_revenue"], Is.EqualTo(-0.1f));
        Assert.That(Read(new FactSketch().Client(Ann), Day, Ann)["total_assets"], Is.NaN, "a person publishes no accounts");
    }
}
