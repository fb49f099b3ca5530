using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// The nodes of a snapshot, numbered from 0. A node that resolution joined from several party records appears once,
/// under the id of the record known first; the ids of its other records lead to it.
/// </summary>
public sealed class NodeTable
{
    private readonly Section<byte> types;
    private readonly Section<int> rows;
    private readonly ImmutableArray<Section<int>> nodesOfType;
    private readonly ImmutableArray<NodeColumns> columns;
    private readonly MemberTable members;
    private readonly SchemaCatalog catalog;

    internal NodeTable(
        SchemaCatalog catalog, Section<byte> types, Section<int> rows, ImmutableArray<Section<int>> nodesOfType,
        ImmutableArray<NodeColumns> columns, MemberTable members)
    {
        this.catalog = catalog;
        this.types = types;
        this.rows = rows;
        this.nodesOfType = nodesOfType;
        this.columns = columns;
        this.members = members;
    }

    /// <summary>The type of each node, as position in the catalog.</summary>
    internal Section<byte> Types => types;

    /// <summary>The row of each node.</summary>
    internal Section<int> Rows => rows;

    /// <summary>The nodes of each type.</summary>
    internal ImmutableArray<Section<int>> NodesOfType => nodesOfType;

    /// <summary>The columns of each type.</summary>
    internal ImmutableArray<NodeColumns> Columns => columns;

    /// <summary>The ids.</summary>
    internal MemberTable Members => members;

    /// <summary>A table without nodes.</summary>
    internal static NodeTable Empty(SchemaCatalog catalog) => new(
        catalog, Section<byte>.Empty, Section<int>.Empty, [.. catalog.NodeTypes.Select(_ => Section<int>.Empty)], [],
        MemberTable.Build(catalog, 0, new MemberSet(catalog), [], []));

    /// <summary>Number of nodes.</summary>
    public int Count => types.Length;

    /// <summary>The type of a node.</summary>
    public NodeType TypeOf(int node) => catalog.NodeTypes[types[node]];

    /// <summary>The id of a node: that of its record known first.</summary>
    public NodeId IdOf(int node) => members.IdOf(node);

    /// <summary>The ids of all records joined in a node, in the order in which they became known.</summary>
    public ImmutableArray<NodeId> MembersOf(int node) => members.MembersOf(node);

    /// <summary>The node of an id, its own or that of a record joined in it; -1 where the snapshot has none.</summary>
    public int Find(NodeId id) => members.Find(id);

    /// <summary>The nodes of a type, ascending.</summary>
    public ReadOnlySpan<int> OfType(string type) => nodesOfType[catalog.Node(type).Ordinal].Span;

    /// <summary>Position of a node among those of its type: the row of its columns.</summary>
    public int RowOf(int node) => rows[node];

    /// <summary>The values of a field over the nodes of a type; null where no node has any.</summary>
    public Column? ColumnOf(NodeType type, Field field) => columns[type.Ordinal].Values[field.Ordinal];

    /// <summary>The history of a <c>@series</c> field over the nodes of a type; null where no node has any.</summary>
    public SeriesColumn? SeriesOf(NodeType type, Field field) => columns[type.Ordinal].Series[field.Ordinal];

    /// <summary>A field's value; null where the node's type has no such field or the node no value.</summary>
    public PropertyValue? Get(int node, string field)
    {
        var type = TypeOf(node);
        return type.FindField(field) is { } found ? ColumnOf(type, found)?.Get(rows[node]) : null;
    }

    /// <summary>A text or enumeration name, or null.</summary>
    public string? GetString(int node, string field) => Get(node, field)?.AsString();

    /// <summary>A decimal, or null.</summary>
    public decimal? GetDecimal(int node, string field) => Get(node, field)?.AsDecimal();

    /// <summary>A day, or null.</summary>
    public DateOnly? GetDate(int node, string field) => Get(node, field)?.AsDate();

    /// <summary>A truth value, or null.</summary>
    public bool? GetBoolean(int node, string field) => Get(node, field)?.AsBoolean();

    /// <summary>Days and values of a <c>@series</c> field up to the snapshot's as-of, ascending; empty where there are none.</summary>
    public SeriesView GetSeries(int node, string field)
    {
        var type = TypeOf(node);
        return type.FindField(field) is { } found && SeriesOf(type, found) is { } column
            ? new SeriesView(column.Days(rows[node]), column.Values(rows[node]))
            : default;
    }
}

/// <summary>A series of one node.</summary>
public readonly ref struct SeriesView
{
    internal SeriesView(ReadOnlySpan<int> days, ReadOnlySpan<decimal> values)
    {
        Days = days;
        Values = values;
    }

    /// <summary>Days from which each value holds, ascending, as days since 0001-01-01 (<see cref="DateOnly.DayNumber"/>).</summary>
    public ReadOnlySpan<int> Days { get; }

    /// <summary>The values.</summary>
    public ReadOnlySpan<decimal> Values { get; }

    /// <summary>The value that holds on a day; null before the first.</summary>
    public decimal? At(DateOnly day)
    {
        var found = Days.BinarySearch(day.DayNumber);
        var index = found >= 0 ? found : ~found - 1;
        return index < 0 ? null : Values[index];
    }
}
