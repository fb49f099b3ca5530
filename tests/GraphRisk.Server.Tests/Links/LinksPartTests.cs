using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Links;

public sealed class LinksPartTests
{
    private static readonly MarketSketch Market = SmallMarket.Sketch()
        .Node("Device/broker-B002:d1", ("kind", "PHONE"))
        .Edge("SIGNED_IN", "Device/broker-B002:d1", "Account/broker-B002:62000000007")
        .Node("Account/broker-B002:62000000008", ("number", "62000000008"))
        .Edge("OWNS_ACCOUNT", SmallMarket.Li, "Account/broker-B002:62000000008").Edge("KEPT_AT", "Account/broker-B002:62000000008", "Broker/B002")
        .Edge("SIGNED_IN", "Device/broker-B002:d1", "Account/broker-B002:62000000008");

    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(Market);

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [Test]
    public async Task EveryLinkedPartyComesWithThePathAndItsEvidence()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { linkedParties(client: "{{SmallMarket.Zhang}}") { isComplete linked { totalCount edges { strength node { id ... on Company { uscc } }
                path { kind value isForward from { id } to { id } via { __typename } evidence { relationship from { __typename } to { __typename } } } } } } }
            """);
        var first = answer.At("linkedParties.linked.edges.0");
        Assert.That(first.TextAt("node.uscc"), Is.EqualTo("91310000MA1FL0000A"));
        Assert.That(first.TextAt("path.0.kind"), Is.EqualTo("CONTROL"));
        Assert.That(first.At("path.0.value").GetDecimal(), Is.EqualTo(0.6m));
        Assert.That(first.TextAt("path.0.evidence.0.relationship"), Is.EqualTo("HOLDS"));
        Assert.That(first.TextAt("path.0.evidence.0.from.__typename"), Is.EqualTo("Person"));
        Assert.That(first.TextAt("path.0.evidence.0.to.__typename"), Is.EqualTo("Company"));
        var device = answer.At("linkedParties.linked.edges").EnumerateArray().Single(edge => edge.TextAt("path.0.kind") == "SHARED_DEVICE");
        Assert.That(device.TextAt("path.0.via.__typename"), Is.EqualTo("Device"));
    }

    [Test]
    public async Task ABrokerIsNotToldOfTiesThroughAnothersAccounts()
    {
        var answer = await served.Ask(ServedGraph.Broker("B001"), $$"""{ linkedParties(client: "{{SmallMarket.Zhang}}") { linked { edges { path { kind } } } } }""");
        var kinds = answer.At("linkedParties.linked.edges").EnumerateArray().SelectMany(edge => edge.At("path").EnumerateArray().Select(link => link.TextAt("kind")));
        Assert.That(kinds, Does.Contain("CONTROL").And.Not.Contain("SHARED_DEVICE"));
    }

    [Test]
    public async Task ABrokerMayNotAskForTheTiesOfAStranger() => Assert.That(
        await served.Codes(ServedGraph.Broker("B001"), $$"""{ linkedParties(client: "{{SmallMarket.Wang}}") { isComplete } }"""),
        Is.EqualTo(new[] { "FORBIDDEN" }));

    [Test]
    public async Task AClientSeesItsOwnTies()
    {
        var answer = await served.Ask(ServedGraph.Client(SmallMarket.Zhang), "{ client { linkedParties(maxSteps: 1) { linked { totalCount nodes { ... on Company { name } } } } } }");
        Assert.That(answer.TextsAt("client.linkedParties.linked.nodes", "name"), Is.EqualTo(new[] { "上海华信贸易有限公司" }));
    }

    [TestCase("maxSteps: 0")]
    [TestCase("maxSteps: 5")]
    [TestCase("minStrength: 1.5")]
    public async Task WhatCannotBeMeantIsBadInput(string argument) => Assert.That(
        await served.Codes(ServedGraph.Regulator, $$"""{ linkedParties(client: "{{SmallMarket.Zhang}}", {{argument}}) { isComplete } }"""),
        Is.EqualTo(new[] { "BAD_USER_INPUT" }));
}
