using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Contract;

/// <summary>Many at once, and those that give up.</summary>
public abstract partial class GraphStoreContract
{
    [Test]
    public async Task OfManyWritersEachSetLandsOnceAndWhole()
    {
        var sets = Enumerable.Range(0, 8).SelectMany(writer =>
        {
            var random = new RandomChanges(writer);
            return Enumerable.Range(0, 10).Select(_ => random.Next(8) with { RecordedAt = Noon });
        }).ToList();
        var results = await Task.WhenAll(sets.Concat(sets).Select(async set => (set.Id, Result: await Store.AppendAsync(set))));
        Assert.That(results.Count(answer => answer.Result.AlreadyKnown), Is.EqualTo(sets.Count));
        Assert.That(await Store.CheckAsync(), Is.Empty);

        // Whatever order they came in, the same sets appended one by one in that order give the same store.
        var order = await Store.ReadSetsAsync(0).Select(set => set.Id).ToListAsync();
        var recorded = await Store.ReadChangesAsync(0).ToListAsync();
        await using var alone = await OpenEmptyAsync();
        foreach (var id in order) await alone.AppendAsync(sets.Single(set => set.Id == id));
        Assert.That(await alone.ReadChangesAsync(0).ToListAsync(), Is.EqualTo(recorded));
    }

    [Test]
    public async Task ReadersBesideAWriterSeeWholeSetsAndNeverALaterOne()
    {
        var random = new RandomChanges(3) { WithRetractions = false, WithJudgements = false };
        var sizes = new List<int> { 0 };
        var written = Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++) await Store.AppendAsync(random.Next(20));
        });
        var seen = new Dictionary<long, List<RecordedFact>>();
        do
        {
            var version = (await Store.GetVersionAsync()).Number;
            var first = await Store.ReadAsync(ReadScope.All(version)).ToListAsync();
            var second = await Store.ReadAsync(ReadScope.All(version)).ToListAsync();
            Assert.That(second, Is.EqualTo(first));
            Assert.That(first.TrueForAll(recorded => recorded.Version <= version), Is.True);
            seen[version] = first;
        }
        while (!written.IsCompleted);
        await written;
        foreach (var (version, facts) in seen)
            Assert.That(await Store.ReadAsync(ReadScope.All(version)).ToListAsync(), Is.EqualTo(facts));
    }

    [Test]
    public async Task ACancelledReadEnds()
    {
        await Store.AppendAsync(new RandomChanges(1, parties: 500).Next(20_000));
        using var cancel = new CancellationTokenSource();
        var read = 0;
        Assert.CatchAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Store.ReadChangesAsync(0, cancel.Token))
                if (++read == 10) await cancel.CancelAsync();
        });
        Assert.That(await Store.ReadChangesAsync(0).Take(11).CountAsync(), Is.EqualTo(11), "An abandoned read leaves the store usable.");
    }

    [Test]
    public async Task ACancelledAppendIsWholeOrNothing()
    {
        var random = new RandomChanges(2, parties: 200);
        var sets = Enumerable.Range(0, 20).Select(_ => random.Next(300) with { RecordedAt = Noon }).ToList();
        await Task.WhenAll(sets.Select(async (set, i) =>
        {
            using var cancel = new CancellationTokenSource();
            var append = Store.AppendAsync(set, cancel.Token).AsTask();
            if (i % 2 == 0) await cancel.CancelAsync();
            try
            {
                await append;
            }
            catch (OperationCanceledException)
            {
                Assert.That(i % 2, Is.Zero);
            }
        }));
        foreach (var set in sets) await Store.AppendAsync(set);
        Assert.That(await Store.CheckAsync(), Is.Empty);
        var landed = await Store.ReadSetsAsync(0).Select(set => set.Id).ToListAsync();
        var hash = await ContentHash.ComputeAsync(Store);
        await using var alone = await OpenEmptyAsync();
        foreach (var id in landed) await alone.AppendAsync(sets.Single(set => set.Id == id));
        Assert.That(await ContentHash.ComputeAsync(alone), Is.EqualTo(hash));
    }

    [Test]
    public void AnAppendCancelledBeforehandDoesNothing() =>
        Assert.CatchAsync<OperationCanceledException>(async () =>
            await Store.AppendAsync(new RandomChanges(2).Next(10), new CancellationToken(canceled: true)));
}
