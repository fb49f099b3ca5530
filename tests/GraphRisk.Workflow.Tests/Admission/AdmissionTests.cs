using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Texts;
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

    private static string Approved(string name, string client, decimal line, string state = "APPROVED") => FormattableString.Invariant($$"""

        ({{name}}:Application product=MARGIN state={{state}} creditLine={{line}} termInDays=180)-[CASE_OF]->({{client}})
        ({{name}})-[HANDLED_BY]->(B1)
        ({{name}}M:CaseMove serial=2 move=approve toState=APPROVED part=OFFICER commandKey=k at=2024-06-10T02:00:00Z)-[MOVE_OF]->({{name}})
        """);

    [Test]
    public void WhatWasApprovedAndIsNotDrawnTakesRoomAndIsSaid()
    {
        var linked = GoodClient.Replace("(New:Person name=周杰)", "(New:Person name=周杰)-[GUARANTEES amount=1]->(Li)\n(New)", StringComparison.Ordinal);
        var advice = Advise(MarketDrawing.Draw(linked + Approved("A", "New", 300_000m) + Approved("B", "Li", 600_000m) + Approved("C", "Zhao", 50_000m) + Approved("D", "New", 900_000m, "DECLINED")), "New", 0.004, Declared);
        decimal? Of(string name) => advice.Limits.Single(limit => limit.Name == name).Amount;
        Assert.Multiple(() =>
        {
            Assert.That(Of("grade"), Is.EqualTo(1_500_000m), "90% of 2,000,000 less the client's own line");
            Assert.That(Of("client-room"), Is.EqualTo(100_000m), "5% of 100 million less the 4 million owed and both lines of the group");
            Assert.That(Of("broker-room"), Is.EqualTo(400_000_000m - 4_500_000m - 950_000m), "and the lines of all");
            var check = advice.Checks.Single(one => one.Name == "linked-exposure");
            Assert.That(AdmissionText.In(Language.English).Of(check), Is.EqualTo("client and linked parties owe CNY 4,000,000 and may draw CNY 900,000 more that was approved, together 4.9% of net capital, at most 5%"));
            Assert.That(AdmissionText.In(Language.Chinese).Of(advice.Limits.Single(limit => limit.Name == "grade")), Does.Contain("已批准未提用"));
        });
    }

    [TestCase("2024-06-09", "OPEN", 0, 300_000, "nothing was drawn under the contract of before")]
    [TestCase("2024-06-10", "OPEN", 120_000, 180_000, "what is left of it may still be drawn")]
    [TestCase("2024-06-20", "CLOSED", 0, 0, "drawn and paid back")]
    [TestCase("2024-06-20", "OVERDUE", 100_000, 0, "nothing more is drawn")]
    public void ALineIsDrawnByTheContractThatWasOpenedSince(string opened, string status, int debt, int left, string why)
    {
        var graph = MarketDrawing.Draw(GoodClient + Approved("A", "New", 300_000m)
            + $"\n(New)-[CONTRACTED]->(M8:MarginContract contractNumber=M8 openedOn={opened} status={status} debt={debt} cash=0 marketValue=500000)-[GRANTED_BY]->(B1)");
        Assert.That(UndrawnLines.Of(new MarketReading(graph.Snapshot).Contracts, graph["B1"], new AdmissionPolicy(), WorkMeter.Unlimited).Of(graph["New"]), Is.EqualTo((decimal)left), why);
    }

    [TestCase(200_000, 200_000, 350_000, "nothing was drawn since")]
    [TestCase(200_000, 260_000, 290_000, "sixty thousand were")]
    [TestCase(200_000, 540_000, 10_000, "the older line is drawn first")]
    [TestCase(200_000, 900_000, 0, "no more than was approved")]
    [TestCase(200_000, 90_000, 350_000, "what was paid back is of before")]
    public void ALineOfWhoOwesAlreadyIsDrawnUnderTheOpenContractByWhatItsDebtHasGrownSince(int before, int now, int left, string why)
    {
        var graph = MarketDrawing.Draw(GoodClient + Approved("A", "New", 300_000m) + Approved("B", "New", 50_000m)
            + "\n(New)-[CONTRACTED]->(M8:MarginContract contractNumber=M8 openedOn=2024-01-05 status=OPEN cash=0 marketValue=500000)-[GRANTED_BY]->(B1)");
        var statements = new (DateOnly Day, int Debt)[] { (new(2024, 6, 7), before), (new(2024, 6, 10), before + 1_000), (new(2024, 6, 20), now) }.Select(one => new NodeFact(
            graph.Ids["M8"], Properties.Of(("debt", PropertyValue.Of((decimal)one.Debt))), Validity.Since(one.Day), new Provenance("broker-B1", $"M8 {one.Day:O}", 0.95m)));
        var snapshot = GraphText.SnapshotOf(graph.Facts.Concat(statements));
        int At(string label) => snapshot.Nodes.Find(graph.Ids[label]);
        Assert.That(UndrawnLines.Of(new MarketReading(snapshot).Contracts, At("B1"), new AdmissionPolicy(), WorkMeter.Unlimited).Of(At("New")), Is.EqualTo((decimal)left), why);
    }

    [Test]
    public void ALineLapsesWithTheTermThatWasAppliedFor()
    {
        var graph = MarketDrawing.Draw(GoodClient + Approved("A", "New", 300_000m).Replace("termInDays=180", "termInDays=19", StringComparison.Ordinal) + Approved("B", "New", 5_000m).Replace("termInDays=180", "termInDays=20", StringComparison.Ordinal));
        Assert.That(UndrawnLines.Of(new MarketReading(graph.Snapshot).Contracts, graph["B1"], new AdmissionPolicy(), WorkMeter.Unlimited).Total, Is.EqualTo(5_000m), "June 30 is the last day of twenty");
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
        var exposure = MarketDrawing.Exposure(graph).Of(graph["B1"], graph[client])!;
        var undrawn = UndrawnLines.Of(new MarketReading(graph.Snapshot).Contracts, graph["B1"], new AdmissionPolicy(), WorkMeter.Unlimited);
        return Advisor.Advise(new AdmissionCase(application, facts, new ClientRisk(graph.Ids[client], 700, GradeTable.Standard.Of(risk), risk, 4), exposure, new DateOnly(2024, 6, 30))
        {
            Undrawn = new Commitments(undrawn.Of(graph[client]), undrawn.Of(graph[client]) + exposure.Linked.Sum(one => undrawn.Of(one.Exposure.Party)), undrawn.Total),
        });
    }
}
