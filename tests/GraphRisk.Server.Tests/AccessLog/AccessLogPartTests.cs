using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.Tests.Security.Audit;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.AccessLog;

public sealed class AccessLogPartTests
{
    private const string Question = "{ accessLog { totalCount nodes { at act role broker purpose fields unmasked } } }";
    private static readonly Viewer Zhang = ServedGraph.Client(SmallMarket.ZhangAtB001);
    private TrailFolder folder = null!;
    private AuditIndex index = null!;
    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Fill()
    {
        folder = new TrailFolder();
        using (var trail = folder.Open())
        {
            await File(trail, ServedGraph.Broker("B002"), true, new AuditPart(["MarginContract.debt"], [SmallMarket.ZhangAtB002]), new AuditPart(["Person.phone"], [SmallMarket.Li]));
            await File(trail, ServedGraph.RegulatorMasked, false, new AuditPart(["Person.name"], [SmallMarket.Zhang, SmallMarket.Wang]));
            await File(trail, Zhang, false, new AuditPart(["Person.name"], [SmallMarket.Zhang]));
            await File(trail, ServedGraph.Broker("B001"), false, new AuditPart(["Person.phone"], [SmallMarket.ZhangAtB001]));
        }

        index = AuditIndex.Open(folder.Files);
        served = await ServedGraph.Of(SmallMarket.Sketch(), dependencies => dependencies with { AccessLog = index });
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await served.DisposeAsync();
        index.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task AClientIsToldWhoReadWhatOfItUnderAnyOfItsRecords()
    {
        var log = (await served.Ask(Zhang, Question)).At("accessLog");
        Assert.That(log.At("totalCount").GetInt32(), Is.EqualTo(3));
        Assert.That(log.At("nodes").EnumerateArray().Select(entry => $"{entry.TextAt("role")} {entry.TextAt("broker")} {entry.TextAt("purpose")} {entry.At("fields")} {entry.At("unmasked")}"), Is.EqualTo(new[]
        {
            "BROKER B001 kyc [\"Person.phone\"] False", "REGULATOR  supervision [\"Person.name\"] False", "BROKER B002 kyc [\"MarginContract.debt\"] True",
        }));
    }

    [Test]
    public async Task WhoReadWhatAndWhyIsSaidInWords()
    {
        const string Words = "reader(language: L) purposeName(language: L) basisName(language: L) fieldNames(language: L)";
        async Task<string[]> In(string language) =>
            [.. (await served.Ask(Zhang, $"{{ accessLog {{ nodes {{ {Words.Replace("L)", $"{language})", StringComparison.Ordinal)} }} }} }}")).At("accessLog.nodes").EnumerateArray()
                .Select(entry => $"{entry.TextAt("reader")} | {entry.TextAt("purposeName")} | {entry.TextAt("basisName")} | {entry.TextAt("fieldNames.0")}")];
        Assert.That(await In("EN"), Is.EqualTo(new[]
        {
            "broker B001 | knowing one's own client | Anti-Money Laundering Law 2024; the client's margin contract | person: Telephone number",
            "supervisor | supervision | Securities Law 2019, article 170 | person: Full name as the source writes it",
            "broker B002 | knowing one's own client | Anti-Money Laundering Law 2024; the client's margin contract | margin contract: Financed purchases outstanding, short market value, interest and fees together, as last stated; what a party owes counts no closed contract",
        }));
        Assert.That(await In("ZH"), Is.EqualTo(new[]
        {
            "证券公司 B001 | 客户身份识别 | 《反洗钱法》（2024年）；客户的融资融券合同 | 个人：电话号码",
            "监管机构 | 监督管理 | 《证券法》（2019年）第一百七十条 | 个人：来源所写的全名",
            "证券公司 B002 | 客户身份识别 | 《反洗钱法》（2024年）；客户的融资融券合同 | 融资融券合约：融资余额、融券市值、利息及费用合计，以最近一次所报为准；主体的负债不计已了结的合约",
        }));
    }

    [Test]
    public async Task ItComesInPages()
    {
        var first = (await served.Ask(Zhang, "{ accessLog(first: 2) { nodes { broker } pageInfo { hasNextPage endCursor } } }")).At("accessLog");
        Assert.That((first.TextsAt("nodes", "broker"), first.At("pageInfo.hasNextPage").GetBoolean()), Is.EqualTo((new[] { "B001", null }, true)));
        var rest = (await served.Ask(Zhang, $$"""{ accessLog(first: 2, after: "{{first.TextAt("pageInfo.endCursor")}}") { nodes { broker } pageInfo { hasNextPage } } }""")).At("accessLog");
        Assert.That((rest.TextsAt("nodes", "broker"), rest.At("pageInfo.hasNextPage").GetBoolean()), Is.EqualTo((new[] { "B002" }, false)));
    }

    [Test]
    public async Task ABrokerAnAnalystAndAnotherClientAreToldNothing()
    {
        var ofZhang = $$"""{ accessLog(client: "{{SmallMarket.Zhang}}") { totalCount } }""";
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), ofZhang), Has.Length.EqualTo(1));
        Assert.That(await served.Codes(ServedGraph.Analyst, ofZhang), Has.Length.EqualTo(1));
        Assert.That(await served.Codes(ServedGraph.Client(SmallMarket.Li), ofZhang), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task OfWhatIsNoPartOfItsRecordAClientLearnsThatACaseWasLookedIntoAndNotWhich()
    {
        using var own = new TrailFolder();
        using (var trail = own.Open())
            await File(trail, ServedGraph.Broker("B001"), false, new AuditPart(["FreezeRequest.state", "CaseMove.at", "Warning.severity", "Mutation.approveFreezeRequest", "Person.phone"], [SmallMarket.ZhangAtB001]));
        using var read = AuditIndex.Open(own.Files);
        await using var frozen = await ServedGraph.Of(SmallMarket.Sketch(), dependencies => dependencies with { AccessLog = read });
        Assert.That((await frozen.Ask(Zhang, Question)).At("accessLog.nodes.0.fields").ToString(), Is.EqualTo("[\"Case\",\"Person.phone\"]"));
        Assert.That((await frozen.Ask(Zhang, "{ accessLog { nodes { fieldNames(language: ZH) } } }")).At("accessLog.nodes.0.fieldNames.0").ToString(), Is.EqualTo("不属于本人记录的案件"));
        var ofZhang = $$"""{ accessLog(client: "{{SmallMarket.Zhang}}") { nodes { fields } } }""";
        Assert.That((await frozen.Ask(ServedGraph.Regulator, ofZhang)).At("accessLog.nodes.0.fields").ToString(), Does.Contain("FreezeRequest.state"));
    }

    [Test]
    public async Task TheRegulatorIsToldForAReason()
    {
        var ofLi = $$"""{ accessLog(client: "{{SmallMarket.Li}}") { totalCount } }""";
        Assert.That(await served.Codes(ServedGraph.RegulatorMasked, ofLi), Is.EqualTo(new[] { AccessCodes.ReasonRequired }));
        Assert.That((await served.Ask(ServedGraph.Regulator, ofLi)).At("accessLog.totalCount").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task WhoReceivedADisputedValueIsToldOffTheSameTrail()
    {
        const string Receivers = "receivers { role broker times }";
        var complained = (await served.Ask(Zhang, $$"""
            mutation { complain(about: RECORD, text: "repaid", record: "MarginContract/broker-B001:M1", field: "debt", key: "k") { complaint { id {{Receivers}} } } }
            """)).At("complain.complaint");
        Assert.That(complained.At("receivers").EnumerateArray().Select(one => $"{one.TextAt("role")} {one.TextAt("broker")} {one.At("times")}"), Is.EqualTo(new[] { "BROKER B002 1" }));
        var again = $$"""{ complaints { nodes { {{Receivers}} } } }""";
        Assert.That((await served.Ask(ServedGraph.Regulator, again)).At("complaints.nodes.0.receivers").GetArrayLength(), Is.EqualTo(1));
        Assert.That(await served.Codes(ServedGraph.RegulatorMasked, again), Is.EqualTo(new[] { AccessCodes.ReasonRequired }));
        Assert.That(await served.Codes(ServedGraph.As(Role.Broker, "Broker/B001", "complaint", "a test needs to see"), again), Is.EqualTo(new[] { AccessCodes.Forbidden }), "who read of its client is the client's to know");
    }

    private static async Task File(AuditTrail trail, Viewer viewer, bool revealed, params AuditPart[] parts) =>
        await trail.Append(new AuditEntry(ServedGraph.Now, AuditAct.Read, AuditActor.For(viewer, revealed), [.. parts]), CancellationToken.None);
}
