using System.Text.Json;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Paths;

/// <summary>
/// The small market with money that moves: 张三's account at B001 pays a shop, the shop pays a depot, the depot pays back. 李四 pays the
/// shop too, from an account that only B002 knows. 华信, 东方 and 张三 guarantee each other in a circle.
/// </summary>
public sealed class PathsPartTests
{
    private const string Zhang = "Account/broker-B001:62000000001";
    private const string ZhangAtB002 = "Account/broker-B002:62000000007";
    private const string Li = "Account/broker-B002:62000000008";
    private const string Shop = "Account/broker-B001:shop";
    private const string Depot = "Account/broker-B001:depot";

    private static readonly MarketSketch Market = SmallMarket.Sketch()
        .Node(Shop, ("number", "62000000090")).Node(Depot, ("number", "62000000091")).Node(Li, ("number", "62000000008"))
        .Edge("OWNS_ACCOUNT", SmallMarket.Li, Li)
        .Edge("TRANSFERRED", Zhang, Shop, ("amount", "5000"), ("at", "2024-03-01T09:00:00Z"))
        .Edge("TRANSFERRED", Shop, Depot, ("amount", "4000"), ("at", "2024-03-02T09:00:00Z"))
        .Edge("TRANSFERRED", Depot, Zhang, ("amount", "3000"), ("at", "2024-03-03T09:00:00Z"))
        .Edge("TRANSFERRED", Li, ZhangAtB002, ("amount", "700"), ("at", "2024-02-01T09:00:00Z"))
        .Edge("GUARANTEES", SmallMarket.Zhang, SmallMarket.Dongfang, ("amount", "200000"), ("contractNumber", "G-0000000001"))
        .Edge("GUARANTEES", SmallMarket.Dongfang, SmallMarket.Huaxin, ("amount", "300000"));

    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(Market);

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [Test]
    public async Task ANeighbourhoodNamesNodesHopsAndTheStepThatLeadsThere()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { neighbourhood(of: "{{SmallMarket.Dongfang}}", kinds: [HOLDS], direction: IN) { isComplete nodes { totalCount edges { hops node { ... on Person { name } ... on Company { name } }
                via { relationship isForward share from { ... on Company { name } } } } } } }
            """);
        var edges = answer.At("neighbourhood.nodes.edges").EnumerateArray().Select(edge => (edge.At("hops").GetInt32(), edge.TextAt("node.name"), edge.At("via.share").GetDecimal(), edge.At("via.isForward").GetBoolean()));
        Assert.That(edges, Is.EquivalentTo(new[] { (1, "上海华信贸易有限公司", 0.3m, false), (1, "王五", 0.25m, false), (2, "ZHANG SAN", 0.6m, false) }));
        Assert.That(answer.At("neighbourhood.isComplete").GetBoolean());
    }

    [Test]
    public async Task AFilterOnSharesAndTypesOfNodesIsKept()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""{ neighbourhood(of: "{{SmallMarket.Dongfang}}", kinds: [HOLDS], minShare: 0.3, types: ["Person"]) { nodes { nodes { ... on Person { name } } } } }""");
        Assert.That(answer.TextsAt("neighbourhood.nodes.nodes", "name"), Is.EqualTo(new[] { "ZHANG SAN" }));
    }

    [Test]
    public async Task TheShortestPathGoesThroughTheJoinedParty()
    {
        // The accounts belong to two records of one person, whose node joins them.
        var answer = await served.Ask(ServedGraph.Regulator, $$"""{ shortestPaths(from: "{{Zhang}}", to: "{{ZhangAtB002}}") { isComplete paths { nodes { length nodes { __typename } steps { relationship isForward } } } } }""");
        Assert.That(answer.At("shortestPaths.paths.nodes").GetArrayLength(), Is.EqualTo(1));
        Assert.That(answer.TextsAt("shortestPaths.paths.nodes.0.nodes", "__typename"), Is.EqualTo(new[] { "Account", "Person", "Account" }));
        Assert.That(answer.At("shortestPaths.paths.nodes.0.steps.0.isForward").GetBoolean(), Is.False);
    }

    [Test]
    public async Task PathsComeInPagesThatGoOn()
    {
        string Question(string page) => $$"""{ simplePaths(from: "{{SmallMarket.Zhang}}", to: "{{SmallMarket.Dongfang}}", kinds: [HOLDS, GUARANTEES, OFFICER_OF]) { isComplete paths({{page}}) { totalCount pageInfo { endCursor hasNextPage } nodes { steps { relationship to { id } } } } } }""";
        var all = await served.Ask(ServedGraph.Regulator, Question("first: 50"));
        var first = await served.Ask(ServedGraph.Regulator, Question("first: 2"));
        var rest = await served.Ask(ServedGraph.Regulator, Question($"first: 50, after: \"{first.TextAt("simplePaths.paths.pageInfo.endCursor")}\""));
        string[] Texts(JsonElement answer) => [.. answer.At("simplePaths.paths.nodes").EnumerateArray().Select(path => path.GetRawText())];
        // Directly by the guarantee; through 华信 by any of three ties there and two onwards.
        Assert.That(all.At("simplePaths.paths.totalCount").GetInt32(), Is.EqualTo(1 + (3 * 2)));
        Assert.That(Texts(first).Concat(Texts(rest)), Is.EqualTo(Texts(all)));
    }

    [Test]
    public async Task MoneyIsFollowedInTheOrderOfItsTimes()
    {
        string Question(string arguments) => $$"""{ temporalPaths(from: "{{Zhang}}", kinds: [TRANSFERRED], {{arguments}}) { paths { nodes { length steps { amount time } } } } }""";
        var round = await served.Ask(ServedGraph.Regulator, Question($"to: \"{Zhang}\""));
        Assert.That(round.At("temporalPaths.paths.nodes.0.steps").EnumerateArray().Select(step => step.At("amount").GetDecimal()), Is.EqualTo(new[] { 5000m, 4000m, 3000m }));
        Assert.That(round.TextAt("temporalPaths.paths.nodes.0.steps.1.time"), Does.StartWith("2024-03-02T09:00:00"));
        var descending = await served.Ask(ServedGraph.Regulator, Question($"to: \"{Zhang}\", order: DESCENDING"));
        Assert.That(descending.At("temporalPaths.paths.nodes").GetArrayLength(), Is.Zero);
        var window = await served.Ask(ServedGraph.Regulator, Question("until: \"2024-03-02T09:00:00Z\""));
        Assert.That(window.At("temporalPaths.paths.nodes").GetArrayLength(), Is.EqualTo(1), "Until excludes its instant.");
    }

    [Test]
    public async Task AChainOfSharesIsWorthTheirProductAndOneOfAmountsTheLeast()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { shares: bestChains(from: "{{SmallMarket.Zhang}}", to: "{{SmallMarket.Dongfang}}") { paths { nodes { value length } } }
              amounts: bestChains(from: "{{SmallMarket.Zhang}}", to: "{{SmallMarket.Huaxin}}", by: AMOUNT, kinds: [GUARANTEES]) { paths { nodes { value length } } } }
            """);
        Assert.That(answer.At("shares.paths.nodes.0.value").GetDecimal(), Is.EqualTo(0.18m));
        Assert.That(answer.At("amounts.paths.nodes.0.value").GetDecimal(), Is.EqualTo(200000m));
        Assert.That(answer.At("amounts.paths.nodes.0.length").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task ACircleOfGuaranteesIsFoundFromEachOfItsMembersAndFromNone()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { all: cycles(kinds: [GUARANTEES]) { isComplete paths { totalCount nodes { length steps { properties { name value } } } } }
              one: cycles(through: "{{SmallMarket.ZhangAtB002}}", kinds: [GUARANTEES]) { paths { totalCount } } }
            """);
        Assert.That(answer.At("all.paths.totalCount").GetInt32(), Is.EqualTo(1));
        Assert.That(answer.At("one.paths.totalCount").GetInt32(), Is.EqualTo(1));
        Assert.That(answer.At("all.isComplete").GetBoolean());
        var amounts = answer.At("all.paths.nodes.0.steps").EnumerateArray().SelectMany(step => step.At("properties").EnumerateArray()).Where(property => property.TextAt("name") == "amount").Select(property => property.TextAt("value"));
        Assert.That(amounts, Is.EquivalentTo(new[] { "500000", "200000", "300000" }));
    }

    [Test]
    public async Task CommonNeighboursComeWithTheStepsFromBoth()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { commonNeighbours(of: "{{SmallMarket.Huaxin}}", and: "{{SmallMarket.Wang}}", kinds: [HOLDS]) { nodes { edges { node { ... on Company { name } } fromFirst { share } fromSecond { share } } } } }
            """);
        Assert.That(answer.TextAt("commonNeighbours.nodes.edges.0.node.name"), Is.EqualTo("东方置业有限公司"));
        Assert.That(answer.At("commonNeighbours.nodes.edges.0.fromFirst.0.share").GetDecimal(), Is.EqualTo(0.3m));
        Assert.That(answer.At("commonNeighbours.nodes.edges.0.fromSecond.0.share").GetDecimal(), Is.EqualTo(0.25m));
    }

    [Test]
    public async Task ALimitThatCutsAnAnswerIsTold()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""{ neighbourhood(of: "{{SmallMarket.Zhang}}", limit: 2) { isComplete nodes { totalCount } } }""");
        Assert.That(answer.At("neighbourhood.isComplete").GetBoolean(), Is.False);
        Assert.That(answer.At("neighbourhood.nodes.totalCount").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task ABrokerWalksTransfersThatTouchItsOwnClientsAndNoOthers()
    {
        // 张三 is B001's client; the depot's and the shop's accounts are nobody's that B001 lends to.
        var answer = await served.Ask(ServedGraph.Broker("B001"), $$"""{ neighbourhood(of: "{{Zhang}}", kinds: [TRANSFERRED], direction: OUT, maxHops: 3) { nodes { edges { hops via { amount } } } } }""");
        Assert.That(answer.At("neighbourhood.nodes.edges").EnumerateArray().Select(edge => (edge.At("hops").GetInt32(), edge.At("via.amount").GetDecimal())), Is.EqualTo(new[] { (1, 5000m) }));
        var back = await served.Ask(ServedGraph.Broker("B001"), $$"""{ neighbourhood(of: "{{Depot}}", kinds: [TRANSFERRED], direction: OUT) { nodes { edges { via { amount } } } } }""");
        Assert.That(back.At("neighbourhood.nodes.edges.0.via.amount").GetDecimal(), Is.EqualTo(3000m), "Told from the end that is its own client's.");
    }

    [Test]
    public async Task WhatAnotherBrokerKnowsIsNotThere() => Assert.That(
        await served.Codes(ServedGraph.Broker("B001"), $$"""{ shortestPaths(from: "{{Zhang}}", to: "{{Li}}") { isComplete } }"""), Is.EqualTo(new[] { "NOT_FOUND" }));

    [Test]
    public async Task AKindThatIsNamedAndNotOpenIsRefused()
    {
        var client = ServedGraph.Client(SmallMarket.Zhang);
        Assert.That(await served.Codes(ServedGraph.As(Role.Regulator, null, null), "{ cycles(kinds: [TRANSFERRED]) { isComplete } }"), Is.EqualTo(new[] { "PURPOSE_REQUIRED" }));
        Assert.That(await served.Codes(ServedGraph.As(Role.Analyst, null, "data-quality"), "{ cycles(kinds: [TRANSFERRED], minAmount: 4000) { isComplete } }"), Is.EqualTo(new[] { "FORBIDDEN" }), "It reads amounts rounded.");
        Assert.That(await served.Codes(ServedGraph.As(Role.Analyst, null, "data-quality"), "{ cycles(kinds: [TRANSFERRED]) { isComplete } }"), Is.Empty);
        Assert.That(await served.Codes(client, $$"""{ node(id: "{{SmallMarket.Zhang}}") { component(kinds: [GUARANTEES]) { size } } }"""), Is.EqualTo(new[] { "FORBIDDEN" }));
    }

    [Test]
    public async Task KindsThatAreNotNamedAreThoseThatAreOpen()
    {
        var answer = await served.Ask(ServedGraph.As(Role.Regulator, null, null), $$"""{ neighbourhood(of: "{{SmallMarket.Huaxin}}") { nodes { edges { via { relationship } } } } }""");
        var kinds = answer.At("neighbourhood.nodes.edges").EnumerateArray().Select(edge => edge.TextAt("via.relationship")).ToHashSet();
        Assert.That(kinds, Does.Contain("HOLDS").And.Not.Contain("OWNS_ACCOUNT").And.Not.Contain("CONTRACTED"));
    }

    [Test]
    public async Task ValuesOnStepsAreMaskedAsOnRelationships()
    {
        async Task<string?> Number(Viewer viewer)
        {
            var answer = await served.Ask(viewer, $$"""{ simplePaths(from: "{{SmallMarket.Zhang}}", to: "{{SmallMarket.Dongfang}}", kinds: [GUARANTEES], direction: OUT, maxHops: 1) { paths { nodes { steps { properties { name value } } } } } }""");
            return answer.At("simplePaths.paths.nodes.0.steps.0.properties").EnumerateArray().Single(property => property.TextAt("name") == "contractNumber").TextAt("value");
        }

        Assert.That(await Number(ServedGraph.Regulator), Is.EqualTo("G-0000000001"));
        Assert.That(await Number(ServedGraph.RegulatorMasked), Does.Contain("*").And.Not.Contain("G-0"));
    }

    [Test]
    public async Task PartiesTiedToEachOtherAreOneComponentWithOneId()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { wang: node(id: "{{SmallMarket.Wang}}") { component { id size members { totalCount } } community { size } pageRank }
              zhang: node(id: "{{SmallMarket.ZhangAtB001}}") { component { id size members { nodes { __typename } } } other: component(kinds: [OFFICER_OF]) { id size } pageRank }
              li: node(id: "{{SmallMarket.Li}}") { component { size } } }
            """);
        Assert.That(answer.At("wang.component.size").GetInt32(), Is.EqualTo(4));
        Assert.That(answer.TextAt("wang.component.id"), Is.EqualTo(answer.TextAt("zhang.component.id")));
        Assert.That(answer.TextAt("zhang.other.id"), Is.Not.EqualTo(answer.TextAt("zhang.component.id")));
        Assert.That(answer.At("zhang.other.size").GetInt32(), Is.EqualTo(2));
        Assert.That(answer.TextsAt("zhang.component.members.nodes", "__typename"), Is.EquivalentTo(new[] { "Person", "Person", "Company", "Company" }));
        Assert.That(answer.At("li.component.size").GetInt32(), Is.EqualTo(1));
        Assert.That(answer.At("zhang.pageRank").GetDouble(), Is.GreaterThan(answer.At("wang.pageRank").GetDouble()));
    }

    [TestCase("neighbourhood(of: \"Company/registry:91310000MA1FL0000A\", maxHops: 7) { isComplete }")]
    [TestCase("neighbourhood(of: \"Company/registry:91310000MA1FL0000A\", limit: 0) { isComplete }")]
    [TestCase("neighbourhood(of: \"Company/registry:91310000MA1FL0000A\", types: [\"Nobody\"]) { isComplete }")]
    [TestCase("neighbourhood(of: \"Company/registry:91310000MA1FL0000A\", minAmount: 2, maxAmount: 1) { isComplete }")]
    [TestCase("bestChains(from: \"Company/registry:91310000MA1FL0000A\", to: \"Company/registry:91310000MA1FL0000A\") { isComplete }")]
    [TestCase("cycles { isComplete }")]
    [TestCase("cycles(kinds: [GUARANTEES], direction: BOTH) { isComplete }")]
    public async Task WhatCannotBeMeantIsBadInput(string question) => Assert.That(
        await served.Codes(ServedGraph.Regulator, $"{{ {question} }}"), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
}
