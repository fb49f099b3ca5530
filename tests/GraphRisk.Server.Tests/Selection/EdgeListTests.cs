using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Selection;

/// <summary>Relationships leave the server as an edge list, over more pages than one and while records are joined.</summary>
public sealed class EdgeListTests
{
    private const int Companies = 300;

    [Test]
    public async Task AllRelationshipsAreOneTable()
    {
        await using var store = new InMemoryGraphStore(MarketSketch.Catalog);
        await store.AppendAsync(new ChangeSet("all", ServedGraph.Now, "test", Sketch.Changes));
        await using var server = await LiveServer.StartAsync(store, new StoreWatchOptions());
        var (_, bytes) = await server.TableAsync("{ holdsRelationships(orderBy: [{ edge: { share: ASC } }]) { nodes { from { name } to { name } share } } }", "text/csv");
        var lines = Encoding.UTF8.GetString(bytes).Split("\r\n");
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Length.EqualTo(Companies + 2 - 1));
            Assert.That(lines[0], Is.EqualTo("from.name,to.name,share"));
            Assert.That(lines[1], Is.EqualTo("第0公司,第1公司,0.001"));
            Assert.That(lines.Distinct(), Has.Exactly(lines.Length).Items);
        });
    }

    [Test]
    public async Task ACursorHoldsWhileRecordsAreJoined()
    {
        await using var served = await ServedGraph.Of(Sketch);
        var first = await served.Ask(ServedGraph.Regulator, "{ holdsRelationships(first: 10) { pageInfo { endCursor } nodes { to { ... on Company { name } } } } }");
        var cursor = first.GetProperty("holdsRelationships").GetProperty("pageInfo").GetProperty("endCursor").GetString();
        await served.Record(new MarketSketch().Match("Company/registry:9", "Company/registry:2").Changes);
        var next = await served.AskText(ServedGraph.Regulator, $"{{ holdsRelationships(first: 3, after: \"{cursor}\") {{ nodes {{ from {{ name }} to {{ name }} }} }} }}");
        Assert.That(next, Does.Contain("{\"from\":{\"name\":\"第10公司\"},\"to\":{\"name\":\"第11公司\"}}").And.Not.Contain("第7公司"), "What follows the last relationship that still stands where it stood.");
    }

    /// <summary>A chain of holdings.</summary>
    private static MarketSketch Sketch
    {
        get
        {
            var sketch = new MarketSketch();
            for (var i = 0; i < Companies; i++) sketch.Node($"Company/registry:{i}", ("name", $"第{i}公司"));
            for (var i = 0; i + 1 < Companies; i++) sketch.Edge("HOLDS", $"Company/registry:{i}", $"Company/registry:{i + 1}", ("share", $"0.{i + 1:000}"));
            return sketch;
        }
    }
}
