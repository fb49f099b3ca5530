using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Selection;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Selection;

/// <summary>
/// For every node type and interface of the schema a list that is filtered, ordered and cut into pages (<c>companies</c>), and figures over
/// what a filter selects (<c>companiesAggregate</c>).
/// </summary>
internal sealed class SelectionPart(GraphSession session, SelectableTypes types, DerivedFields derived, RowPager pager, Pager groupPager) : ISchemaPart
{
    private const int KeptSelections = 8;

    public void AddTo(SchemaParts parts)
    {
        parts.Types.AddRange(WhereTypes.All(types, derived));
        parts.Types.AddRange(new AggregateTypes(types, derived, new GroupTypes(types, groupPager), new RelationshipGroups(groupPager)).All());
        foreach (var type in types.All)
        {
            parts.Types.AddRange(Connections.Of(type.Name, $"{type.Name} nodes", type.Name, (item, _) => item));
            var plural = parts.Query.GetField(type.Plural) is null ? type.Plural : AllOf(type);
            parts.Query.AddField(Fields.Resolved(
                plural, $"{type.Name}Connection", FieldAccess.Structure,
                $"All {type.Name} nodes that you may know of, or those that fulfil a condition, in the order in which they became known or that you ask for."
                    + (plural == type.Plural ? "" : $" '{type.Plural}' is a question of its own."),
                context => ListAsync(type, context),
                BitemporalArguments.And([Where(type), TypeExpression.Argument("orderBy", $"[{WhereTypes.OrderOf(type.Name)}!]", "By which fields, the one that counts most first."), .. PageRequest.Arguments])));
            parts.Query.AddField(Fields.Resolved(
                $"{plural}Aggregate", AggregateTypes.NameOf(type.Name), FieldAccess.Structure,
                $"Figures over all {type.Name} nodes that you may know of, or those that fulfil a condition: counts, sums, means, percentiles, groups.",
                context => FiguresAsync(type, context),
                BitemporalArguments.And(Where(type))));
        }

        foreach (var field in DerivedFields.Fields)
            parts.Extend(field.Owner, () => Fields.Of<NodeHandle>(
                field.Field.Name, ElementFields.TypeOf(field.Field), field.Access, ElementFields.Describe(field.Field),
                handle => field.Read(handle.View, handle.Number)?.AsObject()));
    }

    /// <summary>Name of the list of a type that has one: <c>companies</c>, or <c>allAuthorisations</c> where the plural is another question.</summary>
    public static string ListOf(SchemaParts parts, SelectableType type) => parts.Query.GetField(AllOf(type)) is null ? type.Plural : AllOf(type);

    private static string AllOf(SelectableType type) => $"all{char.ToUpperInvariant(type.Plural[0])}{type.Plural[1..]}";

    private static QueryArgument Where(SelectableType type) =>
        TypeExpression.Argument("where", WhereTypes.WhereOf(type.Name), "Which of them; all where not given.");

    private async ValueTask<object?> ListAsync(SelectableType type, IResolveFieldContext context)
    {
        var scope = await SelectionScope.OfAsync(session, await session.ViewAsync(context), context);
        var reader = new WhereReader(types, scope);
        var (request, view) = (PageRequest.Of(context), scope.View);
        var condition = await reader.NodeAsync(type, context.Given("where"));
        var order = await reader.NodeOrderAsync(type, context.Given("orderBy"));
        Row[] Selected() => Find(reader, scope, type, condition);

        // Of all that there is, all of it open, a page is known without a look at the rest; who turns the page looks at every row once, not once a page.
        if (request is { After: null, Before: null } && condition is null && order.Keys.IsEmpty && type.Types is [var only]
            && scope.Sight.Opening($"{only.Name}.id", only.Level) is null)
            return pager.CutAll(request, scope, only.Name, reader.Leaves, row => new NodeHandle(view, row.Node));
        return request.After is null && request.Before is null
            ? pager.Cut(request, scope, Selected(), order, row => new NodeHandle(view, row.Node))
            : pager.CutSorted(request, scope, Recent(view).Of(KeyOf(type.Name, context, scope), () => Sorted(Selected(), order, scope)), order, row => new NodeHandle(view, row.Node));
    }

    /// <summary>Rows in an order.</summary>
    public static Row[] Sorted(Row[] rows, RowOrder order, SelectionScope scope)
    {
        if (order.Keys.IsEmpty) return rows;
        scope.Meter.Charge(Graph.Algorithms.WorkUnit.Steps, 20L * rows.Length * order.Keys.Length);
        Array.Sort(rows, order);
        return rows;
    }

    /// <summary>The selections of a view whose pages are being turned.</summary>
    private static RecentValues<Row[]> Recent(GraphView view) => view.Derive(typeof(SelectionPart), static _ => new RecentValues<Row[]>(KeptSelections));

    /// <summary>What a selection depends on beside the graph: who looks, what that viewer may read now, and what is asked.</summary>
    public static object KeyOf(string type, IResolveFieldContext context, SelectionScope scope) => (
        context.Viewer(), scope.Sight.KnownNow, type,
        JsonSerializer.Serialize(context.Given("where")), JsonSerializer.Serialize(context.Given("orderBy")));

    private async ValueTask<object?> FiguresAsync(SelectableType type, IResolveFieldContext context)
    {
        var scope = await SelectionScope.OfAsync(session, await session.ViewAsync(context), context);
        var reader = new WhereReader(types, scope);
        return new Figured(scope, Find(reader, scope, type, await reader.NodeAsync(type, context.Given("where"))));
    }

    /// <summary>The nodes a filter selects, of those the viewer may know to be there.</summary>
    internal static Row[] Find(WhereReader reader, SelectionScope scope, SelectableType type, Condition? condition)
    {
        var found = new List<Row>();
        foreach (var one in type.Types)
        {
            var open = scope.Sight.Opening($"{one.Name}.id", one.Level);
            foreach (var row in NodeSelection.Find(scope.View.Snapshot.Nodes, [one.Name], condition, reader.Leaves, scope.Meter))
                if (open is null || open(row)) found.Add(row);
        }

        if (type.Types.Length > 1) found.Sort(static (left, right) => left.Node.CompareTo(right.Node));
        return [.. found];
    }
}

internal static class SelectionArguments
{
    /// <summary>What was given for an argument; null where nothing was.</summary>
    public static object? Given(this IResolveFieldContext context, string name) =>
        context.Arguments is { } all && all.TryGetValue(name, out var value) ? value.Value : null;
}
