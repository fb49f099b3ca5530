using GraphQL;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Selection;

/// <summary>How a node differs between two days.</summary>
internal enum NodeChangeKind
{
    Came,
    Went,
    Changed,
}

/// <summary>A node on two days.</summary>
/// <param name="Kind">How it differs.</param>
/// <param name="Before">On the first day; null where it was not there.</param>
/// <param name="After">On the second; null where it is not there.</param>
/// <param name="Fields">Names of the fields that differ, as far as the viewer reads them.</param>
internal sealed record NodeChange(NodeChangeKind Kind, NodeHandle? Before, NodeHandle? After, IReadOnlyList<string> Fields)
{
    public NodeHandle Node => (After ?? Before)!;
}

/// <summary>
/// For every node type what came, went and changed from a day up to the day of the question, with the node as it was and as it is:
/// <c>companiesChanged</c>. Both days are seen with the same knowledge, so a difference is one of the world and not of what was learnt since.
/// </summary>
internal sealed class ChangesPart(GraphSession session, SelectableTypes types, Pager pager) : ISchemaPart
{
    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum(
            "NodeChangeKind", "How a node differs between two days.",
            ("CAME", NodeChangeKind.Came, "It was not there."), ("WENT", NodeChangeKind.Went, "It is there no more."),
            ("CHANGED", NodeChangeKind.Changed, "Fields of it have other values.")));
        foreach (var type in types.All)
        {
            parts.Types.AddRange(Connections.Of($"{type.Name}Change", $"{type.Name} nodes that differ between two days", type.Name, (item, _) => ((NodeChange)item).Node,
                Fields.Of<Edge>("kind", "NodeChangeKind!", FieldAccess.Structure, "How it differs.", edge => ((NodeChange)edge.Item).Kind),
                Fields.Of<Edge>("before", type.Name, FieldAccess.Structure, "The node on the first day.", edge => ((NodeChange)edge.Item).Before),
                Fields.Of<Edge>("after", type.Name, FieldAccess.Structure, "The node on the second day.", edge => ((NodeChange)edge.Item).After),
                Fields.Of<Edge>("fields", "[String!]!", FieldAccess.Structure, "Names of the fields that differ, of those you may read.", edge => ((NodeChange)edge.Item).Fields)));
            parts.Query.AddField(Fields.Resolved(
                $"{type.Plural}Changed", $"{type.Name}ChangeConnection", FieldAccess.Structure,
                $"What {type.Name} nodes came, went or changed from a day up to asOf, known alike on both days.",
                context => ResolveAsync(type, context),
                BitemporalArguments.And([
                    TypeExpression.Argument("from", "Date!", "The first day; the second is asOf."),
                    TypeExpression.Argument("where", WhereTypes.WhereOf(type.Name), "Of which of them, as they are on the second day, or on the first where they are there no more."),
                    .. PageRequest.Arguments,
                ])));
        }
    }

    private async ValueTask<object?> ResolveAsync(SelectableType type, IResolveFieldContext context)
    {
        var after = await ScopeAsync(await session.ViewAsync(context), context);
        var from = Validity.CloseOf(context.GetArgument<DateOnly>("from"));
        if (from > after.View.Stamp.AsOf) throw Problem.BadInput("from", "must not be after 'asOf'.");
        RequestContext.Of(context).Budget.ChargeInstant(from, after.View.Stamp.KnownAt);
        var before = await ScopeAsync(await session.ViewAsync(after.View, from, context.CancellationToken), context);
        var condition = (Before: await ConditionAsync(before, type, context), After: await ConditionAsync(after, type, context));
        var changes = new List<NodeChange>();
        foreach (var one in type.Types)
        {
            var fields = await ReadableAsync(types[one.Name], before, after);
            Compare(one, before, after, condition, fields, changes);
        }

        return pager.Cut(PageRequest.Of(context), after.View.Stamp, changes, change => change.Node.Id.ToString());
    }

    private ValueTask<SelectionScope> ScopeAsync(GraphView view, IResolveFieldContext context) => SelectionScope.OfAsync(session, view, context);

    private ValueTask<Condition?> ConditionAsync(SelectionScope scope, SelectableType type, IResolveFieldContext context) =>
        new WhereReader(types, scope).NodeAsync(type, context.Given("where"));

    /// <summary>The fields the viewer reads on both days; of the others nothing is told, not that they differ either.</summary>
    private static async ValueTask<List<(string Name, Values Before, Values After)>> ReadableAsync(SelectableType type, SelectionScope before, SelectionScope after)
    {
        var readable = new List<(string, Values, Values)>();
        foreach (var field in type.Fields.Where(field => field.Owner == type.Name && type.Types[0].FindField(field.Name) is not null))
            if (before.Sight.Reads(field) && after.Sight.Reads(field)) readable.Add((field.Name, await before.ReadAsync(field), await after.ReadAsync(field)));
        return readable;
    }

    private static void Compare(
        NodeType type, SelectionScope before, SelectionScope after, (Condition? Before, Condition? After) condition,
        List<(string Name, Values Before, Values After)> fields, List<NodeChange> changes)
    {
        var (old, now) = (before.View.Snapshot.Nodes, after.View.Snapshot.Nodes);
        var open = (Before: before.Sight.Opening($"{type.Name}.id", type.Level), After: after.Sight.Opening($"{type.Name}.id", type.Level));
        foreach (var node in now.OfType(type.Name).ToArray())
        {
            after.Meter.Charge(WorkUnit.Steps, 2 + (4 * fields.Count));
            var row = new Row(node);
            if (open.After?.Invoke(row) == false || (condition.After is not null && condition.After.Of(row) != Truth.True)) continue;
            var there = old.Find(now.IdOf(node));
            if (there < 0) changes.Add(new NodeChange(NodeChangeKind.Came, null, new NodeHandle(after.View, node), []));
            else if (fields.Where(field => field.Before.Get(new Row(there)) != field.After.Get(row)).Select(field => field.Name).ToList() is { Count: > 0 } differ)
                changes.Add(new NodeChange(NodeChangeKind.Changed, new NodeHandle(before.View, there), new NodeHandle(after.View, node), differ));
        }

        foreach (var node in old.OfType(type.Name).ToArray())
        {
            before.Meter.Charge(WorkUnit.Steps, 2);
            var row = new Row(node);
            if (now.Find(old.IdOf(node)) >= 0 || open.Before?.Invoke(row) == false || (condition.Before is not null && condition.Before.Of(row) != Truth.True)) continue;
            changes.Add(new NodeChange(NodeChangeKind.Went, new NodeHandle(before.View, node), null, []));
        }
    }
}
