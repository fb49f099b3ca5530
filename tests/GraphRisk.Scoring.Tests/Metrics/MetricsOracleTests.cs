using GraphRisk.Scoring.Metrics;

namespace GraphRisk.Scoring.Tests.Metrics;

/// <summary>Each measure against its definition spelled out, on a thousand seeded samples with ties.</summary>
public class MetricsOracleTests
{
    [Test]
    public void AucCountsThePairsRankedRightAndHalfTheTies() => Hold(AreaUnderCurve.Compute, (risk, defaulted) =>
    {
        double right = 0, pairs = 0;
        for (var bad = 0; bad < risk.Length; bad++)
        {
            for (var good = 0; good < risk.Length; good++)
            {
                if (!defaulted[bad] || defaulted[good])
                    continue;
                pairs++;
                right += risk[bad] > risk[good] ? 1 : risk[bad] == risk[good] ? 0.5 : 0;
            }
        }
        return right / pairs;
    });

    [Test]
    public void KsIsTheWidestGapOverEveryCutOff() => Hold(KolmogorovSmirnov.Compute, (risk, defaulted) =>
        risk.Max(cut => Math.Abs(
            Share(risk, defaulted, true, cut) - Share(risk, defaulted, false, cut))));

    [Test]
    public void BrierIsTheMeanSquaredMiss() => Hold(BrierScore.Compute, (risk, defaulted) =>
        risk.Zip(defaulted, (p, d) => Math.Pow(p - (d ? 1 : 0), 2)).Average());

    [Test]
    public void LogLossIsTheMeanSurprise() => Hold(LogLoss.Compute, (risk, defaulted) =>
        risk.Select(p => Math.Min(Math.Max(p, 1e-15), 1 - 1e-15)).Zip(defaulted, (p, d) => d ? -Math.Log(p) : -Math.Log(1 - p)).Average());

    [Test]
    public void CalibrationBinsLoseNoObservationAndNoDefault()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var (risk, defaulted) = RandomRatings.Draw(seed);
            var bins = CalibrationBins.Compute(risk, defaulted, 1 + seed % 12);
            Assert.That(bins.Sum(bin => bin.Count), Is.EqualTo(risk.Length));
            Assert.That(bins.Sum(bin => bin.Count * bin.DefaultRate), Is.EqualTo(defaulted.Count(d => d)).Within(1e-9));
            Assert.That(bins.Sum(bin => bin.Count * bin.MeanProbability), Is.EqualTo(risk.Sum()).Within(1e-9));
            Assert.That(bins.Select(bin => Math.Round(bin.MeanProbability, 9)), Is.Ordered);
            Assert.That(bins.Max(bin => bin.Count) - bins.Min(bin => bin.Count), Is.LessThanOrEqualTo(1));
        }
    }

    [Test]
    public void OneOutcomeAloneCannotBeRanked()
    {
        Assert.That(AreaUnderCurve.Compute([0.1, 0.2], [true, true]), Is.NaN);
        Assert.That(KolmogorovSmirnov.Compute([0.1, 0.2], [false, false]), Is.NaN);
    }

    [Test]
    public void AProbabilityOutsideZeroToOneIsRefused() =>
        Assert.That(() => BrierScore.Compute([1.5], [true]), Throws.TypeOf<ArgumentOutOfRangeException>());

    private delegate double Measure(ReadOnlySpan<double> risk, ReadOnlySpan<bool> defaulted);

    private static void Hold(Measure fast, Func<double[], bool[], double> slow)
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var (risk, defaulted) = RandomRatings.Draw(seed);
            Assert.That(fast(risk, defaulted), Is.EqualTo(slow(risk, defaulted)).Within(1e-12), $"seed {seed}");
        }
    }

    private static double Share(double[] risk, bool[] defaulted, bool outcome, double cut) =>
        (double)risk.Where((r, i) => defaulted[i] == outcome && r <= cut).Count() / defaulted.Count(d => d == outcome);
}
