using GraphRisk.Matching.Evaluation;
using GraphRisk.Matching.Linkage;
using GraphRisk.Matching.Tests.Linkage;

namespace GraphRisk.Matching.Tests.Evaluation;

public sealed class PairErrorTests
{
    [Test]
    public void TheErrorsAreAllPairsThatAreToldDifferently([Range(0, 20)] int seed)
    {
        var random = new Random(seed);
        int[] entities = [.. Enumerable.Range(0, 25).Select(_ => random.Next(-1, 7))], clusters = [.. Enumerable.Range(0, 25).Select(_ => random.Next(7))];
        var expected = new List<PairError>();
        for (var left = 0; left < 25; left++)
            for (var right = left + 1; right < 25; right++)
                if (entities[left] >= 0 && entities[right] >= 0 && (entities[left] == entities[right]) != (clusters[left] == clusters[right])) expected.Add(new PairError(left, right, clusters[left] == clusters[right]));
        Assert.That(PairError.Of(entities, clusters), Is.EquivalentTo(expected));
        var quality = ClusterQuality.Measure(entities, clusters);
        Assert.That(expected.Count, Is.EqualTo(quality.JoinedPairs + quality.RealPairs - (2 * quality.TruePairs)));
    }

    /// <summary>Against sums made pair by pair, with bins as the definition has them.</summary>
    [Test]
    public void TheCalibrationErrorIsWhatItsDefinitionSays()
    {
        var (table, truth) = SmallTables.People(600, seed: 14);
        var result = new LinkageRun(table, new LinkageOptions { ReviewProbability = 0.001 }).Run();
        var calibration = PairCalibration.Measure(truth, result);
        var expected = Enumerable.Range(0, 10).Sum(bin =>
        {
            var pairs = result.Pairs.Where(pair => Math.Min(9, Math.Floor(pair.Probability * 10)) == bin).ToList();
            return pairs.Count == 0 ? 0 : Math.Abs(pairs.Sum(pair => pair.Probability) - pairs.Count(pair => truth[pair.Left] == truth[pair.Right])) / result.Pairs.Length;
        });
        var automatic = result.Pairs.Where(pair => pair.Probability >= result.MergeProbability && result.ClusterOf[pair.Left] == result.ClusterOf[pair.Right]).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(calibration.Error, Is.EqualTo(expected).Within(1e-9).And.GreaterThan(0));
            Assert.That(calibration.Automatic, Is.EqualTo(automatic.Count));
            Assert.That(calibration.AutomaticRight, Is.EqualTo(automatic.Count(pair => truth[pair.Left] == truth[pair.Right])));
            Assert.That(calibration.AutomaticPrecision, Is.GreaterThan(0.99));
        });
    }
}
