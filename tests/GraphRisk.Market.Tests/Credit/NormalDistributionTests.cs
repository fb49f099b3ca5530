using GraphRisk.Market.Credit;

namespace GraphRisk.Market.Tests.Credit;

public class NormalDistributionTests
{
    /// <summary>Simpson's rule over the density, the slow way to the same number.</summary>
    [Test]
    public void TheCumulativeEqualsTheIntegralOfTheDensity()
    {
        foreach (var x in new[] { -5.9, -3.1, -1, -0.2, 0, 0.7, 2.5, 5.5 })
        {
            const int steps = 200_000;
            var width = (x + 12) / steps;
            var sum = NormalDistribution.Density(-12) + NormalDistribution.Density(x);
            for (var i = 1; i < steps; i++)
                sum += (i % 2 == 1 ? 4 : 2) * NormalDistribution.Density(-12 + i * width);
            Assert.That(NormalDistribution.Cumulative(x), Is.EqualTo(sum * width / 3).Within(1e-13));
        }
    }

    [Test]
    public void TheInverseUndoesTheCumulative()
    {
        foreach (var p in new[] { 1e-12, 1e-6, 0.001, 0.02425, 0.3, 0.5, 0.9, 0.999, 1 - 1e-9 })
            Assert.That(NormalDistribution.Cumulative(NormalDistribution.Inverse(p)), Is.EqualTo(p).Within(1e-15 + p * 1e-12));
    }

    [Test]
    public void SeriesAndTailMeetWithoutAStep()
    {
        var below = NormalDistribution.Cumulative(-6 + 1e-12);
        var above = NormalDistribution.Cumulative(-6 - 1e-12);
        Assert.That(below, Is.EqualTo(above).Within(1e-15));
    }
}
