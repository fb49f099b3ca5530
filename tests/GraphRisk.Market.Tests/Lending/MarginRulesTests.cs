using GraphRisk.Market.Lending;

namespace GraphRisk.Market.Tests.Lending;

public sealed class MarginRulesTests
{
    [TestCase("2023-09-08", 1.00)]
    [TestCase("2023-09-11", 0.80)]
    [TestCase("2026-01-18", 0.80)]
    [TestCase("2026-01-19", 1.00)]
    public void TheRequirementIsThatOfTheDayTheContractWasOpened(string day, double requirement) =>
        Assert.That(
            MarginRequirement.Exchanges.Financing.On(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)),
            Is.EqualTo((decimal)requirement));

    [Test]
    public void PrivateFundsBringMoreForShortSales()
    {
        var day = new DateOnly(2024, 7, 22);
        Assert.That(MarginRequirement.Exchanges.Short.On(day), Is.EqualTo(1.00m));
        Assert.That(MarginRequirement.Exchanges.ShortOfPrivateFunds.On(day), Is.EqualTo(1.20m));
    }

    [TestCase(0.65, 1.05)]
    [TestCase(0.70, 1.00)]
    [TestCase(0.90, 1.00)]
    public void ABrokersOwnRequirementFallsWithTheHaircutDownToOne(double haircut, double requirement) =>
        Assert.That(MarginRequirement.Exchanges.OfBroker((decimal)haircut), Is.EqualTo((decimal)requirement));

    [TestCase("SHARE", true, false, 20, 0.70)]
    [TestCase("SHARE", false, false, 20, 0.65)]
    [TestCase("SHARE", true, true, 20, 0)]
    [TestCase("SHARE", true, false, 301, 0)]
    [TestCase("SHARE", true, false, 300, 0.70)]
    [TestCase("SHARE", true, false, -1, 0)]
    [TestCase("ETF", false, false, 0, 0.90)]
    [TestCase("TREASURY", false, false, 0, 0.95)]
    [TestCase("BOND", false, false, 0, 0.80)]
    public void TheCeilingOfAHaircutDependsOnWhatTheSecurityIs(string kind, bool inIndex, bool special, int earnings, double ceiling) =>
        Assert.That(HaircutCeiling.Exchanges.Of(new SecurityTraits(kind, inIndex, special, earnings)), Is.EqualTo((decimal)ceiling));

    [Test]
    public void AFloatingLossCountsInFullAndAGainAfterHaircut()
    {
        var gain = AvailableMargin.Compute(0m, [], [new FinancedPurchase(120m, 100m, 0.7m, 1m)], [], 0m);
        var loss = AvailableMargin.Compute(0m, [], [new FinancedPurchase(80m, 100m, 0.7m, 1m)], [], 0m);
        Assert.That((gain, loss), Is.EqualTo((20m * 0.7m - 100m, -20m - 100m)));
    }

    [Test]
    public void AvailableMarginAddsUpTermByTerm()
    {
        var available = AvailableMargin.Compute(
            1_000m, [new PledgedSecurity(2_000m, 0.65m)], [new FinancedPurchase(550m, 500m, 0.7m, 0.8m)],
            [new ShortSale(300m, 280m, 0.7m, 1m)], 10m);
        Assert.That(available, Is.EqualTo(1_000m + 1_300m + 35m + 14m - 300m - 400m - 280m - 10m));
    }
}
