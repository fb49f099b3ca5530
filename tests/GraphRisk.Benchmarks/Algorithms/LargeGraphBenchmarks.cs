using BenchmarkDotNet.Attributes;
using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Benchmarks.Algorithms;

/// <summary>What must run on a whole market: a million nodes, three million ties, one pass over the edges as baseline.</summary>
[MemoryDiagnoser]
[Config(typeof(ShortInProcess))]
public class LargeGraphBenchmarks
{
    private const int Nodes = 1_000_000;
    private const int Edges = 3_000_000;
    private WeightedGraph graph = WeightedGraph.Build(0, []);
    private double[] distress = [];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        graph = WeightedGraph.Build(Nodes, Enumerable.Range(0, Edges).Select(_ => (random.Next(Nodes), random.Next(Nodes), 0.4 * random.NextDouble())));
        distress = [.. Enumerable.Range(0, Nodes).Select(_ => random.Next(50) == 0 ? random.NextDouble() : 0)];
    }

    [Benchmark(Baseline = true)]
    public double OnePassOverTheEdges()
    {
        var sum = 0.0;
        for (var node = 0; node < Nodes; node++)
        {
            var targets = graph.Out.Neighbours(node);
            var weights = graph.OutWeightsOf(node);
            for (var i = 0; i < targets.Length; i++) sum += weights[i] * distress[targets[i]];
        }

        return sum;
    }

    [Benchmark]
    public int StronglyConnected() => StronglyConnectedComponents.Find(graph.Out).Count;

    [Benchmark]
    public int WeaklyConnected() => WeaklyConnectedComponents.Find(Nodes, graph.Out).Count;

    [Benchmark]
    public int LinearDebtRank() => DebtRank.Find(graph, distress, new DebtRankParameters(DebtRankRule.Linear, 1e-6)).Rounds;

    [Benchmark]
    public double PageRank() => PersonalisedPageRank.Find(graph, [0], new PageRankParameters(0.85, 1e-6)).Scores[0];
}
