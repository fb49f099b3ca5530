using GraphRisk.Matching.Evaluation;

namespace GraphRisk.Matching.Tests.Evaluation;

public sealed class ClusterQualityTests
{
    [Test]
    public void PairsAndRecordsAreCountedAsOneByOne()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var records = Enumerable.Range(0, random.Next(1, 40)).Select(_ => (Entity: random.Next(-1, 8), Cluster: random.Next(-1, 8))).ToArray();
            var quality = ClusterQuality.Measure(Array.ConvertAll(records, record => record.Entity), Array.ConvertAll(records, record => record.Cluster));
            var (both, joined, real) = Pairs([.. records.Where(record => record.Entity >= 0)]);
            var (precision, recall) = ByRecord([.. records.Where(record => record.Entity >= 0)]);
            Assert.That((quality.TruePairs, quality.JoinedPairs, quality.RealPairs), Is.EqualTo((both, joined, real)), $"seed {seed}");
            Assert.That(quality.BCubed.Precision, Is.EqualTo(precision).Within(1e-12), $"seed {seed}");
            Assert.That(quality.BCubed.Recall, Is.EqualTo(recall).Within(1e-12), $"seed {seed}");
        }
    }

    /// <summary>The example of Bagga and Baldwin (1998): precision 0.76 and 0.58 of two responses to one truth.</summary>
    [Test]
    public void ThePublishedExampleComesOut()
    {
        int[] truth = [1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3];
        int[] one = [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2], two = [1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1];
        Assert.That(ClusterQuality.Measure(truth, one).BCubed.Precision, Is.EqualTo(0.76).Within(0.005));
        Assert.That(ClusterQuality.Measure(truth, two).BCubed.Precision, Is.EqualTo(0.58).Within(0.005));
        Assert.That(ClusterQuality.Measure(truth, two).BCubed.Recall, Is.EqualTo(1));
    }

    [Test]
    public void NothingJoinedIsPreciseAndFindsNothing()
    {
        var quality = ClusterQuality.Measure([0, 0], [-1, -1]);
        Assert.That((quality.Precision, quality.Recall, quality.F1), Is.EqualTo((1.0, 0.0, 0.0)));
        Assert.That((quality.BCubed.Precision, quality.BCubed.Recall), Is.EqualTo((1.0, 0.5)));
    }

    [Test]
    public void BlockingIsMeasuredOverThePairsOfTheTruth()
    {
        int[] truth = [4, 4, 7, 4, -1, 7];
        var recall = BlockingRecall.Measure(truth, (left, right) => left == 0);
        Assert.That((recall.Found, recall.Looked, recall.Real), Is.EqualTo((2L, 4L, 4L)));
        Assert.That(BlockingRecall.Measure([0, 1, 2], (_, _) => false).Recall, Is.EqualTo(1));
    }

    [Test]
    public void ManyPairsAreMeasuredOnPartOfThem()
    {
        var recall = BlockingRecall.Measure(new int[4000], (left, right) => (left + right) % 2 == 0);
        Assert.That(recall.Real, Is.EqualTo(4000L * 3999 / 2));
        Assert.That(recall.Looked, Is.LessThanOrEqualTo(2_000_000));
        Assert.That(recall.Recall, Is.EqualTo(0.5).Within(0.01));
    }

    private static (long Both, long Joined, long Real) Pairs((int Entity, int Cluster)[] records)
    {
        long both = 0, joined = 0, real = 0;
        for (var i = 0; i < records.Length; i++)
            for (var j = i + 1; j < records.Length; j++)
            {
                var (same, together) = (records[i].Entity == records[j].Entity, records[i].Cluster >= 0 && records[i].Cluster == records[j].Cluster);
                if (same && together) both++;
                if (together) joined++;
                if (same) real++;
            }

        return (both, joined, real);
    }

    private static (double Precision, double Recall) ByRecord((int Entity, int Cluster)[] records)
    {
        if (records.Length == 0) return (1, 1);
        double precision = 0, recall = 0;
        for (var i = 0; i < records.Length; i++)
        {
            bool Together(int j) => i == j || records[i].Cluster >= 0 && records[i].Cluster == records[j].Cluster;
            var all = Enumerable.Range(0, records.Length).ToArray();
            var both = all.Count(j => Together(j) && records[j].Entity == records[i].Entity);
            precision += (double)both / all.Count(Together);
            recall += (double)both / all.Count(j => records[j].Entity == records[i].Entity);
        }

        return (precision / records.Length, recall / records.Length);
    }
}
