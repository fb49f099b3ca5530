using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Scoring.Features.Reading;

/// <summary>One boolean field over the nodes of one type.</summary>
internal readonly struct TruthColumn
{
    private readonly ValueColumn<sbyte>? values;

    private TruthColumn(ValueColumn<sbyte>? values) => this.values = values;

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
