using GraphRisk.Market.Lending;

namespace GraphRisk.Market.Tests.Lending;

public sealed class PerformanceRatioTests
{
    [Test]
    public void AtAPriceOf20AndARateOfHalfLinesOf160And140WarnAt16AndCloseAt14()
    {
        var trade = new PledgedTrade(1_000_000m, 20m, 0m, 10_000_000m);
        Assert.Multiple(() =>
        {
            Assert.That(PerformanceRatio.Of(trade).Ratio, Is.EqualTo(2m));
            Assert.That(PerformanceRatio.PriceAt(trade, 1.60m), Is.EqualTo(16m));
            Assert.That(PerformanceRatio.PriceAt(trade, 1.40m), Is.EqualTo(14m));
            Assert.That(PerformanceRatio.Of(trade with { Price = 16m }).IsAtOrBelow(1.60m), Is.True);
        });
    }

    [Test]
    public void LinkedTradesOnBothExchangesAreMeasuredTogether()
    {
        var merged = PerformanceRatio.Of(new PledgedTrade(100m, 10m, 50m, 1_000m), new PledgedTrade(100m, 30m, 0m, 1_000m));
        Assert.That(merged, Is.EqualTo(new Coverage(4_050m, 2_000m)));
    }

    [Test]
    public void NothingPayableHasNoRatioAndNoPrice()
    {
        var trade = new PledgedTrade(100m, 10m, 0m, 0m);
        Assert.That(PerformanceRatio.Of(trade).Ratio, Is.Null);
        Assert.That(PerformanceRatio.PriceAt(trade, 1.6m), Is.Null);
    }

    [Test]
    public void ATradeAtItsLimitsKeepsThemAndPastThemOffendsEach()
    {
        var day = new DateOnly(2024, 3, 1);
        var kept = new PledgeMeasures(0.60m, 0.30m, 0.15m, 0.50m, 5_000_000m, true, day.AddYears(3).DayNumber - day.DayNumber);
        Assert.That(new PledgeLimits().Offended(kept, day), Is.Empty);
        var past = new PledgeMeasures(0.61m, 0.31m, 0.16m, 0.51m, 4_999_999m, true, kept.TermInDays + 1);
        Assert.That(new PledgeLimits().Offended(past, day), Has.Length.EqualTo(6));
        Assert.That(new PledgeLimits().Offended(kept with { Amount = 500_000m, IsFirst = false }, day), Is.Empty);
    }
}
