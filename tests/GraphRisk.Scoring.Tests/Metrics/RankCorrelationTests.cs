using GraphRisk.Scoring.Metrics;

namespace GraphRisk.Scoring.Tests.Metrics;

/// <summary>Correlation of ranks, curves and the shift of a feature against what counting pairs and bands by hand gives.</summary>
public class RankCorrelationTests
{
    [Test]
    public void KendallIsTheCountOfPairsOnDrawnRanksWithTies()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var (left, right) = Draw(seed);
            double same = 0, other = 0, leftTied = 0, rightTied = 0, pairs = 0;
            for (var i = 0; i < left.Length; i++)
                for (var j = i + 1; j < left.Length; j++)
                {
                    pairs++;
                    leftTied += left[i] == left[j] ? 1 : 0;
                    rightTied += right[i] == right[j] ? 1 : 0;
                    var order = Math.Sign(left[i] - left[j]) * Math.Sign(right[i] - right[j]);
                    same += order > 0 ? 1 : 0;
                    other += order < 0 ? 1 : 0;
                }

            var expected = (same - other) / Math.Sqrt((pairs - leftTied) * (pairs - rightTied));
            Assert.That(RankCorrelation.Kendall(left, right), Is.EqualTo(expected).Within(1e-12).Or.NaN, $"seed {seed}");
            if (double.IsNaN(RankCorrelation.Kendall(left, right))) Assert.That(expected, Is.NaN, $"seed {seed}");
        }
    }

    [Test]
    public void SpearmanIsPearsonOfMidRanks()
    {
        Assert.That(RankCorrelation.Spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]), Is.EqualTo(0.8207826816681233).Within(1e-12), "as R gives it");
        Assert.That(RankCorrelation.Spearman([1, 2, 3], [9, 4, 1]), Is.EqualTo(-1).Within(1e-12));
        Assert.That(RankCorrelation.Spearman([1, 1, 1], [1, 2, 3]), Is.NaN);
    }

    [Test]
    public void OneCurveGivesKsAndAuc()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var (risk, bad) = RandomRatings.Draw(seed);
            var curve = SeparationCurve.Of(risk, bad, steps: 10_000);
            Assert.That(curve[0], Is.EqualTo(new CutOff(0, 0, 0)));
            Assert.That(curve[^1], Is.EqualTo(new CutOff(1, 1, 1)));
            Assert.That(curve.Max(cut => Math.Abs(cut.Bads - cut.Goods)), Is.EqualTo(KolmogorovSmirnov.Compute(risk, bad)).Within(1e-12));
            var area = curve.Zip(curve.Skip(1)).Sum(pair => (pair.Second.Goods - pair.First.Goods) * (pair.First.Bads + pair.Second.Bads) / 2);
            Assert.That(area, Is.EqualTo(AreaUnderCurve.Compute(risk, bad)).Within(1e-12));
            Assert.That(SeparationCurve.Of(risk, bad, steps: 3).Max(cut => Math.Abs(cut.Bads - cut.Goods)), Is.EqualTo(KolmogorovSmirnov.Compute(risk, bad)).Within(1e-12), "the widest gap is kept");
        }
    }

    [Test]
    public void AFieldThatIsNoLongerDeliveredHasShifted()
    {
        float[] before = [.. Enumerable.Range(0, 100).Select(i => (float)i)];
        Assert.That(CharacteristicStability.Index(before, before), Is.Zero);
        float[] halfGone = [.. before.Select((value, i) => i % 2 == 0 ? value : float.NaN)];
        Assert.That(CharacteristicStability.Index(before, halfGone), Is.GreaterThan(0.25));
        // Half unknown on both sides and the known ones alike: nothing moved.
        Assert.That(CharacteristicStability.Index(halfGone, halfGone), Is.Zero);
        Assert.That(CharacteristicStability.Index([1, 2, float.PositiveInfinity, 3], [float.PositiveInfinity, 1, 2, 3], 2), Is.Zero);
    }

    private static (double[] Left, double[] Right) Draw(int seed)
    {
        var random = new Random(seed);
        var (size, levels) = (random.Next(2, 30), random.Next(1, 12));
        return ([.. Enumerable.Range(0, size).Select(_ => (double)random.Next(levels))], [.. Enumerable.Range(0, size).Select(_ => (double)random.Next(levels))]);
    }
}
