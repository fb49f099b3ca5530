using GraphRisk.Graph.Algorithms;

namespace GraphRisk.Graph.Tests.Algorithms;

public sealed class SharedWorkTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Test]
    public void WhatIsMadeCostsTheNextAskerNothing()
    {
        var work = new SharedWork<string>(paid => Charged(paid, 10));
        var (first, second) = (new CountingMeter(), new CountingMeter());
        Assert.That(work.Take(first), Is.EqualTo("made"));
        Assert.That(work.Take(second), Is.EqualTo("made"));
        Assert.That((first.Charges, second.Charges), Is.EqualTo((10, 0)));
    }

    [Test]
    public void ASpentBudgetIsNotKept()
    {
        var work = new SharedWork<string>(paid => Charged(paid, 10));
        Assert.That(() => work.Take(new CountingMeter(4)), Throws.InstanceOf<BudgetSpentException>());
        Assert.That(work.IsMade, Is.False);
        Assert.That(work.Take(WorkMeter.Unlimited), Is.EqualTo("made"));
    }

    [Test]
    public async Task OneAskersSpentBudgetDoesNotEndItForAnother()
    {
        using var begun = new ManualResetEventSlim();
        using var joined = new ManualResetEventSlim();
        var runs = 0;
        var work = new SharedWork<string>(paid =>
        {
            runs++;
            paid.Charge(1);
            begun.Set();
            joined.Wait();
            return Charged(paid, 10);
        });
        var poor = Task.Run(() => work.Take(new CountingMeter(5)));
        begun.Wait();
        var rich = new CountingMeter();
        var other = Task.Run(() => work.Take(rich));
        // The other has joined when it is charged for: it pays for all that follows.
        while (!other.IsCompleted && rich.Charges == 0)
        {
            joined.Set();
            await Task.Yield();
        }

        Assert.That(await other.WaitAsync(Long), Is.EqualTo("made"));
        Assert.That(async () => await poor.WaitAsync(Long), Throws.InstanceOf<BudgetSpentException>());
        Assert.That(runs, Is.InRange(1, 2));
    }

    [Test]
    public async Task ItStopsWhenNobodyWaitsAnyMore()
    {
        using var gone = new CancellationTokenSource();
        using var begun = new ManualResetEventSlim();
        var ended = new TaskCompletionSource<Exception>();
        var work = new SharedWork<string>(paid =>
        {
            try
            {
                while (true)
                {
                    paid.Charge(1);
                    begun.Set();
                }
            }
            catch (Exception why)
            {
                ended.SetResult(why);
                throw;
            }
        });
        var asker = Task.Run(() => work.Take(new TokenMeter(gone.Token)), CancellationToken.None);
        begun.Wait();
        await gone.CancelAsync();
        Assert.That(async () => await asker.WaitAsync(Long), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await ended.Task.WaitAsync(Long), Is.InstanceOf<OperationCanceledException>());
        Assert.That(work.IsMade, Is.False);
    }

    [Test]
    public void AnAskerWhoLeavesIsLetGoThoughNothingIsCharged()
    {
        using var gone = new CancellationTokenSource();
        using var release = new ManualResetEventSlim();
        var work = new SharedWork<string>(_ =>
        {
            gone.Cancel();
            release.Wait();
            return "made";
        });
        Assert.That(() => work.Take(new TokenMeter(gone.Token)), Throws.InstanceOf<OperationCanceledException>());
        release.Set();
    }

    [Test]
    public void SharedWorkMayRestOnOther()
    {
        var lower = new SharedWork<string>(paid => Charged(paid, 3));
        var upper = new SharedWork<string>(paid => lower.Take(paid) + Charged(paid, 4));
        var meter = new CountingMeter();
        Assert.That(upper.Take(meter), Is.EqualTo("mademade"));
        Assert.That(meter.Charges, Is.EqualTo(7));
        var other = new SharedWork<string>(paid => new SharedWork<string>(inner => Charged(inner, 30)).Take(paid));
        Assert.That(() => other.Take(new CountingMeter(5)), Throws.InstanceOf<BudgetSpentException>());
    }

    [Test]
    public void AFaultReachesTheAskerAndIsNotKept()
    {
        var fails = true;
        var work = new SharedWork<string>(_ => fails ? throw new InvalidOperationException("no") : "made");
        Assert.That(() => work.Take(WorkMeter.Unlimited), Throws.InvalidOperationException);
        fails = false;
        Assert.That(work.Take(WorkMeter.Unlimited), Is.EqualTo("made"));
    }

    private static string Charged(WorkMeter meter, int times)
    {
        for (var i = 0; i < times; i++) meter.Charge(1);
        return "made";
    }

    private sealed class TokenMeter(CancellationToken gone) : WorkMeter
    {
        public override CancellationToken Cancellation => gone;

        public override void Charge(WorkUnit unit, long count) => gone.ThrowIfCancellationRequested();
    }
}
