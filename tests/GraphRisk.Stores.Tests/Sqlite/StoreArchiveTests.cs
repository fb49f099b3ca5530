using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Sqlite;

/// <summary>Random histories with corrections, retractions and sets that change nothing, taken out in pieces and put back.</summary>
public sealed class StoreArchiveTests
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();
    private TemporaryFolder folder = null!;

    [SetUp]
    public void Make() => folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task PutBackToAnyVersionItIsTheStoreBuiltToThatVersion()
    {
        var random = new Random(5);
        for (var seed = 0; seed < 2; seed++)
        {
            await using var store = Open($"source-{seed}");
            var changes = new RandomChanges(seed);
            var sets = new List<ChangeSet>();
            var pieces = new List<(byte[] Bytes, StoreExtent Extent)>();
            for (var i = 0; i < 30; i++)
            {
                sets.Add(changes.Next(25));
                if (i % 7 == 3) sets.Add(new ChangeSet($"idle-{i}", sets[^1].RecordedAt, "test", []));
                for (var from = sets.Count - (i % 7 == 3 ? 2 : 1); from < sets.Count; from++) await store.AppendAsync(sets[from]);
                if (random.Next(6) == 0 || i == 29) pieces.Add(await WriteAsync(store, pieces));
            }

            Assert.That(pieces, Has.Count.GreaterThan(3));
            foreach (var version in Enumerable.Range(0, 3).Select(_ => random.NextInt64(1, pieces[^1].Extent.Version + 1)).Append(pieces[^1].Extent.Version).Distinct())
            {
                await using var back = await PutBackAsync($"back-{seed}-{version}", pieces, version);
                await using var built = Open($"built-{seed}-{version}");
                for (var i = 0; i < sets.Count && ((await built.GetVersionAsync()).Number < version || sets[i].Changes.IsEmpty); i++) await built.AppendAsync(sets[i]);
                Assert.That(await ContentHash.ComputeAsync(back), Is.EqualTo(await ContentHash.ComputeAsync(built)).And.EqualTo(await ContentHash.ComputeAsync(store, version)));
                Assert.That(await back.ReadChangesAsync(0).ToListAsync(), Is.EqualTo(await built.ReadChangesAsync(0).ToListAsync()));
                Assert.That(await back.ReadSetsAsync(0).ToListAsync(), Is.EqualTo(await built.ReadSetsAsync(0).ToListAsync()));
                Assert.That(await back.CheckAsync(), Is.Empty);
                foreach (var node in (await back.ReadChangesAsync(0).ToListAsync()).Select(recorded => recorded.Fact).OfType<NodeFact>().Select(fact => fact.Node).Distinct())
                    Assert.That(await back.FindAsync(node, version, withRelationships: true), Is.EqualTo(await built.FindAsync(node, version, withRelationships: true)));

                // Both go on alike: what was known is known, what came later is carried out.
                foreach (var set in sets) Assert.That(await back.AppendAsync(set), Is.EqualTo(await built.AppendAsync(set)), set.Id);
                Assert.That(await ContentHash.ComputeAsync(back), Is.EqualTo(pieces[^1].Extent.ContentHash));
            }
        }
    }

    [Test]
    public async Task ThePieceAfterHoldsOnlyWhatIsNew()
    {
        await using var store = Open("source");
        var changes = new RandomChanges(8);
        for (var i = 0; i < 60; i++) await store.AppendAsync(changes.Next(80));
        var pieces = new List<(byte[] Bytes, StoreExtent Extent)> { await WriteAsync(store, []) };
        await store.AppendAsync(changes.Next(3));
        pieces.Add(await WriteAsync(store, pieces));
        pieces.Add(await WriteAsync(store, pieces));
        Assert.Multiple(() =>
        {
            Assert.That(pieces[0].Bytes, Has.Length.GreaterThan(100_000));
            Assert.That(pieces[1].Bytes, Has.Length.LessThan(4_000));
            Assert.That(pieces[2].Bytes, Has.Length.LessThan(pieces[1].Bytes.Length));
            Assert.That(pieces[2].Extent, Is.EqualTo(pieces[1].Extent));
        });
        await using var back = await PutBackAsync("back", pieces, 61);
        Assert.That(await ContentHash.ComputeAsync(back), Is.EqualTo(pieces[2].Extent.ContentHash).And.EqualTo(await ContentHash.ComputeAsync(store)));
    }

    [Test]
    public async Task WhatIsTakenOutWhileOthersWriteIsTheStoreAtOneVersion()
    {
        await using var store = Open("source");
        var changes = new RandomChanges(9, parties: 200);
        for (var i = 0; i < 20; i++) await store.AppendAsync(changes.Next(60));
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await store.AppendAsync(changes.Next(20));
        });
        var pieces = new List<(byte[] Bytes, StoreExtent Extent)>();
        for (var i = 0; i < 4; i++) pieces.Add(await WriteAsync(store, pieces));
        await stop.CancelAsync();
        await writing;
        await using var back = await PutBackAsync("back", pieces, pieces[^1].Extent.Version);
        Assert.That(await ContentHash.ComputeAsync(back), Is.EqualTo(await ContentHash.ComputeAsync(store, pieces[^1].Extent.Version)));
        Assert.That(await back.CheckAsync(), Is.Empty);
    }

    [Test]
    public async Task ItIsTheSameStoreUnderAnotherHistoryEachTime()
    {
        await using var store = Open("source");
        for (var i = 0; i < 3; i++) await store.AppendAsync(new RandomChanges(i).Next(10));
        var pieces = new List<(byte[] Bytes, StoreExtent Extent)> { await WriteAsync(store, []) };
        await using var one = await PutBackAsync("one", pieces, 3);
        await using var other = await PutBackAsync("other", pieces, 3);
        var marks = new[] { await store.GetMarkAsync(3), await one.GetMarkAsync(3), await other.GetMarkAsync(3) };
        Assert.That(marks.Select(mark => mark!.Value.Store).Distinct().Count(), Is.EqualTo(1));
        Assert.That(marks, Is.Unique);
    }

    [Test]
    public async Task PiecesThatDoNotHangTogetherAreRefusedAndVersionsAreFoundByTime()
    {
        await using var store = Open("source");
        var changes = new RandomChanges(4);
        var pieces = new List<(byte[] Bytes, StoreExtent Extent)>();
        for (var i = 0; i < 3; i++)
        {
            await store.AppendAsync(changes.Next(10));
            await store.AppendAsync(changes.Next(10));
            pieces.Add(await WriteAsync(store, pieces));
        }

        Assert.That(async () => await PutBackAsync("gap", [pieces[0], pieces[2]], 6), Throws.TypeOf<InvalidDataException>().With.Message.Contains("version 2 is missing"));
        Assert.That(async () => await PutBackAsync("short", pieces[..2], 6), Throws.TypeOf<InvalidDataException>().With.Message.Contains("ends at version 4"));
        var third = (await store.ReadSetsAsync(2).FirstAsync()).Version.RecordedAt;
        Assert.Multiple(() =>
        {
            Assert.That(StoreArchive.VersionAt(new MemoryStream(pieces[1].Bytes), third), Is.EqualTo(3));
            Assert.That(StoreArchive.VersionAt(new MemoryStream(pieces[1].Bytes), third.AddTicks(-1)), Is.Null);
            Assert.That(StoreArchive.VersionAt(new MemoryStream(pieces[0].Bytes), third), Is.EqualTo(2));
        });
    }

    private SqliteGraphStore Open(string name) => GraphStores.OpenSqlite(folder.PathOf($"{name}.db"), Catalog);

    private static async Task<(byte[] Bytes, StoreExtent Extent)> WriteAsync(SqliteGraphStore store, List<(byte[] Bytes, StoreExtent Extent)> before)
    {
        using var target = new MemoryStream();
        var extent = await StoreArchive.WriteAsync(store, before.Count == 0 ? null : before[^1].Extent, await store.GetVersionAsync(), target);
        return (target.ToArray(), extent);
    }

    /// <summary>Puts back from the first pieces that reach the version.</summary>
    private async Task<SqliteGraphStore> PutBackAsync(string name, List<(byte[] Bytes, StoreExtent Extent)> pieces, long version)
    {
        var last = pieces.FindIndex(piece => piece.Extent.Version >= version);
        var needed = last < 0 || version == pieces[^1].Extent.Version ? pieces : pieces[..(last + 1)];
        await StoreArchive.RestoreAsync(folder.PathOf($"{name}.db"), Catalog, needed.Select(piece => (Func<Stream>)(() => new MemoryStream(piece.Bytes))), version);
        return Open(name);
    }
}
