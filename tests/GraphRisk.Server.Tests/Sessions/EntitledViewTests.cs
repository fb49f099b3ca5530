using System.Text.Json;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

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
        Assert.That(answer.At("client.birthDate").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [TestCase(SmallMarket.Li)]
    [TestCase(SmallMarket.ZhangAtB002)]
    [TestCase("Account/broker-B002:62000000007")]
    [TestCase("MarginContract/broker-B002:M7")]
    public async Task WhatOnlyAnotherBrokerKnowsIsNotThere(string id) =>
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), $$"""{ node(id: "{{id}}") { id } }"""), Is.EqualTo(new[] { "NOT_FOUND" }));

    [Test]
    public async Task ABrokerThatStatesAnothersClientReadsNothingButItsOwnStatement()
    {
        await using var planted = await ServedGraph.Of(SmallMarket.Sketch()
            .Node("Person/broker-B002:C9", ("name", "赵六"), ("residentId", "110101198505050055"), ("phone", "13900002222"), ("address", "北京市海淀区中关村大街9号"), ("idExpiresOn", "2030-01-01"))
            .Edge("CLIENT_OF", "Person/broker-B002:C9", "Broker/B002", ("clientNumber", "C9000000001"))
            .Node("MarginContract/broker-B002:M9", ("contractNumber", "B002-M9"), ("status", "OPEN"), ("debt", "700000"))
            .Edge("CONTRACTED", "Person/broker-B002:C9", "MarginContract/broker-B002:M9").Edge("GRANTED_BY", "MarginContract/broker-B002:M9", "Broker/B002")
            .Node("Person/broker-B001:X", ("name", "赵六"), ("residentId", "110101198505050055"))
            .Edge("CLIENT_OF", "Person/broker-B001:X", "Broker/B001", ("clientNumber", "X"))
            .Match("Person/broker-B002:C9", "Person/broker-B001:X"));
        var answer = await planted.Ask(ServedGraph.Broker("B001"), """
            { client(id: "Person/broker-B001:X") { ... on Person { name phone address idExpiresOn records { source } judgements { judge } }
                brokers { nodes { code } } contracts { totalCount } } }
            """);
        Assert.That(answer.TextAt("client.name"), Is.EqualTo("赵六"));
        Assert.That(answer.At("client.phone").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(answer.At("client.address").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(answer.At("client.idExpiresOn").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(answer.TextsAt("client.records", "source"), Is.All.EqualTo("broker-B001"));
        Assert.That(answer.At("client.judgements").GetArrayLength(), Is.Zero, "not even that there is somebody to be judged one with");
        Assert.That(answer.TextsAt("client.brokers.nodes", "code"), Is.EqualTo(new[] { "B001" }));
        Assert.That(answer.At("client.contracts.totalCount").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task OfSeveralSourcesOneThatIsOpenToTheViewerIsChosen()
    {
        await using var merged = await ServedGraph.Of(SmallMarket.Sketch().NodeFrom(new DateOnly(2024, 1, 1), SmallMarket.ZhangAtB002, ("name", "ZHANG SAN"), ("phone", "13700007777")));
        var question = $$"""{ client(id: "{{SmallMarket.ZhangAtB001}}") { ... on Person { phone } } }""";
        Assert.That((await merged.Ask(ServedGraph.Regulator, question)).TextAt("client.phone"), Is.EqualTo("13700007777"), "the later statement wins");
        Assert.That((await merged.Ask(ServedGraph.Broker("B001"), question)).TextAt("client.phone"), Is.EqualTo("13800001111"), "its own");
        Assert.That((await merged.Ask(ServedGraph.Client(SmallMarket.Zhang), "{ client { ... on Person { phone } } }")).TextAt("client.phone"), Is.EqualTo("13700007777"));
    }

    [Test]
    public async Task AnotherBrokersRecordTiesTwoOfOnesOwnAndShowsNothingElse()
    {
        await using var tied = await ServedGraph.Of(SmallMarket.Sketch()
            .Node("Person/broker-B001:C2", ("name", "张叁")).Edge("CLIENT_OF", "Person/broker-B001:C2", "Broker/B001", ("clientNumber", "C2"))
            .Match(SmallMarket.ZhangAtB002, "Person/broker-B001:C2"));
        var answer = await tied.Ask(ServedGraph.Broker("B001"), """{ clients { totalCount nodes { ... on Person { records { source recordKey } } } } }""");
        Assert.That(answer.At("clients.totalCount").GetInt32(), Is.EqualTo(1), "that two of its own records are one client is disclosed to it");
        Assert.That(answer.TextsAt("clients.nodes.0.records", "source"), Is.EquivalentTo(new[] { "registry", "broker-B001", "broker-B001" }));
    }

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
    public async Task OfAPersonWhoIsNoClientOfItABrokerReadsTheNameAlone() =>
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), $$"""{ person(id: "{{SmallMarket.Wang}}") { name birthDate } }"""), Is.EqualTo(new[] { "FORBIDDEN" }));

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
        var answer = await served.Ask(ServedGraph.Analyst, """
            { clients(broker: "B001") { nodes { ... on Person { name accounts { nodes { number } } contracts { nodes { debt } } } } } }
            """);
        Assert.That(answer.TextAt("clients.nodes.0.name"), Does.StartWith("name-"));
        Assert.That(answer.TextsAt("clients.nodes.0.accounts.nodes", "number"), Is.All.StartsWith("account-"));
        Assert.That(answer.At("clients.nodes.0.contracts.nodes.0.debt").GetDecimal(), Is.EqualTo(452000m), "its purpose is to validate models");
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
