using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.TestKit;
using GraphRisk.TestKit.Faults;

namespace GraphRisk.Graph.Tests.Store;

public sealed class StoreWatchTests
{
    private static readonly DateTimeOffset AsOf = Validity.CloseOf(new DateOnly(2024, 6, 30));

    private readonly HandClock clock = new();
    private readonly RandomChanges changes = new(1);
    private UnsteadyStore store = null!;

    [SetUp]
    public async Task FillStore()
    {
        store = new UnsteadyStore(new InMemoryGraphStore(SchemaCatalog.LoadEmbedded()));
        await store.AppendAsync(changes.Next(40));
    }

    [TearDown]
    public async Task CloseStore() => await store.DisposeAsync();

    [Test]
    public async Task WhatOthersWroteIsSeenWhenTheFreshnessIsOver()
    {
        var watch = new StoreWatch(store, clock, new StoreWatchOptions { Freshness = TimeSpan.FromSeconds(1) });
        Assert.That((await watch.LookAsync()).Version.Number, Is.EqualTo(1));
        await store.AppendAsync(changes.Next(40));
        clock.Forward(TimeSpan.FromMilliseconds(999));
        Assert.That((await watch.LookAsync()).Version.Number, Is.EqualTo(1));
        clock.Forward(TimeSpan.FromMilliseconds(1));
        Assert.That((await watch.LookAsync()).Version.Number, Is.EqualTo(2));
        Assert.That(store.VersionsAsked, Is.EqualTo(2));
    }

    [Test]
    public async Task WhatThisProcessWroteIsSeenAtOnce()
    {
        var watch = new StoreWatch(store, clock, new StoreWatchOptions { Freshness = TimeSpan.FromHours(1) });
        await watch.LookAsync();
        await store.AppendAsync(changes.Next(40));
        watch.NoteWrite();
        Assert.That((await watch.LookAsync()).Version.Number, Is.EqualTo(2));
    }

    [Test]
    public async Task AStoreThatIsAwayIsAskedOnceAPauseAndKeepsWhatWasSeen()
    {
        var reports = new List<string>();
        var watch = new StoreWatch(store, clock, new StoreWatchOptions { Pause = TimeSpan.FromSeconds(1), Report = reports.Add });
        var seen = await watch.LookAsync();
        store.State = StoreState.Away;
        for (var i = 0; i < 5; i++) Assert.That((await watch.LookAsync()).IsAway, Is.True);
        Assert.That(store.VersionsAsked, Is.EqualTo(2));
        Assert.That(watch.Last, Is.EqualTo(seen with { Trouble = "The store is away for a test." }));
        store.State = StoreState.There;
        clock.Forward(TimeSpan.FromSeconds(1));
        while ((await watch.LookAsync()).IsAway) await Task.Yield();
        Assert.That(reports, Is.EqualTo(new[]
        {
            "The store is away for a test. Questions are answered from the last snapshot, changes are refused.", "The store is back.",
        }));
    }

    [Test]
    public async Task WithoutTheStoreTheNewestSnapshotOfTheDayAnswers()
    {
        var provider = new SnapshotProvider(store, new SnapshotProviderOptions { Capacity = 1 }, new StoreWatch(store, clock));
        await provider.GetAsync(AsOf);
        await store.AppendAsync(changes.Next(40));
        var newest = await provider.GetAsync(AsOf);
        store.State = StoreState.Away;
        Assert.That(await provider.GetAsync(AsOf), Is.SameAs(newest));
        Assert.That(await provider.GetAsync(AsOf, newest.Stamp.KnownAt), Is.SameAs(newest), "It holds all that was known then.");
        Assert.ThrowsAsync<StoreUnavailableException>(async () => await provider.GetAsync(AsOf, newest.Stamp.KnownAt.AddHours(-1)));
        Assert.ThrowsAsync<StoreUnavailableException>(async () => await provider.GetAsync(AsOf.AddDays(1)));
        Assert.That(await provider.GetAsync(AsOf), Is.SameAs(newest));
    }

    [Test]
    public async Task AfterARestartTheSnapshotOfTheFolderAnswersWithoutTheStore()
    {
        using var folder = new TemporaryFolder();
        var options = new SnapshotProviderOptions { Folder = folder.PathOf("snapshots") };
        var provider = new SnapshotProvider(store, options, new StoreWatch(store, clock));
        var built = await provider.GetAsync(AsOf);
        await provider.SaveAsync();
        store.State = StoreState.Away;
        var restarted = new SnapshotProvider(store, options, new StoreWatch(store, clock));
        Assert.That((await restarted.GetAsync(AsOf)).Stamp, Is.EqualTo(built.Stamp));
    }

    /// <summary>A clock that stands until it is moved; timers are the machine's.</summary>
    private sealed class HandClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Forward(TimeSpan time) => ticks += time.Ticks;

        public override long GetTimestamp() => ticks;

        public override DateTimeOffset GetUtcNow() => AsOf.AddTicks(ticks);
    }
}
