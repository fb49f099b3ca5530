using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Benchmarks.Structure;

/// <summary>
/// The Kronecker graph of the Graph500 and of the GAP benchmark suite: 2^scale nodes, edges drawn bit by bit with A = 0.57, B = C = 0.19, nodes
/// renumbered at random, made undirected, edges that are drawn twice and loops left out.
/// </summary>
internal static class KroneckerGraph
{
    private const double A = 0.57;
    private const double B = 0.19;

    /// <summary>Draws it; the same arguments draw the same graph.</summary>
    public static UndirectedGraph Draw(int scale, int edgesPerNode, int seed)
    {
        var (nodes, random) = (1 << scale, new Random(seed));
        var number = Enumerable.Range(0, nodes).ToArray();
        random.Shuffle(number);
        var (from, to) = (new int[nodes * edgesPerNode], new int[nodes * edgesPerNode]);
        for (var edge = 0; edge < from.Length; edge++)
        {
            var (left, right) = (0, 0);
            for (var bit = 0; bit < scale; bit++)
            {
                var draw = random.NextDouble();
                (left, right) = (2 * left, 2 * right);
                if (draw < A) continue;
                if (draw < A + B) right++;
                else if (draw < A + (2 * B)) left++;
                else (left, right) = (left + 1, right + 1);
            }

            (from[edge], to[edge]) = (number[left], number[right]);
        }

        return Undirected(nodes, from, to);
    }

    private static UndirectedGraph Undirected(int nodes, int[] from, int[] to)
    {
        var offsets = new int[nodes + 1];
        for (var edge = 0; edge < from.Length; edge++)
            if (from[edge] != to[edge]) (offsets[from[edge] + 1], offsets[to[edge] + 1]) = (offsets[from[edge] + 1] + 1, offsets[to[edge] + 1] + 1);
        for (var node = 0; node < nodes; node++) offsets[node + 1] += offsets[node];
        var (targets, next) = (new int[offsets[nodes]], offsets[..nodes]);
        for (var edge = 0; edge < from.Length; edge++)
            if (from[edge] != to[edge]) (targets[next[from[edge]]++], targets[next[to[edge]]++]) = (to[edge], from[edge]);
        var (kept, starts) = (0, new int[nodes + 1]);
        for (var node = 0; node < nodes; node++)
        {
            var row = targets.AsSpan(offsets[node]..offsets[node + 1]);
            row.Sort();
            var last = -1;
            foreach (var far in row)
                if (far != last) targets[kept++] = last = far;
            starts[node + 1] = kept;
        }

        return new UndirectedGraph(starts, targets[..kept]);
    }
}
