using GraphRisk.Simulation.Credit;

namespace GraphRisk.Simulation.Tests.Credit;

public class HazardTests
{
    private static readonly HazardParameters P = HazardParameters.Default;
    private static readonly Condition Calm = new(0.3, 0.3, 0, false, false, 0);

    [TestCase(1.3, 1.0)]
    [TestCase(2.6, 0.0)]
    [TestCase(5.0, 0.0)]
    [TestCase(0.5, 1.25)]
    public void StressRunsFromTwiceTheLineToTheLine(double ratio, double stress) =>
        Assert.That(Hazard.StressOf(ratio, 1.3), Is.EqualTo(stress).Within(1e-12));

    [Test]
    public void WithoutForcedSalesAndNeighboursEverythingIsOwn()
    {
        var intensity = Hazard.Of(P, Calm, 0, 0);
        Assert.That(intensity.Own, Is.EqualTo(intensity.Total).And.GreaterThan(0));
    }

    [Test]
    public void WhatForcedSalesDidToPricesIsCommonHolding()
    {
        var pressed = Hazard.Of(P, Calm with { Stress = 0.8 }, 0, 0);
        Assert.Multiple(() =>
        {
            Assert.That(pressed.Own, Is.EqualTo(Hazard.Of(P, Calm, 0, 0).Own));
            Assert.That(pressed.Total, Is.EqualTo(Hazard.Of(P, Calm with { Stress = 0.8, StressWithoutFireSales = 0.8 }, 0, 0).Total).Within(1e-15));
            Assert.That(pressed.CommonHolding, Is.GreaterThan(pressed.Own));
        });
    }

    [Test]
    public void EachSignOfOwnDistressRaisesTheOwnIntensity()
    {
        var calm = Hazard.Of(P, Calm, 0, 0).Own;
        Condition[] worse = [Calm with { Stress = 0.5, StressWithoutFireSales = 0.5 }, Calm with { Accounts = 1 }, Calm with { Overdue = true }, Calm with { Concentrated = true }, Calm with { Frailty = 1 }];
        Assert.That(worse.Select(c => Hazard.Of(P, c, 0, 0).Own), Is.All.GreaterThan(calm));
    }

    [Test]
    public void ContagionLandsHarderOnADebtorUnderStress() =>
        Assert.That(Hazard.Of(P, Calm with { Stress = 1 }, 0.1, 0).Guarantee, Is.GreaterThan(Hazard.Of(P, Calm, 0.1, 0).Guarantee));

    [Test]
    public void TheCauseIsDrawnInProportionToTheIntensities()
    {
        var intensity = new Intensity(1, 2, 3, 4);
        var causes = Enumerable.Range(0, 1000).Select(i => intensity.Struck((i + 0.5) / 1000)).CountBy(c => c).ToDictionary();
        Assert.That(causes, Is.EquivalentTo(new Dictionary<Cause, int>
        {
            [Cause.Own] = 100, [Cause.Guarantee] = 200, [Cause.Ownership] = 300, [Cause.CommonHolding] = 400,
        }));
    }
}
