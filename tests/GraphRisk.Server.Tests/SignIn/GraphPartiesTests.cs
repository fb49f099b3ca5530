using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security;
using GraphRisk.Server.SignIn;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.SignIn;

public class GraphPartiesTests
{
    private static readonly MarketSketch Market = new MarketSketch()
        .Node("Broker/B001", ("name", "甲证券"))
        .Node("Person/registry:P1", ("name", "张三"));

    [TestCase(Role.Broker, "Broker/B001", true)]
    [TestCase(Role.Broker, "Broker/B002", false)]
    [TestCase(Role.Broker, "Person/registry:P1", false)]
    [TestCase(Role.Client, "Person/registry:P1", true)]
    [TestCase(Role.Client, "Person/registry:P2", false)]
    [TestCase(Role.Client, "Broker/B001", false)]
    [TestCase(Role.Client, "no id", false)]
    [TestCase(Role.Client, null, false)]
    public async Task AViewerSpeaksForWhomTheStoreKnowsInItsRole(Role role, string? of, bool knows)
    {
        await using var store = await StoreAsync();
        Assert.That(await new GraphParties(store, null).Knows(new Viewer(role, of), default), Is.EqualTo(knows));
    }

    [Test]
    public async Task WhoseFactsAreRetractedNoLongerExists()
    {
        await using var store = await StoreAsync();
        var parties = new GraphParties(store, new StoreWatch(store, TimeProvider.System, new StoreWatchOptions { Freshness = TimeSpan.Zero }));
        var broker = new Viewer(Role.Broker, "Broker/B001");
        Assert.That(await parties.Knows(broker, default), Is.True);
        await store.AppendAsync(new ChangeSet("gone", ServedGraph.Now, "test", [Change.Retract(Market.Changes[0].Fact)]));
        Assert.That(await parties.Knows(broker, default), Is.False);
    }

    private static async Task<InMemoryGraphStore> StoreAsync()
    {
        var store = new InMemoryGraphStore(MarketSketch.Catalog);
        await store.AppendAsync(new ChangeSet("all", ServedGraph.Now.AddDays(-1), "test", [.. Market.Changes]));
        return store;
    }
}
