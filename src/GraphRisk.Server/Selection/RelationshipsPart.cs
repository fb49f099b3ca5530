using GraphQL;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Selection;

/// <summary>
/// For every relationship of the schema its relationships as rows (<c>holdsRelationships</c>), each with where it starts and ends: the edge
/// list that programs for graphs read. One whose ends the viewer may not know of is not there, and a relationship is met from whichever end
/// opens more of it, as it would be read from there. Beside the list stand figures over it (<c>holdsRelationshipsAggregate</c>).
/// </summary>
internal sealed class RelationshipsPart(GraphSession session, SelectableTypes types, RowPager pager) : ISchemaPart
{
    private const int KeptSelections = 4;

    public void AddTo(SchemaParts parts)
    {
        foreach (var type in types.Relationships)
        {
            var name = RelationshipRows.TypeOf(type);
            parts.Types.Add(RelationshipRows.Row(type, parts));
            parts.Types.AddRange(RelationshipRows.Inputs(type, !types.FieldsOf(type).IsEmpty));
            parts.Types.AddRange(Connections.Of(name, $"Relationships {type.GraphName}", name, (item, _) => new Edge(static () => "", item)));
            parts.Query.AddField(Fields.Resolved(
                RelationshipRows.RootOf(type), $"{name}Connection", FieldAccess.Structure,
                $"{type.Description.TrimEnd('.')}: all {type.GraphName} that you may know of, or those that fulfil a condition, as rows with both ends.",
                context => ListAsync(type, context),
                BitemporalArguments.And([
                    TypeExpression.Argument("where", WhereTypes.WhereOf(name), "Which of them; all where not given."),
                    TypeExpression.Argument("orderBy", $"[{WhereTypes.OrderOf(name)}!]", "By which fields of an end or of the relationship, the one that counts most first."),
                    .. PageRequest.Arguments,
                ])));
            parts.Query.AddField(Fields.Resolved(
                $"{RelationshipRows.RootOf(type)}Aggregate", AggregateTypes.NameOf(name), FieldAccess.Structure,
                $"{type.Description.TrimEnd('.')}: figures over all {type.GraphName} that you may know of, or those that fulfil a condition: counts, sums, means, percentiles, groups.",
                context => FiguresAsync(type, context),
                BitemporalArguments.And(TypeExpression.Argument("where", WhereTypes.WhereOf(name), "Over which of them; all where not given."))));
        }
    }

    private async ValueTask<object?> ListAsync(RelationshipType type, IResolveFieldContext context)
    {
        var scope = await RelationshipRows.ScopeAsync(session, await session.ViewAsync(context), context);
        var reader = new WhereReader(types, scope);
        var request = PageRequest.Of(context);
        var met = await RelationshipRows.MetAsync(types, scope, type, context.Given("where"));
        var order = await reader.RelationshipOrderAsync(type, context.Given("orderBy"));
        return request.After is null && request.Before is null
            ? pager.Cut(request, scope, met.Find(), order, met.HandleOf, met.Table)
            : pager.CutSorted(
                request, scope, Recent(scope.View).Of(SelectionPart.KeyOf(type.Name, context, scope), () => SelectionPart.Sorted(met.Find(), order, scope)), order, met.HandleOf, met.Table);
    }

    private async ValueTask<object?> FiguresAsync(RelationshipType type, IResolveFieldContext context)
    {
        var scope = await RelationshipRows.ScopeAsync(session, await session.ViewAsync(context), context);
        return new Figured(scope, (await RelationshipRows.MetAsync(types, scope, type, context.Given("where"))).Find());
    }

    /// <summary>The selections of a view whose pages are being turned.</summary>
    private static RecentValues<Row[]> Recent(GraphView view) => view.Derive(typeof(RelationshipsPart), static _ => new RecentValues<Row[]>(KeptSelections));
}
