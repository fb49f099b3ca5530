namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Compressed sparse rows: for each node the nodes it leads to, sorted ascending, parallel ones side by side. Edge
/// <c>e</c> of node <c>n</c> has <c>Offsets[n] &lt;= e &lt; Offsets[n + 1]</c> and leads to <c>Targets[e]</c>.
/// </summary>
public sealed class Csr
{
    private readonly Section<int> offsets;
    private readonly Section<int> targets;

    /// <param name="offsets">Node count + 1 values, ascending, from 0 to the number of edges.</param>
    /// <param name="targets">One node for each edge.</param>
    public Csr(Section<int> offsets, Section<int> targets)
    {
        this.offsets = offsets;
        this.targets = targets;
    }

    /// <summary>The section behind <see cref="Offsets"/>.</summary>
    internal Section<int> OffsetSection => offsets;

    /// <summary>The section behind <see cref="Targets"/>.</summary>
    internal Section<int> TargetSection => targets;

    /// <summary>Number of nodes.</summary>
    public int NodeCount => offsets.Length - 1;

    /// <summary>Number of edges.</summary>
    public int EdgeCount => targets.Length;

    /// <summary>Where each node's edges begin; one more value than nodes.</summary>
    public ReadOnlySpan<int> Offsets => offsets.Span;

    /// <summary>Where each edge leads.</summary>
    public ReadOnlySpan<int> Targets => targets.Span;

    /// <summary>The nodes a node leads to, ascending; a parallel edge repeats its node.</summary>
    public ReadOnlySpan<int> Neighbours(int node)
    {
        var starts = offsets.Span;
        return targets.Span[starts[node]..starts[node + 1]];
    }

    /// <summary>First edge of a node and the edge after its last.</summary>
    public (int Start, int End) Range(int node)
    {
        var starts = offsets.Span;
        return (starts[node], starts[node + 1]);
    }

    /// <summary>Number of edges of a node.</summary>
    public int Degree(int node)
    {
        var starts = offsets.Span;
        return starts[node + 1] - starts[node];
    }

    /// <summary>No edges at all.</summary>
    /// <param name="zeros">A zero for each node and one more; every empty direction of a snapshot shares it.</param>
    internal static Csr Empty(Section<int> zeros) => new(zeros, Section<int>.Empty);

    /// <summary>The same edges over more nodes.</summary>
    internal Csr Over(int nodeCount)
    {
        var more = new int[nodeCount - NodeCount];
        Array.Fill(more, EdgeCount);
        return new Csr(offsets.Append(more), targets);
    }

    /// <summary>Rows from edges given as ends, in any order; edges with equal ends keep the order given.</summary>
    /// <param name="nodeCount">Number of nodes.</param>
    /// <param name="from">Where each edge starts.</param>
    /// <param name="to">Where each edge leads.</param>
    /// <param name="order">For each edge of the result, its position among the edges given.</param>
    public static Csr Build(int nodeCount, ReadOnlySpan<int> from, ReadOnlySpan<int> to, out int[] order)
    {
        // Two stable counting sorts, by the far end and then by the near one, give rows sorted by neighbour in linear time.
        var byTarget = CountingOrder(nodeCount, to, null);
        order = CountingOrder(nodeCount, from, byTarget);
        var starts = new int[nodeCount + 1];
        foreach (var node in from) starts[node + 1]++;
        for (var node = 0; node < nodeCount; node++) starts[node + 1] += starts[node];
        var targets = new int[to.Length];
        for (var edge = 0; edge < order.Length; edge++) targets[edge] = to[order[edge]];
        return new Csr(new Section<int>(starts), new Section<int>(targets));
    }

    private static int[] CountingOrder(int nodeCount, ReadOnlySpan<int> keys, int[]? previous)
    {
        var next = new int[nodeCount + 1];
        foreach (var key in keys) next[key + 1]++;
        for (var node = 0; node < nodeCount; node++) next[node + 1] += next[node];
        var order = new int[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var edge = previous is null ? i : previous[i];
            order[next[keys[edge]]++] = edge;
        }

        return order;
    }
}
