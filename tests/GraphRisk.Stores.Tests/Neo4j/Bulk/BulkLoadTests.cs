using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Bulk;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Neo4j.Bulk;

/// <summary>
/// A random history with corrections, retractions and things said again, loaded into a real server by its import tool. The
/// embedded store, which the contract holds to a naive history, says what is right.
/// </summary>
[NonParallelizable]
public sealed class BulkLoadTests
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();
    private readonly TemporaryFolder folder = new();
    private readonly RandomChanges later = new(41);
    private StoppableServer server = null!;
    private SqliteGraphStore embedded = null!;
    private BulkReport report = null!;
    private List<string> loaded = null!;
    private Neo4jGraphStore store = null!;

    [OneTimeSetUp]
    public async Task Load()
    {
        server = StoppableServer.Require();
        embedded = GraphStores.OpenSqlite(folder.PathOf("store.db"), Catalog);
        await foreach (var set in History()) await embedded.AppendAsync(set);
        report = await BulkExport.RunAsync(embedded, folder.PathOf("import"));
        server.Start();
        server.Stop();
        server.Load(report.Script);
        server.Start();
        loaded = await GraphDump.ReadAsync(server.Options);
        store = await Neo4jGraphStore.OpenAsync(server.Options, Catalog, TimeProvider.System);
    }

    [OneTimeTearDown]
    public async Task Delete()
    {
        if (store is not null) await store.DisposeAsync();
        if (embedded is not null) await embedded.DisposeAsync();
        server?.Dispose();
        folder.Dispose();
    }

    [Test, Order(1)]
    public async Task TheLoadedDatabaseHasTheSameContentHash()
    {
        Assert.That(report.ContentHash, Is.EqualTo(await ContentHash.ComputeAsync(embedded)));
        Assert.That(await ContentHash.ComputeAsync(store), Is.EqualTo(report.ContentHash));
        Assert.That(await store.CheckAsync(), Is.Empty);
    }

    [Test, Order(2)]
    public async Task EveryReadingOfItIsThatOfTheEmbeddedStore() => await AssertSameReadingsAsync(1);

    [Test, Order(3)]
    public async Task WhatIsAppendedAfterwardsIsRecordedAlike()
    {
        var idle = await History().LastAsync();
        Assert.That((await store.AppendAsync(idle)).AlreadyKnown, Is.True, "also a set that changed nothing is known");
        for (var i = 0; i < 20; i++)
        {
            var set = later.Next(30) with { RecordedAt = new DateTimeOffset(2025, 1, 1, i, 0, 0, TimeSpan.Zero) };
            Assert.That(await store.AppendAsync(set), Is.EqualTo(await embedded.AppendAsync(set)));
        }

        await AssertSameReadingsAsync(2);
    }

    [Test, Order(4)]
    public async Task TheLayoutIsTheOneTheStoreWritesItself()
    {
        using (var client = new QueryApiClient(server.Options, TimeProvider.System))
            await client.RunAsync("MATCH (n) DETACH DELETE n", new Dictionary<string, object?>(), AccessMode.Write);
        await using var written = await Neo4jGraphStore.OpenAsync(server.Options, Catalog, TimeProvider.System);
        await foreach (var set in History()) await written.AppendAsync(set);
        var lines = await GraphDump.ReadAsync(server.Options);
        Assert.Multiple(() =>
        {
            Assert.That(loaded.Except(lines).Take(5), Is.Empty, "only loaded");
            Assert.That(lines.Except(loaded).Take(5), Is.Empty, "only written");
            Assert.That(loaded, Has.Count.EqualTo(lines.Count));
        });
    }

    /// <summary>Sets over few nodes, so that much is said twice, corrected and taken back; then hard values, then one that changes nothing.</summary>
    private static async IAsyncEnumerable<ChangeSet> History()
    {
        var random = new RandomChanges(40, parties: 12);
        for (var i = 0; i < 60; i++) yield return random.Next(40);
        yield return new ChangeSet("hard", new DateTimeOffset(2024, 6, 30, 12, 0, 0, TimeSpan.Zero), "作者 \"x\"\n", [Change.Assert(Hard())]);
        yield return new ChangeSet("idle", new DateTimeOffset(2024, 7, 1, 12, 0, 0, TimeSpan.Zero), "test", [Change.Assert(Hard())]);
        await Task.CompletedTask;
    }

    private static NodeFact Hard() => new(
        new NodeId("Company", "registry:\"C,1\"\n"),
        Properties.Of(
            ("name", PropertyValue.Of("名\0\r\n\"\\ \U00020000 é\"\"" + new string('长', 1300))),
            ("aliases", PropertyValue.Of(["", ";", "\"a\""])), ("registeredCapital", PropertyValue.Of(79228162514264337593543950335m)),
            ("netProfit", PropertyValue.Of(-0.0000000000000000000000000001m)), ("establishedOn", PropertyValue.Of(DateOnly.MinValue)),
            ("dissolvedOn", PropertyValue.Of(DateOnly.MaxValue)), ("blocked", PropertyValue.Of(true))),
        new Validity(DateTimeOffset.MinValue, new DateTimeOffset(2030, 1, 1, 0, 0, 0, 1, TimeSpan.Zero)),
        new Provenance("来源", "", 0.123456789m, new TextSpan(0, int.MaxValue)));

    private async Task AssertSameReadingsAsync(int seed)
    {
        var newest = await embedded.GetVersionAsync();
        Assert.That(await store.GetVersionAsync(), Is.EqualTo(newest));
        Assert.That(await store.ReadChangesAsync(0).ToListAsync(), Is.EqualTo(await embedded.ReadChangesAsync(0).ToListAsync()));
        Assert.That(await store.ReadSetsAsync(0).ToListAsync(), Is.EqualTo(await embedded.ReadSetsAsync(0).ToListAsync()));
        var random = new Random(seed);
        for (var i = 0; i < 6; i++)
        {
            var scope = new ReadScope(random.NextInt64(newest.Number + 1), Validity.CloseOf(new DateOnly(2019 + random.Next(8), 1, 1)));
            if (i % 3 == 0) scope = ReadScope.All(scope.AtVersion) with { Types = ["Company", "HOLDS"] };
            Assert.That(await store.ReadAsync(scope).ToListAsync(), Is.EqualTo(await embedded.ReadAsync(scope).ToListAsync()), $"{scope}");
            var knownAt = newest.RecordedAt.AddMinutes(-random.Next(6000));
            Assert.That(await store.GetVersionAsync(knownAt), Is.EqualTo(await embedded.GetVersionAsync(knownAt)));
        }

        var nodes = (await embedded.ReadChangesAsync(0).ToListAsync()).Select(recorded => recorded.Fact).OfType<NodeFact>()
            .OrderBy(_ => random.Next()).Take(12);
        foreach (var fact in nodes) await AssertSamePointReadsAsync(fact, random.NextInt64(newest.Number + 1));
    }

    private async Task AssertSamePointReadsAsync(NodeFact fact, long version)
    {
        foreach (var with in (bool[])[false, true])
            Assert.That(
                await store.FindAsync(fact.Node, version, with), Is.EqualTo(await embedded.FindAsync(fact.Node, version, with)),
                $"{fact.Node} at {version}");
        foreach (var (scheme, value) in Identifiers.Of(Catalog.Node(fact.Type), fact.Properties))
            Assert.That(
                await store.FindByIdentifierAsync(scheme, value, version),
                Is.EqualTo(await embedded.FindByIdentifierAsync(scheme, value, version)), $"{scheme} {value} at {version}");
    }
}
