using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>
/// PageRank (Brin and Page 1998) of a graph without directions: how often a walk that goes on along ties, and now and then to any node, is at a
/// node. A party tied to many who are tied to few ranks high.
/// <para>
/// Rounds of p = (1 - α)/n + α (P'p + the mass of nodes without ties, spread over all). Each node pulls: its neighbours' ranks have been divided by their
/// degrees before, so a round reads one vector of singles at the neighbours' places and writes one in order, and no processor writes what
/// another writes. That vector is ordered by degree: most edges lead to few nodes, whose values then lie together in the nearest cache. The sum over a row is made in four parts that are added in a fixed order, so the answer is the same to the last
/// bit on any number of processors. After r rounds the ranks are within 2 α^r of the answer, in sum. A round costs O(nodes + edges); memory the edges once more.
/// </para>
/// </summary>
public static class PageRank
{
    private const int Part = 2048;

    /// <summary>Rank of each node, above 0; they sum to 1 up to the precision of singles.</summary>
    /// <param name="graph">The graph; every edge counts alike, and edges from a node to itself do not.</param>
    /// <param name="alpha">Probability of going on along a tie, 0 up, below 1.</param>
    /// <param name="rounds">Rounds.</param>
    /// <param name="meter">Pays for it.</param>
    public static float[] Find(UndirectedGraph graph, float alpha = 0.85f, int rounds = 20, WorkMeter? meter = null)
    {
        var count = graph.NodeCount;
        var (ranks, passed, lanes) = (new float[count], new float[count], Lanes.OfMachine());
        Array.Fill(ranks, 1f / count);
        var places = ByDegree(graph);
        var sources = new int[graph.EntryCount];
        lanes.Run(sources.Length, 64 * Part, (_, start, end) => Renumber(graph.Targets[start..end], places, sources.AsSpan(start, end - start)));
        var idle = new double[(count + Part - 1) / Part];
        for (var round = 0; round < rounds; round++)
        {
            meter?.Charge(WorkUnit.Nodes, count);
            meter?.Charge(WorkUnit.Edges, graph.EntryCount);
            lanes.Run(count, Part, (_, start, end) => idle[start / Part] = Divide(graph, ranks, passed, places, start, end));
            var spread = (float)(((1 - alpha) + (alpha * idle.Sum())) / count);
            lanes.Run(count, Part, (_, start, end) => Pull(graph.Offsets, sources, passed, ranks, start, end, alpha, spread));
        }

        return ranks;
    }

    /// <summary>Place of each node among all by degree, the largest first, those of one degree by number.</summary>
    private static int[] ByDegree(UndirectedGraph graph)
    {
        var count = graph.NodeCount;
        var (largest, places) = (0, new int[count]);
        for (var node = 0; node < count; node++) largest = Math.Max(largest, graph.Degree(node));
        var next = new int[largest + 2];
        for (var node = 0; node < count; node++) next[largest - graph.Degree(node) + 1]++;
        for (var degree = 0; degree <= largest; degree++) next[degree + 1] += next[degree];
        for (var node = 0; node < count; node++) places[node] = next[largest - graph.Degree(node)]++;
        return places;
    }

    private static void Renumber(ReadOnlySpan<int> nodes, int[] places, Span<int> renumbered)
    {
        for (var at = 0; at < nodes.Length; at++) renumbered[at] = places[nodes[at]];
    }

    /// <summary>What each node passes to each neighbour; returns the mass of nodes that have none.</summary>
    private static double Divide(UndirectedGraph graph, float[] ranks, float[] passed, int[] places, int start, int end)
    {
        var offsets = graph.Offsets;
        var idle = 0.0;
        for (var node = start; node < end; node++)
        {
            var degree = offsets[node + 1] - offsets[node];
            if (degree > 0) passed[places[node]] = ranks[node] / degree;
            else idle += ranks[node];
        }

        return idle;
    }

    private static void Pull(ReadOnlySpan<int> offsets, int[] sources, float[] passed, float[] ranks, int start, int end, float alpha, float spread)
    {
        ref var from = ref MemoryMarshal.GetArrayDataReference(passed);
        ref var places = ref MemoryMarshal.GetArrayDataReference(sources);
        for (var node = start; node < end; node++)
        {
            var (at, last) = (offsets[node], offsets[node + 1]);
            float one = 0, two = 0, three = 0, four = 0;
            // All places are below the number of nodes; checking each again costs a third of the round.
            for (; at + 3 < last; at += 4)
            {
                one += Unsafe.Add(ref from, Unsafe.Add(ref places, at));
                two += Unsafe.Add(ref from, Unsafe.Add(ref places, at + 1));
                three += Unsafe.Add(ref from, Unsafe.Add(ref places, at + 2));
                four += Unsafe.Add(ref from, Unsafe.Add(ref places, at + 3));
            }

            for (; at < last; at++) one += Unsafe.Add(ref from, Unsafe.Add(ref places, at));
            ranks[node] = spread + (alpha * (one + two + (three + four)));
        }
    }
}
