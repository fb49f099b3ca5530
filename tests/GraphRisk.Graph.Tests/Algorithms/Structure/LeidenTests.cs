using System.Globalization;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Structure;

public sealed class LeidenTests
{
    /// <summary>Zachary's karate club (1977): the best partition has modularity 0.4198 (Brandes and others 2008).</summary>
    private const string KarateClub =
        "2-1 3-1 3-2 4-1 4-2 4-3 5-1 6-1 7-1 7-5 7-6 8-1 8-2 8-3 8-4 9-1 9-3 10-3 11-1 11-5 11-6 12-1 13-1 13-4 14-1 14-2 14-3 14-4 17-6 17-7 18-1 18-2 "
        + "20-1 20-2 22-1 22-2 26-24 26-25 28-3 28-24 28-25 29-3 30-24 30-27 31-2 31-9 32-1 32-25 32-26 32-29 33-3 33-9 33-15 33-16 33-19 33-21 33-23 33-24 "
        + "33-30 33-31 33-32 34-9 34-10 34-14 34-15 34-16 34-19 34-20 34-21 34-23 34-24 34-27 34-28 34-29 34-30 34-31 34-32 34-33";

    [Test]
    public void TheKarateClubComesWithinAHundredthOfTheBestPartition()
    {
        var graph = LargeGraphs.Of(34, [.. KarateClub.Split(' ').Select(edge => edge.Split('-')).Select(ends => (Number(ends[0]), Number(ends[1])))]);
        Assert.That(graph.EntryCount, Is.EqualTo(2 * 78));
        Assert.That(Leiden.Find(graph).Modularity, Is.InRange(0.41, 0.4198));
    }

    [Test]
    public void ModularityIsTheSumOverPairs()
    {
        foreach (var drawn in RandomGraphs.Draw(1000))
        {
            var (edges, n) = (drawn.Edges.Select(edge => (edge.From, edge.To)).ToArray(), drawn.NodeCount);
            if (edges.Length == 0) continue;
            var random = new Random(drawn.Seed);
            var groups = Enumerable.Range(0, n).Select(_ => random.Next(3)).ToArray();
            var tied = new double[n, n];
            foreach (var (from, to) in edges) (tied[from, to], tied[to, from]) = from == to ? (tied[from, to] + 2, tied[from, to] + 2) : (tied[from, to] + 1, tied[to, from] + 1);
            var strength = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => tied[i, j])).ToArray();
            var whole = strength.Sum();
            var wanted = (from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) where groups[i] == groups[j] select (tied[i, j] / whole) - (strength[i] * strength[j] / whole / whole)).Sum();
            Assert.That(Leiden.ModularityOf(LargeGraphs.Of(n, edges), new Components(groups, 3)), Is.EqualTo(wanted).Within(1e-12), drawn.ToString);
        }
    }

    [Test]
    public void CommunitiesAreConnectedAndNoWorseThanComponents()
    {
        foreach (var drawn in RandomGraphs.Draw(1500, largest: 14))
        {
            (int From, int To)[] edges = [.. drawn.Edges.Select(edge => (edge.From, edge.To))];
            var graph = LargeGraphs.Of(drawn.NodeCount, edges);
            var found = Leiden.Find(graph);
            var group = Enumerable.Range(0, drawn.NodeCount).Select(found.Communities.Of).ToArray();
            Assert.That(found.Modularity, Is.EqualTo(Leiden.ModularityOf(graph, found.Communities)));
            Assert.That(found.Modularity, Is.GreaterThanOrEqualTo(Leiden.ModularityOf(graph, WeaklyConnectedComponents.Find(graph)) - 1e-12), drawn.ToString);
            var inside = WeaklyConnectedComponents.Find(LargeGraphs.Of(drawn.NodeCount, [.. edges.Where(edge => group[edge.From] == group[edge.To])]));
            Assert.That(inside.Count, Is.EqualTo(found.Communities.Count), () => $"connected: {drawn}");
        }
    }

    [Test]
    public void PlantedGroupsAreFound()
    {
        var random = new Random(5);
        var edges = Enumerable.Range(0, 120_000).Select(i => i % 6 == 0
            ? (random.Next(10_000), random.Next(10_000)) : random.Next(100) * 100 is var first ? (first + random.Next(100), first + random.Next(100)) : default).ToArray();
        var found = Leiden.Find(LargeGraphs.Of(10_000, edges)).Communities;
        Assert.That(found.Count, Is.EqualTo(100));
        for (var group = 0; group < 100; group++) Assert.That(Enumerable.Range(group * 100, 100).Select(found.Of).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void TheSameGraphGivesTheSameCommunities()
    {
        var drawn = LargeGraphs.Draw(3, 40_000, 200_000);
        int[] Run() => [.. Enumerable.Range(0, drawn.NodeCount).Select(new Func<int, int>(Leiden.Find(drawn.Graph).Communities.Of))];
        var first = Run();
        Assert.That(Run(), Is.EqualTo(first));
    }

    [Test]
    public void AMeterEndsIt() => Assert.That(
        () => Leiden.Find(LargeGraphs.Draw(1, 5000, 20_000).Graph, new CountingMeter(20)), Throws.TypeOf<BudgetSpentException>());

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture) - 1;
}
