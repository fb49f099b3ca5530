using System.Text.Json;
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

    [TestCase("Olga Smirnova", Description = "stands on a list of another kind")]
    [TestCase("Pavel Lunin", Description = "was removed from the list")]
    [TestCase("Jane Roe", Description = "stands on none")]
    public async Task WhoIsNotUnderSanctionsInForceIsNotFound(string name) =>
        Assert.That((await served.Ask(ServedGraph.Regulator, $$"""{ screen(name: "{{name}}") { totalCount } }""")).At("screen.totalCount").GetInt32(), Is.Zero);

    [Test]
    public async Task ThePointsAddUpToTheOdds()
    {
        var edge = (await served.Ask(ServedGraph.Regulator, """{ screen(name: "Viktor Malinov", birthDate: "1961", country: "ru", prior: 0.2) { edges { probability points { points } } } }""")).At("screen.edges.0");
        var bits = edge.GetProperty("points").EnumerateArray().Sum(point => point.GetProperty("points").GetDouble());
        Assert.That(edge.GetProperty("probability").GetDouble(), Is.EqualTo(1 / (1 + Math.Pow(2, -bits))).Within(1e-9));
    }

    [Test]
    public async Task ABrokerScreensCompaniesButNotPersonsItMayNotRead() => Assert.Multiple(async () =>
    {
        Assert.That(await CountAsync("Blue Heron Shipping", ServedGraph.Broker("B001")), Is.EqualTo(1));
        Assert.That(await CountAsync("Viktor Malinov", ServedGraph.Broker("B001")), Is.Zero);
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

    [TestCase("name: \"\"")]
    [TestCase("name: \"Jane Roe\", birthDate: \"soon\"")]
    [TestCase("name: \"Jane Roe\", country: \"Russia\"")]
    [TestCase("name: \"Jane Roe\", prior: 1")]
    public async Task AnArgumentThatIsNoneIsRefused(string arguments) =>
        Assert.That(await served.Codes(ServedGraph.Regulator, $"{{ screen({arguments}) {{ totalCount }} }}"), Is.EqualTo(new[] { "BAD_USER_INPUT" }));

    private async Task<int> CountAsync(string name, Viewer viewer) =>
        (await served.Ask(viewer, $$"""{ screen(name: "{{name}}") { totalCount } }""")).At("screen.totalCount").GetInt32();

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
        .Node("Listing/list:4", ("list", "UN"), ("kind", "SANCTION"), ("publishedOn", "2020-01-01"), ("removedOn", "2022-01-01")).Edge("LISTED_AS", "Person/registry:L1", "Listing/list:4");
}
