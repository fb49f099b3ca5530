using GraphRisk.Server.Tests.Served;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Tests.Sessions;

public sealed class EntitledViewTests
{
    private static readonly string Full = $$"""
        { client(id: "{{SmallMarket.Zhang}}") { ... on Person { name residentId phone address birthDate }
            brokers { totalCount nodes { code } } accounts { nodes { number } } contracts { totalCount nodes { contractNumber debt } } } }
        """;

    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(SmallMarket.Sketch());

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [Test]
    public async Task ABrokerMeetsItsClientButNotItsAccountsElsewhere()
    {
        var answer = await served.Ask(ServedGraph.Broker("B001"), Full);
        Assert.That(answer.TextAt("client.residentId"), Is.EqualTo("310101198001011234"));
        Assert.That(answer.TextsAt("client.brokers.nodes", "code"), Is.EqualTo(new[] { "B001" }));
        Assert.That(answer.At("client.brokers.totalCount").GetInt32(), Is.EqualTo(1), "not even the number of the others shows");
        Assert.That(answer.TextsAt("client.accounts.nodes", "number"), Is.EqualTo(new[] { "62000000001" }));
        Assert.That(answer.TextsAt("client.contracts.nodes", "contractNumber"), Is.EqualTo(new[] { "B001-M1" }));
    }

    [Test]
    public async Task ABrokerWithoutAReasonSeesItsClientMasked()
    {
        var viewer = ServedGraph.As(Role.Broker, "Broker/B001", "kyc");
        var answer = await served.Ask(viewer, Full);
        Assert.That(answer.TextAt("client.residentId"), Is.EqualTo("31**************34"));
        Assert.That(answer.TextAt("client.phone"), Does.Contain("*"));
        Assert.That(answer.At("client.birthDate").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
    }

    [TestCase(SmallMarket.Li)]
    [TestCase(SmallMarket.ZhangAtB002)]
    [TestCase("Account/broker-B002:62000000007")]
    [TestCase("MarginContract/broker-B002:M7")]
    public async Task WhatOnlyAnotherBrokerKnowsIsNotThere(string id) =>
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), $$"""{ node(id: "{{id}}") { id } }"""), Is.EqualTo(new[] { "NOT_FOUND" }));

    [Test]
    public async Task ABrokerMayNotListAnothersClients()
    {
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), """{ clients(broker: "B002") { totalCount } }"""), Is.EqualTo(new[] { "FORBIDDEN" }));
        var own = await served.Ask(ServedGraph.Broker("B001"), "{ clients { totalCount nodes { name } } }");
        Assert.That(own.At("clients.totalCount").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task ABrokerMayNotReadAnotherBrokersClientsThroughTheBroker() =>
        Assert.That(
            await served.Codes(ServedGraph.Broker("B001"), """{ node(id: "Broker/B002") { ... on Broker { name clients { totalCount } } } }"""),
            Is.EqualTo(new[] { "FORBIDDEN" }));

    [Test]
    public async Task APersonWhoIsNoClientOfItIsUnnamedToABroker() =>
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), $$"""{ person(id: "{{SmallMarket.Wang}}") { country name } }"""), Is.EqualTo(new[] { "FORBIDDEN" }));

    [Test]
    public async Task AClientReadsItsOwnRecordWhole()
    {
        var answer = await served.Ask(ServedGraph.Client(SmallMarket.ZhangAtB001), "{ client { ... on Person { residentId } accounts { totalCount } contracts { totalCount } } }");
        Assert.That(answer.TextAt("client.residentId"), Is.EqualTo("310101198001011234"));
        Assert.That(answer.At("client.accounts.totalCount").GetInt32(), Is.EqualTo(2));
        Assert.That(answer.At("client.contracts.totalCount").GetInt32(), Is.EqualTo(2));
    }

    [TestCase(SmallMarket.Wang)]
    [TestCase(SmallMarket.Li)]
    public async Task AClientMeetsNobodyElse(string other)
    {
        Assert.That(await served.Codes(ServedGraph.Client(SmallMarket.Zhang), $$"""{ client(id: "{{other}}") { id } }"""), Is.EqualTo(new[] { "NOT_FOUND" }));
        Assert.That(await served.Codes(ServedGraph.Client(SmallMarket.Zhang), "{ clients { totalCount } }"), Is.EqualTo(new[] { "FORBIDDEN" }));
    }

    [Test]
    public async Task AnAnalystSeesPseudonyms()
    {
        var answer = await served.Ask(ServedGraph.Analyst, Full);
        Assert.That(answer.TextAt("client.name"), Does.Contain("*"));
        Assert.That(answer.TextsAt("client.accounts.nodes", "number"), Is.All.Contains("*"));
        Assert.That(answer.At("client.contracts.nodes.0.debt").GetDecimal(), Is.EqualTo(452000m));
    }

    [Test]
    public async Task WithoutAPurposeNothingConfidentialIsRead() =>
        Assert.That(
            await served.Codes(ServedGraph.As(Role.Regulator, null, null), $$"""{ person(id: "{{SmallMarket.Wang}}") { name } }"""),
            Is.EqualTo(new[] { "PURPOSE_REQUIRED" }));

    [TestCase("{ store { schemaHash } }")]
    [TestCase("{ company(uscc: \"91310000MA1FL0000A\") { name } }")]
    public async Task NobodyReadsNothing(string query) =>
        Assert.That(await served.Codes(Viewer.Anonymous, query), Is.EqualTo(new[] { "UNAUTHENTICATED" }));

    [Test]
    public void EveryConfidentialNodeTypeSaysToWhomItBelongs()
    {
        var without = MarketSketch.Catalog.NodeTypes
            .Where(type => !type.IsParty && type.Level >= Sensitivity.Confidential && Belonging.Of(type) is null);
        Assert.That(without.Select(type => type.Name), Is.Empty);
    }

    [Test]
    public void NamesOfRelationshipsAreThoseOfTheSchema() =>
        Assert.That(ElementNames.Named, Is.SubsetOf(MarketSketch.Catalog.RelationshipTypes.Select(type => type.GraphName)));
}
