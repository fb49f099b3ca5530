using GraphRisk.Scoring.Metrics;

namespace GraphRisk.Scoring.Tests.Metrics;

public class IntervalTests
{
    [Test]
    public void DeLongsVarianceIsThatOfTheSharesRankedRightCountedPairByPair()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var (risk, bad) = RandomRatings.Draw(seed);
            var (auc, variance) = DeLongInterval.Variance(risk, bad);
            double Right(double b, double g) => b > g ? 1 : b == g ? 0.5 : 0;
            double[] bads = [.. risk.Where((_, i) => bad[i])], goods = [.. risk.Where((_, i) => !bad[i])];
            static double Spread(double[] values) => values.Length < 2 ? 0 : values.Sum(v => Math.Pow(v - values.Average(), 2)) / (values.Length - 1) / values.Length;
            var expected = Spread([.. bads.Select(b => goods.Average(g => Right(b, g)))]) + Spread([.. goods.Select(g => bads.Average(b => Right(b, g)))]);
            Assert.That(auc, Is.EqualTo(AreaUnderCurve.Compute(risk, bad)).Within(1e-12));
            Assert.That(variance, Is.EqualTo(expected).Within(1e-12));
        }
    }

    [Test]
    public void DeLongsIntervalHoldsTheTrueAucAboutNineteenTimesInTwenty()
    {
        // Normal risks one standard deviation apart: AUC = Phi(1 / sqrt 2) = 0.7602.
        var held = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var bad = Enumerable.Range(0, 200).Select(i => i < 60).ToArray();
            var risk = bad.Select(one => Normal() + (one ? 1 : 0)).ToArray();
            var (_, interval) = DeLongInterval.Of([(risk, bad)]);
            if (interval.Lower <= 0.76025 && interval.Upper >= 0.76025) held++;
        }
        Assert.That(held / 300.0, Is.InRange(0.91, 0.985));
    }

    [Test]
    public void CountingEachRowOnceGivesTheMeasuresThemselves()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var (risk, bad) = RandomRatings.Draw(seed);
            Array.Sort(risk, bad);
            var ones = Enumerable.Repeat(1, risk.Length).ToArray();
            var measured = BootstrapIntervals.Measure(risk, bad, ones)!;
            Assert.That(measured[0], Is.EqualTo(KolmogorovSmirnov.Compute(risk, bad)).Within(1e-12));
            Assert.That(measured[1], Is.EqualTo(BrierScore.Compute(risk, bad)).Within(1e-12));
            Assert.That(measured[2], Is.EqualTo(LogLoss.Compute(risk, bad)).Within(1e-12));
            Assert.That(measured[3], Is.LessThanOrEqualTo(1));
        }
        var distinct = Enumerable.Range(0, 100).Select(i => i / 100.0).ToArray();
        bool[] outcomes = [.. distinct.Select((_, i) => i % 3 == 0)];
        Assert.That(
            BootstrapIntervals.Measure(distinct, outcomes, [.. Enumerable.Repeat(1, 100)])![3],
            Is.EqualTo(CalibrationBins.Error(CalibrationBins.Compute(distinct, outcomes))).Within(1e-12));
    }

    [Test]
    public void BootstrapIntervalsHoldTheMeasuresOfSmallTablesOfNoise([Range(0, 39)] int seed)
    {
        var random = new Random(seed);
        var rows = 40 + seed * 4;
        var risk = Enumerable.Range(0, rows).Select(_ => 0.2 + 0.1 * random.NextDouble()).ToArray();
        bool[] bad = [.. risk.Select((_, i) => i < 2 ? i == 0 : random.NextDouble() < 0.25)];
        var (intervals, figures) = (BootstrapIntervals.Of(risk, bad, seed), Performance.Of(risk, bad));
        foreach (var (figure, interval) in ((double, Interval)[])
            [(figures.Ks!.Value, intervals.Ks), (figures.Brier, intervals.Brier), (figures.LogLoss, intervals.LogLoss), (figures.CalibrationError, intervals.CalibrationError)])
        {
            Assert.That(figure, Is.InRange(interval.Lower, interval.Upper));
            Assert.That((interval.Lower, interval.Upper < 10), Is.EqualTo((Math.Max(0, interval.Lower), true)));
        }
    }

    [Test]
    public void BootstrapIntervalsOfSmallTablesHoldTheTrueKsMoreOftenThanNot()
    {
        // Risks uniform in [0, 1], outcomes by them: goods have density 2(1 - p), bads 2p, so that the true KS is max 2p - 2p^2 = 1/2. Of noise it is 0.
        var (held, ofNoise) = (0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var risk = Enumerable.Range(0, 150).Select(_ => random.NextDouble()).ToArray();
            var interval = BootstrapIntervals.Of(risk, [.. risk.Select(p => random.NextDouble() < p)], seed).Ks;
            if (interval.Lower <= 0.5 && interval.Upper >= 0.5) held++;
            if (BootstrapIntervals.Of(risk, [.. risk.Select(_ => random.NextDouble() < 0.3)], seed).Ks.Lower < 0.05) ofNoise++;
        }
        Assert.That(held / 200.0, Is.GreaterThan(0.85));
        Assert.That(ofNoise / 200.0, Is.GreaterThan(0.85));
    }

    [Test]
    public void BootstrapIntervalsHoldTheMeasure()
    {
        var random = new Random(5);
        var risk = Enumerable.Range(0, 2000).Select(_ => random.NextDouble()).ToArray();
        var bad = risk.Select(p => random.NextDouble() < p).ToArray();
        var intervals = BootstrapIntervals.Of(risk, bad, seed: 1);
        Assert.That(BrierScore.Compute(risk, bad), Is.InRange(intervals.Brier.Lower, intervals.Brier.Upper));
        Assert.That(KolmogorovSmirnov.Compute(risk, bad), Is.InRange(intervals.Ks.Lower, intervals.Ks.Upper));
        Assert.That(BootstrapIntervals.Of(risk, bad, seed: 1), Is.EqualTo(intervals));
    }

    /// <summary>The interval of a difference on the same rows against the same rows drawn again 2,000 times; two intervals apart would be far wider.</summary>
    [Test]
    public void ThePairedIntervalIsThatOfADrawOfRows()
    {
        var random = new Random(3);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        bool[] bad = [.. Enumerable.Range(0, 800).Select(i => i % 8 == 0)];
        double[] one = [.. bad.Select(outcome => Normal() + (outcome ? 1 : 0))], other = [.. one.Select(risk => risk + 0.4 * Normal())];
        var (difference, interval) = DeLongInterval.OfDifference(one, other, bad);
        Assert.That(difference, Is.EqualTo(AreaUnderCurve.Compute(one, bad) - AreaUnderCurve.Compute(other, bad)).Within(1e-12));
        var drawn = new List<double>();
        while (drawn.Count < 2_000)
        {
            int[] rows = [.. bad.Select(_ => random.Next(bad.Length))];
            bool[] outcomes = [.. rows.Select(row => bad[row])];
            drawn.Add(AreaUnderCurve.Compute([.. rows.Select(row => one[row])], outcomes) - AreaUnderCurve.Compute([.. rows.Select(row => other[row])], outcomes));
        }

        drawn.Sort();
        var width = interval.Upper - interval.Lower;
        Assert.That(width, Is.EqualTo(drawn[1_949] - drawn[50]).Within(0.1 * width));
        var apart = DeLongInterval.Of([(one, bad)]).Interval;
        Assert.That(width, Is.LessThan(0.8 * (apart.Upper - apart.Lower)));
    }
}
