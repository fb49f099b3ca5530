using System.Text.Json;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Recovery;

/// <summary>Calls and what follows: B001 lends to 张三 on margin below its line, B002 on pledged shares whose term is over.</summary>
public sealed class CallAndDefaultTests
{
    private static readonly Viewer Desk = Officer("monitoring", "li"), Recovery = Officer("default-disposal", "li"), Second = Officer("default-disposal", "wang");
    private static readonly Viewer Zhang = ServedGraph.Client(SmallMarket.Zhang);

    private const string Contract = "MarginContract/broker-B001:M2";

    private static MarketSketch Market(string marketValue = "125") => SmallMarket.Sketch()
        .Node(Contract, ("contractNumber", "B001-M2"), ("status", "OPEN"), ("debt", "100"), ("interest", "10"), ("cash", "0"), ("marketValue", marketValue))
        .Edge("CONTRACTED", SmallMarket.ZhangAtB001, Contract).Edge("GRANTED_BY", Contract, "Broker/B001")
        .Node("PledgeContract/broker-B002:P2", ("contractNumber", "B002-P2"), ("status", "OPEN"), ("debt", "50"), ("maturesOn", "2024-06-01"))
        .Node("Security/600519.SH", ("code", "600519.SH"))
        .Edge("CONTRACTED", SmallMarket.ZhangAtB002, "PledgeContract/broker-B002:P2").Edge("GRANTED_BY", "PledgeContract/broker-B002:P2", "Broker/B002");

    [Test]
    public async Task WhatIsDueIsCalledOnceMetOrPassed()
    {
        await using var served = await ServedGraph.Of(Market());
        const string File = "mutation { fileMarginCalls(day: \"2024-06-24\") { called { state amount dueOn restoreTo ratio consequence contracts { nodes { id } } concerned { nodes { id } } } met { id } passed { id } } }";
        var filed = (await served.Ask(Desk, File)).At("fileMarginCalls");
        var call = filed.At("called").EnumerateArray().Single();
        Assert.That((call.TextAt("state"), call.At("amount").GetDecimal(), call.TextAt("dueOn"), call.At("ratio").GetDecimal(), call.TextAt("consequence")), Is.EqualTo(("OPEN", 15m, "2024-06-26", 1.25m, "DISPOSAL")));
        var version = (await served.Store.GetVersionAsync()).Number;
        Assert.That((await served.Ask(Desk, File)).At("fileMarginCalls.called").GetArrayLength(), Is.Zero, "twice opens nothing twice");
        Assert.That((await served.Ask(ServedGraph.Regulator, File)).At("fileMarginCalls.called").GetArrayLength(), Is.Zero, "whoever goes round");
        Assert.That((await served.Store.GetVersionAsync()).Number, Is.EqualTo(version));
        Assert.That((await served.Ask(Zhang, "{ marginCalls { nodes { state amount } } }")).At("marginCalls.nodes.0.amount").GetDecimal(), Is.EqualTo(15m), "the client is told");
        Assert.That((await served.Ask(ServedGraph.Broker("B002"), "{ marginCalls { totalCount } }")).At("marginCalls.totalCount").GetInt32(), Is.Zero);

        var id = (await served.Ask(Desk, "{ marginCalls { nodes { id } } }")).TextAt("marginCalls.nodes.0.id")!;
        var extended = await served.Ask(Desk, $$"""mutation { extendMarginCall(marginCall: "{{id}}", key: "k", reason: "the bank is slow") { marginCall { state dueOn } } }""");
        Assert.That((extended.TextAt("extendMarginCall.marginCall.state"), extended.TextAt("extendMarginCall.marginCall.dueOn")), Is.EqualTo(("EXTENDED", "2024-06-28")));
        Assert.That((await served.Ask(Desk, $$"""mutation { extendMarginCall(marginCall: "{{id}}", key: "k", reason: "the bank is slow") { isNew } }""")).At("extendMarginCall.isNew").GetBoolean(), Is.False);
        Assert.That((await served.Ask(Desk, File.Replace("06-24", "06-28", StringComparison.Ordinal))).At("fileMarginCalls.passed").GetArrayLength(), Is.Zero, "its last day is not over");
        Assert.That((await served.Ask(Desk, File.Replace("06-24", "06-29", StringComparison.Ordinal))).At("fileMarginCalls.passed").GetArrayLength(), Is.EqualTo(1));
        var disposed = await served.Ask(Desk, $$"""mutation { disposeMarginCall(marginCall: "{{id}}", key: "d", reason: "unmet") { marginCall { state } } }""");
        Assert.That(disposed.TextAt("disposeMarginCall.marginCall.state"), Is.EqualTo("DISPOSED"));
    }

    [Test]
    public async Task ASaleThatWasComplainedOfWithRightIsDecidedAgainBySomebodyElse()
    {
        await using var served = await ServedGraph.Of(Market());
        await served.Ask(Desk, "mutation { fileMarginCalls(day: \"2024-06-24\") { called { id } } }");
        var own = (await served.Ask(Zhang, "{ marginCalls { nodes { id } } }")).TextAt("marginCalls.nodes.0.id");
        var id = (await served.Ask(Desk, "{ marginCalls { nodes { id } } }")).TextAt("marginCalls.nodes.0.id")!;
        string Dispose(string key) => $$"""mutation { disposeMarginCall(marginCall: "{{id}}", key: "{{key}}", reason: "unmet") { marginCall { state } } }""";
        await served.Ask(Desk, Dispose("d1"));
        var complaint = (await served.Ask(Zhang, $$"""mutation { complain(about: DECISION, text: "sold before its day", record: "{{own}}", key: "c") { complaint { id } } }""")).TextAt("complain.complaint.id");
        foreach (var (move, more) in (IEnumerable<(string, string)>)[("acknowledge", ""), ("classify", "cause: PROCEDURE"), ("assign", "assignee: \"sun\""), ("uphold", "reason: \"the day was not over\"")])
            await served.Ask(Officer("complaint", "sun"), $$"""mutation { {{move}}Complaint(complaint: "{{complaint}}", key: "{{move}}" {{more}}) { isNew } }""");
        Assert.That((await served.Ask(Zhang, "{ marginCalls { nodes { state } } }")).TextAt("marginCalls.nodes.0.state"), Is.EqualTo("OPEN"));
        Assert.That(await served.AskText(Desk, Dispose("d2")), Does.Contain("FORBIDDEN").And.Contain("decided before"));
        Assert.That((await served.Ask(Officer("monitoring", "wang"), Dispose("d3"))).TextAt("disposeMarginCall.marginCall.state"), Is.EqualTo("DISPOSED"));
    }

    [Test]
    public async Task ALineThatIsRestoredIsMet()
    {
        await using var served = await ServedGraph.Of(Market());
        await served.Ask(Desk, "mutation { fileMarginCalls(day: \"2024-06-24\") { called { id } } }");
        await served.Record(Market("140").NodeFrom(new(2024, 6, 25), Contract, ("contractNumber", "B001-M2"), ("status", "OPEN"), ("debt", "100"), ("cash", "0"), ("marketValue", "140")).Changes[^1..]);
        Assert.That((await served.Ask(Desk, "mutation { fileMarginCalls(day: \"2024-06-25\") { met { state } called { id } } }")).TextAt("fileMarginCalls.met.0.state"), Is.EqualTo("MET"));
    }

    [Test]
    public async Task TermsThatPassedAreDerivedOnceAndAreInDefaultForAll()
    {
        await using var served = await ServedGraph.Of(Market());
        const string Derive = "mutation { deriveDefaults(day: \"2024-06-29\") { derived { state origin cause defaultedOn amount } } }";
        Assert.That(await served.Codes(Zhang, Derive), Is.EqualTo(new[] { "FORBIDDEN" }));
        var derived = (await served.Ask(ServedGraph.Regulator, Derive)).At("deriveDefaults.derived").EnumerateArray().Single();
        Assert.That((derived.TextAt("origin"), derived.TextAt("defaultedOn"), derived.At("amount").GetDecimal()), Is.EqualTo(("TERM_UNPAID", "2024-06-02", 50m)));
        Assert.That((await served.Ask(ServedGraph.Regulator, Derive)).At("deriveDefaults.derived").GetArrayLength(), Is.Zero);
        var contracts = await served.Ask(ServedGraph.Regulator, "{ pledgeContracts(where: { inDefault: { eq: true } }) { nodes { contractNumber } } }");
        Assert.That(contracts.TextAt("pledgeContracts.nodes.0.contractNumber"), Is.EqualTo("B002-P2"));
        Assert.That((await served.Ask(Recovery, "{ defaults { totalCount } }")).At("defaults.totalCount").GetInt32(), Is.Zero, "another broker's");
    }

    [Test]
    public async Task ADefaultIsNoticedObjectedToReportedAndClosedWithWhatWasLost()
    {
        await using var served = await ServedGraph.Of(Market());
        var id = (await served.Ask(Recovery, Declare("k1"))).TextAt("declareDefault.default.id")!;
        Assert.That((await served.Ask(Recovery, Declare("k1"))).At("declareDefault.isNew").GetBoolean(), Is.False);
        Assert.That(await served.Codes(Recovery, Declare("other")), Is.EqualTo(new[] { "CONFLICT" }), "one at a time");
        Assert.That(await InDefault(served), Is.True);
        Assert.That(await served.Codes(Recovery, Move("reportDefault", id, "r", "document: \"R1\"")), Is.EqualTo(new[] { "CONFLICT" }), "the client is heard first");
        Assert.That((await served.Ask(Recovery, Move("notifyDefault", id, "k2", "document: \"N1\""))).TextAt("notifyDefault.default.dueOn"), Is.EqualTo("2024-07-12"), "ten working days");
        Assert.That(await served.Codes(Recovery, Move("reportDefault", id, "r", "document: \"R1\"")), Is.EqualTo(new[] { "CONFLICT" }), "its term is not over");
        await served.Ask(Zhang, Move("objectDefault", id, "k3", "reason: \"I paid\""));
        Assert.That(await served.Codes(Recovery, Move("dismissDefault", id, "k4", "reason: \"nothing came in\"")), Is.EqualTo(new[] { "FORBIDDEN" }), "not by who declared");
        await served.Ask(Second, Move("dismissDefault", id, "k4", "reason: \"nothing came in\""));
        var sold = (await served.Ask(Recovery, Move("sellDefault", id, "k5", "amount: 70, costs: 2, security: \"600519.SH\", quantity: 7"))).At("sellDefault");
        Assert.That((sold.At("move.toCosts").GetDecimal(), sold.At("move.toInterest").GetDecimal(), sold.At("move.toPrincipal").GetDecimal(), sold.At("default.owed").GetDecimal()), Is.EqualTo((2m, 10m, 58m, 32m)));
        var again = (await served.Ask(Recovery, Move("receiveDefault", id, "k6", "amount: 12"))).At("receiveDefault");
        Assert.That((again.At("default.owed").GetDecimal(), again.At("default.recovered").GetDecimal()), Is.EqualTo((20m, 80m)));
        Assert.That((await served.Ask(Recovery, Move("sellDefault", id, "k5", "amount: 70, costs: 2, security: \"600519.SH\", quantity: 7"))).At("sellDefault.isNew").GetBoolean(), Is.False, "sent again it is done once");
        await served.Ask(Recovery, Move("labelDefault", id, "k7", "defaultCause: FRAUD"));
        await served.Ask(Second, Move("reportDefault", id, "k8", "document: \"R1\""));
        var closed = (await served.Ask(Second, Move("closeDefault", id, "k9", "reason: \"nothing more to be had\""))).At("closeDefault.default");
        Assert.That((closed.TextAt("state"), closed.At("lossGivenDefault").GetDecimal(), closed.TextAt("cause")), Is.EqualTo(("CLOSED", 0.2m, "FRAUD")));
        var seen = (await served.Ask(ServedGraph.Regulator, "{ defaults { nodes { id } } }")).TextAt("defaults.nodes.0.id");
        var page = (await served.Ask(ServedGraph.Regulator, $"{{ inspection(case: \"{seen}\") {{ page(language: ZH) }} }}")).TextAt("inspection.page")!;
        Assert.That(page, Does.Contain("违约损失率 (lossGivenDefault)</th><td>20").And.Contain("费用 2").And.Contain("卖出 (sell)").And.Contain("已结案 (CLOSED)").And.Contain("欺诈 (FRAUD)"), "the sale, what was lost, and words for codes");
    }

    [TestCase("notifyDefault", "document: \"N1\", happenedOn: \"2024-07-01\"", "is a day to come")]
    [TestCase("receiveDefault", "amount: 5, happenedOn: \"2024-06-27\"", "lies before 2024-06-28, the day it is about")]
    [TestCase("sellDefault", "amount: 5, security: \"999999.SH\"", "is the code of no security")]
    [TestCase("sellDefault", "amount: 5, quantity: 7", "needs the security")]
    public async Task WhatCannotHaveHappenedIsRefused(string command, string more, string why)
    {
        await using var served = await ServedGraph.Of(Market());
        var id = (await served.Ask(Recovery, Declare("k1"))).TextAt("declareDefault.default.id")!;
        Assert.That(await served.AskText(Recovery, Move(command, id, "k2", more)), Does.Contain("BAD_USER_INPUT").And.Contain(why));
    }

    [Test]
    public async Task ACallIsMetByWhatWasCalledForOrByARestoredLine()
    {
        await using var served = await ServedGraph.Of(Market());
        await served.Ask(Desk, "mutation { fileMarginCalls(day: \"2024-06-24\") { called { id } } }");
        var id = (await served.Ask(Desk, "{ marginCalls { nodes { id } } }")).TextAt("marginCalls.nodes.0.id")!;
        foreach (var too in (string[])["", "amount: 14.99"])
            Assert.That(await served.AskText(Desk, $$"""mutation { meetMarginCall(marginCall: "{{id}}", key: "k{{too.Length}}" {{too}}) { isNew } }"""), Does.Contain("BAD_USER_INPUT").And.Contain("at least the 15"));
        Assert.That((await served.Ask(Desk, $$"""mutation { meetMarginCall(marginCall: "{{id}}", key: "k", amount: 15) { marginCall { state } } }""")).TextAt("meetMarginCall.marginCall.state"), Is.EqualTo("MET"));
    }

    [Test]
    public async Task NothingIsSoldBeforeTheDayToTopUpIsOver()
    {
        await using var served = await ServedGraph.Of(Market());
        await served.Ask(Desk, "mutation { fileMarginCalls(day: \"2024-06-28\") { called { id dueOn } } }");
        var id = (await served.Ask(Desk, "{ marginCalls { nodes { id } } }")).TextAt("marginCalls.nodes.0.id")!;
        string Dispose(string more) => $$"""mutation { disposeMarginCall(marginCall: "{{id}}", key: "d", reason: "unmet" {{more}}) { marginCall { state } } }""";
        foreach (var more in (string[])["", ", happenedOn: \"2024-06-29\""]) Assert.That(await served.AskText(Desk, Dispose(more)), Does.Contain("CONFLICT").And.Contain("may top up until 2024-07-02"));
        await served.Record(Market().NodeFrom(new(2024, 6, 29), Contract, ("contractNumber", "B001-M2"), ("status", "OPEN"), ("debt", "100"), ("cash", "0"), ("marketValue", "109")).Changes[^1..]);
        Assert.That((await served.Ask(Desk, Dispose(""))).TextAt("disposeMarginCall.marginCall.state"), Is.EqualTo("DISPOSED"), "at the closing line it is sold at once");
    }

    [Test]
    public async Task NobodyIsADefaulterForGoodWithoutNoticeNorForMoreThanIsOwed()
    {
        var clock = new Days();
        await using var served = await ServedGraph.Of(Market(), made => made with { Clock = clock });
        Assert.That(await served.AskText(Recovery, Declare("k0").Replace("cause:", "amount: 101, cause:", StringComparison.Ordinal)), Does.Contain("BAD_USER_INPUT").And.Contain("is above 100"));
        var id = (await served.Ask(Recovery, Declare("k1"))).TextAt("declareDefault.default.id")!;
        Assert.That(await served.Codes(Recovery, Move("closeDefault", id, "k2", "reason: \"done\"")), Is.EqualTo(new[] { "CONFLICT" }), "the client is heard first");
        await served.Ask(Recovery, Move("notifyDefault", id, "k3", "document: \"N1\""));
        Assert.That(await served.Codes(Recovery, Move("closeDefault", id, "k4", "reason: \"done\"")), Is.EqualTo(new[] { "CONFLICT" }), "while its term runs");
        clock.Passed = 20;
        Assert.That(await served.Codes(Zhang, Move("objectDefault", id, "k5", "reason: \"I paid\"")), Is.EqualTo(new[] { "CONFLICT" }), "its term is over");
        await served.Ask(Recovery, Move("closeDefault", id, "k6", "reason: \"done\""));
        Assert.That(await served.Codes(Recovery, Move("revokeDefault", id, "k7", "reason: \"a mistake\"")), Is.EqualTo(new[] { "FORBIDDEN" }), "not by who closed it");
        Assert.That((await served.Ask(Second, Move("revokeDefault", id, "k8", "reason: \"a mistake\""))).TextAt("revokeDefault.default.state"), Is.EqualTo("REVOKED"));
        Assert.That(await InDefault(served), Is.False);
    }

    [Test]
    public async Task WhoDeclaredADefaultIsNotGivenTheComplaintOfIt()
    {
        await using var served = await ServedGraph.Of(Market());
        var id = (await served.Ask(Recovery, Declare("k1"))).TextAt("declareDefault.default.id")!;
        var own = (await served.Ask(Zhang, "{ defaults { nodes { id } } }")).TextAt("defaults.nodes.0.id");
        var complaint = (await served.Ask(Zhang, $$"""mutation { complain(about: DECISION, text: "I paid", record: "{{own}}", key: "c") { complaint { id } } }""")).TextAt("complain.complaint.id");
        var handler = Officer("complaint", "wang");
        foreach (var (move, more) in (IEnumerable<(string, string)>)[("acknowledge", ""), ("classify", "cause: PROCEDURE")])
            await served.Ask(handler, $$"""mutation { {{move}}Complaint(complaint: "{{complaint}}", key: "{{move}}" {{more}}) { isNew } }""");
        string Assign(string person) => $$"""mutation { assignComplaint(complaint: "{{complaint}}", key: "{{person}}", assignee: "{{person}}") { complaint { state } } }""";
        Assert.That(await served.Codes(handler, Assign("li")), Is.EqualTo(new[] { "FORBIDDEN" }), id);
        Assert.That((await served.Ask(handler, Assign("sun"))).TextAt("assignComplaint.complaint.state"), Is.EqualTo("ASSIGNED"));
        await served.Ask(Officer("complaint", "sun"), $$"""mutation { upholdComplaint(complaint: "{{complaint}}", key: "u", reason: "she paid") { isNew } }""");
        Assert.That((await served.Ask(Zhang, "{ defaults { nodes { state } } }")).TextAt("defaults.nodes.0.state"), Is.EqualTo("OBJECTED"), "it counts as an objection");
        Assert.That(await served.Codes(Recovery, Move("dismissDefault", id, "k2", "reason: \"nothing came in\"")), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That((await served.Ask(Second, Move("revokeDefault", id, "k3", "reason: \"it came in\""))).TextAt("revokeDefault.default.state"), Is.EqualTo("REVOKED"));
    }

    [Test]
    public async Task TheTermRunsFromTheNoticeAndPaymentsAreFiledInAnyOrder()
    {
        await using var served = await ServedGraph.Of(Market());
        var id = (await served.Ask(Recovery, Declare("k1"))).TextAt("declareDefault.default.id")!;
        Assert.That((await served.Ask(Recovery, Move("notifyDefault", id, "k2", "document: \"N1\", happenedOn: \"2024-06-28\""))).TextAt("notifyDefault.default.dueOn"), Is.EqualTo("2024-07-12"));
        await served.Ask(Recovery, Move("receiveDefault", id, "k3", "amount: 5, happenedOn: \"2024-06-30\""));
        await served.Ask(Recovery, Move("receiveDefault", id, "k4", "amount: 5, happenedOn: \"2024-06-29\""));
        Assert.That(await served.AskText(Recovery, Move("closeDefault", id, "k5", "reason: \"done\", happenedOn: \"2024-06-27\"")), Does.Contain("BAD_USER_INPUT"));
    }

    [Test]
    public async Task WhoIsInDefaultIsNotCalledAndWhereNothingIsOwedNoneIsDerived()
    {
        await using var served = await ServedGraph.Of(Market()
            .Node("MarginContract/broker-B001:M3", ("contractNumber", "B001-M3"), ("status", "DEFAULT_DISPOSAL"), ("debt", "0"))
            .Edge("CONTRACTED", SmallMarket.ZhangAtB001, "MarginContract/broker-B001:M3").Edge("GRANTED_BY", "MarginContract/broker-B001:M3", "Broker/B001"));
        await served.Ask(Recovery, Declare("k1"));
        Assert.That((await served.Ask(Desk, "mutation { fileMarginCalls(day: \"2024-06-29\") { called { id } } }")).At("fileMarginCalls.called").GetArrayLength(), Is.Zero);
        Assert.That((await served.Ask(Recovery, "mutation { deriveDefaults(day: \"2024-06-29\") { derived { id } } }")).At("deriveDefaults.derived").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task ADefaultIsOfADayOnWhichTheContractWas()
    {
        await using var served = await ServedGraph.Of(Market().NodeFrom(new(2024, 6, 1), Contract, ("contractNumber", "B001-M2"), ("status", "OPEN"), ("openedOn", "2024-06-29")));
        Assert.That(await served.AskText(Recovery, Declare("k1")), Does.Contain("BAD_USER_INPUT").And.Contain("lies before 2024-06-29, on which the contract was opened"));
    }

    [Test]
    public async Task WhatIsTakenBackNeverWasAndWhatIsCuredIsCured()
    {
        await using var served = await ServedGraph.Of(Market());
        var id = (await served.Ask(Recovery, Declare("k1"))).TextAt("declareDefault.default.id")!;
        await served.Ask(Recovery, Move("revokeDefault", id, "k2", "reason: \"a mistake\""));
        Assert.That(await InDefault(served), Is.False);
        var second = (await served.Ask(Recovery, Declare("k3"))).TextAt("declareDefault.default.id")!;
        Assert.That(second, Is.Not.EqualTo(id));
        var cured = (await served.Ask(Recovery, Move("cureDefault", second, "k4", "document: \"C1\", happenedOn: \"2024-06-29\""))).At("cureDefault.default");
        Assert.That((cured.TextAt("state"), cured.At("lossGivenDefault").GetDecimal()), Is.EqualTo(("CURED", 0m)));
        Assert.That(await InDefault(served), Is.True, "for the time of probation");
        Assert.That((await served.Ask(ServedGraph.Regulator, "{ creditEvents { nodes { kind } } }")).TextsAt("creditEvents.nodes", "kind"), Is.EquivalentTo(new[] { "DEFAULT", "CURED" }));
        Assert.That(await served.Codes(Recovery, Move("rectifyDefault", second, "k5", "document: \"R2\"")), Is.EqualTo(new[] { "CONFLICT" }), "it was never reported");
    }

    [Test]
    public async Task WhatIsOwedIsTheClaimAsItStandsLessWhatCameInAndFollowsItsCorrection()
    {
        var clock = new Days();
        await using var served = await ServedGraph.Of(Market(), made => made with { Clock = clock });
        var id = (await served.Ask(Recovery, Declare("k1"))).TextAt("declareDefault.default.id")!;
        async Task<(decimal, decimal, decimal)> Standing(string when = "") =>
            (await served.Ask(Recovery, $"{{ defaults{when} {{ nodes {{ amount owed recovered }} }} }}")).At("defaults.nodes.0") is var one
                ? (one.At("amount").GetDecimal(), one.At("owed").GetDecimal(), one.At("recovered").GetDecimal()) : default;
        Assert.That(await Standing(), Is.EqualTo((100m, 100m, 0m)), "from the first day on");
        Assert.That(await served.AskText(Recovery, Move("receiveDefault", id, "k2", "amount: 100.01")), Does.Contain("BAD_USER_INPUT").And.Contain("is above 100, which is what is owed"));
        Assert.That(await served.AskText(Recovery, Move("sellDefault", id, "k2", "amount: 70, costs: 70.01")), Does.Contain("BAD_USER_INPUT").And.Contain("are above 70, which is what was received"));
        await served.Ask(Recovery, Move("sellDefault", id, "k2", "amount: 70, costs: 2"));
        Assert.That(await Standing(), Is.EqualTo((100m, 32m, 68m)));
        clock.Passed = 1;
        var own = (await served.Ask(Zhang, "{ defaults { nodes { id } } }")).TextAt("defaults.nodes.0.id");
        var complaint = (await served.Ask(Zhang, $$"""mutation { complain(about: RECORD, text: "it was 80", record: "{{own}}", field: "amount", key: "c") { complaint { id } } }""")).TextAt("complain.complaint.id");
        foreach (var (move, more) in (IEnumerable<(string, string)>)[("acknowledge", ""), ("classify", "cause: SOURCE"), ("assign", "assignee: \"wang\""), ("uphold", "reason: \"so it is\", rightValue: \"80\"")])
            await served.Ask(Officer("complaint", "wang"), $$"""mutation { {{move}}Complaint(complaint: "{{complaint}}", key: "{{move}}" {{more}}) { isNew } }""");
        Assert.That(await Standing(), Is.EqualTo((80m, 12m, 68m)), "by the claim as it was corrected");
        Assert.That(await Standing($"(knownAt: \"{ServedGraph.Now.AddHours(1):O}\")"), Is.EqualTo((100m, 32m, 68m)), "as it was known before");
        Assert.That((await served.Ask(ServedGraph.Regulator, "{ creditEvents { nodes { amount } } }")).At("creditEvents.nodes.0.amount").GetDecimal(), Is.EqualTo(80m), "so is what it states for all");
        Assert.That(await served.AskText(Recovery, Move("receiveDefault", id, "k3", "amount: 13")), Does.Contain("is above 12"));
        await served.Ask(Recovery, Move("receiveDefault", id, "k3", "amount: 4"));
        Assert.That(await Standing(), Is.EqualTo((80m, 8m, 72m)));
        await served.Ask(Recovery, Move("notifyDefault", id, "k4", "document: \"N1\""));
        clock.Passed = 21;
        Assert.That((await served.Ask(Second, Move("closeDefault", id, "k5", "reason: \"over\""))).At("closeDefault.default.lossGivenDefault").GetDecimal(), Is.EqualTo(0.1m));
    }

    private static async Task<bool> InDefault(ServedGraph served) =>
        (await served.Ask(ServedGraph.Regulator, "{ marginContracts(where: { contractNumber: { eq: \"B001-M2\" } }) { nodes { inDefault } } }")).At("marginContracts.nodes.0.inDefault").GetBoolean();

    private static Viewer Officer(string purpose, string person) => ServedGraph.As(Role.Broker, "Broker/B001", purpose, "a test needs to see") with { Subject = person };

    private static string Declare(string key) => $$"""mutation { declareDefault(contract: "{{Contract}}", on: "2024-06-28", cause: COLLATERAL, key: "{{key}}") { default { id state amount interest } isNew } }""";

    private static string Move(string command, string id, string key, string more) =>
        $$"""mutation { {{command}}(default: "{{id}}", key: "{{key}}", {{more}}) { default { state dueOn owed recovered lossGivenDefault cause } move { toCosts toInterest toPrincipal surplus } isNew } }""";

    /// <summary>A clock that goes on by days.</summary>
    private sealed class Days : TimeProvider
    {
        public int Passed { get; set; }

        public override DateTimeOffset GetUtcNow() => ServedGraph.Now.AddDays(Passed);
    }
}
