using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Scoring.Features.Reading;

/// <summary>One date field over the nodes of one type, read as <see cref="DateOnly.DayNumber"/>.</summary>
internal readonly struct DayColumn
{
    /// <summary>Stands for "no day".</summary>
    public const int None = int.MinValue;

    private readonly ValueColumn<int>? values;

    private DayColumn(ValueColumn<int>? values) => this.values = values;

    /// <exception cref="KeyNotFoundException">The schema has no such type or field.</exception>
    public static DayColumn Of(Snapshot snapshot, string type, string field)
    {
        var nodeType = snapshot.Catalog.Node(type);
        return new DayColumn((ValueColumn<int>?)snapshot.Nodes.ColumnOf(nodeType, nodeType.GetField(field)));
    }

    public static DayColumn Of(RelationshipTable table, string field) => new((ValueColumn<int>?)table.ColumnOf(field));

    /// <summary>The day of a row, or <see cref="None"/>.</summary>
    public int this[int row] => values is null || values[row] == values.None ? None : values[row];
}
