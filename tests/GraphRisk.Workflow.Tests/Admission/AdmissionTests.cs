using GraphRisk.Market;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Calibration;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Admission;
using GraphRisk.Workflow.Concentration;

namespace GraphRisk.Workflow.Tests.Admission;

public sealed class AdmissionTests
{
    private const string GoodClient = """
        (New:Person name=周杰)-[CLIENT_OF]->(B1)
        (New)-[OWNS_ACCOUNT]->(A9:Account number=A9 openedOn=2023-12-30)-[KEPT_AT]->(B1)
        (A9)-[POSITION quantity=100000]->(F1:Security code=F1 kind=ETF close=10)
        (A9)-[POSITION quantity=100000]->(F2:Security code=F2 kind=ETF close=10)
        """;

    private static readonly FinancingApplication Declared = new() { Product = ContractKind.Margin, TermInDays = 180, ShareOfBroker = 0m, IsAffiliateOfBroker = false };
    private static readonly AdmissionAdvisor Advisor = new(new AdmissionPolicy(), new ConcentrationRules());

    [Test]
    public void AGoodClientIsRecommendedWithLineAndRate()
    {
        var advice = Advise(MarketDrawing.Draw(GoodClient), "New", 0.004, Declared);
        Assert.Multiple(() =>
        {
            Assert.That(advice.Advice, Is.EqualTo(AdmissionAdvice.Admit), string.Join("; ", advice.Checks.Where(check => check.Passed != true)));
            Assert.That(advice.CreditLine, Is.EqualTo(1_800_000m), "90% of 2,000,000 at grade A");
            Assert.That(advice.AnnualRate, Is.EqualTo(0.056m), "5.5% and a quarter of 0.4%");
            Assert.That(advice.Limits.Select(limit => limit.Name), Is.EqualTo(new[] { "grade", "client-room", "broker-room", "collateral" }));
        });
    }

    [Test]
    public void ALineIsNotMoreThanAskedForAndIsCutToItsStep()
    {
        var advice = Advise(MarketDrawing.Draw(GoodClient), "New", 0.004, Declared with { Amount = 123_456m });
        Assert.That(advice.CreditLine, Is.EqualTo(120_000m));
    }

    [Test]
    public void WhatIsOwedByLinkedPartiesTakesRoomFromTheLine()
    {
        var more = GoodClient.Replace("(New:Person name=周杰)", "(New:Person name=周杰)-[GUARANTEES amount=1]->(Li)\n(New)", StringComparison.Ordinal);
        var advice = Advise(MarketDrawing.Draw(more), "New", 0.004, Declared);
        Assert.That(advice.CreditLine, Is.EqualTo(1_000_000m), "5% of 100 million less the 4 million that Li and the company it controls owe");
    }

    [Test]
    public void AnUnknownOrAHighRiskIsReferredToAPersonAndNeverRefused()
    {
        var graph = MarketDrawing.Draw(GoodClient);
        Assert.Multiple(() =>
        {
            Assert.That(Failed(Advise(graph, "New", 0.004, Declared with { ShareOfBroker = null, IsAffiliateOfBroker = null })), Is.EqualTo("not-the-brokers-shareholder not-the-brokers-affiliate"));
            Assert.That(Failed(Advise(graph, "New", 0.08, Declared)), Is.EqualTo("grade"));
            Assert.That(Failed(Advise(graph, "New", 0.004, Declared with { ShareOfBroker = 0.06m })), Is.EqualTo("not-the-brokers-shareholder"));
            Assert.That(Failed(Advise(graph, "Wang", 0.004, Declared)), Is.EqualTo("average-assets trading-experience collateral-offered line"));
            Assert.That(Enum.GetNames<AdmissionAdvice>(), Is.EqualTo(new[] { "Admit", "AdmitInPart", "Refer" }));
        });
    }

    [Test]
    public void AListingCountsWhileItIsInForceAndADefaultForItsYears()
    {
        const string Entries = """
            (New)-[LISTED_AS]->(L1:Listing list=x kind=DISHONEST_DEBTOR expiresOn=2024-06-30)
            (New)-[LISTED_AS]->(L2:Listing list=x kind=DISHONEST_DEBTOR expiresOn=2024-06-29)
            (New)-[LISTED_AS]->(L3:Listing list=x kind=DISQUALIFICATION expiresOn=2034-01-01 removedOn=2024-06-30)
            (New)-[LISTED_AS]->(L4:Listing list=x kind=ENFORCEMENT)
            (E1:CreditEvent kind=DEFAULT occurredOn=2019-06-30)-[BEFELL]->(New)
            (E2:CreditEvent kind=FORCED_LIQUIDATION occurredOn=2019-06-29)-[BEFELL]->(New)
            (E3:CreditEvent kind=MARGIN_CALL occurredOn=2024-01-01)-[BEFELL]->(New)
            """;
        var graph = MarketDrawing.Draw(GoodClient + "\n" + Entries);
        var facts = AdmissionFacts.Read(new MarketReading(graph.Snapshot), graph["B1"], graph["New"], new AdmissionPolicy(), Declared);
        Assert.That(facts.Listings.Select(id => id.Key), Is.EqualTo(new[] { "L1", "L4" }), "the last day of a term still counts");
        Assert.That(facts.Defaults.Select(id => id.Key), Is.EqualTo(new[] { "E1" }));
        var advice = Advise(graph, "New", 0.004, Declared);
        Assert.That(Failed(advice), Is.EqualTo("no-default-on-record no-serious-listing"));
        Assert.That(advice.Checks.Single(check => check.Name == "no-serious-listing").Evidence.Select(id => id.Key), Is.EqualTo(new[] { "L1", "L4" }));
    }

    private const string Margin = """
        (New)-[CONTRACTED]->(M8:MarginContract contractNumber=M8 status=OPEN debt=400000 cash=0 marketValue=2000000 callLine=1.3 liquidationLine=1.1)-[GRANTED_BY]->(B1)
        (M8)-[SECURED_BY]->(A9)
        """;

    [Test]
    public void WhatIsOwedComesOffTheLineAndWhatIsPledgedIsNotOfferedTwice()
    {
        const string Pledge = """

            (New)-[CONTRACTED]->(P8:PledgeContract contractNumber=P8 status=OPEN debt=300000)-[GRANTED_BY]->(B1)
            (P8)-[PLEDGED quantity=40000]->(F1)
            """;
        Assert.Multiple(() =>
        {
            var owing = Read(GoodClient + "\n" + Margin, Declared);
            Assert.That(owing.Collateral.Select(one => one.Quantity), Is.EqualTo(new[] { 100_000m, 100_000m }), "what secures the client's own debt may be what is offered");
            Assert.That(owing.DebtToBack, Is.EqualTo(400_000m), "all that backs it is offered");
            var part = Read(GoodClient + "\n" + Margin, Declared with { Collateral = [new(new("Security", "F1"), 50_000m)] });
            Assert.That(part.DebtToBack, Is.Zero, "what is not offered backs 1,350,000");
            var pledged = Read(GoodClient + Pledge, Declared);
            Assert.That(pledged.Collateral.Select(one => one.Quantity), Is.EqualTo(new[] { 60_000m, 100_000m }));
            Assert.That(pledged.DebtToBack, Is.Zero, "a pledge backs itself");
            var twice = Read(GoodClient + Pledge, Declared with { Collateral = [new(new("Security", "F1"), 80_000m), new(new("Security", "F2"), 150_000m)] });
            Assert.That(twice.Collateral.Select(one => (one.IsPledgedTwice, one.ToBring)), Is.EqualTo(new[] { (true, 0m), (false, 50_000m) }));
        });
    }

    private static AdmissionFacts Read(string drawing, FinancingApplication application)
    {
        var graph = MarketDrawing.Draw(drawing);
        return AdmissionFacts.Read(new MarketReading(graph.Snapshot), graph["B1"], graph["New"], new AdmissionPolicy(), application);
    }

    private static string Failed(AdmissionRecommendation advice)
    {
        Assert.That(advice.Advice, Is.EqualTo(AdmissionAdvice.Refer));
        return string.Join(' ', advice.Checks.Where(check => check.Passed != true).Select(check => check.Name));
    }

    private static AdmissionRecommendation Advise(DrawnGraph graph, string client, double risk, FinancingApplication application)
    {
        var facts = AdmissionFacts.Read(new MarketReading(graph.Snapshot), graph["B1"], graph[client], new AdmissionPolicy(), application);
        return Advisor.Advise(new AdmissionCase(
            application, facts, new ClientRisk(graph.Ids[client], 700, GradeTable.Standard.Of(risk), risk, 4), MarketDrawing.Exposure(graph).Of(graph["B1"], graph[client])!, new DateOnly(2024, 6, 30)));
    }
}
