using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Screening;

/// <summary>Screening against the sanctions of the graph: found in every script, explained, and by nothing the viewer may not read.</summary>
public sealed class ScreeningPartTests
{
    private const string Malin = "Person/registry:M1", Heron = "Company/registry:H1";
    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(Sketch());

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [TestCase("MALINOV Viktor", "Viktor Andreyevich Malinov")]
    [TestCase("Виктор Малинов", "Viktor Andreyevich Malinov")]
    [TestCase("Blue Heron Shipping Limited", "Blue Heron Shipping Ltd")]
    [TestCase("蓝鹭航运", "Blue Heron Shipping Ltd")]
    public async Task AListedPartyIsFoundUnderEveryWritingOfItsNames(string name, string party)
    {
        var answer = await served.Ask(ServedGraph.Regulator, "query($name: String!) { screen(name: $name) { totalCount edges { probability likeness list programme points { evidence points detail } node { ... on Person { name } ... on Company { name } } } } }", $$"""{ "name": "{{name}}" }""");
        Assert.Multiple(() =>
        {
            Assert.That(answer.At("screen.totalCount").GetInt32(), Is.EqualTo(1));
            Assert.That(answer.TextAt("screen.edges.0.node.name"), Is.EqualTo(party));
            Assert.That(answer.TextAt("screen.edges.0.list"), Is.EqualTo("UN"));
            Assert.That(answer.At("screen.edges.0.points").EnumerateArray().Select(point => point.TextAt("detail")), Has.None.Null);
        });
    }

    [TestCase("Ivan Petrov", Description = "stands on a list that speaks against nobody")]
    [TestCase("Pavel Lunin", Description = "was removed from the list")]
    [TestCase("Jane Roe", Description = "stands on none")]
    public async Task WhoStandsOnNoListInForceIsNotFound(string name) =>
        Assert.That((await served.Ask(ServedGraph.Regulator, $$"""{ screen(name: "{{name}}") { totalCount } }""")).At("screen.totalCount").GetInt32(), Is.Zero);

    [TestCase("2020-01-02", 1)]
    [TestCase("2019-12-31", 0)]
    public async Task ListsOfCourtsCountTooOnTheDayThatIsAsked(string asOf, int found)
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""{ screen(name: "Olga Smirnova", asOf: "{{asOf}}") { totalCount edges { list } } }""");
        Assert.That(answer.At("screen.totalCount").GetInt32(), Is.EqualTo(found));
        if (found > 0) Assert.That(answer.TextAt("screen.edges.0.list"), Is.EqualTo("court"));
    }

    [Test]
    public async Task ThePointsAddUpToTheOdds()
    {
        var edge = (await served.Ask(ServedGraph.Regulator, """{ screen(name: "Viktor Malinov", birthDate: "1961", country: "ru", prior: 0.2) { edges { probability points { points } } } }""")).At("screen.edges.0");
        var bits = edge.GetProperty("points").EnumerateArray().Sum(point => point.GetProperty("points").GetDouble());
        Assert.That(edge.GetProperty("probability").GetDouble(), Is.EqualTo(1 / (1 + Math.Pow(2, -bits))).Within(1e-9));
    }

    [Test]
    public async Task ABrokerScreensCompaniesAndThePersonsThatListsName() => Assert.Multiple(async () =>
    {
        Assert.That(await CountAsync("Blue Heron Shipping", ServedGraph.Broker("B001")), Is.EqualTo(1));
        Assert.That(await CountAsync("Viktor Malinov", ServedGraph.Broker("B001")), Is.EqualTo(1));
    });

    [Test]
    public async Task WhatAViewerMayNotReadInTheClearIsNotQuoted()
    {
        var answer = await served.Ask(ServedGraph.RegulatorMasked, """{ screen(name: "Viktor Malinov") { edges { points { detail } } } }""");
        Assert.That(answer.At("screen.edges.0.points").EnumerateArray().Select(point => point.GetProperty("detail").ValueKind), Is.All.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task WhenAListChangesOnlyTheClientsItTouchesAreNews()
    {
        await using var own = await ServedGraph.Of(new MarketSketch()
            .Node("Broker/B001", ("code", "B001"), ("name", "长江证券"))
            .Node("Person/broker-B001:C1", ("name", "Viktor Malinov")).Edge("CLIENT_OF", "Person/broker-B001:C1", "Broker/B001", ("clientNumber", "1"))
            .Node("Person/broker-B001:C2", ("name", "Jane Roe")).Edge("CLIENT_OF", "Person/broker-B001:C2", "Broker/B001", ("clientNumber", "2")));
        var since = ServedGraph.Now.AddDays(-7).AddHours(1).UtcDateTime.ToString("O");
        Assert.That(await NewsAsync(own, since), Is.Empty, "there is no list yet");
        await own.Record(Sketch().Changes);
        Assert.That(await NewsAsync(own, since), Is.EqualTo(new[] { "Viktor Malinov" }));
        Assert.That(await NewsAsync(own, ServedGraph.Now.AddDays(-7).AddHours(2).UtcDateTime.ToString("O")), Is.Empty, "nothing changed since");
    }

    [Test]
    public async Task ResolvingHidesNobodyNeitherOnAListNorAmongClients()
    {
        await using var own = await ServedGraph.Of(Clients());
        var known = Since(1);
        await own.Record(Sketch().Node("Person/registry:W1", ("name", "Wilhelmina Tarrant"), ("formerNames", "Wilhelmina Ostrander"))
            .Match("Person/broker-B001:C2", "Person/registry:W1").Changes);
        await own.Record(new MarketSketch().Node("Person/un:U1", ("name", "Wilhelmina Ostrander")).Node("Listing/un:9", ("list", "UN"), ("kind", "SANCTION"), ("publishedOn", "2020-01-01"))
            .Edge("LISTED_AS", "Person/un:U1", "Listing/un:9").Match("Person/broker-B001:C1", Malin).Changes);
        Assert.Multiple(async () =>
        {
            foreach (var name in (string[])["Виктор Андреевич Малинов", "Víktor Malynov"]) Assert.That(await CountAsync(name, ServedGraph.Regulator, own), Is.EqualTo(1), name);
            var news = await NewsOfAsync(own, known);
            Assert.That(news.Select(edge => edge.TextAt("node.name")), Is.EquivalentTo(new[] { "Viktor Andreyevich Malinov", "Wilhelmina Tarrant" }), "one under a former name another source states, one since it is listed itself");
            var listed = news.Single(edge => edge.TextAt("node.name") == "Viktor Andreyevich Malinov");
            Assert.That((listed.At("hits.0.probability").GetDouble(), listed.TextAt("hits.0.listed.id") == listed.TextAt("node.id")), Is.EqualTo((1.0, true)));
        });
    }

    [Test]
    public async Task WhatResolvingJoinedOutsideABrokersSightIsNoEvidenceForIt()
    {
        await using var own = await ServedGraph.Of(Clients().Node("Company/registry:A1", ("name", "Amber Quay Ltd")).Node("Company/broker-B002:A1", ("name", "Silent Harbour Ltd"))
            .Node("Listing/list:8", ("list", "UN"), ("kind", "SANCTION"), ("publishedOn", "2020-01-01")).Edge("LISTED_AS", "Company/registry:A1", "Listing/list:8").Match("Company/registry:A1", "Company/broker-B002:A1"));
        Assert.Multiple(async () =>
        {
            Assert.That(await CountAsync("Silent Harbour Ltd", ServedGraph.Regulator, own), Is.EqualTo(1));
            Assert.That(await CountAsync("Silent Harbour Ltd", ServedGraph.Broker("B001"), own), Is.Zero, "another broker calls it so");
            Assert.That(await CountAsync("Amber Quay Ltd", ServedGraph.Broker("B001"), own), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task WhoIsListedSinceTheBrokersLastDeliveryIsFound()
    {
        await using var own = await ServedGraph.Of(Clients().NodeFrom(DateOnly.FromDateTime(ServedGraph.Now.UtcDateTime), "Listing/list:7", ("list", "UN"), ("kind", "SANCTION"))
            .Node(Malin, ("name", "Viktor Malinov")).Edge("LISTED_AS", Malin, "Listing/list:7"), dependencies => dependencies with { Today = ServedGraph.Today.AddDays(-30) });
        var answer = await own.Ask(ServedGraph.Regulator, """{ screen(name: "Viktor Malinov") { totalCount stamp { asOf dataUntil } } }""");
        Assert.That(answer.At("screen.totalCount").GetInt32(), Is.EqualTo(1));
        Assert.That(answer.At("screen.stamp.asOf").GetDateTimeOffset(), Is.GreaterThanOrEqualTo(Validity.StartOf(ServedGraph.Today)));
    }

    [Test]
    public async Task WhatWasNotSearchedIsSaidAndNotCounted()
    {
        await using var unlisted = await ServedGraph.Of(Clients());
        var (regulator, broker, analyst, nobody) = (await SearchedAsync(served, ServedGraph.Regulator), await SearchedAsync(served, ServedGraph.Broker("B001")), await SearchedAsync(served, ServedGraph.Analyst), await SearchedAsync(unlisted, ServedGraph.Regulator));
        Assert.Multiple(() =>
        {
            Assert.That((regulator.At("entriesSearched").GetInt32(), regulator.TextAt("note")), Is.EqualTo((3, (string?)null)));
            Assert.That((broker.At("entriesSearched").GetInt32(), broker.TextAt("note")), Is.EqualTo((3, (string?)null)), "a list is open");
            Assert.That(analyst.At("entriesSearched").GetInt32(), Is.EqualTo(1));
            Assert.That(analyst.TextAt("note"), Does.Contain("None of type Person"));
            Assert.That(nobody.At("entriesSearched").GetInt32(), Is.Zero);
            Assert.That(nobody.TextAt("note"), Does.Contain("says nothing").And.Contain("2024-06-30"));
        });

        static async Task<JsonElement> SearchedAsync(ServedGraph graph, Viewer viewer) => (await graph.Ask(viewer, """{ screen(name: "Viktor Malinov") { entriesSearched note } }""")).At("screen");
    }

    [Test]
    public async Task WhoIsNobodysClientIsCountedAndLookedAtOnRequest()
    {
        await using var own = await ServedGraph.Of(Clients().Node("Person/upload:1", ("name", "MALINOV, Viktor")));
        await own.Record(Sketch().Changes);
        var answer = await own.Ask(ServedGraph.Regulator, $$"""{ clients: screeningNews(since: "{{Since(1)}}") { ...News } all: screeningNews(since: "{{Since(1)}}", allParties: true) { ...News } } fragment News on ScreeningNewsConnection { partiesLooked partiesPassedOver edges { node { ... on Person { name } } } }""");
        Assert.Multiple(() =>
        {
            Assert.That((answer.At("clients.partiesLooked").GetInt32(), answer.At("clients.partiesPassedOver").GetInt32(), answer.At("all.partiesPassedOver").GetInt32()), Is.EqualTo((2, 3, 0)));
            Assert.That(answer.At("clients.edges").EnumerateArray().Select(edge => edge.TextAt("node.name")), Has.No.Member("MALINOV, Viktor"));
            Assert.That(answer.At("all.edges").EnumerateArray().Select(edge => edge.TextAt("node.name")), Has.Member("MALINOV, Viktor"));
        });
    }

    [TestCase("name: \"\"")]
    [TestCase("name: \"Jane Roe\", birthDate: \"soon\"")]
    [TestCase("name: \"Jane Roe\", country: \"Ruritania\"")]
    [TestCase("name: \"Jane Roe\", prior: 1")]
    public async Task AnArgumentThatIsNoneIsRefused(string arguments) =>
        Assert.That(await served.Codes(ServedGraph.Regulator, $"{{ screen({arguments}) {{ totalCount }} }}"), Is.EqualTo(new[] { "BAD_USER_INPUT" }));

    private static MarketSketch Clients() => new MarketSketch()
        .Node("Broker/B001", ("code", "B001"), ("name", "长江证券"))
        .Node("Person/broker-B001:C1", ("name", "Viktor Malynov")).Edge("CLIENT_OF", "Person/broker-B001:C1", "Broker/B001", ("clientNumber", "1"))
        .Node("Person/broker-B001:C2", ("name", "Jane Roe")).Edge("CLIENT_OF", "Person/broker-B001:C2", "Broker/B001", ("clientNumber", "2"));

    private static string Since(int hours) => ServedGraph.Now.AddDays(-7).AddHours(hours).UtcDateTime.ToString("O");

    private static async Task<List<JsonElement>> NewsOfAsync(ServedGraph graph, string since) =>
        [.. (await graph.Ask(ServedGraph.Regulator, $$"""{ screeningNews(since: "{{since}}") { edges { node { id ... on Person { name } } hits { probability listed { id } } } } }""")).At("screeningNews.edges").EnumerateArray()];

    private async Task<int> CountAsync(string name, Viewer viewer, ServedGraph? graph = null) =>
        (await (graph ?? served).Ask(viewer, $$"""{ screen(name: "{{name}}") { totalCount } }""")).At("screen.totalCount").GetInt32();

    private static async Task<IEnumerable<string?>> NewsAsync(ServedGraph graph, string since) =>
        (await graph.Ask(ServedGraph.Regulator, $$"""{ screeningNews(since: "{{since}}") { edges { node { ... on Person { name } } hits { probability listed { id } } } } }"""))
        .At("screeningNews.edges").EnumerateArray().Select(edge => edge.TextAt("node.name")).ToList();

    private static MarketSketch Sketch() => new MarketSketch()
        .Node("Broker/B001", ("code", "B001"), ("name", "长江证券"))
        .Node(Malin, ("name", "Viktor Andreyevich Malinov"), ("aliases", "Виктор Андреевич Малинов"), ("birthDate", "1961-04-12"), ("nationality", "RU"))
        .Node(Heron, ("name", "Blue Heron Shipping Ltd"), ("aliases", "蓝鹭航运有限公司"), ("country", "CN"))
        .Node("Person/registry:S1", ("name", "Olga Smirnova")).Node("Person/registry:L1", ("name", "Pavel Lunin"))
        .Node("Listing/list:1", ("list", "UN"), ("kind", "SANCTION"), ("reference", "UN.1"), ("publishedOn", "2020-01-01")).Edge("LISTED_AS", Malin, "Listing/list:1")
        .Node("Listing/list:2", ("list", "UN"), ("kind", "SANCTION"), ("publishedOn", "2020-01-01")).Edge("LISTED_AS", Heron, "Listing/list:2")
        .Node("Listing/list:3", ("list", "court"), ("kind", "ENFORCEMENT"), ("publishedOn", "2020-01-01")).Edge("LISTED_AS", "Person/registry:S1", "Listing/list:3")
        .Node("Person/registry:I1", ("name", "Ivan Petrov")).Node("Listing/list:5", ("list", "office"), ("kind", "OTHER"), ("publishedOn", "2020-01-01")).Edge("LISTED_AS", "Person/registry:I1", "Listing/list:5")
        .Node("Listing/list:4", ("list", "UN"), ("kind", "SANCTION"), ("publishedOn", "2020-01-01"), ("removedOn", "2022-01-01")).Edge("LISTED_AS", "Person/registry:L1", "Listing/list:4");
}
