using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Recovery;

/// <summary>Who is told of which assets of 张三: two brokers keep accounts of his, B001 one of the company he controls too.</summary>
public sealed class AssetPartTests
{
    private const string Shown = "{ count certainFree totals { kind certainty count free } assets { kind value free encumbered account { number } contract { contractNumber } holder { certainty party { id } chain { kind votes } } encumbrances { kind quantity creditor { code } } } }";

    private static readonly Viewer Disposing = ServedGraph.As(Role.Broker, "Broker/B001", "default-disposal", "a test needs to see");

    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(SmallMarket.Sketch()
        .Node("Security/600519.SH", ("code", "600519.SH"), ("close", "10")).Node("Security/000001.SZ", ("code", "000001.SZ"), ("close", "5"), ("suspended", "true"))
        .Edge("POSITION", "Account/broker-B001:62000000001", "Security/600519.SH", ("quantity", "100"), ("frozen", "40"))
        .Edge("POSITION", "Account/broker-B002:62000000007", "Security/000001.SZ", ("quantity", "1000"))
        .Node("Company/broker-B001:C9", ("name", "上海华信贸易有限公司")).Match(SmallMarket.Huaxin, "Company/broker-B001:C9").Edge("CLIENT_OF", "Company/broker-B001:C9", "Broker/B001")
        .Node("Account/broker-B001:62000000009", ("number", "62000000009")).Edge("OWNS_ACCOUNT", "Company/broker-B001:C9", "Account/broker-B001:62000000009")
        .Edge("KEPT_AT", "Account/broker-B001:62000000009", "Broker/B001").Edge("POSITION", "Account/broker-B001:62000000009", "Security/600519.SH", ("quantity", "7"))
        .Node("Person/broker-B002:C99", ("name", "张三")).Edge("CLIENT_OF", "Person/broker-B002:C99", "Broker/B002").Undecided(SmallMarket.ZhangAtB002, "Person/broker-B002:C99", 0.5m)
        .Node("Account/broker-B002:99", ("number", "99")).Edge("OWNS_ACCOUNT", "Person/broker-B002:C99", "Account/broker-B002:99").Edge("KEPT_AT", "Account/broker-B002:99", "Broker/B002")
        .Node("Person/broker-B001:C98", ("name", "张三")).Edge("CLIENT_OF", "Person/broker-B001:C98", "Broker/B001").Ruled(SmallMarket.ZhangAtB001, "Person/broker-B001:C98", GraphRisk.Intake.Resolution.Ledger.Verdict.NoMatch, 0.01m)
        .Node("Account/broker-B001:98", ("number", "98")).Edge("OWNS_ACCOUNT", "Person/broker-B001:C98", "Account/broker-B001:98").Edge("KEPT_AT", "Account/broker-B001:98", "Broker/B001"));

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [Test]
    public async Task TheRegulatorIsToldEverythingAndHowSureItIs()
    {
        var answer = (await served.Ask(ServedGraph.Regulator, Asked)).At("assets");
        Assert.That(Accounts(answer), Is.EqualTo(new[] { "CERTAIN 62000000001", "CERTAIN 62000000007", "CERTAIN 62000000001", "CERTAIN 62000000007", "CERTAIN B001-M1", "CERTAIN B002-M7", "CERTAIN 62000000009", "CERTAIN 62000000009", "DOUBTFUL 99" }), "and not the namesake's 98");
        Assert.That(answer.At("certainFree").GetDecimal(), Is.EqualTo(600m + 70m + (452000m * 1.2124m) + (300000m * 0.4m)), "what is suspended is apart");
        Assert.That(answer.TextAt("assets.6.holder.chain.0.kind"), Is.EqualTo("CONTROL"));
    }

    [Test]
    public async Task ABrokerIsToldOfWhatItKeepsItself()
    {
        var text = await served.AskText(Disposing, Asked);
        Assert.That(Accounts((await served.Ask(Disposing, Asked)).At("assets")), Is.EqualTo(new[] { "CERTAIN 62000000001", "CERTAIN 62000000001", "CERTAIN B001-M1", "CERTAIN 62000000009", "CERTAIN 62000000009" }));
        Assert.That(text, Does.Not.Contain("B002").And.Not.Contain("62000000007").And.Not.Contain("DOUBTFUL"));
    }

    [Test]
    public async Task AClientIsToldOfItsOwn() =>
        Assert.That(Accounts((await served.Ask(ServedGraph.Client(SmallMarket.Zhang), Asked)).At("assets")), Is.EqualTo(new[] { "CERTAIN 62000000001", "CERTAIN 62000000007", "CERTAIN 62000000001", "CERTAIN 62000000007", "CERTAIN B001-M1", "CERTAIN B002-M7" }));

    [Test]
    public async Task NobodyElseAsks()
    {
        Assert.That(await served.Codes(ServedGraph.Analyst, $$"""{ assets(client: "{{served.IdOf(ServedGraph.Analyst, GraphRisk.Graph.Facts.NodeId.Parse(SmallMarket.Zhang))}}") { count } }"""), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That(await served.Codes(Disposing, $$"""{ assets(client: "{{SmallMarket.Wang}}") { count } }"""), Is.EqualTo(new[] { "FORBIDDEN" }), "none of its clients");
        Assert.That(await served.Codes(Disposing, $$"""{ assets(client: "{{SmallMarket.Li}}") { count } }"""), Is.EqualTo(new[] { "NOT_FOUND" }), "whom only another knows");
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), Asked), Is.EqualTo(new[] { "PURPOSE_NOT_ALLOWED" }));
        Assert.That(await served.Codes(ServedGraph.Client(SmallMarket.Zhang), $$"""{ assets(client: "{{SmallMarket.Huaxin}}") { count } }"""), Is.EqualTo(new[] { "FORBIDDEN" }));
    }

    private static string Asked => $$"""{ assets(client: "{{SmallMarket.Zhang}}") {{Shown}} }""";

    private static string[] Accounts(System.Text.Json.JsonElement answer) =>
        [.. answer.At("assets").EnumerateArray().Select(asset => $"{asset.TextAt("holder.certainty")} {(asset.At("account").ValueKind == System.Text.Json.JsonValueKind.Null ? asset.TextAt("contract.contractNumber") : asset.TextAt("account.number"))}")];
}
