using GraphRisk.Graph.Facts;
using GraphRisk.Server.Search;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Search;

public sealed class SearchIndexTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task AnIndexOpenedAgainFindsWhatItKnewAndGoesOnFromThere()
    {
        using var folder = new TemporaryFolder();
        await using var store = new InMemoryGraphStore(MarketSketch.Catalog);
        await Append(store, 1, Change.Assert(Named("甲公司")));
        using (var index = SearchIndex.Open(MarketSketch.Catalog, folder.PathOf("search"))) await index.CatchUpAsync(store, 1);
        await Append(store, 2, Change.Assert(Named("乙公司")));
        using var again = SearchIndex.Open(MarketSketch.Catalog, folder.PathOf("search"));
        Assert.That(again.Version, Is.EqualTo(1));
        Assert.That(await NamesAsync(again, store, "甲公司", 1), Is.EqualTo(new[] { "甲公司" }));
        await again.CatchUpAsync(store, 2);
        Assert.That(await NamesAsync(again, store, "甲公司", 2), Is.Empty, "replaced in another session of the index");
        Assert.That(await NamesAsync(again, store, "甲公司", 1), Is.EqualTo(new[] { "甲公司" }));
    }

    [Test]
    public async Task ARetractedTextIsGoneFromThenOn()
    {
        using var folder = new TemporaryFolder();
        await using var store = new InMemoryGraphStore(MarketSketch.Catalog);
        await Append(store, 1, Change.Assert(Named("甲公司")));
        await Append(store, 2, Change.Retract(Named("甲公司")));
        await Append(store, 3, Change.Assert(Named("甲公司")));
        using var index = SearchIndex.Open(MarketSketch.Catalog, folder.PathOf("search"));
        await index.CatchUpAsync(store, 3);
        Assert.That(await NamesAsync(index, store, "甲公司", 1), Has.Length.EqualTo(1));
        Assert.That(await NamesAsync(index, store, "甲公司", 2), Is.Empty);
        Assert.That(await NamesAsync(index, store, "甲公司", 3), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task FollowingStepByStepFindsWhatFollowingAtOnceFinds()
    {
        using var folder = new TemporaryFolder();
        await using var store = new InMemoryGraphStore(MarketSketch.Catalog);
        using var stepwise = SearchIndex.Open(MarketSketch.Catalog, folder.PathOf("stepwise"));
        using var atOnce = SearchIndex.Open(MarketSketch.Catalog, folder.PathOf("at-once"));
        var random = new Random(7);
        for (var version = 1; version <= 60; version++)
        {
            var company = Named($"公司{random.Next(5)}", $"c{random.Next(6)}");
            var known = (await store.GetVersionAsync()).Number;
            await Append(store, version, random.Next(4) == 0 ? Change.Retract(company) : Change.Assert(company));
            if ((await store.GetVersionAsync()).Number > known) await stepwise.CatchUpAsync(store, known + 1);
        }

        var last = (await store.GetVersionAsync()).Number;
        await atOnce.CatchUpAsync(store, last);
        for (var version = 1L; version <= last; version++)
            for (var name = 0; name < 5; name++)
                Assert.That(await HitsAsync(atOnce, store, $"公司{name}", version), Is.EqualTo(await HitsAsync(stepwise, store, $"公司{name}", version)), $"version {version}");
    }

    private static async Task Append(InMemoryGraphStore store, int number, Change change) =>
        await store.AppendAsync(new ChangeSet($"s{number}", Start.AddHours(number), "test", [change]));

    private static NodeFact Named(string name, string key = "c1") => new(
        new NodeId("Company", $"a:{key}"), Properties.Of(("name", PropertyValue.Of(name))), Validity.Always, new Provenance("a", key, 0.9m));

    private static async Task<string[]> NamesAsync(SearchIndex index, InMemoryGraphStore store, string text, long version) =>
        [.. (await FindAsync(index, store, text, version)).Select(hit => hit.Text)];

    private static async Task<string[]> HitsAsync(SearchIndex index, InMemoryGraphStore store, string text, long version) =>
        [.. (await FindAsync(index, store, text, version)).Select(hit => $"{hit.Node} {hit.Text} {hit.Match}")];

    private static ValueTask<IReadOnlyList<SearchHit>> FindAsync(SearchIndex index, InMemoryGraphStore store, string text, long version) =>
        index.FindAsync(store, new SearchRequest(text, version, Start) { Ways = [SearchMatch.Exact] });
}
