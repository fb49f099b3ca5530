using GraphRisk.Market.Calendar;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Decisions;

/// <summary>Complaints: who decides, by when, who must not, what is frozen meanwhile.</summary>
public sealed class ComplaintCasesTests
{
    private const string Shown = "complaint { id state dueOn about disputedField handledBy { nodes { code } } } move { move } isNew";
    private const string Debt = "about: RECORD, text: \"repaid\", record: \"MarginContract/broker-B001:M1\", field: \"debt\"";

    private static readonly Viewer Zhang = ServedGraph.Client(SmallMarket.Zhang);
    private static readonly Viewer Supervisor = ServedGraph.As(Role.Regulator, null, "complaint", "a test needs to see") with { Subject = "zhao" };

    [Test]
    public async Task ABrokersRecordIsItsOwnToMendWithinTwentyWorkingDaysOnceExtended()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var filed = (await served.Ask(Zhang, Complain("k1", Debt))).At("complain.complaint");
        Assert.That((filed.TextAt("state"), filed.TextAt("dueOn"), filed.TextAt("disputedField"), filed.TextAt("handledBy.nodes.0.code")), Is.EqualTo(("FILED", "2024-07-26", "MarginContract.debt", "B001")));
        var id = filed.TextAt("id")!;
        await served.Ask(Officer("li"), Move("acknowledgeComplaint", id, "k2", ""));
        Assert.That(await served.Codes(Officer("li"), Move("assignComplaint", id, "k3", "assignee: \"wang\"")), Is.EqualTo(new[] { "CONFLICT" }), "it is classified first");
        await served.Ask(Officer("li"), Move("classifyComplaint", id, "k4", "cause: OUTDATED"));
        await served.Ask(Officer("li"), Move("assignComplaint", id, "k5", "assignee: \"wang\""));
        Assert.That(await served.Codes(Officer("li"), Move("extendComplaint", id, "k6", "reason: \"the bank answers slowly\"")), Is.EqualTo(new[] { "FORBIDDEN" }), "it is wang's");
        var extend = Move("extendComplaint", id, "k7", "reason: \"the bank answers slowly\"");
        Assert.That((await served.Ask(Officer("wang"), extend)).TextAt("extendComplaint.complaint.dueOn"), Is.EqualTo("2024-08-23"));
        Assert.That((await served.Ask(Officer("wang"), extend)).At("extendComplaint.isNew").GetBoolean(), Is.False);
        Assert.That(await served.Codes(Officer("wang"), Move("extendComplaint", id, "k8", "reason: \"and again\"")), Is.EqualTo(new[] { "CONFLICT" }), "once");
        await served.Ask(Officer("wang"), Move("upholdComplaint", id, "k9", "reason: \"it was repaid\", rightValue: \"0\""));
        Assert.That((await served.Ask(Officer("li"), Move("archiveComplaint", id, "k10", "document: \"box 7\""))).TextAt("archiveComplaint.complaint.state"), Is.EqualTo("UPHELD_ARCHIVED"));
    }

    [Test]
    public async Task WhileItIsOpenTheFieldIsShownAsDisputed()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        const string Disputed = "{ person(id: \"Person/broker-B001:C1\") { disputedFields } }";
        Assert.That((await served.Ask(Officer("li"), Disputed)).At("person.disputedFields").GetArrayLength(), Is.Zero);
        var id = (await served.Ask(Zhang, Complain("k1", Debt))).TextAt("complain.complaint.id")!;
        Assert.That((await served.Ask(Officer("li"), Disputed)).At("person.disputedFields.0").GetString(), Is.EqualTo("MarginContract.debt"));
        await served.Ask(Zhang, Move("withdrawComplaint", id, "k2", ""));
        Assert.That((await served.Ask(Officer("li"), Disputed)).At("person.disputedFields").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task TheSameIsNotComplainedOfTwiceAtATime()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var filed = (await served.Ask(Zhang, Complain("k1", Debt))).At("complain.complaint");
        Assert.That((await served.Ask(Zhang, Complain("k1", Debt))).At("complain.isNew").GetBoolean(), Is.False, "sent again it is one");
        Assert.That(await served.AskText(Zhang, Complain("k2", Debt)), Does.Contain("CONFLICT").And.Contain("is complained of already"));
        await served.Ask(Zhang, Complain("k3", "about: SCORE, text: \"too low\""));
        await served.Ask(Zhang, Move("withdrawComplaint", filed.TextAt("id")!, "k4", ""));
        Assert.That((await served.Ask(Zhang, Complain("k5", Debt))).At("complain.isNew").GetBoolean(), Is.True);
    }

    [Test]
    public async Task OfTwoFiledAtOnceOneIsFiled()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(at => Task.Run(() => served.AskText(Zhang, Complain($"at once {at}", Debt)))));
        Assert.That(answers.Count(answer => answer.Contains("CONFLICT", StringComparison.Ordinal)), Is.EqualTo(7));
        Assert.That((await served.Ask(Zhang, "{ complaints { totalCount } }")).At("complaints.totalCount").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task AScoreIsTheSupervisorsAndNoBrokerKnowsOfIt()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var id = (await served.Ask(Zhang, Complain("k1", "about: SCORE, text: \"too low\""))).TextAt("complain.complaint.id")!;
        Assert.That((await served.Ask(Officer("li"), "{ complaints { totalCount } }")).At("complaints.totalCount").GetInt32(), Is.Zero);
        Assert.That((await served.Ask(Supervisor, Move("acknowledgeComplaint", id, "k2", ""))).TextAt("acknowledgeComplaint.complaint.state"), Is.EqualTo("ACKNOWLEDGED"));
        Assert.That((await served.Ask(Zhang, "{ complaints { nodes { state text } } }")).TextAt("complaints.nodes.0.text"), Is.EqualTo("too low"));
    }

    [Test]
    public async Task WhoDecidedDoesNotDecideOnTheComplaint()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var applied = (await served.Ask(Zhang, """mutation { apply(broker: "B001", application: { product: MARGIN, amount: 1000 }, key: "a") { application { id } } }""")).TextAt("apply.application.id")!;
        var admitting = ServedGraph.As(Role.Broker, "Broker/B001", "admission") with { Subject = "li" };
        await served.Ask(admitting, $$"""mutation { declineApplication(application: "{{applied}}", key: "b", reason: "no") { isNew } }""");
        var id = (await served.Ask(Zhang, Complain("k1", $"about: DECISION, text: \"why?\", record: \"{applied}\""))).TextAt("complain.complaint.id")!;
        await served.Ask(Officer("wang"), Move("acknowledgeComplaint", id, "k2", ""));
        await served.Ask(Officer("wang"), Move("classifyComplaint", id, "k3", "cause: PROCEDURE"));
        Assert.That(await served.Codes(Officer("wang"), Move("assignComplaint", id, "k4", "assignee: \"li\"")), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That((await served.Ask(Officer("li"), Move("assignComplaint", id, "k5", "assignee: \"sun\""))).TextAt("assignComplaint.complaint.state"), Is.EqualTo("ASSIGNED"));
    }

    [TestCase("about: RECORD, text: \"x\", record: \"MarginContract/broker-B001:M1\", field: \"colour\"", "BAD_USER_INPUT")]
    [TestCase("about: RECORD, text: \"x\", field: \"debt\"", "BAD_USER_INPUT")]
    [TestCase("about: RECORD, text: \" \", record: \"MarginContract/broker-B001:M1\", field: \"debt\"", "BAD_USER_INPUT")]
    [TestCase("about: SCORE, text: \"x\", record: \"MarginContract/broker-B001:M1\"", "BAD_USER_INPUT")]
    [TestCase("about: DECISION, text: \"x\", record: \"MarginContract/broker-B001:M1\"", "BAD_USER_INPUT")]
    [TestCase("about: RECORD, text: \"x\", record: \"Company/registry:91310000MA1FL0000A\", field: \"name\"", "NOT_FOUND")]
    public async Task WhatIsNotOnesOwnIsNotComplainedOf(string about, string code)
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        Assert.That(await served.Codes(Zhang, Complain("k1", about)), Is.EqualTo(new[] { code }));
        Assert.That((await served.Store.GetVersionAsync()).Number, Is.EqualTo(1));
    }

    [Test]
    public async Task ATermBeyondTheCalendarIsAnErrorAndNoGuess()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch(), made => made with { Clock = new ServedGraph.FixedClock(ServedGraph.Now.AddYears(9)) });
        Assert.That(await served.AskText(Zhang, Complain("k1", Debt)), Does.Contain("UNAVAILABLE").And.Contain("no calendar of 2033").And.Contain("calendar.csv"));
    }

    [Test]
    public async Task TheTermRunsFromTheDayItIsInChina()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch(), made => made with { Clock = new ServedGraph.FixedClock(ServedGraph.Now.Date.AddHours(17)) });
        const string Days = "complaint { filedOn dueOn }";
        var filed = (await served.Ask(Zhang, $$"""mutation { complain({{Debt}}, key: "k1") { {{Days}} } }""")).At("complain.complaint");
        Assert.That((filed.TextAt("filedOn"), filed.TextAt("dueOn")), Is.EqualTo(("2024-07-01", "2024-07-29")), "it is past midnight there");
    }

    [Test]
    public async Task AYearTheOperatorAddedCounts()
    {
        var added = WorkingCalendar.Read("year,kind,from,to,for\n2033,holiday,2033-07-01,2033-07-01,x\n");
        await using var served = await ServedGraph.Of(
            SmallMarket.Sketch(), made => made with { Clock = new ServedGraph.FixedClock(ServedGraph.Now.AddYears(9)), Calendar = WorkingCalendar.China.With(added) });
        Assert.That((await served.Ask(Zhang, Complain("k1", Debt))).TextAt("complain.complaint.dueOn"), Is.EqualTo("2033-07-29"));
    }

    private static Viewer Officer(string person) => ServedGraph.As(Role.Broker, "Broker/B001", "complaint", "a test needs to see") with { Subject = person };

    private static string Complain(string key, string about) => $$"""mutation { complain({{about}}, key: "{{key}}") { {{Shown}} } }""";

    private static string Move(string command, string id, string key, string more) => $$"""mutation { {{command}}(complaint: "{{id}}", key: "{{key}}" {{more}}) { {{Shown}} } }""";
}
