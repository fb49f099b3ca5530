using GraphRisk.Server.Budget;

namespace GraphRisk.Server.Tests.Budget;

public sealed class FairTurnsTests
{
    [Test]
    public async Task OneViewerDoesNotTakeEveryPlace()
    {
        var turns = new FairTurns(2, 64);
        using var first = await turns.EnterAsync("greedy", default);
        var second = turns.EnterAsync("greedy", default);
        using var other = await turns.EnterAsync("modest", default);
        Assert.That(second.IsCompleted, Is.False);
        first!.Dispose();
        using var late = await second;
    }

    [Test]
    public async Task LinesTakeTurnsHoweverLongOneIs()
    {
        var turns = new FairTurns(1, 64);
        var running = await turns.EnterAsync("greedy", default);
        var order = new List<string>();
        var all = new List<Task>();
        for (var i = 0; i < 5; i++) all.Add(Ask(turns, "greedy", order));
        all.Add(Ask(turns, "modest", order));
        running!.Dispose();
        await Task.WhenAll(all);
        Assert.That(order.IndexOf("modest"), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public async Task ALongQuestionGivesItsPlaceToAnotherViewerWhoWaits()
    {
        var turns = new FairTurns(1, 64);
        var greedy = (await turns.EnterAsync("greedy", default))!;
        var modest = turns.EnterAsync("modest", default);
        var yields = Task.Run(greedy.Yield);
        (await modest)!.Dispose();
        await yields;
        greedy.Dispose();
        (await turns.EnterAsync("modest", default))!.Dispose();
    }

    [Test]
    public async Task WhereNobodyElseWaitsAQuestionKeepsItsPlace()
    {
        var turns = new FairTurns(1, 64);
        using var greedy = await turns.EnterAsync("greedy", default);
        var second = turns.EnterAsync("greedy", default);
        greedy!.Yield();
        Assert.That(second.IsCompleted, Is.False);
    }

    [Test]
    public async Task WhoGivesUpStandsInNobodysWay()
    {
        var turns = new FairTurns(1, 64);
        var running = await turns.EnterAsync("one", default);
        using var gone = new CancellationTokenSource();
        var given = turns.EnterAsync("two", gone.Token);
        var last = turns.EnterAsync("three", default);
        await gone.CancelAsync();
        Assert.That(async () => await given, Throws.InstanceOf<OperationCanceledException>());
        running!.Dispose();
        (await last)!.Dispose();
        Assert.That(turns.Waiting, Is.Zero);
    }

    [Test]
    public async Task ALineIsOnlySoLong()
    {
        var turns = new FairTurns(1, 2);
        using var running = await turns.EnterAsync("one", default);
        _ = turns.EnterAsync("one", default);
        _ = turns.EnterAsync("one", default);
        Assert.That(await turns.EnterAsync("one", default), Is.Null);
    }

    [Test]
    public async Task WhoWaitsForSomethingElseLeavesItsPlaceMeanwhile()
    {
        var turns = new FairTurns(1, 64);
        using var waits = (await turns.EnterAsync("one", default))!;
        await waits.WithoutAsync(async () =>
        {
            (await turns.EnterAsync("two", default))!.Dispose();
            return true;
        });
        Assert.That(turns.EnterAsync("two", default).IsCompleted, Is.False, "the place is taken again");
    }

    [Test]
    public async Task ManyViewersUnderRandomLoadAllGetTheirTurns()
    {
        var turns = new FairTurns(3, 1000);
        var (running, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            await Task.Yield();
            using var turn = await turns.EnterAsync($"viewer {i % 7}", default);
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
        }));
        Assert.That(most, Is.InRange(1, 3));
        Assert.That(turns.Waiting, Is.Zero);
    }

    private static async Task Ask(FairTurns turns, string viewer, List<string> order)
    {
        using var turn = await turns.EnterAsync(viewer, default);
        lock (order) order.Add(viewer);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
