using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Tests.Algorithms.Structure;

/// <summary>A drawn graph of many nodes.</summary>
internal sealed record LargeGraph(int NodeCount, (int From, int To)[] Edges, UndirectedGraph Graph);

/// <summary>Graphs large enough that several processors work on them, and graphs without directions from ends.</summary>
internal static class LargeGraphs
{
    public static LargeGraph Draw(int seed, int nodes, int edges)
    {
        var random = new Random(seed);
        var ends = Enumerable.Range(0, edges).Select(_ => ((int)(nodes * Math.Pow(random.NextDouble(), 2)), random.Next(nodes))).ToArray();
        return new LargeGraph(nodes, ends, Of(nodes, ends));
    }

    /// <summary>The graph of some edges; those from a node to itself are loops.</summary>
    public static UndirectedGraph Of(int nodes, (int From, int To)[] edges)
    {
        var (offsets, loops) = (new int[nodes + 1], new double[nodes]);
        foreach (var (from, to) in edges)
        {
            if (from == to) loops[from]++;
            else (offsets[from + 1], offsets[to + 1]) = (offsets[from + 1] + 1, offsets[to + 1] + 1);
        }

        for (var node = 0; node < nodes; node++) offsets[node + 1] += offsets[node];
        var (targets, next) = (new int[offsets[nodes]], offsets[..nodes]);
        foreach (var (from, to) in edges)
            if (from != to) (targets[next[from]++], targets[next[to]++]) = (to, from);
        return new UndirectedGraph(offsets, targets, loops: loops);
    }
}
