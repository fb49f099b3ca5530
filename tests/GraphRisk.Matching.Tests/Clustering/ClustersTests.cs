using GraphRisk.Matching.Clustering;

namespace GraphRisk.Matching.Tests.Clustering;

public sealed class ClustersTests
{
    [Test]
    public void TwoDensePartsHungTogetherByOnePairComeApart()
    {
        var weights = Matrix(8, (i, j) => i / 4 == j / 4 ? 6 : (i, j) is (3, 4) ? 5 : -4);
        Assert.That(Cluster(weights), Is.EqualTo(new[] { 0, 0, 0, 0, 1, 1, 1, 1 }));
    }

    [Test]
    public void NothingSaysWhichOfTwoNamesakesIsMeant()
    {
        var weights = Matrix(3, (i, j) => (i, j) is (0, 1) ? 5 : (i, j) is (0, 2) ? 5.5 : -9);
        Assert.That(Cluster(weights), Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void TheBetterOfTwoIsTaken()
    {
        var weights = Matrix(3, (i, j) => (i, j) is (0, 1) ? 3 : (i, j) is (0, 2) ? 8 : -9);
        Assert.That(Cluster(weights), Is.EqualTo(new[] { 0, 1, 0 }));
    }

    [Test]
    public void WhatCanNeverBeOneIsNot()
    {
        var weights = Matrix(3, (i, j) => 9);
        Assert.That(Cluster(weights, apart: (1, 2)).Distinct().Count(), Is.GreaterThan(1));
    }

    [Test]
    public void APartyWithHundredsOfRecordsStaysWholeAndABridgeBetweenTwoFalls()
    {
        var parts = new[] { 300, 250, 40 };
        var part = parts.SelectMany((size, number) => Enumerable.Repeat(number, size)).ToArray();
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            var weights = Matrix(part.Length, (i, j) => part[i] == part[j] ? 7 + (10 * random.NextDouble()) : random.Next(2000) == 0 ? 9 : -6);
            Assert.That(Cluster(weights), Is.EqualTo(part), $"seed {seed}");
        }
    }

    [Test]
    public void APartyWithHundredsOfEqualRecordsStaysWholeByAChainOfPairs()
    {
        var weights = Matrix(400, (_, _) => 11);
        var chain = Enumerable.Range(1, 399).Select(i => new Edge(i - 1, i, 11)).ToList();
        Assert.That(Clusters.Of(new ClusterProblem([.. Enumerable.Range(0, 400)], chain, 0, (i, j) => weights[i, j], null), CancellationToken.None), Is.All.Zero);
    }

    [Test]
    public void AChainOfHundredsWhoseEndsAreStrangersIsNoParty()
    {
        var clusters = Cluster(Matrix(400, (i, j) => j - i <= 2 ? 5 : -8));
        Assert.That(clusters.GroupBy(cluster => cluster).Max(cluster => cluster.Count()), Is.LessThan(8));
    }

    [Test]
    public void InALargePartWhatCanNeverBeOneIsNot()
    {
        var clusters = Cluster(Matrix(300, (_, _) => 9), apart: (17, 250));
        Assert.That(clusters[17], Is.Not.EqualTo(clusters[250]));
        Assert.That(clusters.GroupBy(cluster => cluster).Max(cluster => cluster.Count()), Is.GreaterThan(200));
    }

    /// <summary>On small tables the sum of weights within clusters is held against that of the best of all partitions.</summary>
    [Test]
    public void TheSumWithinClustersIsCloseToTheBest()
    {
        var (reached, best) = (0.0, 0.0);
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var truth = Enumerable.Range(0, 6).Select(_ => random.Next(3)).ToArray();
            var weights = Matrix(6, (i, j) => (truth[i] == truth[j] ? 4 : -4) + (random.NextDouble() * 8) - 4);
            reached += SumOf(weights, CorrelationClustering.Of(Clamped(weights)));
            best += Partitions(6).Max(partition => SumOf(weights, partition));
        }

        Assert.That(reached, Is.GreaterThan(0.95 * best));
    }

    private static int[] Cluster(double[,] weights, (int, int)? apart = null)
    {
        var count = weights.GetLength(0);
        var edges = new List<Edge>();
        for (var i = 0; i < count; i++)
            for (var j = i + 1; j < count; j++)
                if (weights[i, j] > 0) edges.Add(new Edge(i, j, weights[i, j]));
        return Clusters.Of(
            new ClusterProblem([.. Enumerable.Range(0, count)], edges, 0, (i, j) => weights[i, j], (i, j) => apart is { } pair && (pair == (i, j) || pair == (j, i))), CancellationToken.None);
    }

    private static double[,] Matrix(int count, Func<int, int, double> weight)
    {
        var weights = new double[count, count];
        for (var i = 0; i < count; i++)
            for (var j = i + 1; j < count; j++) weights[i, j] = weights[j, i] = weight(i, j);
        return weights;
    }

    private static double[,] Clamped(double[,] weights) => Matrix(weights.GetLength(0), (i, j) => CorrelationClustering.WeightOf(weights[i, j]));

    private static double SumOf(double[,] weights, int[] clusters)
    {
        var sum = 0.0;
        for (var i = 0; i < clusters.Length; i++)
            for (var j = i + 1; j < clusters.Length; j++)
                if (clusters[i] == clusters[j]) sum += weights[i, j];
        return sum;
    }

    private static IEnumerable<int[]> Partitions(int count) => count == 0 ? [[]] : Partitions(count - 1)
        .SelectMany(part => Enumerable.Range(0, (part.Length == 0 ? -1 : part.Max()) + 2).Select(label => (int[])[.. part, label]));
}
