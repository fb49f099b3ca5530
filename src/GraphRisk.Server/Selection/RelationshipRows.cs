using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Selection;

/// <summary>Relationships as rows of their own: their types, and which of them a viewer meets.</summary>
internal static class RelationshipRows
{
    /// <summary>Name of the type of such a row.</summary>
    public static string TypeOf(RelationshipType type) => $"{type.Name}Relationship";

    /// <summary>Name of the field that lists them: <c>holdsRelationships</c>.</summary>
    public static string RootOf(RelationshipType type) => $"{char.ToLowerInvariant(type.Name[0])}{type.Name[1..]}Relationships";

    /// <summary>The type of a row; its source is the <see cref="Edge"/>.</summary>
    public static ObjectGraphType Row(RelationshipType type, SchemaParts parts) => Fields.Object(
        TypeOf(type), $"{type.Description} Level {(int)type.Level}.",
        [
            Fields.Of<Edge>("from", type.From, FieldAccess.Reads(type.Level), $"Where it starts. Level {(int)type.Level}.", edge => ((RelationshipHandle)edge.Item).From),
            Fields.Of<Edge>("to", type.To, FieldAccess.Reads(type.Level), $"Where it ends. Level {(int)type.Level}.", edge => ((RelationshipHandle)edge.Item).To),
            .. ElementFields.OfRelationship(type),
            .. parts.EdgeExtensions.Select(field => field()),
        ]);

    /// <summary>The filter and the order of such rows.</summary>
    public static IEnumerable<IGraphType> Inputs(RelationshipType type, bool hasFields)
    {
        var name = TypeOf(type);
        var where = WhereTypes.WhereOf(name);
        yield return Fields.Input(where, $"Conditions on {type.GraphName} and both its ends; all that are given have to hold.",
        [
            Fields.Declared("from", WhereTypes.WhereOf(type.From), $"Conditions on the {type.From} where it starts."),
            Fields.Declared("to", WhereTypes.WhereOf(type.To), $"Conditions on the {type.To} where it ends."),
            .. hasFields ? [Fields.Declared("edge", WhereTypes.WhereOf(type.Name), "Conditions on the relationship itself.")] : Array.Empty<FieldType>(),
            .. WhereTypes.Logic(where),
        ]);
        yield return Fields.Input(WhereTypes.OrderOf(name), "One field of an end or of the relationship, and which way; further ones in objects after it.",
        [
            Fields.Declared("from", WhereTypes.OrderOf(type.From), $"A field of the {type.From} where it starts."),
            Fields.Declared("to", WhereTypes.OrderOf(type.To), $"A field of the {type.To} where it ends."),
            .. hasFields ? [Fields.Declared("edge", WhereTypes.OrderOf(type.Name), "A field of the relationship.")] : Array.Empty<FieldType>(),
        ]);
    }

    /// <summary>The scope in which they are looked at.</summary>
    public static async ValueTask<SelectionScope> ScopeAsync(GraphSession session, GraphView view, IResolveFieldContext context)
    {
        var scope = await SelectionScope.OfAsync(session, view, context);
        return scope with { Sight = scope.Sight.FromEitherEnd() };
    }

    /// <summary>Reads which of them the viewer may know of and a filter selects.</summary>
    /// <exception cref="Http.TypedError">The viewer may know of none, or not ask by what it asks by.</exception>
    public static async ValueTask<MetRelationships> MetAsync(SelectableTypes types, SelectionScope scope, RelationshipType type, object? where)
    {
        var reader = new WhereReader(types, scope);
        var condition = await reader.RelationshipAsync(type, where);
        var open = scope.Sight.Opening(type.Name, type.Level, isOfRelationship: true);
        var (from, to) = (EndOf(types[type.From], scope), EndOf(types[type.To], scope));
        return new MetRelationships(
            scope, scope.View.Snapshot.Relationships[type.Ordinal], condition, reader.Leaves,
            open is null && from is null && to is null ? null : row => open?.Invoke(row) != false && from?.Invoke(row.Near) != false && to?.Invoke(row.Node) != false);
    }

    /// <summary>Of which nodes at an end the viewer may know; null where of all.</summary>
    private static Func<int, bool>? EndOf(SelectableType end, SelectionScope scope)
    {
        var openings = end.Types.ToDictionary(type => type.Ordinal, type => scope.Sight.Opens(type.Level) ? scope.Sight.Opening($"{type.Name}.id", type.Level) : static _ => false);
        if (openings.Values.All(opening => opening is null)) return null;
        return node => openings.TryGetValue(scope.View.Snapshot.Nodes.TypeOf(node).Ordinal, out var opening) && opening?.Invoke(new Row(node)) != false;
    }
}

/// <summary>Relationships of a type as one viewer meets them and a filter selects them.</summary>
/// <param name="Scope">Where and for whom.</param>
/// <param name="Table">All relationships of the type.</param>
/// <param name="Condition">The filter; null for none.</param>
/// <param name="Leaves">What looking at one costs, in steps.</param>
/// <param name="IsOpen">Of which the viewer may know that they are there; null where of all.</param>
internal sealed record MetRelationships(SelectionScope Scope, RelationshipTable Table, Condition? Condition, int Leaves, Func<Row, bool>? IsOpen)
{
    /// <summary>Those the filter selects, from where they start.</summary>
    public Row[] Find() => NodeSelection.FindRelationships(Table, Condition, Leaves, Scope.Meter) is var found && IsOpen is { } open ? Array.FindAll(found, row => open(row)) : found;

    /// <summary>Those between two nodes, whatever the filter selects.</summary>
    public List<Row> Between(int from, int to)
    {
        var rows = new List<Row>();
        for (var (place, end) = (Table.Out.FirstOf(from, to), Table.Out.Range(from).End); place < end && Table.Out.Target(place) == to; place++)
            if (new Row(to, place, from) is var row && IsOpen?.Invoke(row) != false) rows.Add(row);
        return rows;
    }

    /// <summary>Whether the filter selects one.</summary>
    public bool Selects(in Row row) => Condition is null || Condition.Of(row) == Truth.True;

    /// <summary>A row as it is read.</summary>
    public RelationshipHandle HandleOf(Row row)
    {
        var (from, to) = (new NodeHandle(Scope.View, row.Near), new NodeHandle(Scope.View, row.Node));
        return Scope.Sight.IsMetFromEnd(row) ? new RelationshipHandle(to, Table, row.Edge, from) { IsMetFromEnd = true } : new RelationshipHandle(from, Table, row.Edge, to);
    }
}
