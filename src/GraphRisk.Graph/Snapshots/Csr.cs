using System.Buffers;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Compressed sparse rows: for each node the nodes it leads to, sorted ascending, parallel ones side by side. Edge
/// <c>e</c> of node <c>n</c> lies in <c>Range(n)</c> and leads to <c>Target(e)</c>.
/// </summary>
public sealed class Csr
{
    private readonly Section<int> offsets;
    private readonly Section<int> targets;
    private readonly CsrPatch? patch;

    /// <param name="offsets">Node count + 1 values, ascending, from 0 to the number of edges.</param>
    /// <param name="targets">One node for each edge.</param>
    public Csr(Section<int> offsets, Section<int> targets)
        : this(offsets, targets, null)
    {
    }

    private Csr(Section<int> offsets, Section<int> targets, CsrPatch? patch)
    {
        this.offsets = offsets;
        this.targets = targets;
        this.patch = patch;
    }

    /// <summary>The section behind <see cref="Offsets"/>.</summary>
    internal Section<int> OffsetSection => Flat(offsets);

    /// <summary>The section behind <see cref="Targets"/>.</summary>
    internal Section<int> TargetSection => Flat(targets);

    /// <summary>Number of nodes.</summary>
    public int NodeCount => patch?.NodeCount ?? offsets.Length - 1;

    /// <summary>Number of edges.</summary>
    public int EdgeCount => patch?.EdgeCount ?? targets.Length;

    /// <summary>Where each node's edges begin; one more value than nodes. Not for patched rows, as those of a viewer's snapshot may be.</summary>
    public ReadOnlySpan<int> Offsets => Flat(offsets).Span;

    /// <summary>Where each edge leads. Not for patched rows.</summary>
    public ReadOnlySpan<int> Targets => Flat(targets).Span;

    /// <summary>The nodes a node leads to, ascending; a parallel edge repeats its node.</summary>
    public ReadOnlySpan<int> Neighbours(int node)
    {
        if (patch is not null)
        {
            if (patch.Rows.TryGetValue(node, out var row)) return patch.Targets.AsSpan(patch.Starts[row]..patch.Starts[row + 1]);
            if (node >= offsets.Length - 1) return [];
        }

        var starts = offsets.Span;
        return targets.Span[starts[node]..starts[node + 1]];
    }

    /// <summary>First edge of a node and the edge after its last.</summary>
    public (int Start, int End) Range(int node)
    {
        if (patch is not null)
        {
            if (patch.Rows.TryGetValue(node, out var row)) return (targets.Length + patch.Starts[row], targets.Length + patch.Starts[row + 1]);
            if (node >= offsets.Length - 1) return (0, 0);
        }

        var starts = offsets.Span;
        return (starts[node], starts[node + 1]);
    }

    /// <summary>First of the parallel edges that lead from a node to another; where there are none, where they would stand.</summary>
    public int FirstOf(int node, int target)
    {
        var (low, high) = Range(node);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Target(middle) < target) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Number of edges of a node.</summary>
    public int Degree(int node)
    {
        var (start, end) = Range(node);
        return end - start;
    }

    /// <summary>Where an edge leads.</summary>
    public int Target(int edge) => patch is not null && edge >= targets.Length ? patch.Targets[edge - targets.Length] : targets[edge];

    /// <summary>Whose edge it is: the node in whose range it lies.</summary>
    public int Source(int edge)
    {
        if (patch is not null && edge >= targets.Length) return patch.Nodes[RowOf(patch.Starts, edge - targets.Length)];
        return RowOf(offsets.Span, edge);
    }

    /// <summary>
    /// The same rows with some in place of others and more after them; arrays are shared. The edges of a replaced row are
    /// numbered after all of these; its former numbers are in no range any more.
    /// </summary>
    internal Csr With(CsrPatch replacement) => new(Flat(offsets), targets, replacement);

    /// <summary>The last row that begins at or before an edge.</summary>
    private static int RowOf(ReadOnlySpan<int> starts, int edge)
    {
        int low = 0, high = starts.Length - 1;
        while (low + 1 < high)
        {
            var middle = (low + high) >>> 1;
            if (starts[middle] <= edge) low = middle;
            else high = middle;
        }

        return low;
    }

    private Section<int> Flat(Section<int> section) => patch is null
        ? section : throw new InvalidOperationException("The rows are patched: they have no flat form.");

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
        var next = ArrayPool<int>.Shared.Rent(nodeCount + 1);
        next.AsSpan(0, nodeCount + 1).Clear();
        foreach (var key in keys) next[key + 1]++;
        for (var node = 0; node < nodeCount; node++) next[node + 1] += next[node];
        var order = new int[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var edge = previous is null ? i : previous[i];
            order[next[keys[edge]]++] = edge;
        }

        ArrayPool<int>.Shared.Return(next);
        return order;
    }
}

/// <summary>Rows in place of others.</summary>
/// <param name="NodeCount">Number of nodes; those after the known ones have a row here or none.</param>
/// <param name="EdgeCount">Number of edges that lie in any row.</param>
/// <param name="Rows">For each node with a row here, its position.</param>
/// <param name="Nodes">The nodes by position.</param>
/// <param name="Starts">Where each row begins; one more value than rows.</param>
/// <param name="Targets">Where each edge leads.</param>
internal sealed record CsrPatch(int NodeCount, int EdgeCount, Dictionary<int, int> Rows, int[] Nodes, int[] Starts, int[] Targets)
{
    /// <summary>Rows in place of a graph's own.</summary>
    /// <param name="graph">The graph, not patched.</param>
    /// <param name="nodeCount">Number of nodes.</param>
    /// <param name="rows">By node, where its edges lead, ascending.</param>
    public static CsrPatch Of(Csr graph, int nodeCount, IReadOnlyDictionary<int, int[]> rows)
    {
        int[] nodes = [.. rows.Keys.Order()];
        var (starts, targets, replaced) = (new int[nodes.Length + 1], new List<int>(), 0);
        for (var at = 0; at < nodes.Length; at++)
        {
            targets.AddRange(rows[nodes[at]]);
            starts[at + 1] = targets.Count;
            if (nodes[at] < graph.NodeCount) replaced += graph.Degree(nodes[at]);
        }

        return new CsrPatch(nodeCount, graph.EdgeCount - replaced + targets.Count, nodes.Index().ToDictionary(pair => pair.Item, pair => pair.Index), nodes, starts, [.. targets]);
    }

    /// <summary>Bytes of the patch's own.</summary>
    public long Bytes => (24L * Rows.Count) + (4L * (Nodes.Length + Starts.Length + Targets.Length));
}
