using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Tests.Snapshots;

public sealed class BuildQueueTests
{
    private readonly List<string> begun = [];
    private readonly List<TaskCompletionSource<int>> running = [];

    [Test]
    public async Task FewAreBuiltAtOnce()
    {
        var queue = new BuildQueue<string>(2, _ => true);
        var all = Enumerable.Range(0, 5).Select(i => Begin(queue, "one", $"{i}")).ToList();
        for (var i = 0; i < 5; i++)
        {
            await Until(i + Math.Min(2, 5 - i));
            running[i].SetResult(i);
        }

        Assert.That(await Task.WhenAll(all), Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
    }

    [Test]
    public async Task LinesTakeTurns()
    {
        var queue = new BuildQueue<string>(1, _ => true);
        for (var i = 0; i < 3; i++) _ = Begin(queue, "greedy", $"greedy {i}");
        _ = Begin(queue, "modest", "modest");
        await Until(1);
        running[0].SetResult(0);
        await Until(2);
        running[1].SetResult(0);
        await Until(3);
        Assert.That(begun.Take(3), Is.EqualTo(new[] { "greedy 0", "greedy 1", "modest" }).Or.EqualTo(new[] { "greedy 0", "modest", "greedy 1" }));
    }

    [Test]
    public async Task WithoutMemoryOneIsBuiltAtATime()
    {
        var queue = new BuildQueue<string>(2, _ => false);
        _ = Begin(queue, "one", "first");
        _ = Begin(queue, "two", "second");
        await Until(1);
        Assert.That(begun, Is.EqualTo(new[] { "first" }));
        running[0].SetResult(0);
        await Until(2);
        Assert.That(begun, Is.EqualTo(new[] { "first", "second" }));
    }

    [Test]
    public async Task WhatNobodyWaitsForIsNotBegun()
    {
        using var gone = new CancellationTokenSource();
        var queue = new BuildQueue<string>(1, _ => true);
        _ = Begin(queue, "one", "first");
        var dropped = Begin(queue, "two", "dropped", gone.Token);
        var last = Begin(queue, "three", "last");
        await gone.CancelAsync();
        Assert.That(async () => await dropped, Throws.InstanceOf<OperationCanceledException>());
        await Until(1);
        running[0].SetResult(0);
        await Until(2);
        running[1].SetResult(7);
        Assert.That(await last, Is.EqualTo(7));
        Assert.That(begun, Is.EqualTo(new[] { "first", "last" }));
    }

    private Task<int> Begin(BuildQueue<string> queue, string line, string name, CancellationToken unbegun = default) => queue.RunAsync(
        line, 10,
        () =>
        {
            lock (begun)
            {
                begun.Add(name);
                running.Add(new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));
                return running[^1].Task;
            }
        },
        unbegun);

    private async Task Until(int count)
    {
        while (true)
        {
            lock (begun)
                if (begun.Count >= count) return;
            await Task.Yield();
        }
    }

    [SetUp]
    public void Forget() => begun.Clear();

    [TearDown]
    public void End() => running.Clear();
}
