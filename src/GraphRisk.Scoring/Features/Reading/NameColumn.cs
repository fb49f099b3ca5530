using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Scoring.Features.Reading;

/// <summary>One enumeration field over the nodes of one type.</summary>
internal readonly struct NameColumn
{
    private readonly ValueColumn<byte>? values;
    private readonly ImmutableArray<string> names;

    private NameColumn(ValueColumn<byte>? values, ImmutableArray<string> names)
    {
        this.values = values;
        this.names = names;
    }

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
