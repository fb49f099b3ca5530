using GraphRisk.Server.Budget;

namespace GraphRisk.Server.Tests.Budget;

public sealed class ViewerSharesTests
{
    private const long Share = 600;

    private readonly MovingClock clock = new();

    [Test]
    public void WhoSpentItsShareWaitsUntilTheDebtIsWorkedOff()
    {
        var shares = new ViewerShares(clock);
        Assert.That(shares.Wait("one", Share), Is.EqualTo(TimeSpan.Zero));
        shares.Take("one", Share, 1_199);
        Assert.That(shares.Wait("one", Share).TotalSeconds, Is.EqualTo(60).Within(0.1));
        clock.Move(TimeSpan.FromSeconds(59));
        Assert.That(shares.Wait("one", Share).TotalSeconds, Is.EqualTo(1).Within(0.1));
        clock.Move(TimeSpan.FromSeconds(2));
        Assert.That(shares.Wait("one", Share), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void OneViewersDebtIsNotAnothers()
    {
        var shares = new ViewerShares(clock);
        shares.Take("one", Share, 10_000);
        Assert.That(shares.Wait("two", Share), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void WhatIsLeftIsNotCarriedOverMoreThanAMinute()
    {
        var shares = new ViewerShares(clock);
        shares.Take("one", Share, 1);
        clock.Move(TimeSpan.FromHours(1));
        shares.Take("one", Share, Share);
        Assert.That(shares.Wait("one", Share), Is.GreaterThan(TimeSpan.Zero));
    }

    private sealed class MovingClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Move(TimeSpan time) => ticks += time.Ticks;
    }
}
