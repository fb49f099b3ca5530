using System.Collections.Frozen;
using System.Collections.Immutable;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Selection;

/// <summary>A node on two days.</summary>
/// <param name="Kind">How it differs.</param>
/// <param name="Before">On the first day; null where it was not there.</param>
/// <param name="After">On the second; null where it is not there.</param>
/// <param name="Fields">Names of the fields that differ, as far as the viewer reads them.</param>
internal sealed record NodeChange(ChangeKind Kind, NodeHandle? Before, NodeHandle? After, IReadOnlyList<string> Fields)
{
    public NodeHandle Node => (After ?? Before)!;
}

/// <summary>
/// For every node type what came, went and changed from a day up to the day of the question, with the node as it was and as it is:
/// <c>companiesChanged</c>. Both days are seen with the same knowledge, so a difference is one of the world and not of what was learnt since.
/// </summary>
internal sealed class ChangesPart(GraphSession session, SelectableTypes types, Pager pager) : ISchemaPart
{
    private static readonly FrozenSet<Field> Cheap = DerivedFields.Fields.Select(derived => derived.Field).ToFrozenSet();

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(TwoDays.Kinds());
        foreach (var type in types.All)
        {
            parts.Types.Add(Fields.Enum(
                $"{type.Name}ChangeField", $"By what {type.Name} nodes are compared on two days.",
                type.NamedFields.Select(one => (one.Name, one.Name, ElementFields.Describe(one.Field.Field)))));
            parts.Types.AddRange(Connections.Of($"{type.Name}Change", $"{type.Name} nodes that differ between two days", type.Name, (item, _) => ((NodeChange)item).Node,
                Fields.Of<Edge>("kind", "ChangeKind!", FieldAccess.Structure, "How it differs.", edge => ((NodeChange)edge.Item).Kind),
                Fields.Of<Edge>("before", type.Name, FieldAccess.Structure, "The node on the first day.", edge => ((NodeChange)edge.Item).Before),
                Fields.Of<Edge>("after", type.Name, FieldAccess.Structure, "The node on the second day.", edge => ((NodeChange)edge.Item).After),
                Fields.Of<Edge>("fields", "[String!]!", FieldAccess.Structure, "Names of the fields that differ, of those that are compared and that you may read; empty of what came or went.", edge => ((NodeChange)edge.Item).Fields)));
            var cheap = type.Fields.Where(field => Cheap.Contains(field.Field)).Select(field => field.Name).ToList();
            var derived = cheap.Count > 0 ? $", with {string.Join(", ", cheap)}, which are derived" : "";
            parts.Query.AddField(Fields.Resolved(
                $"{SelectionPart.ListOf(parts, type)}Changed", $"{type.Name}ChangeConnection", FieldAccess.Structure,
                $"What {type.Name} nodes came, went or changed from a day up to asOf, known alike on both days. Their relationships are compared by '…RelationshipsChanged'.",
                context => ResolveAsync(type, context),
                BitemporalArguments.And([
                    TwoDays.From,
                    TypeExpression.Argument("where", WhereTypes.WhereOf(type.Name), "Of which of them, as they are on the second day, or on the first where they are there no more."),
                    TypeExpression.Argument("orderBy", $"[{WhereTypes.OrderOf(type.Name)}!]", "By which fields, as they are on the second day, or on the first where they are there no more."),
                    TypeExpression.Argument("compare", $"[{type.Name}ChangeField!]", $"By which fields they are compared; where not given by all that sources state{derived}. What costs more, such as scores, is compared where it is named."),
                    .. PageRequest.Arguments,
                ])));
        }
    }

    private async ValueTask<object?> ResolveAsync(SelectableType type, IResolveFieldContext context)
    {
        var (before, after) = await TwoDays.ScopesAsync(session, context);
        var (was, now) = (new WhereReader(types, before), new WhereReader(types, after));
        var condition = (Before: await was.NodeAsync(type, context.Given("where")), After: await now.NodeAsync(type, context.Given("where")));
        var order = (Before: await was.NodeOrderAsync(type, context.Given("orderBy")), After: await now.NodeOrderAsync(type, context.Given("orderBy")));
        var changes = new List<NodeChange>();
        foreach (var one in type.Types)
            Compare(one, before, after, condition, await ComparedAsync(types[one.Name], context.GetArgument<List<string>?>("compare"), before, after), changes);
        return pager.Cut(PageRequest.Of(context), after.View.Stamp, Sorted(changes, order.Before, order.After, after.Meter), change => change.Node.Id.ToString());
    }

    /// <summary>The fields that are compared: those named, which the viewer must read, or of the usual ones those it reads; of others nothing is told, not that they differ either.</summary>
    private static async ValueTask<List<(string Name, Values Before, Values After)>> ComparedAsync(
        SelectableType type, List<string>? named, SelectionScope before, SelectionScope after)
    {
        var compared = new List<(string, Values, Values)>();
        foreach (var (name, field) in type.NamedFields)
        {
            if (named is not null ? !named.Contains(name) : !IsUsual(field)) continue;
            if (named is not null || (before.Sight.Reads(field) && after.Sight.Reads(field)))
                compared.Add((type.Fields.Contains(field) ? name : $"{GroupOf(field).Name}.{field.Name}", await before.ReadAsync(field), await after.ReadAsync(field)));
        }

        return compared;

        bool IsUsual(SelectableField field) => type.Fields.Contains(field) && (type.Types[0].FindField(field.Name) is not null || Cheap.Contains(field.Field));
        SelectableGroup GroupOf(SelectableField field) => type.Groups.First(group => group.Fields.Contains(field));
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
            if (there < 0) changes.Add(new NodeChange(ChangeKind.Came, null, new NodeHandle(after.View, node), []));
            else if (TwoDays.Differing(fields, new Row(there), row) is { Count: > 0 } differ)
                changes.Add(new NodeChange(ChangeKind.Changed, new NodeHandle(before.View, there), new NodeHandle(after.View, node), differ));
        }

        foreach (var node in old.OfType(type.Name).ToArray())
        {
            before.Meter.Charge(WorkUnit.Steps, 2);
            var row = new Row(node);
            if (now.Find(old.IdOf(node)) >= 0 || open.Before?.Invoke(row) == false || (condition.Before is not null && condition.Before.Of(row) != Truth.True)) continue;
            changes.Add(new NodeChange(ChangeKind.Went, new NodeHandle(before.View, node), null, []));
        }
    }

    /// <summary>A stable sort by the values of the day on which a node is shown.</summary>
    private static List<NodeChange> Sorted(List<NodeChange> changes, RowOrder before, RowOrder after, WorkMeter meter)
    {
        if (after.Keys.IsEmpty) return changes;
        meter.Charge(WorkUnit.Steps, 20L * changes.Count * after.Keys.Length);
        var keyed = changes.ConvertAll(change => (Order: change.After is null ? before : after, Row: new Row(change.Node.Number), Change: change))
            .ConvertAll(one => (one.Order, one.Row, Keys: one.Order.KeysOf(one.Row), one.Change));
        return [.. keyed.Order(Comparer<(RowOrder Order, Row Row, ImmutableArray<PropertyValue?> Keys, NodeChange Change)>.Create(
            (left, right) => left.Order.CompareKeys(left.Row, right.Keys))).Select(one => one.Change)];
    }
}
