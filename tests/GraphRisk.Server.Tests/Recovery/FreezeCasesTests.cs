using System.Text.Json;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Recovery;

/// <summary>Requests to freeze: two persons, the assets as they were, the paper in two forms, and no word of it to the client.</summary>
public sealed class FreezeCasesTests
{
    private const string Contract = "MarginContract/broker-B001:M2";

    private static readonly Viewer Li = Officer("li"), Wang = Officer("wang"), Zhang = ServedGraph.Client(SmallMarket.Zhang);

    private static MarketSketch Market => SmallMarket.Sketch()
        .NodeFrom(new(2024, 1, 1), SmallMarket.ZhangAtB001, ("name", "張三"), ("residentId", "310101198001011234"), ("address", "上海市浦东新区世纪大道1号"))
        .Node("Security/600519.SH", ("code", "600519.SH"), ("close", "10"))
        .Edge("POSITION", "Account/broker-B001:62000000001", "Security/600519.SH", ("quantity", "100"), ("frozen", "40"))
        .Edge("POSITION", "Account/broker-B002:62000000007", "Security/600519.SH", ("quantity", "5"))
        .Node(Contract, ("contractNumber", "B001-M2"), ("status", "OPEN"), ("debt", "100"), ("interest", "10"), ("cash", "0"), ("marketValue", "80"))
        .Edge("CONTRACTED", SmallMarket.ZhangAtB001, Contract).Edge("GRANTED_BY", Contract, "Broker/B001");

    [Test]
    public async Task WhatWasDraftedIsApprovedByAnotherAndShownAgainAsItWas()
    {
        await using var served = await ServedGraph.Of(Market);
        var id = await DraftAsync(served);
        var before = await PaperAsync(served, id, "JSON");
        var paper = JsonDocument.Parse(before).RootElement;
        Assert.That((paper.TextAt("document.respondent.name"), paper.At("document.claim.owed").GetDecimal(), paper.TextAt("document.contract.number")), Is.EqualTo(("張三", 100m, "B001-M2")));
        Assert.That(paper.At("document.respondent.identifiers").EnumerateArray().Select(one => one.GetString()), Does.Contain("RESIDENT_ID 310101198001011234"));
        Assert.That(paper.TextsAt("document.assets", "kind"), Is.EqualTo(new[] { "Account", "Position", "ContractExcess" }), "without what secures the contract, and without what another broker keeps");
        Assert.That(paper.At("document.assets.1.free").GetDecimal(), Is.EqualTo(600m));

        await served.Record(new MarketSketch().NodeFrom(new(2024, 6, 29), "Security/600519.SH", ("code", "600519.SH"), ("close", "1")).Changes);
        Assert.That(await served.Codes(Li, Move("approve", id, "a", "")), Is.EqualTo(new[] { "FORBIDDEN" }), "not by who drafted");
        await served.Ask(Wang, Move("approve", id, "a", ""));
        await served.Ask(Li, Move("send", id, "s", "document: \"letter 7\", happenedOn: \"2024-06-29\""));
        foreach (var (day, why) in (IEnumerable<(string, string)>)[("2024-06-30", "is not after 2024-06-30"), ("2099-01-01", "is later than 2027-06-30")])
            Assert.That(await served.AskText(Li, Move("grant", id, "g", $"document: \"x\", dueOn: \"{day}\"")), Does.Contain("BAD_USER_INPUT").And.Contain(why));
        var granted = await served.Ask(Li, Move("grant", id, "g", "document: \"（2024）沪01财保1号\", dueOn: \"2025-06-29\""));
        Assert.That((granted.TextAt("grantFreezeRequest.freezeRequest.state"), granted.TextAt("grantFreezeRequest.freezeRequest.expiresOn")), Is.EqualTo(("GRANTED", "2025-06-29")));
        var after = JsonDocument.Parse(await PaperAsync(served, id, "JSON")).RootElement;
        Assert.That(after.GetProperty("document").GetRawText(), Is.EqualTo(paper.GetProperty("document").GetRawText()), "kept with it and shown again");
        Assert.That(after.TextsAt("states", "state"), Is.EqualTo(new[] { "DRAFTED", "APPROVED", "SENT", "GRANTED" }));
        Assert.That((after.TextAt("states.2.on"), after.TextAt("states.2.document")), Is.EqualTo(("2024-06-29", "letter 7")));
        Assert.That(await PaperAsync(served, id, "HTML"), Does.Contain("财产保全申请书").And.Contain("letter 7").And.Contain("310101198001011234"));
    }

    [Test]
    public async Task TheClientIsNotWarnedAndOthersKnowNothing()
    {
        await using var served = await ServedGraph.Of(Market);
        var moves = (await served.Ask(Zhang, "{ caseMoves { totalCount } }")).At("caseMoves.totalCount").GetInt32();
        var id = await DraftAsync(served);
        await served.Ask(Wang, Move("approve", id, "a", ""));
        Assert.That((await served.Ask(Zhang, "{ freezeRequests { totalCount } briefings { totalCount } }")).At("freezeRequests.totalCount").GetInt32(), Is.Zero);
        Assert.That((await served.Ask(Zhang, "{ caseMoves { totalCount } }")).At("caseMoves.totalCount").GetInt32(), Is.EqualTo(moves + 1), "of the default, of which it is told, and of nothing else");
        Assert.That((await served.Ask(Zhang, "{ defaults { nodes { freezeRequests { totalCount } } } }")).At("defaults.nodes.0.freezeRequests.totalCount").GetInt32(), Is.Zero);
        Assert.That((await served.Ask(ServedGraph.Broker("B002"), "{ freezeRequests { totalCount } }")).At("freezeRequests.totalCount").GetInt32(), Is.Zero);
        Assert.That((await served.Ask(ServedGraph.Regulator, "{ freezeRequests { totalCount } }")).At("freezeRequests.totalCount").GetInt32(), Is.EqualTo(1));
        Assert.That(await served.AskText(ServedGraph.As(Role.Broker, "Broker/B001", "default-disposal"), "{ freezeRequests { nodes { paper } } }"), Does.Not.Contain("張三"), "not without a reason");
        Assert.That(await served.Codes(Zhang, $$"""mutation { draftFreezeRequest(default: "{{id}}", key: "x") { isNew } }"""), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That((await served.Ask(ServedGraph.As(Role.Broker, "Broker/B001", "admission"), "{ briefings { nodes { advice recommendation { creditLine } } } }")).At("briefings.nodes.0.recommendation").ValueKind, Is.EqualTo(JsonValueKind.Null), "it is no recommendation");
    }

    [Test]
    public async Task NothingIsFrozenForADefaultThatIsEnded()
    {
        await using var served = await ServedGraph.Of(Market);
        var id = (await served.Ask(Li, Declare)).TextAt("declareDefault.default.id")!;
        await served.Ask(Li, $$"""mutation { revokeDefault(default: "{{id}}", key: "r", reason: "a mistake") { isNew } }""");
        Assert.That(await served.Codes(Li, Draft(id)), Is.EqualTo(new[] { "CONFLICT" }));
    }

    [Test]
    public async Task NorApprovedForOneThatEndedMeanwhile()
    {
        await using var served = await ServedGraph.Of(Market);
        var id = (await served.Ask(Li, Declare)).TextAt("declareDefault.default.id")!;
        var request = (await served.Ask(Li, Draft(id))).TextAt("draftFreezeRequest.freezeRequest.id")!;
        await served.Ask(Li, $$"""mutation { revokeDefault(default: "{{id}}", key: "r", reason: "a mistake") { isNew } }""");
        Assert.That(await served.AskText(Officer("wang"), Move("approve", request, "a", "")), Does.Contain("CONFLICT").And.Contain("The default is REVOKED"));
    }

    private static Viewer Officer(string person) => ServedGraph.As(Role.Broker, "Broker/B001", "default-disposal", "a test needs to see") with { Subject = person };

    private static string Declare => $$"""mutation { declareDefault(contract: "{{Contract}}", on: "2024-06-28", cause: COLLATERAL, key: "d") { default { id } } }""";

    [Test]
    public async Task NothingIsFrozenForWhatIsPaid()
    {
        await using var served = await ServedGraph.Of(Market);
        var id = await DraftAsync(served);
        await served.Ask(Wang, Move("approve", id, "a", ""));
        var filed = (await served.Ask(Li, "{ defaults { nodes { id } } }")).TextAt("defaults.nodes.0.id");
        await served.Ask(Li, $$"""mutation { receiveDefault(default: "{{filed}}", key: "r", amount: 100) { isNew } }""");
        Assert.That(await served.AskText(Li, Move("send", id, "s", "document: \"letter 7\"")), Does.Contain("CONFLICT").And.Contain("Of the default 0 is owed"));
        Assert.That(await served.AskText(Li, Draft(filed!).Replace("\"f\"", "\"other\"", StringComparison.Ordinal)), Does.Contain("CONFLICT"));
    }

    private static string Draft(string defaultId) => $$"""mutation { draftFreezeRequest(default: "{{defaultId}}", attachments: ["contract", "statement"], key: "f") { freezeRequest { id state amount } isNew } }""";

    private static string Move(string move, string id, string key, string more) => $$"""mutation { {{move}}FreezeRequest(freezeRequest: "{{id}}", key: "{{key}}" {{more}}) { freezeRequest { state expiresOn } isNew } }""";

    private static async Task<string> DraftAsync(ServedGraph served)
    {
        var id = (await served.Ask(Li, Declare)).TextAt("declareDefault.default.id")!;
        var drafted = await served.Ask(Li, Draft(id));
        Assert.That((await served.Ask(Li, Draft(id))).At("draftFreezeRequest.isNew").GetBoolean(), Is.False, "sent again it is drafted once");
        return drafted.TextAt("draftFreezeRequest.freezeRequest.id")!;
    }

    private static async Task<string> PaperAsync(ServedGraph served, string id, string format) =>
        (await served.Ask(Li, $$"""{ node(id: "{{id}}") { ... on FreezeRequest { paper(format: {{format}}) } } }""")).TextAt("node.paper")!;
}
