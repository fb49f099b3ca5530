using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Snapshots;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Structure;

/// <summary>The oracle of all of them is the reachability of every pair, by Warshall's closure.</summary>
public sealed class StructureTests
{
    [Test]
    public void ComponentsAreWhoReachesEachOtherAndNumbersFallAlongEdges()
    {
        foreach (var drawn in RandomGraphs.Draw(1200))
        {
            var graph = RowsOf(drawn);
            var reach = Closure(drawn);
            var found = StronglyConnectedComponents.Find(graph);
            for (var i = 0; i < drawn.NodeCount; i++)
                for (var j = 0; j < drawn.NodeCount; j++)
                    Assert.That(found.Of(i) == found.Of(j), Is.EqualTo(reach[i, j] && reach[j, i]), () => $"{drawn}: {i}, {j}");
            foreach (var edge in drawn.Edges)
                Assert.That(found.Of(edge.From), Is.GreaterThanOrEqualTo(found.Of(edge.To)), drawn.ToString);
            Assert.That(Enumerable.Range(0, found.Count).Sum(found.SizeOf), Is.EqualTo(drawn.NodeCount));
        }
    }

    [Test]
    public void AChainOfAMillionDoesNotExhaustTheStack()
    {
        const int count = 1_000_000;
        var graph = Csr.Build(count, [.. Enumerable.Range(0, count)], [.. Enumerable.Range(0, count).Select(i => (i + 1) % count)], out _);
        Assert.That(StronglyConnectedComponents.Find(graph).Count, Is.EqualTo(1));
    }

    [Test]
    public void WeakComponentsIgnoreDirections()
    {
        foreach (var drawn in RandomGraphs.Draw(1000))
        {
            var both = drawn with { Edges = [.. drawn.Edges, .. drawn.Edges.Select(edge => new ShareEdge(edge.To, edge.From, edge.Share))] };
            var reach = Closure(both);
            var found = WeaklyConnectedComponents.Find(drawn.NodeCount, RowsOf(drawn));
            for (var i = 0; i < drawn.NodeCount; i++)
                for (var j = 0; j < drawn.NodeCount; j++)
                    Assert.That(found.Of(i) == found.Of(j), Is.EqualTo(reach[i, j]), drawn.ToString);
            var undirected = WeaklyConnectedComponents.Find(Undirected(drawn));
            Assert.That(Enumerable.Range(0, drawn.NodeCount).Select(undirected.Of), Is.EqualTo(Enumerable.Range(0, drawn.NodeCount).Select(found.Of)), drawn.ToString);
        }
    }

    [Test]
    public void ComponentsOfManyNodesAreThoseOfOneThread()
    {
        foreach (var drawn in Enumerable.Range(1, 12).Select(seed => LargeGraphs.Draw(seed, 30_000, 5000 * seed)))
        {
            var parents = Enumerable.Range(0, drawn.NodeCount).ToArray();
            int Root(int node) => parents[node] == node ? node : parents[node] = Root(parents[node]);
            foreach (var (from, to) in drawn.Edges) parents[Math.Max(Root(from), Root(to))] = Math.Min(Root(from), Root(to));
            Assert.That(WeaklyConnectedComponents.SmallestNodes(drawn.Graph, WorkMeter.Unlimited), Is.EqualTo(Enumerable.Range(0, drawn.NodeCount).Select(Root)));
        }
    }

    [Test]
    public void RanksAreThoseOfDenseRounds()
    {
        foreach (var drawn in RandomGraphs.Draw(1000))
        {
            var (graph, n) = (Undirected(drawn), drawn.NodeCount);
            var ranks = Enumerable.Repeat(1.0 / n, n).ToArray();
            for (var round = 0; round < 20; round++)
            {
                var next = new double[n];
                for (var node = 0; node < n; node++)
                {
                    var neighbours = graph.Neighbours(node).ToArray();
                    foreach (var far in neighbours.Length > 0 ? neighbours : Enumerable.Range(0, n)) next[far] += 0.85 * ranks[node] / (neighbours.Length > 0 ? neighbours.Length : n);
                }

                ranks = [.. next.Select(rank => rank + (0.15 / n))];
            }

            var found = PageRank.Find(graph);
            for (var node = 0; node < n; node++) Assert.That(found[node], Is.EqualTo(ranks[node]).Within(1e-5), drawn.ToString);
        }
    }

    [Test]
    public void DistancesAreTheFewestStepsAndReachIsTheNodesWithOne()
    {
        foreach (var drawn in RandomGraphs.Draw(1000))
        {
            var graph = RowsOf(drawn);
            var wanted = Relaxed(drawn);
            var found = BreadthFirst.Distances(graph, 0);
            Assert.That(found.Select(steps => steps == BreadthFirst.Unreached ? int.MaxValue : steps), Is.EqualTo(wanted), drawn.ToString);
            Assert.That(BreadthFirst.Reach(graph, 0), Is.EquivalentTo(Enumerable.Range(0, drawn.NodeCount).Where(i => wanted[i] < int.MaxValue)));
        }
    }

    private static UndirectedGraph Undirected(RandomGraph drawn) => LargeGraphs.Of(drawn.NodeCount, [.. drawn.Edges.Select(edge => (edge.From, edge.To))]);

    private static Csr RowsOf(RandomGraph drawn) => Csr.Build(
        drawn.NodeCount, [.. drawn.Edges.Select(edge => edge.From)], [.. drawn.Edges.Select(edge => edge.To)], out _);

    private static bool[,] Closure(RandomGraph drawn)
    {
        var reach = ClosureOfSteps(drawn);
        for (var i = 0; i < drawn.NodeCount; i++) reach[i, i] = true;
        return reach;
    }

    private static bool[,] ClosureOfSteps(RandomGraph drawn)
    {
        var n = drawn.NodeCount;
        var reach = new bool[n, n];
        foreach (var edge in drawn.Edges) reach[edge.From, edge.To] = true;
        for (var k = 0; k < n; k++)
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                    reach[i, j] |= reach[i, k] && reach[k, j];
        return reach;
    }

    private static int[] Relaxed(RandomGraph drawn)
    {
        var steps = Enumerable.Repeat(int.MaxValue, drawn.NodeCount).ToArray();
        steps[0] = 0;
        for (var round = 0; round < drawn.NodeCount; round++)
            foreach (var edge in drawn.Edges)
                if (steps[edge.From] < int.MaxValue) steps[edge.To] = Math.Min(steps[edge.To], steps[edge.From] + 1);
        return steps;
    }
}
