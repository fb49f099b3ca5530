using System.Text.Json;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Market;

public sealed class MarketFactsPartTests
{
    private const string Question = $$"""{ client(id: "{{SmallMarket.ZhangAtB001}}") { ... on Person { marketFacts { debt contracts securities events { kind occurredOn } hasSecuritiesElsewhere securitiesElsewhere } } } }""";

    [Test]
    public async Task WithTheFactsABrokerLearnsTheSumAndNotWhere()
    {
        await using var served = await ServedGraph.Of(Market().Authorise("FACTS"));
        var text = await served.AskText(LinkedDebtors.BrokerFor("admission"), Question);
        var facts = JsonDocument.Parse(text).RootElement.At("data.client.marketFacts");
        Assert.That((facts.At("debt").GetDecimal(), facts.At("contracts").GetInt32(), facts.At("securities").GetDecimal()), Is.EqualTo((752_000m, 2, 1_500m)), text);
        Assert.That(facts.TextsAt("events", "kind"), Is.EqualTo(new[] { "MARGIN_CALL", "DEFAULT" }));
        Assert.That(facts.At("securitiesElsewhere").ValueKind, Is.EqualTo(JsonValueKind.Null), "for a disposal only");
        Assert.That(text, Does.Not.Contain("B002"));
    }

    [Test]
    public async Task TheScoreAloneOpensNoFacts()
    {
        await using var served = await ServedGraph.Of(Market().Authorise("SCORE"));
        var error = JsonDocument.Parse(await served.AskText(LinkedDebtors.BrokerFor("admission"), Question)).RootElement.At("errors.0.extensions");
        Assert.That((error.TextAt("code"), error.TextAt("scope")), Is.EqualTo(("AUTHORISATION_REQUIRED", "FACTS")));
    }

    [Test]
    public async Task TheFactsAreForThePurposeTheyWereGivenFor()
    {
        await using var served = await ServedGraph.Of(Market().Authorise("FACTS", "admission"));
        Assert.That(await served.Codes(LinkedDebtors.BrokerFor("default-disposal"), Question), Is.EqualTo(new[] { "AUTHORISATION_REQUIRED" }));
    }

    [Test]
    public async Task AWithdrawalClosesTheFactsOfTheDayBefore()
    {
        await using var served = await ServedGraph.Of(Market().Authorise("FACTS", withdrawnOn: "2024-06-30"));
        var older = Question.Replace("\") {", "\", asOf: \"2024-06-01\") {", StringComparison.Ordinal);
        Assert.That(await served.Codes(LinkedDebtors.BrokerFor("admission"), older), Is.EqualTo(new[] { "AUTHORISATION_REQUIRED" }));
    }

    [Test]
    public async Task AfterADefaultTheDisposalLearnsThatThereAreSecuritiesElsewhere()
    {
        await using var served = await ServedGraph.Of(Market(defaultAt: "B001").Authorise("FACTS", "default-disposal"));
        var facts = (await served.Ask(LinkedDebtors.BrokerFor("default-disposal"), Question)).At("client.marketFacts");
        Assert.That((facts.At("hasSecuritiesElsewhere").GetBoolean(), facts.At("securitiesElsewhere").GetDecimal()), Is.EqualTo((true, 1_000m)));
    }

    [Test]
    public async Task ADefaultAtAnotherBrokerOpensNoDisposal()
    {
        await using var served = await ServedGraph.Of(Market(defaultAt: "B002").Authorise("FACTS", "default-disposal"));
        var facts = (await served.Ask(LinkedDebtors.BrokerFor("default-disposal"), Question)).At("client.marketFacts");
        Assert.That(facts.At("securitiesElsewhere").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task TheClientAndTheRegulatorSeeThemWithoutOne()
    {
        await using var served = await ServedGraph.Of(Market());
        foreach (var viewer in (Viewer[])[ServedGraph.Client(SmallMarket.Zhang), ServedGraph.Regulator])
            Assert.That((await served.Ask(viewer, Question)).At("client.marketFacts.debt").GetDecimal(), Is.EqualTo(752_000m), $"{viewer.Role}");
        Assert.That(await served.Codes(ServedGraph.As(Role.Client, SmallMarket.Li, "own-record"), Question), Is.Not.Empty, "not another client");
        Assert.That(await served.Codes(ServedGraph.Analyst, Question), Is.Not.Empty);
    }

    /// <summary>张三 with 500 yuan of shares at B001 and 1,000 at B002, a margin call at B002 and a default.</summary>
    private static MarketSketch Market(string defaultAt = "B002") => SmallMarket.Sketch()
        .Node("Security/600519.SH", ("code", "600519.SH"), ("close", "10"))
        .Edge("POSITION", "Account/broker-B001:62000000001", "Security/600519.SH", ("quantity", "50"))
        .Edge("POSITION", "Account/broker-B002:62000000007", "Security/600519.SH", ("quantity", "100"))
        .Node("CreditEvent/broker-B002:E1", ("kind", "MARGIN_CALL"), ("occurredOn", "2024-05-02")).Edge("BEFELL", "CreditEvent/broker-B002:E1", SmallMarket.ZhangAtB002)
        .Node($"CreditEvent/broker-{defaultAt}:E2", ("kind", "DEFAULT"), ("occurredOn", "2024-06-03"))
        .Edge("BEFELL", $"CreditEvent/broker-{defaultAt}:E2", defaultAt == "B001" ? SmallMarket.ZhangAtB001 : SmallMarket.ZhangAtB002);
}
