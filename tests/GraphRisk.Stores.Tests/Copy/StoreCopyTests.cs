using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Copy;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Sqlite;
using GraphRisk.Stores.Tests.Neo4j;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Copy;

/// <summary>Copies of random histories with corrections and retractions.</summary>
public sealed class StoreCopyTests
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();
    private TemporaryFolder folder = null!;

    [SetUp]
    public void Make() => folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task ACopyHasTheSameChangesVersionsAndTimes()
    {
        for (var seed = 0; seed < 6; seed++)
        {
            await using var source = await FillAsync($"source-{seed}", seed, 30);
            await using var target = Open($"target-{seed}");
            var report = await StoreCopy.RunAsync(source, target);
            await AssertSameAsync(target, source);
            Assert.That(report.ContentHash, Is.EqualTo(await ContentHash.ComputeAsync(source)));
            Assert.That(report.Copied, Is.EqualTo(await source.ReadChangesAsync(0).CountAsync()));
        }
    }

    [Test]
    public async Task ACopyCancelledAgainAndAgainGoesOnFromWhereItWas()
    {
        await using var source = await FillAsync("source", 3, 60);
        await using var target = Open("target");
        var (random, interruptions) = (new Random(1), 0);
        while ((await target.GetVersionAsync()).Number < (await source.GetVersionAsync()).Number)
        {
            using var cancel = new CancellationTokenSource();
            var left = random.Next(1, 6);
            var progress = new Reports(_ =>
            {
                if (--left == 0) cancel.Cancel();
            });
            try
            {
                await StoreCopy.RunAsync(source, target, progress, cancel.Token);
            }
            catch (OperationCanceledException)
            {
                interruptions++;
            }
        }

        Assert.That(interruptions, Is.GreaterThan(10));
        Assert.That((await StoreCopy.RunAsync(source, target)).Copied, Is.Zero);
        await AssertSameAsync(target, source);
    }

    [Test]
    public async Task ACopyTakesUpWhatTheSourceRecordedSince()
    {
        var random = new RandomChanges(9);
        await using var source = Open("source");
        await using var target = Open("target");
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 10; i++) await source.AppendAsync(random.Next(20));
            var report = await StoreCopy.RunAsync(source, target);
            Assert.That(report.From, Is.LessThan(report.Version));
            await AssertSameAsync(target, source);
        }
    }

    [Test]
    public async Task ASetThatChangedNothingIsKnownInTheCopyToo()
    {
        await using var source = await FillAsync("source", 4, 5);
        var known = await source.ReadChangesAsync(0).FirstAsync(recorded => recorded.Kind == ChangeKind.Assert);
        var idle = new ChangeSet("idle", known.RecordedAt, "test", [Change.Assert(known.Fact)]);
        await source.AppendAsync(new ChangeSet("sure", known.RecordedAt, "test", [Change.Assert(known.Fact)]));
        Assert.That((await source.AppendAsync(idle)).Asserted, Is.Zero);
        await using var target = Open("target");
        await StoreCopy.RunAsync(source, target);
        await target.AppendAsync(new ChangeSet("gone", known.RecordedAt, "test", [Change.Retract(known.Fact)]));
        Assert.That((await target.AppendAsync(idle)).AlreadyKnown, Is.True);
    }

    [Test]
    public async Task ATargetWithAnotherHistoryIsRefusedAndLeftAsItWas()
    {
        await using var source = await FillAsync("source", 5, 20);
        await using var foreign = await FillAsync("foreign", 6, 3);
        await using var ahead = Open("ahead");
        await StoreCopy.RunAsync(source, ahead);
        await ahead.AppendAsync(new RandomChanges(77).Next(5) with { RecordedAt = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        foreach (var (target, reason) in ((IGraphStore, string)[])[(foreign, "another history"), (ahead, "only at")])
        {
            var before = await ContentHash.ComputeAsync(target);
            Assert.That(async () => await StoreCopy.RunAsync(source, target), Throws.InstanceOf<InvalidDataException>().With.Message.Contains(reason));
            Assert.That(await ContentHash.ComputeAsync(target), Is.EqualTo(before));
        }
    }

    [Test, NonParallelizable]
    public async Task FromTheEmbeddedStoreToNeo4jAndBackEverythingIsTheSame()
    {
        var options = Neo4jServer.Require();
        foreach (var seed in (int[])[21, 22])
        {
            await Neo4jServer.EmptyAsync();
            await using var source = await FillAsync($"there-{seed}", seed, 25);
            await using var server = await Neo4jGraphStore.OpenAsync(options, Catalog, TimeProvider.System);
            using (var cancel = new CancellationTokenSource())
            {
                var interrupted = new Reports(_ => cancel.Cancel());
                Assert.CatchAsync<OperationCanceledException>(() => StoreCopy.RunAsync(source, server, interrupted, cancel.Token));
            }

            var there = await StoreCopy.RunAsync(source, server);
            Assert.That(there.From, Is.Positive, "went on after the interruption");
            await using var back = Open($"back-{seed}");
            Assert.That((await StoreCopy.RunAsync(server, back)).ContentHash, Is.EqualTo(there.ContentHash));
            await AssertSameAsync(back, source);
        }
    }

    private static async Task AssertSameAsync(SqliteGraphStore target, SqliteGraphStore source)
    {
        Assert.That(await target.ReadChangesAsync(0).ToListAsync(), Is.EqualTo(await source.ReadChangesAsync(0).ToListAsync()));
        Assert.That(await target.ReadSetsAsync(0).ToListAsync(), Is.EqualTo(await source.ReadSetsAsync(0).ToListAsync()));
        Assert.That(await target.CheckAsync(), Is.Empty);
    }

    private SqliteGraphStore Open(string name) => GraphStores.OpenSqlite(folder.PathOf($"{name}.db"), Catalog);

    private async Task<SqliteGraphStore> FillAsync(string name, int seed, int sets)
    {
        var (store, random) = (Open(name), new RandomChanges(seed));
        for (var i = 0; i < sets; i++) await store.AppendAsync(random.Next(30));
        return store;
    }

    /// <summary>Progress told at once, on the thread that makes it.</summary>
    private sealed class Reports(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
