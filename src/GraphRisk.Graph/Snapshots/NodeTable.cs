using System.Collections.Frozen;
using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// The nodes of a snapshot, numbered from 0. A node that resolution joined from several party records appears once,
/// under the id of the record known first; the ids of its other records lead to it.
/// <para>
/// In a broker's or client's snapshot open facts name nodes first, then the viewer's own. Where its own join two nodes that
/// open facts alone keep apart, the joined node has the earlier number and the later one is left empty: it has no records, no
/// relationships, and is in no <see cref="OfType"/>.
/// </para>
/// </summary>
public sealed class NodeTable
{
    private readonly Section<byte> types;
    private readonly Section<int> rows;
    private readonly ImmutableArray<Section<int>> nodesOfType;
    private readonly ImmutableArray<NodeColumns> columns;
    private readonly MemberTable members;
    private readonly SchemaCatalog catalog;
    private readonly FrozenDictionary<int, int> joined;
    private readonly ImmutableArray<NodeList> lists;
    private readonly NodePatch? patch;

    internal NodeTable(
        SchemaCatalog catalog, Section<byte> types, Section<int> rows, ImmutableArray<Section<int>> nodesOfType,
        ImmutableArray<NodeColumns> columns, MemberTable members, IReadOnlyDictionary<int, int>? joined = null)
    {
        this.catalog = catalog;
        this.types = types;
        this.rows = rows;
        this.nodesOfType = nodesOfType;
        this.columns = columns;
        this.members = members;
        this.joined = joined?.ToFrozenDictionary() ?? FrozenDictionary<int, int>.Empty;
        lists = [.. nodesOfType.Select((nodes, type) => new NodeList(nodes, LeftOut(type), []))];
    }

    private NodeTable(NodeTable known, ImmutableArray<NodeColumns> columns, IReadOnlyDictionary<int, int> joined, NodePatch patch)
        : this(known.catalog, known.types, known.rows, known.nodesOfType, columns, known.members, joined)
    {
        this.patch = patch;
        lists = [.. nodesOfType.Select((nodes, type) => new NodeList(nodes, LeftOut(type), patch.NodesOfType[type]))];
    }

    /// <summary>The type of each node, as position in the catalog; of a patched table, of the shared nodes only.</summary>
    internal Section<byte> Types => types;

    /// <summary>The row of each node; of a patched table, of the shared nodes only.</summary>
    internal Section<int> Rows => rows;

    /// <summary>The nodes of each type; of a patched table, the shared ones.</summary>
    internal ImmutableArray<Section<int>> NodesOfType => nodesOfType;

    /// <summary>Whether every number has a node and all stand in sections, so that the table can be kept in a file.</summary>
    internal bool IsFlat => patch is null && joined.Count == 0;

    /// <summary>The columns of each type.</summary>
    internal ImmutableArray<NodeColumns> Columns => columns;

    /// <summary>The ids.</summary>
    internal MemberTable Members => members;

    /// <summary>A table without nodes.</summary>
    internal static NodeTable Empty(SchemaCatalog catalog) => new(
        catalog, Section<byte>.Empty, Section<int>.Empty, [.. catalog.NodeTypes.Select(_ => Section<int>.Empty)], [],
        MemberTable.Build(catalog, 0, new MemberSet(catalog), [], []));

    /// <summary>This table with a viewer's own nodes and values; sections are shared.</summary>
    /// <param name="patched">Columns of every type.</param>
    /// <param name="joinedNodes">Shared nodes that are joined to earlier ones, with those.</param>
    /// <param name="nodePatch">What else differs.</param>
    internal NodeTable With(ImmutableArray<NodeColumns> patched, IReadOnlyDictionary<int, int> joinedNodes, NodePatch nodePatch) =>
        new(this, patched, joinedNodes, nodePatch);

    /// <summary>Numbers given: every node has a number below, and a number without a node is one that was joined to another.</summary>
    public int Count => types.Length + (patch?.Types.Length ?? 0);

    /// <summary>Whether a number has a node of its own.</summary>
    public bool IsNode(int number) => number >= 0 && number < Count && !joined.ContainsKey(number);

    /// <summary>The type of a node.</summary>
    public NodeType TypeOf(int node) => catalog.NodeTypes[node < types.Length ? types[node] : patch!.Types[node - types.Length]];

    /// <summary>The id of a node: that of its record known first.</summary>
    public NodeId IdOf(int node)
    {
        if (joined.Count > 0) node = joined.GetValueOrDefault(node, node);
        return patch is not null && patch.Members.TryGetValue(node, out var records) ? records[0] : members.IdOf(node);
    }

    /// <summary>The ids of all records joined in a node, in the order in which they became known.</summary>
    public ImmutableArray<NodeId> MembersOf(int node)
    {
        if (joined.ContainsKey(node)) return [];
        return patch is not null && patch.Members.TryGetValue(node, out var records) ? records : members.MembersOf(node);
    }

    /// <summary>The node of an id, its own or that of a record joined in it; -1 where the snapshot has none.</summary>
    public int Find(NodeId id)
    {
        var node = members.Find(id);
        if (patch is null) return node;
        return node < 0 ? patch.Numbers.GetValueOrDefault(id, -1) : joined.GetValueOrDefault(node, node);
    }

    /// <summary>The nodes of a type, ascending.</summary>
    public NodeList OfType(string type) => lists[catalog.Node(type).Ordinal];

    /// <summary>Number of rows of a type's columns: its nodes, and the numbers of it that were left empty.</summary>
    public int RowCount(string type) => OfType(type).RowCount;

    /// <summary>The node in a row of a type, or a number that was left empty.</summary>
    public int NodeInRow(string type, int row) => OfType(type).InRow(row);

    /// <summary>Position of a node among those of its type, counting numbers that were left empty: the row of its columns.</summary>
    public int RowOf(int node) => node < rows.Length ? rows[node] : patch!.Rows[node - rows.Length];

    /// <summary>The values of a field over the nodes of a type; null where no node has any.</summary>
    public Column? ColumnOf(NodeType type, Field field) => columns[type.Ordinal].Values[field.Ordinal];

    /// <summary>The history of a <c>@series</c> field over the nodes of a type; null where no node has any.</summary>
    public SeriesColumn? SeriesOf(NodeType type, Field field) => columns[type.Ordinal].Series[field.Ordinal];

    /// <summary>A field's value; null where the node's type has no such field or the node no value.</summary>
    public PropertyValue? Get(int node, string field)
    {
        var type = TypeOf(node);
        return type.FindField(field) is { } found ? ColumnOf(type, found)?.Get(RowOf(node)) : null;
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
            ? new SeriesView(column.Days(RowOf(node)), column.Values(RowOf(node)))
            : default;
    }

    /// <summary>Places, among the nodes of a type, of those that were left empty.</summary>
    private int[] LeftOut(int type) => [.. joined.Keys.Where(node => types[node] == type).Select(node => rows[node]).Order()];
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
