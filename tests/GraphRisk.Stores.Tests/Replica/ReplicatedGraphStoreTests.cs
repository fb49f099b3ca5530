using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Replica;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;
using GraphRisk.TestKit.Faults;

namespace GraphRisk.Stores.Tests.Replica;

/// <summary>What a replica spares the store, and what becomes of it where it does not belong to the store.</summary>
public sealed class ReplicatedGraphStoreTests
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();
    private readonly List<string> reports = [];
    private TemporaryFolder folder = null!;
    private string path = "";

    [SetUp]
    public void Make()
    {
        folder = new TemporaryFolder();
        path = folder.PathOf("made", "replica.db");
        reports.Clear();
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task WhatItHoldsIsAnsweredWhileTheStoreIsAway()
    {
        var inner = await FilledAsync(new RandomChanges(1), 20);
        var source = new UnsteadyStore(inner);
        await using var store = await OpenAsync(source);
        var version = (await store.GetVersionAsync()).Number;
        Assert.That(await store.ReadAsync(ReadScope.All(version)).CountAsync(), Is.Positive);

        source.State = StoreState.Away;
        foreach (var at in (long[])[1, version / 2, version])
        {
            Assert.That(await store.ReadAsync(ReadScope.All(at)).ToListAsync(), Is.EqualTo(await inner.ReadAsync(ReadScope.All(at)).ToListAsync()));
            foreach (var node in await inner.ReadAsync(ReadScope.All(at)).Select(recorded => recorded.Fact).OfType<NodeFact>().ToListAsync())
            {
                Assert.That(
                    await store.FindAsync(node.Node, at, withRelationships: true),
                    Is.EqualTo(await inner.FindAsync(node.Node, at, withRelationships: true)));
                foreach (var (scheme, value) in Identifiers.Of(Catalog.Node(node.Node.Type), node.Properties))
                    Assert.That(
                        await store.FindByIdentifierAsync(scheme, value, at),
                        Is.EqualTo(await inner.FindByIdentifierAsync(scheme, value, at)).And.Contains(node.Node));
            }
        }

        var earlier = (await inner.ReadSetsAsync(0).ToListAsync())[(int)version / 2].Version;
        Assert.That(await store.GetVersionAsync(earlier.RecordedAt), Is.EqualTo(earlier));
        Assert.That(async () => await store.GetVersionAsync(), Throws.InstanceOf<StoreUnavailableException>(), "which may be another by now");
        Assert.That(async () => await store.FindAsync(default, version + 1), Throws.InstanceOf<StoreUnavailableException>());
        Assert.That(async () => await store.AppendAsync(new RandomChanges(2).Next(1)), Throws.InstanceOf<StoreUnavailableException>());
    }

    [Test]
    public async Task WhatOthersWriteIsFollowedAcrossRestarts()
    {
        var (inner, changes) = (new InMemoryGraphStore(Catalog), new RandomChanges(3));
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < 6; i++) await inner.AppendAsync(changes.Next(20));
            await using var store = await OpenAsync(inner);
            var version = (await store.GetVersionAsync()).Number;
            Assert.That(await store.ReadChangesAsync(0).ToListAsync(), Is.EqualTo(await inner.ReadChangesAsync(0).ToListAsync()));
            Assert.That(await store.ReadSetsAsync(2).ToListAsync(), Is.EqualTo(await inner.ReadSetsAsync(2).ToListAsync()));
            Assert.That(await ContentHash.ComputeAsync(store, version), Is.EqualTo(await ContentHash.ComputeAsync(inner, version)));
            Assert.That(await store.CheckAsync(), Is.Empty);
        }

        Assert.That(reports, Has.Count.EqualTo(1).And.All.Contains("copied"), "said once, not at each restart");
    }

    [Test]
    public async Task ManyReadersAndTwoOpeningsFollowIntoOneFile()
    {
        var (inner, changes) = (await FilledAsync(new RandomChanges(4), 10), new RandomChanges(5));
        await using var one = await OpenAsync(inner);
        await using var two = await OpenAsync(inner);
        for (var round = 0; round < 8; round++)
        {
            for (var i = 0; i < 4; i++) await inner.AppendAsync(changes.Next(15));
            var version = (await inner.GetVersionAsync()).Number;
            var expected = await inner.ReadAsync(ReadScope.All(version)).ToListAsync();
            var read = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
                Task.Run(async () => await (i % 2 == 0 ? one : two).ReadAsync(ReadScope.All(version)).ToListAsync())));
            Assert.That(read, Is.All.EqualTo(expected));
        }
    }

    [Test]
    public async Task OneOfAnotherHistoryIsMadeAnew()
    {
        await using (var other = await OpenAsync(await FilledAsync(new RandomChanges(6), 5))) await ReadAllAsync(other);
        var inner = await FilledAsync(new RandomChanges(7), 9);
        await using var store = await OpenAsync(inner);
        Assert.That(reports, Has.One.Contains("another history"));
        Assert.That(await ReadAllAsync(store), Is.EqualTo(await ReadAllAsync(inner)));
    }

    [Test]
    public async Task OneThatIsAheadOfAStoreSetBackIsMadeAnew()
    {
        await using (var ahead = await OpenAsync(await FilledAsync(new RandomChanges(8), 9))) await ReadAllAsync(ahead);
        var inner = await FilledAsync(new RandomChanges(8), 4);
        await using var store = await OpenAsync(inner);
        Assert.That(reports, Has.One.Contains("another history"));
        Assert.That(await ReadAllAsync(store), Is.EqualTo(await ReadAllAsync(inner)));
    }

    [Test]
    public async Task ADamagedOneIsMadeAnew()
    {
        var inner = await FilledAsync(new RandomChanges(9), 5);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, new string('x', 10_000));
        await using var store = await OpenAsync(inner);
        Assert.That(reports, Has.One.Contains("made anew"));
        Assert.That(await ReadAllAsync(store), Is.EqualTo(await ReadAllAsync(inner)));
    }

    [Test]
    public async Task OneFoundDamagedInAReadFailsThatReadAtMostAndIsMadeAnew()
    {
        const int page = 8192;
        var inner = await FilledAsync(new RandomChanges(15, parties: 400), 120);
        await using (var whole = await OpenAsync(inner)) await ReadAllAsync(whole);
        var bytes = await File.ReadAllBytesAsync(path);
        var (expected, version, failed) = (await ReadAllAsync(inner), (await inner.GetVersionAsync()).Number, 0);
        for (var at = page; at < bytes.Length; at += page)
        {
            var torn = (byte[])bytes.Clone();
            torn.AsSpan(at, 64).Fill(0xFF);
            ReplicaFile.Delete(path);
            await File.WriteAllBytesAsync(path, torn);
            await using (var store = await OpenAsync(inner))
            {
                try
                {
                    await store.ReadAsync(ReadScope.All(version)).CountAsync();
                    continue;
                }
                catch (StoreUnavailableException error)
                {
                    Assert.That(error.Message, Does.Contain("ask again"));
                    failed++;
                }

                Assert.That(await ReadAllAsync(store), Is.EqualTo(expected));
            }

            await using var after = await OpenAsync(inner);
            Assert.That(await ReadAllAsync(after), Is.EqualTo(expected));
        }

        Assert.That(failed, Is.Positive, "pages were hit that only a read meets");
    }

    [Test]
    public async Task WhereNoFileCanBeMadeTheStoreAnswersAlone()
    {
        await File.WriteAllTextAsync(folder.PathOf("made"), "a file where the folder should be");
        var inner = await FilledAsync(new RandomChanges(10), 5);
        await using var store = await OpenAsync(inner);
        Assert.That(store, Is.SameAs(inner));
        Assert.That(reports, Has.One.Contains("No replica is kept"));
    }

    [Test]
    public async Task OneThatCannotGrowIsDoneWithout()
    {
        var (inner, changes) = (await FilledAsync(new RandomChanges(11), 3), new RandomChanges(12, parties: 4000));
        await using var store = await ReplicatedGraphStore.OpenAsync(
            inner, path, reports.Add, new SqliteStoreOptions { MaximumBytes = 600_000, MinimumTail = 300 });
        Assert.That(await ReadAllAsync(store), Is.EqualTo(await ReadAllAsync(inner)));
        for (var i = 0; i < 20; i++) await inner.AppendAsync(changes.Next(1000));
        Assert.That(await ReadAllAsync(store), Is.EqualTo(await ReadAllAsync(inner)));
        Assert.That(reports, Has.One.Contains("not kept up"));
        await inner.AppendAsync(changes.Next(1000));
        Assert.That(await ReadAllAsync(store), Is.EqualTo(await ReadAllAsync(inner)));
        Assert.That(reports, Has.Exactly(1).Contains("not kept up"));
    }

    [Test]
    public async Task AStoreThatComesBackWithAnotherHistoryIsRefused()
    {
        await using (var before = await OpenAsync(await FilledAsync(new RandomChanges(13), 5))) await ReadAllAsync(before);
        var source = new UnsteadyStore(await FilledAsync(new RandomChanges(14), 9)) { State = StoreState.Away };
        await using var store = ReplicatedGraphStore.OpenAway(source, path, reports.Add);
        Assert.That(await store.ReadAsync(ReadScope.All(5)).CountAsync(), Is.Positive, "what was seen before answers");
        Assert.That(async () => await store.GetVersionAsync(), Throws.InstanceOf<StoreUnavailableException>());
        source.State = StoreState.There;
        Assert.That(async () => await store.GetVersionAsync(), Throws.InstanceOf<StoreUnavailableException>().With.Message.Contains("another history"));
        Assert.That(async () => await store.ReadAsync(ReadScope.All(9)).CountAsync(), Throws.InstanceOf<StoreUnavailableException>());
    }

    private ValueTask<IGraphStore> OpenAsync(IGraphStore source) => ReplicatedGraphStore.OpenAsync(source, path, reports.Add);

    private static async Task<List<RecordedFact>> ReadAllAsync(IGraphStore store) =>
        await store.ReadAsync(ReadScope.All((await store.GetVersionAsync()).Number)).ToListAsync();

    private static async Task<IGraphStore> FilledAsync(RandomChanges changes, int sets)
    {
        var store = new InMemoryGraphStore(Catalog);
        for (var i = 0; i < sets; i++) await store.AppendAsync(changes.Next(25));
        return store;
    }
}
