using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Tests.Metrics;

namespace GraphRisk.Scoring.Tests.Calibration;

public class IsotonicCalibrationTests
{
    /// <summary>The min-max formula (Robertson, Wright, Dykstra 1988): the fit at a level is the greatest over starts of the least mean over ends.</summary>
    [Test]
    public void PoolingEqualsTheMinMaxFormulaOnAThousandSamples()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var (margins, defaulted) = RandomRatings.Draw(seed);
            var fit = IsotonicCalibration.Fit(margins, defaulted);
            var levels = margins.Distinct().Order().ToArray();
            foreach (var level in levels)
            {
                var expected = levels.Where(from => from <= level).Max(from =>
                    levels.Where(to => to >= level).Min(to => Mean(margins, defaulted, from, to)));
                Assert.That(fit.Probability(level), Is.EqualTo(expected).Within(1e-12), $"seed {seed}, margin {level}");
            }
        }
    }

    [Test]
    public void BeyondTheEndsTheOuterRatesHold()
    {
        var fit = IsotonicCalibration.Fit([1, 2, 3, 4], [false, true, false, true]);
        Assert.That(fit.Probability(-9), Is.EqualTo(0));
        Assert.That(fit.Probability(9), Is.EqualTo(1));
        Assert.That(fit.Probability(2.5), Is.EqualTo(0.5));
    }

    private static double Mean(double[] margins, bool[] defaulted, double from, double to) =>
        defaulted.Where((_, i) => margins[i] >= from && margins[i] <= to).Average(d => d ? 1.0 : 0.0);
}
