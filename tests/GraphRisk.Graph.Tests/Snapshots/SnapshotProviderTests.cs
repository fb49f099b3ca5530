using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Snapshots;

public sealed class SnapshotProviderTests
{
    private static readonly DateTimeOffset AsOf = Validity.CloseOf(new DateOnly(2024, 6, 30));

    private InMemoryGraphStore store = null!;
    private RandomChanges changes = null!;

    [SetUp]
    public async Task FillStore()
    {
        store = new InMemoryGraphStore(SchemaCatalog.LoadEmbedded());
        changes = new RandomChanges(1);
        for (var i = 0; i < 5; i++) await store.AppendAsync(changes.Next(40));
    }

    [TearDown]
    public async Task CloseStore() => await store.DisposeAsync();

    [Test]
    public async Task OneQuestionAskedManyTimesAtOnceIsBuiltOnce()
    {
        var provider = new SnapshotProvider(store);
        var snapshots = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => provider.GetAsync(AsOf).AsTask()));
        Assert.That(snapshots.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task ANewSetGivesANewSnapshotAndTheOldKnownAtTheOldOne()
    {
        var provider = new SnapshotProvider(store);
        var before = await provider.GetAsync(AsOf);
        await store.AppendAsync(changes.Next(40));
        var after = await provider.GetAsync(AsOf);
        Assert.That(after.Stamp.Version, Is.EqualTo(before.Stamp.Version + 1));
        Assert.That(await provider.GetAsync(AsOf, before.Stamp.KnownAt), Is.SameAs(before));
    }

    [Test]
    public async Task TheSnapshotUnusedForLongestIsForgottenFirst()
    {
        var provider = new SnapshotProvider(store, new SnapshotProviderOptions { Capacity = 2 });
        var first = await provider.GetAsync(AsOf);
        var second = await provider.GetAsync(AsOf.AddDays(1));
        Assert.That(await provider.GetAsync(AsOf), Is.SameAs(first));
        await provider.GetAsync(AsOf.AddDays(2));
        Assert.That(await provider.GetAsync(AsOf), Is.SameAs(first));
        Assert.That(await provider.GetAsync(AsOf.AddDays(1)), Is.Not.SameAs(second));
    }

    [Test]
    public void WhoGivesUpWaitingIsLetGo()
    {
        var provider = new SnapshotProvider(store);
        Assert.CatchAsync<OperationCanceledException>(async () => await provider.GetAsync(AsOf, null, new CancellationToken(canceled: true)));
    }

    [Test]
    public async Task TheDayAskedForOftenStaysThoughOthersWereAskedForLater()
    {
        var provider = new SnapshotProvider(store, new SnapshotProviderOptions { Capacity = 2 });
        var often = await provider.GetAsync(AsOf);
        for (var i = 0; i < 5; i++) await provider.GetAsync(AsOf);
        for (var day = 1; day <= 5; day++) await provider.GetAsync(AsOf.AddDays(day));
        Assert.That(await provider.GetAsync(AsOf), Is.SameAs(often));
    }

    [Test]
    public async Task NewerKnowledgeOfADayTakesTheAskingOver()
    {
        var provider = new SnapshotProvider(store, new SnapshotProviderOptions { Capacity = 2 });
        for (var i = 0; i < 5; i++) await provider.GetAsync(AsOf);
        await store.AppendAsync(changes.Next(40));
        var newer = await provider.GetAsync(AsOf);
        await provider.GetAsync(AsOf.AddDays(1));
        await provider.GetAsync(AsOf.AddDays(2));
        Assert.That(await provider.GetAsync(AsOf), Is.SameAs(newer));
    }

    [Test]
    public async Task WhatWasBuiltIsUsedFromItsFileWhereThatIsAskedFor()
    {
        using var folder = new TemporaryFolder();
        var provider = new SnapshotProvider(store, new SnapshotProviderOptions { Capacity = 1, Folder = folder.Root, Maps = true });
        var mapped = await provider.GetAsync(AsOf);
        Assert.That(Directory.GetFiles(folder.Root), Has.Length.EqualTo(1));
        Assert.That(SnapshotComparison.FirstDifference(await new SnapshotProvider(store).GetAsync(AsOf), mapped), Is.Null);
        File.Delete(Directory.GetFiles(folder.Root)[0]);
        Assert.That(SnapshotComparison.FirstDifference(await new SnapshotProvider(store).GetAsync(AsOf), mapped), Is.Null, "a file that is gone serves on");
    }

    [Test]
    public async Task WhoPassesThroughFindsWhatIsKeptAndLeavesNothingBehind()
    {
        using var folder = new TemporaryFolder();
        var provider = new SnapshotProvider(store, new SnapshotProviderOptions { Capacity = 1, Folder = folder.Root });
        var passed = await provider.PassAsync(AsOf);
        await provider.SaveAsync();
        Assert.That(Directory.GetFiles(folder.Root), Is.Empty);
        var kept = await provider.GetAsync(AsOf);
        Assert.That(kept, Is.Not.SameAs(passed));
        Assert.That(SnapshotComparison.FirstDifference(kept, passed), Is.Null);
        Assert.That(await provider.PassAsync(AsOf), Is.SameAs(kept));
        await provider.SaveAsync();
        await store.AppendAsync(changes.Next(40));
        Assert.That((await provider.PassAsync(AsOf)).Stamp.Version, Is.EqualTo(kept.Stamp.Version + 1));
    }

    [Test]
    public async Task BeyondTheMemoryThereIsOneSnapshotIsStillGiven()
    {
        var provider = new SnapshotProvider(store, new SnapshotProviderOptions { MostBytes = 1 });
        var all = await Task.WhenAll(Enumerable.Range(0, 5).Select(day => provider.GetAsync(AsOf.AddDays(day)).AsTask()));
        Assert.That(all.Select(one => one.Stamp.AsOf), Is.EqualTo(Enumerable.Range(0, 5).Select(day => AsOf.AddDays(day))));
    }
}
