using System.Globalization;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Selection;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Nodes;

/// <summary>The fields that follow relationships from either end, as Relay connections ordered by when the far nodes became known.</summary>
internal sealed class RelationshipFields(Pager pager, GraphSession session, SelectableTypes types)
{
    /// <summary>The edge and connection types of a relationship, for both directions.</summary>
    public static IEnumerable<IGraphType> TypesOf(RelationshipType type, SchemaParts parts) =>
        from fromStart in (bool[])[true, false]
        from made in Connections.Of(
            ElementNames.TypeOf(type, fromStart),
            $"{Clause(type)} ({type.GraphName}), from {(fromStart ? type.From : type.To)} to {(fromStart ? type.To : type.From)}",
            fromStart ? type.To : type.From,
            (item, _) => ((RelationshipHandle)item).Far,
            [.. ElementFields.OfRelationship(type), .. parts.EdgeExtensions.Select(field => field())])
        select made;

    /// <summary>The field that follows a relationship from one end.</summary>
    public FieldType Of(RelationshipType type, bool fromStart) => Fields.Resolved(
        ElementNames.FieldOf(type, fromStart),
        $"{ElementNames.TypeOf(type, fromStart)}Connection",
        FieldAccess.Reads(type.Level),
        $"{Clause(type)}: the {(fromStart ? type.To : type.From)} at the other end. Level {(int)type.Level}.",
        async context => context.Given("where") is null && context.Given("orderBy") is null
            ? Follow((NodeHandle)context.Source!, type, fromStart, context)
            : await SelectAsync((NodeHandle)context.Source!, RelationOf(type, fromStart), context),
        [
            TypeExpression.Argument("where", WhereTypes.WhereOf(ElementNames.TypeOf(type, fromStart)), "Which of them; all where not given."),
            TypeExpression.Argument("orderBy", $"[{WhereTypes.OrderOf(ElementNames.TypeOf(type, fromStart))}!]", "By which fields of node or edge, the one that counts most first."),
            .. PageRequest.Arguments,
        ]);

    /// <summary>The field with figures over a relationship from one end.</summary>
    public FieldType FiguresOf(RelationshipType type, bool fromStart) => Fields.Resolved(
        $"{ElementNames.FieldOf(type, fromStart)}Aggregate",
        AggregateTypes.NameOf(ElementNames.TypeOf(type, fromStart)),
        FieldAccess.Reads(type.Level),
        $"{Clause(type)}: counts, sums and means over them and the {(fromStart ? type.To : type.From)} at the other end. Level {(int)type.Level}.",
        async context =>
        {
            var near = (NodeHandle)context.Source!;
            var scope = await SelectionScope.OfAsync(session, near.View, context);
            return new Figured(scope, await FindAsync(new WhereReader(types, scope), scope, near, RelationOf(type, fromStart), context));
        },
        TypeExpression.Argument("where", WhereTypes.WhereOf(ElementNames.TypeOf(type, fromStart)), "Over which of them; all where not given."));

    private static SelectableRelation RelationOf(RelationshipType type, bool fromStart) => new(ElementNames.FieldOf(type, fromStart), type, fromStart);

    private static async ValueTask<Row[]> FindAsync(
        WhereReader reader, SelectionScope scope, NodeHandle near, SelectableRelation relation, IResolveFieldContext context) =>
        NodeSelection.Follow(reader.Walk(relation), near.Number, await reader.EndAsync(relation, context.Given("where")), scope.Meter);

    private Page Follow(NodeHandle near, RelationshipType type, bool fromStart, IResolveFieldContext context)
    {
        var snapshot = near.View.Snapshot;
        var table = snapshot.Relationships[type.Ordinal];
        var rows = fromStart ? table.Out : table.In;
        var (start, end) = rows.Range(near.Number);
        return pager.Cut(
            PageRequest.Of(context), near.View.Stamp, end - start,
            at => At(near, table, rows, fromStart, start + at),
            key => Find(snapshot, rows, near.Number, key) is >= 0 and var place ? place - start : -1);
    }

    /// <summary>Those that fulfil a condition, in the order asked for.</summary>
    private async ValueTask<Page> SelectAsync(NodeHandle near, SelectableRelation relation, IResolveFieldContext context)
    {
        var scope = await SelectionScope.OfAsync(session, near.View, context);
        var reader = new WhereReader(types, scope);
        var table = near.View.Snapshot.Relationships[relation.Type.Ordinal];
        var rows = relation.FromStart ? table.Out : table.In;
        var found = await FindAsync(reader, scope, near, relation, context);
        Array.Sort(found, await reader.EndOrderAsync(relation, context.Given("orderBy")));
        var (start, end) = rows.Range(near.Number);
        var places = new Dictionary<int, int>();
        for (var place = start; place < end; place++) places[relation.FromStart ? place : table.InEdge(place)] = place;
        var keyed = found.Select(row => At(near, table, rows, relation.FromStart, places[row.Edge])).ToList();
        return pager.Cut(
            PageRequest.Of(context), near.View.Stamp, keyed.Count, at => keyed[at], key => keyed.FindIndex(one => one.Key == key));
    }

    private static (string Key, object Item) At(NodeHandle near, RelationshipTable table, Csr rows, bool fromStart, int place)
    {
        var far = rows.Target(place);
        var first = rows.FirstOf(near.Number, far);
        var key = string.Create(CultureInfo.InvariantCulture, $"{place - first} {near.View.Snapshot.Nodes.IdOf(far)}");
        return (key, new RelationshipHandle(near, table, fromStart ? place : table.InEdge(place), near.At(far)));
    }

    private static int Find(Snapshot snapshot, Csr rows, int near, string key)
    {
        var space = key.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !int.TryParse(key.AsSpan(0, space), CultureInfo.InvariantCulture, out var parallel)) return -1;
        if (!NodeId.TryParse(key[(space + 1)..], out var id) || snapshot.Nodes.Find(id) is not (>= 0 and var far)) return -1;
        var place = rows.FirstOf(near, far) + parallel;
        return place < rows.Range(near).End && rows.Target(place) == far ? place : -1;
    }

    private static string Clause(RelationshipType type) => type.Description.TrimEnd('.');
}
