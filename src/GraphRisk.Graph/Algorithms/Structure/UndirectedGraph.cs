using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>
/// A graph without directions: every edge stands in the rows of both its ends. Parallel edges stay apart; edges from a node to itself are in no row
/// but in <see cref="LoopOf"/>. Immutable and thread-safe.
/// </summary>
public sealed class UndirectedGraph
{
    private readonly int[] offsets;
    private readonly int[] targets;
    private readonly double[]? weights;
    private readonly double[]? loops;

    /// <param name="offsets">Where each node's row begins; one more value than nodes; not changed afterwards.</param>
    /// <param name="targets">Where each edge leads; not changed afterwards.</param>
    /// <param name="weights">In step with the targets, above 0; null where all are 1.</param>
    /// <param name="loops">Weight of each node's edges to itself; null where there are none.</param>
    public UndirectedGraph(int[] offsets, int[] targets, double[]? weights = null, double[]? loops = null)
    {
        this.offsets = offsets;
        this.targets = targets;
        this.weights = weights;
        this.loops = loops;
    }

    /// <summary>Number of nodes.</summary>
    public int NodeCount => offsets.Length - 1;

    /// <summary>Entries of all rows: twice the number of edges that are no loops.</summary>
    public int EntryCount => targets.Length;

    /// <summary>Where each row begins; one more value than nodes.</summary>
    public ReadOnlySpan<int> Offsets => offsets;

    /// <summary>Where each entry leads.</summary>
    public ReadOnlySpan<int> Targets => targets;

    /// <summary>Entries of a node's row.</summary>
    public int Degree(int node) => offsets[node + 1] - offsets[node];

    /// <summary>The nodes a node is tied to.</summary>
    public ReadOnlySpan<int> Neighbours(int node) => targets.AsSpan(offsets[node]..offsets[node + 1]);

    /// <summary>Weights in step with a node's neighbours; empty where all are 1.</summary>
    public ReadOnlySpan<double> WeightsOf(int node) => weights is null ? [] : weights.AsSpan(offsets[node]..offsets[node + 1]);

    /// <summary>Weight of a node's edges to itself.</summary>
    public double LoopOf(int node) => loops is null ? 0 : loops[node];

    /// <summary>Weight of all a node's edges, those to itself twice.</summary>
    public double StrengthOf(int node)
    {
        var sum = 2 * LoopOf(node);
        if (weights is null) return sum + Degree(node);
        foreach (var weight in WeightsOf(node)) sum += weight;
        return sum;
    }

    /// <summary>The graph of relationships of some types, each of weight 1.</summary>
    /// <param name="nodeCount">Number of nodes.</param>
    /// <param name="tables">Both directions of each type.</param>
    /// <param name="meter">Pays for it.</param>
    public static UndirectedGraph Of(int nodeCount, IReadOnlyCollection<RelationshipTable> tables, WorkMeter meter)
    {
        var (offsets, loops) = (new int[nodeCount + 1], new double[nodeCount]);
        for (var node = 0; node < nodeCount; node++)
        {
            var degree = 0;
            foreach (var table in tables)
            {
                var own = Loops(table.Out.Neighbours(node), node);
                loops[node] += own;
                degree += table.Out.Degree(node) + table.In.Degree(node) - (2 * own);
            }

            meter.ChargeNode(degree);
            offsets[node + 1] = checked(offsets[node] + degree);
        }

        var targets = new int[offsets[nodeCount]];
        for (var node = 0; node < nodeCount; node++)
        {
            var at = offsets[node];
            foreach (var table in tables)
            {
                foreach (var far in table.Out.Neighbours(node))
                    if (far != node) targets[at++] = far;
                foreach (var far in table.In.Neighbours(node))
                    if (far != node) targets[at++] = far;
            }
        }

        return new UndirectedGraph(offsets, targets, loops: loops);
    }

    private static int Loops(ReadOnlySpan<int> row, int node)
    {
        var count = 0;
        foreach (var far in row)
            if (far == node) count++;
        return count;
    }
}
