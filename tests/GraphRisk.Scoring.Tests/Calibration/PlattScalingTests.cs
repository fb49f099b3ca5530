using GraphRisk.Scoring.Calibration;

namespace GraphRisk.Scoring.Tests.Calibration;

public class PlattScalingTests
{
    /// <summary>The oracle walks down the loss by halving steps along both axes; slow, without derivatives.</summary>
    [Test]
    public void NewtonReachesTheLeastLossAPatternSearchFinds()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var margins = Enumerable.Range(0, 60).Select(_ => random.NextDouble() * 6 - 4).ToArray();
            var defaulted = margins.Select(m => random.NextDouble() < Logit.ToProbability(0.7 * m + 0.5)).ToArray();
            (defaulted[0], defaulted[1]) = (true, false);
            var fit = PlattScaling.Fit(margins, defaulted);
            var (slope, intercept) = PatternSearch(margins, defaulted);
            Assert.That(fit.Slope, Is.EqualTo(slope).Within(1e-4), $"seed {seed}");
            Assert.That(fit.Intercept, Is.EqualTo(intercept).Within(1e-4), $"seed {seed}");
        }
    }

    [Test]
    public void PerfectSeparationStaysFinite()
    {
        var fit = PlattScaling.Fit([-2, -1, 1, 2], [false, false, true, true]);
        Assert.That(fit.Slope, Is.InRange(0.1, 100));
        Assert.That(fit.Probability(2), Is.LessThan(1));
    }

    [Test]
    public void MarginsWithoutInformationGiveTheBaseRate()
    {
        var fit = PlattScaling.Fit([3, 3, 3, 3], [true, false, false, false]);
        Assert.That(fit.Probability(3), Is.EqualTo(0.3).Within(0.05));
    }

    [Test]
    public void AMillionToOneMarginDoesNotOverflow()
    {
        var fit = PlattScaling.Fit([-1000, -900, 900, 1000], [false, true, false, true]);
        Assert.That(double.IsFinite(fit.Slope) && double.IsFinite(fit.Intercept));
    }

    private static (double Slope, double Intercept) PatternSearch(double[] margins, bool[] defaulted)
    {
        var positives = defaulted.Count(d => d);
        var targets = defaulted.Select(d => d ? (positives + 1.0) / (positives + 2.0) : 1.0 / (defaulted.Length - positives + 2.0)).ToArray();
        double Loss((double A, double B) at) => margins.Select((m, i) =>
        {
            var p = 1 / (1 + Math.Exp(-(at.A * m + at.B)));
            return -targets[i] * Math.Log(p) - (1 - targets[i]) * Math.Log(1 - p);
        }).Average();
        var best = (A: 0.0, B: 0.0);
        for (var step = 1.0; step > 1e-7;)
        {
            var next = new[] { (best.A + step, best.B), (best.A - step, best.B), (best.A, best.B + step), (best.A, best.B - step) }.MinBy(Loss);
            if (Loss(next) < Loss(best))
                best = next;
            else
                step /= 2;
        }
        return best;
    }
}
