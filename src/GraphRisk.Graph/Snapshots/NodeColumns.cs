using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>The columns of one node type.</summary>
/// <param name="Values">For each field its values; null where no node has any.</param>
/// <param name="Series">For each field its history; null where the field keeps none or no node has any.</param>
internal sealed record NodeColumns(ImmutableArray<Column?> Values, ImmutableArray<SeriesColumn?> Series);

/// <summary>Gathers the properties of the nodes of one type.</summary>
internal sealed class NodeColumnsBuilder
{
    private readonly NodeType type;
    private readonly ColumnBuilder?[] columns;
    private readonly SeriesBuilder?[] series;
    private readonly HashSet<string> periods;

    public NodeColumnsBuilder(NodeType type)
    {
        this.type = type;
        columns = new ColumnBuilder?[type.Fields.Length];
        series = new SeriesBuilder?[type.Fields.Length];
        periods = [.. type.Fields.Select(field => field.Period).OfType<string>()];
    }

    /// <summary>Adds what a fact says of the node in a row.</summary>
    /// <param name="row">The node's row.</param>
    /// <param name="fact">The fact; it has begun.</param>
    /// <param name="holds">Whether it has not ended.</param>
    public void Add(int row, NodeFact fact, bool holds)
    {
        var priority = StatementRank.Of(fact);
        for (var i = 0; i < fact.Properties.Count; i++)
        {
            var (name, value) = fact.Properties[i];

            // A cluster's node has the type of its first record; a field only another record's type knows is left to that record.
            if (type.FindField(name) is not { } field || field.Kind != value.Kind) continue;
            var rank = field.Period is { } period ? StatementRank.OfPeriod(fact, period) : periods.Contains(name) ? StatementRank.OfPeriod(fact, name) : priority;
            if (field.Series)
                (series[field.Ordinal] ??= new SeriesBuilder(field)).Offer(row, StatementRank.DayOf(fact.Validity.From), value.AsDecimal(), rank);
            if (holds) (columns[field.Ordinal] ??= ColumnBuilder.For(field)).Offer(row, value, rank);
        }
    }

    /// <summary>The columns; the builder lets go of each as it is built.</summary>
    public NodeColumns Build(int rowCount) => new(
        BuildEach(columns, column => column.Build(rowCount)), BuildEach(series, history => history.Build(rowCount)));

    private static ImmutableArray<TColumn?> BuildEach<TBuilder, TColumn>(TBuilder?[] builders, Func<TBuilder, TColumn> build)
        where TBuilder : class
        where TColumn : class
    {
        var built = ImmutableArray.CreateBuilder<TColumn?>(builders.Length);
        for (var i = 0; i < builders.Length; i++)
        {
            built.Add(builders[i] is { } builder ? build(builder) : null);
            builders[i] = null;
        }

        return built.MoveToImmutable();
    }
}
