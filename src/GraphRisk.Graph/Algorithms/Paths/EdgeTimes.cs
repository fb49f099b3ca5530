using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Paths;

/// <summary>
/// When the relationships of a type happened: their field <c>at</c>, else the first field of the type that is an instant, else the
/// first that is a day, which counts from its beginning in UTC. In milliseconds since 1970.
/// </summary>
public sealed class EdgeTimes
{
    private readonly ValueColumn<long>? instants;
    private readonly ValueColumn<int>? days;

    private EdgeTimes(RelationshipTable table, Field field)
    {
        instants = table.ColumnOf(field.Name) as ValueColumn<long>;
        days = table.ColumnOf(field.Name) as ValueColumn<int>;
    }

    /// <summary>The field that says when a relationship of a type happened; null where none does.</summary>
    public static Field? FieldOf(RelationshipType type) =>
        type.FindField("at") is { Kind: FieldKind.DateTime } at ? at
        : type.Fields.FirstOrDefault(field => field.Kind == FieldKind.DateTime) ?? type.Fields.FirstOrDefault(field => field.Kind == FieldKind.Date);

    /// <summary>The times of the relationships of a table; null where their type has none.</summary>
    public static EdgeTimes? Of(RelationshipTable table) => FieldOf(table.Type) is { } field ? new EdgeTimes(table, field) : null;

    /// <summary>When a relationship happened; null where that is not known.</summary>
    public long? At(int edge)
    {
        if (instants is not null) return instants[edge] is var instant && instant != instants.None ? instant : null;
        if (days is null || days[edge] is var day && day == days.None) return null;
        return new DateTimeOffset(DateOnly.FromDayNumber(days[edge]).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
    }
}
