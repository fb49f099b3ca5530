using System.Text.Json;
using GraphRisk.Scoring.Calibration;

namespace GraphRisk.Scoring.Tests.Calibration;

public class MarginCalibrationTests
{
    [Test]
    public void EveryMethodNeverFallsAndReadsBackFromItsText([Values("platt", "beta", "isotonic")] string name)
    {
        var method = CalibrationMethod.All.Single(one => one.Name == name);
        for (var seed = 0; seed < 50; seed++)
        {
            var map = method.Fit(Draw(seed, 400, margin => 2 * margin - 1));
            var steps = Enumerable.Range(-300, 601).Select(i => map.LogOdds(i / 50.0)).ToArray();
            Assert.That(steps, Is.All.Matches<double>(double.IsFinite));
            for (var i = 1; i < steps.Length; i++) Assert.That(steps[i], Is.GreaterThanOrEqualTo(steps[i - 1] - 1e-12));
            var read = JsonSerializer.Deserialize<MarginCalibration>(JsonSerializer.Serialize(map))!;
            Assert.That(Enumerable.Range(-300, 601).Select(i => read.LogOdds(i / 50.0)), Is.EqualTo(steps));
        }
    }

    [Test]
    public void ContributionsStretchedByTheSlopeBetweenAddUpThroughAnyMethod([Values("platt", "beta", "isotonic")] string name)
    {
        var map = CalibrationMethod.All.Single(one => one.Name == name).Fit(Draw(1, 3000, margin => margin));
        var random = new Random(2);
        for (var i = 0; i < 1000; i++)
        {
            var (from, to) = (4 * random.NextDouble() - 2, 4 * random.NextDouble() - 2);
            Assert.That(map.LogOdds(from) + map.SlopeBetween(from, to) * (to - from), Is.EqualTo(map.LogOdds(to)).Within(1e-9));
        }
    }

    [Test]
    public void AShapeThatALineCannotTakeIsGivenToAnotherMethodAndALineIsLeftToPlatt()
    {
        var bent = CalibrationMethod.Choose(Draw(3, 20_000, margin => margin < 0 ? -3 : 1), seed: 1);
        Assert.That(bent.Name, Is.EqualTo("isotonic"));
        Assert.That(CalibrationMethod.Choose(Draw(4, 60, margin => margin), seed: 1).Name, Is.EqualTo("platt"), "too few rows for more");
    }

    [Test]
    public void BetaWithEqualSlopesIsPlatt()
    {
        var beta = new BetaCalibration(0.7, 0.7, 0.2);
        var platt = new PlattScaling(0.7, 0.2);
        for (var margin = -5.0; margin <= 5; margin += 0.25) Assert.That(beta.LogOdds(margin), Is.EqualTo(platt.LogOdds(margin)).Within(1e-12));
    }

    [Test]
    public void TheBandHoldsTheTruthAboutAsOftenAsItSaysAndNarrowsWithRows()
    {
        var (held, all) = (0, 0);
        var widths = new double[2];
        for (var seed = 0; seed < 40; seed++)
        {
            foreach (var (rows, size) in new[] { (500, 0), (5000, 1) })
            {
                var band = ProbabilityBand.Bootstrap(Draw(100 + seed, rows, margin => 1.3 * margin - 0.5), CalibrationMethod.All[0], seed);
                foreach (var margin in (double[])[-1, 0, 1])
                {
                    var interval = band.Of(margin);
                    var truth = Logit.ToProbability(1.3 * margin - 0.5);
                    all++;
                    if (truth >= interval.Lower && truth <= interval.Upper) held++;
                    widths[size] += interval.Upper - interval.Lower;
                }
            }
        }
        Assert.That((double)held / all, Is.InRange(0.86, 1.0));
        Assert.That(widths[1], Is.LessThan(widths[0] / 2));
    }

    [Test]
    public void GatheredRowsGiveNearlyTheSameFit()
    {
        var sample = Draw(7, 20_000, margin => margin);
        var (whole, steps) = (PlattScaling.Fit(sample), PlattScaling.Fit(sample.InSteps(500)));
        Assert.That(steps.Slope, Is.EqualTo(whole.Slope).Within(0.01));
        Assert.That(sample.InSteps(500).Weights.Sum(), Is.EqualTo(20_000));
    }

    [Test]
    public void FoldsHaveEqualSharesAndKeepGroupsTogether()
    {
        var bad = Enumerable.Range(0, 500).Select(i => i % 5 == 0).ToArray();
        var plain = Folds.Stratified(bad, 5, seed: 3);
        for (var fold = 0; fold < 5; fold++)
            Assert.That(Enumerable.Range(0, 500).Count(i => plain[i] == fold && bad[i]), Is.EqualTo(20));
        var groups = Enumerable.Range(0, 500).Select(i => (ulong)i / 3).ToArray();
        var grouped = Folds.Stratified(bad, 5, seed: 3, groups);
        Assert.That(Enumerable.Range(0, 500).GroupBy(i => groups[i]).Select(group => group.Select(i => grouped[i]).Distinct().Count()), Is.All.EqualTo(1));
    }

    private static CalibrationSample Draw(int seed, int rows, Func<double, double> truth)
    {
        var random = new Random(seed);
        var margins = Enumerable.Range(0, rows).Select(_ => 4 * random.NextDouble() - 2).ToArray();
        var bad = margins.Select(margin => random.NextDouble() < Logit.ToProbability(truth(margin))).ToArray();
        (bad[0], bad[1]) = (true, false);
        return CalibrationSample.Of(margins, bad);
    }
}
