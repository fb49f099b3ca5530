using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// The relationships of one type, in both directions. An edge is numbered by its place in <see cref="Out"/>; columns are
/// read by that number, and <see cref="InEdge"/> gives it for each place of <see cref="In"/>.
/// </summary>
public sealed class RelationshipTable
{
    private readonly Section<int> inEdges;
    private readonly ImmutableArray<Column?> columns;
    private readonly TablePatch? patch;

    internal RelationshipTable(RelationshipType type, Csr forward, Csr backward, Section<int> inEdges, ImmutableArray<Column?> columns)
    {
        Type = type;
        Out = forward;
        In = backward;
        this.inEdges = inEdges;
        this.columns = columns;
    }

    private RelationshipTable(
        RelationshipTable known, Csr forward, Csr backward, ImmutableArray<Column?> columns, TablePatch patch)
        : this(known.Type, forward, backward, known.inEdges, columns) => this.patch = patch;

    /// <summary>The columns, by position of their fields.</summary>
    internal ImmutableArray<Column?> Columns => columns;

    /// <summary>For each place of <see cref="In"/>, the number of the edge; not of a patched table.</summary>
    internal Section<int> InEdgeSection => patch is null
        ? inEdges : throw new InvalidOperationException("The table is patched: it has no flat form.");

    /// <summary>The type.</summary>
    public RelationshipType Type { get; }

    /// <summary>From where a relationship starts to where it ends.</summary>
    public Csr Out { get; }

    /// <summary>From where a relationship ends back to where it starts.</summary>
    public Csr In { get; }

    /// <summary>The number of the edge at a place of <see cref="In"/>.</summary>
    public int InEdge(int place)
    {
        if (patch is null) return inEdges[place];
        if (place >= inEdges.Length) return patch.InEdges[place - inEdges.Length];
        var edge = inEdges[place];
        return patch.Moved.GetValueOrDefault(edge, edge);
    }

    /// <summary>Number of relationships.</summary>
    public int Count => Out.EdgeCount;

    /// <summary>The values of a field over the edges; null where no edge has any.</summary>
    public Column? ColumnOf(string field) => columns[Type.GetField(field).Ordinal];

    /// <summary>A field's value on an edge, or null.</summary>
    public PropertyValue? Get(int edge, string field) => ColumnOf(field)?.Get(edge);

    /// <summary>A field's decimal on an edge, or null.</summary>
    public decimal? GetDecimal(int edge, string field) =>
        ColumnOf(field) is ValueColumn<decimal> column && column[edge] is var value && value != column.None ? value : null;

    /// <summary>No relationships of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="zeros">A zero for each node and one more.</param>
    internal static RelationshipTable Empty(RelationshipType type, Section<int> zeros) =>
        new(type, Csr.Empty(zeros), Csr.Empty(zeros), Section<int>.Empty, [.. type.Fields.Select(_ => (Column?)null)]);

    /// <summary>The same relationships over more nodes, the new ones without any.</summary>
    /// <param name="zeros">A zero for each of the nodes and one more.</param>
    internal RelationshipTable Over(Section<int> zeros)
    {
        var nodeCount = zeros.Length - 1;
        if (nodeCount == Out.NodeCount) return this;
        return Count == 0
            ? Empty(Type, zeros) : new RelationshipTable(Type, Out.Over(nodeCount), In.Over(nodeCount), inEdges, columns);
    }

    /// <summary>
    /// These relationships with what holds between some pairs of nodes decided anew, as a table of its own: what is built of all statements, where no
    /// statement on another pair changed. Null where that is not sure, because a field has a value for the first time or perhaps for the last.
    /// </summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="decided">What holds between them, over their nodes alone; of pairs with nothing left there is nothing in it.</param>
    /// <param name="numbers">The numbers of its nodes, ascending.</param>
    /// <param name="nodeCount">Number of nodes.</param>
    internal RelationshipTable? Merged(HashSet<(int From, int To)> pairs, RelationshipTable decided, int[] numbers, int nodeCount)
    {
        var touched = pairs.Select(pair => pair.From).Distinct().Order().ToArray();
        var offsets = new int[nodeCount + 1];
        var room = Count + decided.Count;
        var (starts, targets, places) = (new int[room], new int[room], new int[room]);
        var known = Out.Offsets;
        var (count, next) = (0, 0);
        for (var node = 0; node < nodeCount; node++)
        {
            var (edge, end) = node < Out.NodeCount ? (known[node], known[node + 1]) : (0, 0);
            var (other, last) = next < touched.Length && touched[next] == node ? decided.Out.Range(Array.BinarySearch(numbers, node)) : (0, 0);
            var isTouched = next < touched.Length && touched[next] == node;
            if (isTouched) next++;
            while (edge < end || other < last)
            {
                var far = edge < end ? Out.Target(edge) : int.MaxValue;
                if (isTouched && edge < end && pairs.Contains((node, far)))
                {
                    edge++;
                    continue;
                }

                var isKnown = other == last || far < numbers[decided.Out.Target(other)];
                (starts[count], targets[count], places[count]) = isKnown ? (node, far, edge++) : (node, numbers[decided.Out.Target(other)], ~other++);
                count++;
            }

            offsets[node + 1] = count;
        }

        if (count == 0) return null;
        var merged = ImmutableArray.CreateBuilder<Column?>(columns.Length);
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] is null && decided.columns[i] is not null) return null;
            if (!Column.TryMerge(columns[i], decided.columns[i], places.AsSpan(0, count), out var column) || column?.IsVoid == true) return null;
            merged.Add(column);
        }

        var forward = new Csr(new Section<int>(offsets), new Section<int>(targets[..count]));
        return new RelationshipTable(
            Type, forward, Csr.Build(nodeCount, forward.Targets, starts.AsSpan(0, count), out var edges), new Section<int>(edges), merged.MoveToImmutable());
    }

    /// <summary>These relationships with a patch; sections are shared.</summary>
    internal RelationshipTable With(Csr forward, Csr backward, ImmutableArray<Column?> patched, TablePatch replacement) =>
        new(this, forward, backward, patched, replacement);
}

/// <summary>How the two directions of a patched table belong together.</summary>
/// <param name="InEdges">For each place after the known ones, the number of its edge.</param>
/// <param name="Moved">For known edges that lie in a replaced row, the number they have there.</param>
internal sealed record TablePatch(int[] InEdges, Dictionary<int, int> Moved)
{
    /// <summary>Nothing replaced.</summary>
    public static TablePatch None { get; } = new([], []);
}
