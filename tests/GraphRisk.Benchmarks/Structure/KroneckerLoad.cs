using System.Diagnostics;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Benchmarks.Structure;

/// <summary>
/// Components, PageRank and Leiden on a Kronecker graph, each run several times: the shortest time, the middle one, the processor time of all threads,
/// what was allocated, and that all runs gave the same. Each answer is held against a plain one.
/// </summary>
internal static class KroneckerLoad
{
    private const int Runs = 5;

    /// <summary>Prints the figures.</summary>
    public static void Run(int scale, int edgesPerNode, int seed = 27491095)
    {
        Warm();
        var graph = KroneckerGraph.Draw(scale, edgesPerNode, seed);
        Console.WriteLine($"{graph.NodeCount:N0} nodes, {graph.EntryCount / 2:N0} edges, {Environment.ProcessorCount} processors");
        var components = Timed("components (Afforest)", Runs, () => WeaklyConnectedComponents.SmallestNodes(graph, WorkMeter.Unlimited));
        Console.WriteLine($"  as by union-find: {components.AsSpan().SequenceEqual(PlainComponents(graph))}; components: {components.Distinct().Count():N0}");
        var ranks = Timed("PageRank, 20 rounds", Runs, () => PageRank.Find(graph));
        Console.WriteLine($"  sum {ranks.Sum(rank => (double)rank):F6}, largest difference from doubles {PlainRanks(graph).Zip(ranks, (one, other) => Math.Abs(one - other)).Max():G2}, largest rank {ranks.Max():G4}");
        var leiden = Timed("Leiden", 3, () => Leiden.Find(graph) is var found ? (Values(found.Communities, graph.NodeCount), found) : default).found!;
        Console.WriteLine($"  modularity {leiden.Modularity:F4}, communities {leiden.Communities.Count:N0}, levels {leiden.Levels}");
        Console.WriteLine($"peak of the process: {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:N0} MB; the graph itself {4.0 * (graph.EntryCount + graph.NodeCount) / 1048576:N0} MB");
    }

    private static void Warm()
    {
        var small = KroneckerGraph.Draw(14, 16, 1);
        for (var run = 0; run < 30; run++)
        {
            WeaklyConnectedComponents.SmallestNodes(small, WorkMeter.Unlimited);
            PageRank.Find(small);
            if (run % 10 == 0) Leiden.Find(small);
        }
    }

    private static int[] Values(Components components, int nodes)
    {
        var values = new int[nodes];
        for (var node = 0; node < nodes; node++) values[node] = components.Of(node);
        return values;
    }

    private static T Timed<T>(string name, int runs, Func<T> run)
    {
        var (times, same, first, allocated) = (new List<(double Wall, double Processor)>(), true, default(T), 0L);
        for (var i = 0; i < runs; i++)
        {
            GC.Collect();
            var (before, cpu, watch) = (GC.GetTotalAllocatedBytes(), Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
            var value = run();
            times.Add((watch.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds));
            allocated = GC.GetTotalAllocatedBytes() - before;
            if (i == 0) first = value;
            else same &= Same(first!, value!);
        }

        times.Sort();
        Console.WriteLine($"{name}: shortest {times[0].Wall:F3} s, middle {times[runs / 2].Wall:F3} s, processor time of the shortest {times[0].Processor:F3} s, allocated {allocated / 1048576.0:N0} MB, all runs alike: {same}");
        return first!;
    }

    private static bool Same(object one, object other) => (one, other) switch
    {
        (int[] left, int[] right) => left.AsSpan().SequenceEqual(right),
        (float[] left, float[] right) => left.AsSpan().SequenceEqual(right),
        (ValueTuple<int[], LeidenAnswer> left, ValueTuple<int[], LeidenAnswer> right) => left.Item1.AsSpan().SequenceEqual(right.Item1),
        _ => false,
    };

    private static int[] PlainComponents(UndirectedGraph graph)
    {
        var parents = Enumerable.Range(0, graph.NodeCount).ToArray();
        int Root(int node)
        {
            while (parents[node] != node) node = parents[node] = parents[parents[node]];
            return node;
        }

        for (var node = 0; node < graph.NodeCount; node++)
            foreach (var far in graph.Neighbours(node))
                if (Root(node) is var one && Root(far) is var other && one != other) parents[Math.Max(one, other)] = Math.Min(one, other);
        return [.. Enumerable.Range(0, graph.NodeCount).Select(Root)];
    }

    private static double[] PlainRanks(UndirectedGraph graph)
    {
        var count = graph.NodeCount;
        var ranks = Enumerable.Repeat(1.0 / count, count).ToArray();
        for (var round = 0; round < 20; round++)
        {
            var (next, idle) = (new double[count], 0.0);
            for (var node = 0; node < count; node++)
            {
                if (graph.Degree(node) == 0) idle += ranks[node];
                foreach (var far in graph.Neighbours(node)) next[far] += ranks[node] / graph.Degree(node);
            }

            for (var node = 0; node < count; node++) ranks[node] = (0.15 / count) + (0.85 * (next[node] + (idle / count)));
        }

        return ranks;
    }
}
