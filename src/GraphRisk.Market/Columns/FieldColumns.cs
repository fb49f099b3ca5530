using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Market.Columns;

/// <summary>One date field over the nodes of one type or the edges of one table, read as <see cref="DateOnly.DayNumber"/>.</summary>
public readonly struct DayColumn
{
    /// <summary>Stands for "no day".</summary>
    public const int None = int.MinValue;

    private readonly ValueColumn<int>? values;

    private DayColumn(ValueColumn<int>? values) => this.values = values;

    /// <summary>A field of a node type.</summary>
    /// <exception cref="KeyNotFoundException">The schema has no such type or field.</exception>
    public static DayColumn Of(Snapshot snapshot, string type, string field)
    {
        var nodeType = snapshot.Catalog.Node(type);
        return new DayColumn((ValueColumn<int>?)snapshot.Nodes.ColumnOf(nodeType, nodeType.GetField(field)));
    }

    /// <summary>A field of a relationship.</summary>
    /// <exception cref="KeyNotFoundException">The schema has no such field.</exception>
    public static DayColumn Of(RelationshipTable table, string field) => new((ValueColumn<int>?)table.ColumnOf(field));

    /// <summary>The day of a row, or <see cref="None"/>.</summary>
    public int this[int row] => values is null || values[row] == values.None ? None : values[row];
}

/// <summary>One enumeration field over the nodes of one type.</summary>
public readonly struct NameColumn
{
    private readonly ValueColumn<byte>? values;
    private readonly ImmutableArray<string> names;

    private NameColumn(ValueColumn<byte>? values, ImmutableArray<string> names)
    {
        this.values = values;
        this.names = names;
    }

    /// <summary>A field of a node type.</summary>
    /// <exception cref="KeyNotFoundException">The schema has no such type or field.</exception>
    public static NameColumn Of(Snapshot snapshot, string type, string field)
    {
        var nodeType = snapshot.Catalog.Node(type);
        var found = nodeType.GetField(field);
        return new NameColumn((ValueColumn<byte>?)snapshot.Nodes.ColumnOf(nodeType, found), [.. found.Enum!.Values]);
    }

    /// <summary>The name of a row, or null.</summary>
    public string? this[int row] =>
        values is null || values[row] == values.None ? null : names[values[row]];
}

/// <summary>One boolean field over the nodes of one type.</summary>
public readonly struct TruthColumn
{
    private readonly ValueColumn<sbyte>? values;

    private TruthColumn(ValueColumn<sbyte>? values) => this.values = values;

    /// <summary>A field of a node type.</summary>
    /// <exception cref="KeyNotFoundException">The schema has no such type or field.</exception>
    public static TruthColumn Of(Snapshot snapshot, string type, string field)
    {
        var nodeType = snapshot.Catalog.Node(type);
        return new TruthColumn((ValueColumn<sbyte>?)snapshot.Nodes.ColumnOf(nodeType, nodeType.GetField(field)));
    }

    /// <summary>The value of a row, or null.</summary>
    public bool? this[int row] =>
        values is null || values[row] == values.None ? null : values[row] == 1;
}
