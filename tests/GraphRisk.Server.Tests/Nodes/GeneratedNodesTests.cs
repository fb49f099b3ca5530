using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Nodes;

public sealed class GeneratedNodesTests
{
    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(SmallMarket.Sketch());

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [Test]
    public async Task AClientIsOneWhateverRecordNamesIt()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { a: client(id: "{{SmallMarket.Zhang}}") { id } b: client(id: "{{SmallMarket.ZhangAtB002}}") { id name } }
            """);
        Assert.That(answer.TextAt("a.id"), Is.EqualTo(answer.TextAt("b.id")));
        Assert.That(answer.TextAt("b.name"), Is.EqualTo("ZHANG SAN").Or.EqualTo("张三").Or.EqualTo("張三"));
    }

    [Test]
    public async Task AnIdLeadsBackToItsNode()
    {
        var first = await served.Ask(ServedGraph.Regulator, $$"""{ company(id: "{{SmallMarket.Huaxin}}") { id } }""");
        var again = await served.Ask(ServedGraph.Regulator, $$"""{ node(id: "{{first.TextAt("company.id")}}") { __typename ... on Company { uscc registeredCapital } } }""");
        Assert.That(again.TextAt("node.__typename"), Is.EqualTo("Company"));
        Assert.That(again.TextAt("node.uscc"), Is.EqualTo("91310000MA1FL0000A"));
        Assert.That(again.At("node.registeredCapital").GetRawText(), Is.EqualTo("1000.5"), "without trailing zeros");
    }

    [Test]
    public async Task AnIdDoesNotShowTheKeyOfItsRecord()
    {
        var answer = await served.Ask(ServedGraph.Regulator, """{ clients(broker: "B002") { nodes { id } pageInfo { endCursor } } }""");
        foreach (var id in answer.TextsAt("clients.nodes", "id").Append(answer.TextAt("clients.pageInfo.endCursor")))
        {
            var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(id!);
            Assert.That(System.Text.Encoding.Latin1.GetString(bytes), Does.Not.Contain("broker").And.Not.Contain("Person"));
        }
    }

    [Test]
    public async Task RelationshipsAreFollowedFromBothEndsWithTheirFields()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { company(id: "{{SmallMarket.Dongfang}}") {
                holders { totalCount edges { share node { __typename ... on Company { name holders { edges { share node { name } } } } ... on Person { name } } } } } }
            """);
        Assert.That(answer.At("company.holders.totalCount").GetInt32(), Is.EqualTo(2));
        Assert.That(
            answer.At("company.holders.edges").EnumerateArray().Select(edge => edge.At("share").GetDecimal()),
            Is.EquivalentTo(new[] { 0.3m, 0.25m }));
        var huaxin = answer.At("company.holders.edges").EnumerateArray().Single(edge => edge.TextAt("node.__typename") == "Company");
        Assert.That(huaxin.At("node.holders.edges.0.share").GetDecimal(), Is.EqualTo(0.6m));
    }

    [Test]
    public async Task ContractsOfEveryKindShareAnInterface()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { client(id: "{{SmallMarket.Zhang}}") { contracts { nodes { __typename status debt ... on MarginContract { maintenanceRatio debtHistory { day value } } } } } }
            """);
        Assert.That(answer.TextsAt("client.contracts.nodes", "__typename"), Is.All.EqualTo("MarginContract"));
        Assert.That(answer.At("client.contracts.nodes.0.debtHistory.0.value").GetDecimal(), Is.EqualTo(452000m));
    }

    [Test]
    public async Task PagesAddUpToTheWhole()
    {
        var whole = await served.Ask(ServedGraph.Regulator, """{ clients(first: 10) { nodes { id } totalCount pageInfo { hasNextPage } } }""");
        var ids = new List<string?>();
        string? after = null;
        do
        {
            var page = await served.Ask(
                ServedGraph.Regulator, "query($after: String) { clients(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }",
                $$"""{ "after": {{(after is null ? "null" : $"\"{after}\"")}} }""");
            ids.AddRange(page.TextsAt("clients.nodes", "id"));
            after = page.At("clients.pageInfo.hasNextPage").GetBoolean() ? page.TextAt("clients.pageInfo.endCursor") : null;
        }
        while (after is not null);
        Assert.That(ids, Is.EqualTo(whole.TextsAt("clients.nodes", "id")));
        Assert.That(ids, Has.Count.EqualTo(whole.At("clients.totalCount").GetInt32()));
    }

    [Test]
    public async Task TheLastOfAConnectionAreItsEnd()
    {
        var answer = await served.Ask(ServedGraph.Regulator, """{ all: clients { nodes { id } } end: clients(last: 1) { nodes { id } pageInfo { hasPreviousPage hasNextPage } } }""");
        Assert.That(answer.TextAt("end.nodes.0.id"), Is.EqualTo(answer.TextsAt("all.nodes", "id")[^1]));
        Assert.That(answer.At("end.pageInfo.hasPreviousPage").GetBoolean(), Is.True);
        Assert.That(answer.At("end.pageInfo.hasNextPage").GetBoolean(), Is.False);
    }

    [TestCase("{ clients(first: 201) { totalCount } }")]
    [TestCase("{ clients(first: -1) { totalCount } }")]
    [TestCase("{ clients(first: 1, last: 1) { totalCount } }")]
    [TestCase("{ clients(after: \"bm9uc2Vuc2U\") { totalCount } }")]
    [TestCase("{ node(id: \"nonsense\") { id } }")]
    [TestCase("{ company { id } }")]
    [TestCase("{ company(name: \"a\", uscc: \"b\") { id } }")]
    [TestCase("{ client { id } }")]
    public async Task WhatCannotBeMeantIsBadInput(string query) =>
        Assert.That(await served.Codes(ServedGraph.Regulator, query), Is.EqualTo(new[] { "BAD_USER_INPUT" }));

    [TestCase("{ node(id: \"Person/registry:nobody\") { id } }")]
    [TestCase("{ person(id: \"Company/registry:91310000MA1FL0000A\") { id } }")]
    [TestCase("{ company(uscc: \"91310000000000000X\") { id } }")]
    [TestCase("{ company(name: \"no such company\") { id } }")]
    [TestCase("{ clients(broker: \"B999\") { totalCount } }")]
    public async Task WhatIsNotThereIsNotFound(string query)
    {
        var codes = await served.Codes(ServedGraph.Regulator, query);
        Assert.That(codes, Is.EqualTo(new[] { "NOT_FOUND" }).Or.EqualTo(new[] { "BAD_USER_INPUT" }));
    }

    [Test]
    public async Task ACompanyIsFoundByCodeAndByEveryNameItHadOrHas()
    {
        foreach (var by in (string[])["uscc: \"91310000MA1FL0000A\"", "name: \"上海华信贸易有限公司\"", "name: \"上海华信商行\"", "name: \" 上海華信貿易（有限公司）\""])
        {
            var answer = await served.Ask(ServedGraph.Regulator, $"{{ company({by}) {{ uscc }} }}");
            Assert.That(answer.TextAt("company.uscc"), Is.EqualTo("91310000MA1FL0000A"), by);
        }
    }

    [Test]
    public async Task AnAnswerSaysWhatItStandsOn()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { company(id: "{{SmallMarket.Huaxin}}", asOf: "2024-03-31") { stamp { asOf knownAt version } } store { stamp { asOf } nodes { type count } } }
            """);
        Assert.That(answer.TextAt("company.stamp.asOf"), Is.EqualTo("2024-03-31T23:59:59.999Z"));
        Assert.That(answer.TextAt("store.stamp.asOf"), Is.EqualTo("2024-06-30T23:59:59.999Z"), "the server's day");
        Assert.That(answer.At("company.stamp.version").GetInt64(), Is.EqualTo(1));
    }

    [Test]
    public async Task YesterdaysAnswerIsGivenAgain()
    {
        await using var own = await ServedGraph.Of(SmallMarket.Sketch());
        const string question = "query($at: DateTime) { company(id: \"Company/registry:91310000MA1FL0000A\", knownAt: $at) { name region holders { edges { share node { name } } } stamp { version } } }";
        var before = await own.AskText(ServedGraph.Regulator, question);
        var knownAt = (await own.Store.GetVersionAsync()).RecordedAt;
        await own.Record(new MarketSketch()
            .Node(SmallMarket.Huaxin, ("name", "华信新名"), ("uscc", "91310000MA1FL0000A"), ("region", "44"))
            .Edge("HOLDS", SmallMarket.Wang, SmallMarket.Huaxin, ("share", "0.1")).Changes);
        var now = await own.AskText(ServedGraph.Regulator, question);
        var then = await own.AskText(ServedGraph.Regulator, question, $$"""{ "at": "{{knownAt:yyyy-MM-ddTHH:mm:ss.fffZ}}" }""");
        Assert.That(now, Is.Not.EqualTo(before));
        Assert.That(then, Is.EqualTo(before));
    }

    [Test]
    public async Task AnAnswerThatNamesTooMuchIsRefused()
    {
        await using var own = await ServedGraph.Of(Crowd(150));
        var codes = await own.Codes(ServedGraph.Regulator, """
            { clients(broker: "B001", first: 200) { nodes { brokers(first: 200) { nodes { clients(first: 200) { nodes { id } } } } } } }
            """);
        Assert.That(codes, Does.Contain("BUDGET_EXCEEDED"));
    }

    private static MarketSketch Crowd(int clients)
    {
        var sketch = new MarketSketch().Node("Broker/B001", ("code", "B001"));
        for (var i = 0; i < clients; i++)
            sketch.Node($"Person/broker-B001:C{i}", ("name", $"客户{i}")).Edge("CLIENT_OF", $"Person/broker-B001:C{i}", "Broker/B001");
        return sketch;
    }
}
