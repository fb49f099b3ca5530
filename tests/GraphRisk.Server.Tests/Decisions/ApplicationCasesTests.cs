using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Server.Tests.Decisions;

/// <summary>Applications in a market without a model: who files, moves and sees them.</summary>
public sealed class ApplicationCasesTests
{
    private const string Asked = "application: { product: MARGIN, amount: 800000, termInDays: 180, shareOfBroker: 0, isAffiliateOfBroker: false }";
    private const string Shown = "application { id reference state moveCount product amount moves { nodes { move serial toState part person reason } } } move { move } isNew";

    private static readonly Viewer Zhang = ServedGraph.Client(SmallMarket.Zhang);
    private static readonly Viewer Li = Officer("B001", "li");

    [Test]
    public async Task AClientAppliesAndTheBrokerAsksAndDeclines()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var filed = await served.Ask(Zhang, Apply("k1", "broker: \"B001\", reason: \"to buy shares\""));
        Assert.That((filed.TextAt("apply.application.state"), filed.At("apply.isNew").GetBoolean(), filed.At("apply.application.amount").GetDecimal()), Is.EqualTo(("FILED", true, 800000m)));
        var id = filed.TextAt("apply.application.id")!;
        var asked = await served.Ask(Li, Move("askApplication", id, "k2", "reason: \"from which funds?\""));
        Assert.That(asked.TextAt("askApplication.application.state"), Is.EqualTo("QUESTIONED"));
        var answered = await served.Ask(Zhang, Move("answerApplication", id, "k3", "reason: \"wages\""));
        Assert.That(answered.TextAt("answerApplication.application.state"), Is.EqualTo("FILED"));
        var declined = (await served.Ask(Li, Move("declineApplication", id, "k4", "reason: \"not now\""))).At("declineApplication.application");
        Assert.That(declined.TextAt("state"), Is.EqualTo("DECLINED"));
        Assert.That(declined.TextsAt("moves.nodes", "toState"), Is.EqualTo(new[] { "FILED", "QUESTIONED", "FILED", "DECLINED" }));
        Assert.That(declined.TextsAt("moves.nodes", "person"), Is.EqualTo(new[] { null, "li", null, "li" }), "for a reason");
        Assert.That(declined.TextsAt("moves.nodes", "reason"), Is.EqualTo(new[] { "to buy shares", "from which funds?", "wages", "not now" }));
    }

    [Test]
    public async Task ItIsFiledUnderTheRecordTheBrokerKnowsAndInItsDataSet()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        await served.Ask(Zhang, Apply("k1", "broker: \"B001\""));
        var facts = served.Store.ReadChangesAsync(1).ToBlockingEnumerable().Select(recorded => recorded.Fact).ToList();
        Assert.That(facts.OfType<RelationshipFact>().Single(edge => edge.Relationship == "CASE_OF").To.ToString(), Is.EqualTo(SmallMarket.ZhangAtB001));
        Assert.That(facts.Select(fact => fact.Provenance.Source).Distinct(), Is.EqualTo(new[] { "broker-B001/platform" }));
    }

    [Test]
    public async Task EachSeesItsOwnAndTheSupervisorAll()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var id = (await served.Ask(Zhang, Apply("k1", "broker: \"B001\""))).TextAt("apply.application.id")!;
        await served.Ask(Officer("B002", "sun"), Apply("k1", $"client: \"{SmallMarket.Li}\""));
        const string Listed = "{ applications(orderBy: [{ reference: ASC }]) { totalCount nodes { state handledBy { nodes { code } } concerned { nodes { id } } } } }";
        Assert.That((await served.Ask(Li, Listed)).At("applications.totalCount").GetInt32(), Is.EqualTo(1));
        Assert.That((await served.Ask(Zhang, Listed)).At("applications.totalCount").GetInt32(), Is.EqualTo(1));
        Assert.That((await served.Ask(ServedGraph.Client(SmallMarket.Li), Listed)).At("applications.totalCount").GetInt32(), Is.EqualTo(1));
        Assert.That((await served.Ask(ServedGraph.Client(SmallMarket.Wang), Listed)).At("applications.totalCount").GetInt32(), Is.Zero);
        Assert.That((await served.Ask(ServedGraph.Regulator, Listed)).At("applications.totalCount").GetInt32(), Is.EqualTo(2));
        Assert.That(await served.Codes(Officer("B002", "sun"), Move("declineApplication", id, "k9", "reason: \"no\"")), Is.EqualTo(new[] { "NOT_FOUND" }));
        var plain = $"Application/broker-B001/platform:{(await served.Ask(Li, "{ applications { nodes { reference } } }")).TextAt("applications.nodes.0.reference")}";
        Assert.That(await served.Codes(Officer("B002", "sun"), Move("declineApplication", plain, "k9", "reason: \"no\"")), Is.EqualTo(new[] { "NOT_FOUND" }));
        Assert.That((await served.Ask(Li, "{ applications(where: { state: { eq: FILED }, amount: { gt: 500000 } }) { totalCount } }")).At("applications.totalCount").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task TheSameCommandSentTwiceIsDoneOnce()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var first = await served.Ask(Zhang, Apply("k1", "broker: \"B001\""));
        var again = await served.Ask(Zhang, Apply("k1", "broker: \"B001\""));
        Assert.That((again.At("apply.isNew").GetBoolean(), again.TextAt("apply.application.id")), Is.EqualTo((false, first.TextAt("apply.application.id"))));
        Assert.That(await served.Codes(Zhang, Apply("k1", "broker: \"B001\"").Replace("800000", "900000", StringComparison.Ordinal)), Is.EqualTo(new[] { "CONFLICT" }), "another application under the same key");
        var id = first.TextAt("apply.application.id")!;
        var declined = Move("declineApplication", id, "k2", "reason: \"no\"");
        await served.Ask(Li, declined);
        Assert.That((await served.Ask(Li, declined)).At("declineApplication.isNew").GetBoolean(), Is.False);
        Assert.That((await served.Store.GetVersionAsync()).Number, Is.EqualTo(3));
    }

    [TestCase("declineApplication", "reason: \"no\"", "CONFLICT", "DECLINED")]
    [TestCase("withdrawApplication", "", "CONFLICT", "final")]
    [TestCase("approveApplication", "amount: 1, annualRate: 0.06", "CONFLICT", "does not lead on from DECLINED")]
    [TestCase("approveApplication", "amount: -1, annualRate: 0.06", "BAD_USER_INPUT", "amount")]
    [TestCase("approveApplication", "amount: 800001, annualRate: 0.06", "BAD_USER_INPUT", "is above the 800000 that was asked for")]
    [TestCase("askApplication", "reason: \" \"", "BAD_USER_INPUT", "reason")]
    public async Task WhatIsDecidedStandsAndARefusalNamesStateAndMove(string command, string carried, string code, string named)
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var id = (await served.Ask(Zhang, Apply("k1", "broker: \"B001\""))).TextAt("apply.application.id")!;
        await served.Ask(Li, Move("declineApplication", id, "k2", "reason: \"no\""));
        var answer = await served.AskText(Li, Move(command, id, "k3", carried));
        Assert.That(answer, Does.Contain($"\"{code}\"").And.Contain(named));
        if (code == "CONFLICT") Assert.That(answer, Does.Contain("\"state\":\"DECLINED\"").And.Contain("\"move\":"));
        Assert.That((await served.Store.GetVersionAsync()).Number, Is.EqualTo(3));
    }

    [Test]
    public async Task ClientsDecideNothingAndOthersApplyForNobody()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var id = (await served.Ask(Zhang, Apply("k1", "broker: \"B001\""))).TextAt("apply.application.id")!;
        Assert.That(await served.Codes(Zhang, Move("declineApplication", id, "k", "reason: \"no\"")), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That(await served.Codes(Zhang, Apply("k2", $"broker: \"B001\", client: \"{SmallMarket.Li}\"")), Is.EqualTo(new[] { "NOT_FOUND" }));
        Assert.That(await served.Codes(ServedGraph.Client(SmallMarket.Li), Apply("k2", "broker: \"B001\"")), Is.EqualTo(new[] { "NOT_FOUND" }), "no client of this broker");
        Assert.That(await served.Codes(Li, Apply("k2", $"client: \"{SmallMarket.Li}\"")), Is.EqualTo(new[] { "NOT_FOUND" }), "another broker's");
        Assert.That(await served.Codes(Li, Apply("k2", $"client: \"{SmallMarket.ZhangAtB001}\", broker: \"B002\"")), Is.EqualTo(new[] { "NOT_FOUND" }));
        Assert.That(await served.Codes(ServedGraph.Regulator, Apply("k2", $"client: \"{SmallMarket.ZhangAtB001}\", broker: \"B001\"")), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), Apply("k2", $"client: \"{SmallMarket.ZhangAtB001}\"")), Is.EqualTo(new[] { "PURPOSE_NOT_ALLOWED" }));
        Assert.That(await served.Codes(Li, Move("approveApplication", id, "k3", "amount: 1, annualRate: 0.06")), Is.EqualTo(new[] { "AUTHORISATION_REQUIRED" }), "nothing is approved without the score, which the client has not opened");
    }

    [Test]
    public async Task ADecisionThatWasComplainedOfWithRightIsMadeAgainBySomebodyElse()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var id = (await served.Ask(Zhang, Apply("k1", "broker: \"B001\""))).TextAt("apply.application.id")!;
        await served.Ask(Li, Move("declineApplication", id, "k2", "reason: \"no\""));
        var own = (await served.Ask(Zhang, "{ applications { nodes { id } } }")).TextAt("applications.nodes.0.id");
        var complaint = (await served.Ask(Zhang, $$"""mutation { complain(about: DECISION, text: "unfair", record: "{{own}}", key: "c") { complaint { id reference } } }""")).At("complain.complaint");
        var sun = ServedGraph.As(Role.Broker, "Broker/B001", "complaint", "a test needs to see") with { Subject = "sun" };
        foreach (var (move, more) in (IEnumerable<(string, string)>)[("acknowledge", ""), ("classify", "cause: PROCEDURE"), ("assign", "assignee: \"sun\""), ("uphold", "reason: \"nobody looked at it\"")])
            await served.Ask(sun, $$"""mutation { {{move}}Complaint(complaint: "{{complaint.TextAt("id")}}", key: "{{move}}" {{more}}) { isNew } }""");
        const string Seen = "{ applications { nodes { state moves(last: 1) { nodes { move part document reason } } } } }";
        foreach (var viewer in (Viewer[])[Zhang, Li])
        {
            var told = (await served.Ask(viewer, Seen)).At("applications.nodes.0");
            Assert.That((told.TextAt("state"), told.TextAt("moves.nodes.0.move"), told.TextAt("moves.nodes.0.part"), told.TextAt("moves.nodes.0.document")), Is.EqualTo(("FILED", "reopen", "PLATFORM", complaint.TextAt("reference"))), $"{viewer.Role} is told");
        }

        Assert.That(await served.AskText(Li, Move("declineApplication", id, "k3", "reason: \"still no\"")), Does.Contain("FORBIDDEN").And.Contain("decided before"));
        Assert.That(await served.AskText(Li, Move("approveApplication", id, "k3", "amount: 1, annualRate: 0.06")), Does.Contain("FORBIDDEN"));
        Assert.That((await served.Ask(Officer("B001", "wang"), Move("declineApplication", id, "k4", "reason: \"looked at, and no\""))).TextAt("declineApplication.application.state"), Is.EqualTo("DECLINED"));
    }

    [Test]
    public async Task NobodyIsAskedForSomethingByADayThatHasPassed()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var id = (await served.Ask(Zhang, Apply("k1", "broker: \"B001\""))).TextAt("apply.application.id")!;
        Assert.That(await served.AskText(Li, Move("askApplication", id, "k2", "reason: \"why?\", dueOn: \"2024-06-29\"")), Does.Contain("BAD_USER_INPUT").And.Contain("has passed: today is 2024-06-30"));
        Assert.That((await served.Ask(Li, Move("askApplication", id, "k2", "reason: \"why?\", dueOn: \"2024-06-30\""))).TextAt("askApplication.application.state"), Is.EqualTo("QUESTIONED"));
    }

    [Test]
    public async Task WhoHasNotSeenTheLastMoveIsTold()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var id = (await served.Ask(Zhang, Apply("k1", "broker: \"B001\""))).TextAt("apply.application.id")!;
        await served.Ask(Li, Move("askApplication", id, "k2", "reason: \"why?\""));
        Assert.That(await served.Codes(Officer("B001", "wang"), Move("declineApplication", id, "k3", "reason: \"no\", seen: 1")), Is.EqualTo(new[] { "CONFLICT" }));
    }

    [Test]
    public async Task MovesAreReplayedFromTheStoreToTheStateThatIsShown()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var id = (await served.Ask(Zhang, Apply("k1", "broker: \"B001\""))).TextAt("apply.application.id")!;
        await served.Ask(Zhang, Move("withdrawApplication", id, "k2", ""));
        var reference = (await served.Ask(Li, "{ applications { nodes { reference state } } }")).At("applications.nodes.0");
        var filed = await CaseFacts.ReadAsync(served.Store, NodeId.Parse($"Application/broker-B001/platform:{reference.TextAt("reference")}"), (await served.Store.GetVersionAsync()).Number);
        Assert.That((filed!.History.Replay(CaseKind.Application.Table).State, reference.TextAt("state")), Is.EqualTo(("WITHDRAWN", "WITHDRAWN")));
    }

    [Test]
    public async Task ReadersWithoutAReasonAreToldNeitherWhoNorWhy()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var id = (await served.Ask(Zhang, Apply("k1", "broker: \"B001\""))).TextAt("apply.application.id")!;
        await served.Ask(Li, Move("declineApplication", id, "k2", "reason: \"a rumour about her brother\""));
        const string Moves = "{ caseMoves(where: { move: { eq: \"decline\" } }) { nodes { person reason } } }";
        Assert.That(await served.AskText(ServedGraph.RegulatorMasked, Moves), Does.Not.Contain("rumour").And.Not.Contain("\"li\""));
        Assert.That(await served.AskText(ServedGraph.Analyst, Moves), Does.Not.Contain("rumour").And.Not.Contain("\"li\""));
        Assert.That(await served.AskText(ServedGraph.Regulator, Moves), Does.Contain("rumour").And.Contain("\"li\""));
    }

    private static Viewer Officer(string broker, string person) => ServedGraph.As(Role.Broker, $"Broker/{broker}", "admission", "a test needs to see") with { Subject = person };

    private static string Apply(string key, string more) => $$"""mutation { apply({{Asked}}, key: "{{key}}", {{more}}) { {{Shown}} } }""";

    private static string Move(string command, string id, string key, string more) => $$"""mutation { {{command}}(application: "{{id}}", key: "{{key}}" {{more}}) { {{Shown}} } }""";
}
