using GraphRisk.Market.Lending;

namespace GraphRisk.Market.Tests.Lending;

public sealed class MaintenanceRatioTests
{
    [Test]
    public void ThePublishedExampleComesOutAt221Point24Percent()
    {
        var coverage = MaintenanceRatio.Of(new CreditAccount(100_000m, 900_000m, 0m, 400_000m, 50_000m, 2_000m));
        Assert.That(Math.Round(coverage.Ratio!.Value, 4), Is.EqualTo(2.2124m));
        Assert.That(coverage.ToString(), Is.EqualTo("221.24%"));
    }

    [Test]
    public void WithoutDebtTheAnswerSaysNoLiability()
    {
        var coverage = MaintenanceRatio.Of(new CreditAccount(100m, 0m, 0m, 0m, 0m, 0m));
        Assert.Multiple(() =>
        {
            Assert.That(coverage.Ratio, Is.Null);
            Assert.That(coverage.ToString(), Is.EqualTo("no liability"));
            Assert.That(new MarginLines().StateOf(coverage), Is.EqualTo(MarginState.NoLiability));
            Assert.That(coverage.TopUpTo(1.4m), Is.Zero);
        });
    }

    [TestCase(301, MarginState.MayWithdraw)]
    [TestCase(300, MarginState.Normal)]
    [TestCase(151, MarginState.Normal)]
    [TestCase(150, MarginState.Warned)]
    [TestCase(140, MarginState.NoNewPositions)]
    [TestCase(131, MarginState.NoNewPositions)]
    [TestCase(130, MarginState.Called)]
    [TestCase(111, MarginState.Called)]
    [TestCase(110, MarginState.Liquidate)]
    [TestCase(0, MarginState.Liquidate)]
    public void LinesAreTouchedAtTheirExactValue(int percent, MarginState state) =>
        Assert.That(new MarginLines().StateOf(new Coverage(percent, 100m)), Is.EqualTo(state));

    [Test]
    public void AClientOnALineIsOnItThoughTheQuotientWouldBeRounded()
    {
        // 1.1 x 3.333333333333333333333333333 is not 11/3 after rounding; the comparison does not divide.
        var coverage = new Coverage(1.1m * 3.3333333333333333333333333m, 3.3333333333333333333333333m);
        Assert.That(coverage.IsAtOrBelow(1.1m), Is.True);
    }

    [Test]
    public void ToReturnTo300PercentHalfOfThreeDebtsLessAssetsIsRepaid()
    {
        var coverage = new Coverage(240m, 100m);
        var repaid = coverage.RepayTo(3m);
        Assert.That(repaid, Is.EqualTo((3 * 100m - 240m) / 2));
        Assert.That(new Coverage(240m - repaid, 100m - repaid).Ratio, Is.EqualTo(3m));
        Assert.That(() => coverage.RepayTo(1m), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void ToppingUpReachesTheLine()
    {
        var coverage = new Coverage(125m, 100m);
        Assert.That(coverage.TopUpTo(1.4m), Is.EqualTo(15m));
        Assert.That(new Coverage(200m, 100m).TopUpTo(1.4m), Is.Zero);
    }
}
