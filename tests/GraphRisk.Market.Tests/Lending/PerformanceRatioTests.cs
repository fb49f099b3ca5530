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
        var kept = new PledgeMeasures { ShareAtBroker = 0.30m, ShareInMarket = 0.50m, Amount = 5_000_000m, IsFirst = true };
        Assert.That(new PledgeLimits().Test(kept).Select(test => test.Keeps), Has.All.True);
        var past = new PledgeMeasures { ShareAtBroker = 0.3000001m, ShareInMarket = 0.5000001m, Amount = 4_999_999m, IsFirst = true };
        Assert.That(new PledgeLimits().Test(past).Select(test => test.Keeps), Has.All.False.And.Exactly(3).Items);
        Assert.That(new PledgeLimits().Test(kept with { Amount = 500_000m, IsFirst = false }).Select(test => test.Keeps), Has.All.True);
        Assert.That(new PledgeLimits().Test(kept with { ShareInMarket = null }).Single(test => test.Name == "pledged-in-market").Keeps, Is.Null, "not known is not kept");
    }
}
