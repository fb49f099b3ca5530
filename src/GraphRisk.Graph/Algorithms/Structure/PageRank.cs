using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>
/// PageRank (Brin and Page 1998) of a graph without directions: how often a walk that goes on along ties, and now and then to any node, is at a
/// node. A party tied to many who are tied to few ranks high.
/// <para>
/// Rounds of p = (1 - α)/n + α (P'p + the mass of nodes without ties, spread over all). Each node pulls: its neighbours' ranks have been divided by their
/// degrees before, so a round reads one vector of singles at the neighbours' places and writes one in order, and no processor writes what
/// another writes. The sum over a row is made in four parts that are added in a fixed order, so the answer is the same to the last
/// bit on any number of processors. After r rounds the ranks are within 2 α^r of the answer, in sum. A round costs O(nodes + edges).
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
        var idle = new double[(count + Part - 1) / Part];
        for (var round = 0; round < rounds; round++)
        {
            meter?.Charge(WorkUnit.Nodes, count);
            meter?.Charge(WorkUnit.Edges, graph.EntryCount);
            lanes.Run(count, Part, (_, start, end) => idle[start / Part] = Divide(graph, ranks, passed, start, end));
            var spread = (float)(((1 - alpha) + (alpha * idle.Sum())) / count);
            lanes.Run(count, Part, (_, start, end) => Pull(graph, passed, ranks, start, end, alpha, spread));
        }

        return ranks;
    }

    /// <summary>What each node passes to each neighbour; returns the mass of nodes that have none.</summary>
    private static double Divide(UndirectedGraph graph, float[] ranks, float[] passed, int start, int end)
    {
        var offsets = graph.Offsets;
        var idle = 0.0;
        for (var node = start; node < end; node++)
        {
            var degree = offsets[node + 1] - offsets[node];
            if (degree > 0) passed[node] = ranks[node] / degree;
            else idle += ranks[node];
        }

        return idle;
    }

    private static void Pull(UndirectedGraph graph, float[] passed, float[] ranks, int start, int end, float alpha, float spread)
    {
        ref var from = ref MemoryMarshal.GetArrayDataReference(passed);
        ref var targets = ref MemoryMarshal.GetReference(graph.Targets);
        var offsets = graph.Offsets;
        for (var node = start; node < end; node++)
        {
            var (at, last) = (offsets[node], offsets[node + 1]);
            float one = 0, two = 0, three = 0, four = 0;
            // Places were checked when the graph was made; checking each again costs a third of the round.
            for (; at + 3 < last; at += 4)
            {
                one += Unsafe.Add(ref from, Unsafe.Add(ref targets, at));
                two += Unsafe.Add(ref from, Unsafe.Add(ref targets, at + 1));
                three += Unsafe.Add(ref from, Unsafe.Add(ref targets, at + 2));
                four += Unsafe.Add(ref from, Unsafe.Add(ref targets, at + 3));
            }

            for (; at < last; at++) one += Unsafe.Add(ref from, Unsafe.Add(ref targets, at));
            ranks[node] = spread + (alpha * (one + two + (three + four)));
        }
    }
}
