using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Market.Columns;

/// <summary>
/// One decimal field over the nodes of one type or the edges of one table, without boxing: looked up by name once, then by
/// row. <see cref="Exact"/> is for money and thresholds; the indexer gives doubles for statistics, where the loss of the last
/// decimal digits does not matter.
/// </summary>
public readonly struct NumberColumn
{
    private readonly ValueColumn<decimal>? values;
    private readonly SeriesColumn? series;

    private NumberColumn(ValueColumn<decimal>? values, SeriesColumn? series)
    {
        this.values = values;
        this.series = series;
    }

    /// <summary>A field of a node type.</summary>
    /// <exception cref="KeyNotFoundException">The schema has no such type or field.</exception>
    public static NumberColumn Of(Snapshot snapshot, string type, string field)
    {
        var nodeType = snapshot.Catalog.Node(type);
        return Of(snapshot, nodeType, nodeType.GetField(field));
    }

    /// <summary>A field of a relationship.</summary>
    /// <exception cref="KeyNotFoundException">The schema has no such field.</exception>
    public static NumberColumn Of(RelationshipTable table, string field) =>
        new((ValueColumn<decimal>?)table.ColumnOf(field), null);

    private static NumberColumn Of(Snapshot snapshot, NodeType type, Field field) => new(
        (ValueColumn<decimal>?)snapshot.Nodes.ColumnOf(type, field),
        field.Series ? snapshot.Nodes.SeriesOf(type, field) : null);

    /// <summary>The value of a row; NaN where there is none.</summary>
    public double this[int row] => Exact(row) is { } value ? (double)value : double.NaN;

    /// <summary>The value of a row as stated; null where there is none.</summary>
    public decimal? Exact(int row) => values is null || values[row] is var value && value == values.None ? null : value;

    /// <summary>Days (<see cref="DateOnly.DayNumber"/>) from which the values of <see cref="History"/> hold, ascending.</summary>
    public ReadOnlySpan<int> Days(int row) => series is null ? [] : series.Days(row);

    /// <summary>The values of a series field up to the snapshot's as-of; empty where there are none.</summary>
    public ReadOnlySpan<decimal> History(int row) => series is null ? [] : series.Values(row);

    /// <summary>The value that held on a day; NaN before the first.</summary>
    public double At(int row, int day) => ExactAt(row, day) is { } value ? (double)value : double.NaN;

    /// <summary>The same as stated; null before the first.</summary>
    public decimal? ExactAt(int row, int day)
    {
        var days = Days(row);
        var found = days.BinarySearch(day);
        var index = found >= 0 ? found : ~found - 1;
        return index < 0 ? null : History(row)[index];
    }
}
