using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests;

/// <summary>A store whose server was away when it should have been opened.</summary>
public sealed class LateGraphStoreTests
{
    private readonly InMemoryGraphStore inner = new(SchemaCatalog.LoadEmbedded());
    private int attempts;
    private bool isThere;

    [Test]
    public async Task EachCallTriesToOpenItUntilOneHas()
    {
        await using var store = new LateGraphStore(inner.Catalog, OpenAsync);
        Assert.That(async () => await store.GetVersionAsync(), Throws.InstanceOf<StoreUnavailableException>());
        Assert.That(async () => await store.ReadAsync(ReadScope.All(1)).ToListAsync(), Throws.InstanceOf<StoreUnavailableException>());
        Assert.That(attempts, Is.EqualTo(2));
        isThere = true;
        var set = new RandomChanges(1).Next(20);
        Assert.That((await store.AppendAsync(set)).Version.Number, Is.EqualTo(1));
        Assert.That(attempts, Is.EqualTo(3));
        Assert.That(await store.ReadChangesAsync(0).ToListAsync(), Is.EqualTo(await inner.ReadChangesAsync(0).ToListAsync()).And.Not.Empty);
        Assert.That(await store.ReadSetsAsync(0).ToListAsync(), Has.Count.EqualTo(1));
        Assert.That(await store.GetVersionAsync(set.RecordedAt), Is.EqualTo(await inner.GetVersionAsync()));
        Assert.That(attempts, Is.EqualTo(3), "once opened it stays open");
    }

    [Test]
    public async Task ManyCallersOpenItOnce()
    {
        (attempts, isThere) = (0, true);
        await using var store = new LateGraphStore(inner.Catalog, OpenAsync);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await store.GetVersionAsync())));
        Assert.That(attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task CallersAtTheSameTimeShareAnAttemptThatFails()
    {
        var failed = new TaskCompletionSource<IGraphStore>();
        var begun = 0;
        await using var store = new LateGraphStore(inner.Catalog, _ =>
        {
            begun++;
            return new(failed.Task);
        });
        var calls = Enumerable.Range(0, 20).Select(_ => store.GetVersionAsync().AsTask()).ToList();
        failed.SetException(new StoreUnavailableException("It is away.") { IsAway = true });
        foreach (var call in calls) Assert.That(async () => await call, Throws.InstanceOf<StoreUnavailableException>());
        Assert.That(begun, Is.EqualTo(1));
    }

    [Test]
    public async Task ACallerThatGivesUpLeavesTheAttemptToTheOthers()
    {
        var opened = new TaskCompletionSource<IGraphStore>();
        await using var store = new LateGraphStore(inner.Catalog, _ => new(opened.Task));
        using var givenUp = new CancellationTokenSource();
        var (first, second) = (store.GetVersionAsync(givenUp.Token).AsTask(), store.GetVersionAsync().AsTask());
        await givenUp.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        opened.SetResult(inner);
        Assert.That(await second, Is.EqualTo(StoreVersion.Empty));
    }

    private async ValueTask<IGraphStore> OpenAsync(CancellationToken cancellation)
    {
        attempts++;
        await Task.Delay(1, cancellation);
        return isThere ? inner : throw new StoreUnavailableException("It is away.") { IsAway = true };
    }
}
