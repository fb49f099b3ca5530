using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Budget;

/// <summary>What a question would touch, before it is asked.</summary>
public sealed class ExplainTests
{
    private InMemoryGraphStore store = null!;
    private LiveServer server = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        store = new InMemoryGraphStore(MarketSketch.Catalog);
        await store.AppendAsync(new ChangeSet("all", ServedGraph.Now, "test", [.. SmallMarket.Sketch().Changes]));
        server = await LiveServer.StartAsync(store, new StoreWatchOptions());
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [Test]
    public async Task TheUsualIsCountedInWhatTheAskerSeesAndTheWorstIsWhatPagesHold()
    {
        // Two companies, on which three holdings end; two of the three start at a person.
        var explained = await ExplainAsync("{ companies(first: 50) { nodes { name holders(first: 10) { edges { share } } } } }");
        var fields = explained.GetProperty("fields").EnumerateArray().ToDictionary(field => field.GetProperty("path").GetString()!);
        Assert.Multiple(() =>
        {
            Assert.That(explained.GetProperty("refusal").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(fields.Keys, Is.EqualTo(new[] { "companies", "companies.nodes.holders" }));
            Assert.That((Number(fields["companies"], "items"), Number(fields["companies"], "usualItems")), Is.EqualTo((50, 2)));
            Assert.That((Number(fields["companies.nodes.holders"], "times"), Number(fields["companies.nodes.holders"], "usualTimes")), Is.EqualTo((50, 2)));
            Assert.That((Number(fields["companies.nodes.holders"], "items"), Number(fields["companies.nodes.holders"], "usualItems")), Is.EqualTo((10, 1.5)));
            Assert.That(Number(explained.GetProperty("cost").GetProperty("rows"), "worst"), Is.GreaterThan(500));
            Assert.That(Number(explained.GetProperty("cost").GetProperty("rows"), "usual"), Is.LessThan(20));
        });
    }

    [Test]
    public async Task WhyAQuestionWouldNotBeBegunIsSaid()
    {
        var explained = await ExplainAsync("{ companies(first: 200) { nodes { holders(first: 200) { nodes { ... on Company { holders(first: 200) { nodes { ... on Company { holders(first: 200) { totalCount } } } } } } } } } }");
        Assert.That(explained.GetProperty("refusal").GetString(), Does.StartWith("The question is not begun").And.Contain("with every page full").And.Contain("companies.nodes.holders"));
    }

    [Test]
    public async Task ABrokerIsToldTheWorstAlone()
    {
        var explained = await ExplainAsync("{ persons(first: 9) { nodes { id } } }", ServedGraph.Broker("B001"));
        Assert.That(explained.GetRawText(), Does.Not.Contain("usual"));
        Assert.That(Number(explained.GetProperty("fields")[0], "items"), Is.EqualTo(9));
        Assert.That((await ExplainAsync("{ persons(first: 9) { nodes { id } } }", ServedGraph.Analyst)).GetRawText(), Does.Contain("usual"));
    }

    [Test]
    public async Task WhatIsNotValidIsRefusedAndNothingIsAnswered()
    {
        Assert.That(await AskAsync("{ companies { nodes { noSuchField } } }", null), Does.Contain("VALIDATION_FAILED"));
        Assert.That(await AskAsync("{ companies { nodes { name } } }", null), Does.StartWith("{\"data\":null").And.Not.Contain("errors").And.Not.Contain("东方置业"));
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private async Task<JsonElement> ExplainAsync(string query, Viewer? viewer = null)
    {
        var answer = await AskAsync(query, viewer);
        return JsonDocument.Parse(answer).RootElement.GetProperty("extensions").GetProperty("explain").Clone();
    }

    private async Task<string> AskAsync(string query, Viewer? viewer) =>
        (await server.TableAsync(query, "application/graphql-response+json", viewer: viewer, extensions: new { explain = true })).Text;
}
