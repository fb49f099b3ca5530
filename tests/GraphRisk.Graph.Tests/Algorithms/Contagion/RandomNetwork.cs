using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Contagion;

/// <summary>A random network of debts, sparse and dense: cycles, debts to oneself, parallel debts, nodes with no debt at all.</summary>
internal sealed class RandomNetwork
{
    private readonly RandomGraph drawn;

    private RandomNetwork(RandomGraph drawn, double outsideUpTo, double assetsUpTo)
    {
        this.drawn = drawn;
        Random = new Random(drawn.Seed);
        Count = drawn.NodeCount + (drawn.Seed % 3);
        Owed = new double[Count, Count];
        foreach (var edge in drawn.Edges) Owed[edge.From, edge.To] += (double)edge.Share * 100;
        Outside = Money((int)outsideUpTo);
        Assets = Money((int)assetsUpTo);
        Graph = WeightedGraph.Build(Count, drawn.Edges.Select(edge => (edge.From, edge.To, (double)edge.Share * 100)));
        Network = new LiabilityNetwork(Graph, Outside, Assets);
    }

    public Random Random { get; }

    public int Count { get; }

    public double[,] Owed { get; }

    public double[] Outside { get; }

    public double[] Assets { get; }

    public WeightedGraph Graph { get; }

    public LiabilityNetwork Network { get; }

    public static IEnumerable<RandomNetwork> Draw(int count = 5000, double outsideUpTo = 60, double assetsUpTo = 80) =>
        RandomGraphs.Draw(count).Select(drawn => new RandomNetwork(drawn, outsideUpTo, assetsUpTo));

    /// <summary>Whole amounts, some of them 0.</summary>
    public double[] Money(int most) => [.. Enumerable.Range(0, Count).Select(_ => (double)Random.Next(0, most))];

    /// <summary>Nothing for two nodes of three, else a part of the whole.</summary>
    public double[] Shocks() => [.. Enumerable.Range(0, Count).Select(_ => Random.Next(3) == 0 ? Random.NextDouble() : 0)];

    public override string ToString() => $"{drawn}; outside {string.Join(' ', Outside)}; assets {string.Join(' ', Assets)}";

    /// <summary>Terms of all nodes, added up by pair: [from, to].</summary>
    public double[,] Pairs(LossAttribution attribution)
    {
        var pairs = new double[Count, Count];
        for (var node = 0; node < Count; node++)
            foreach (var term in attribution.Of(node)) pairs[term.From, term.To] += term.Amount;
        return pairs;
    }
}
