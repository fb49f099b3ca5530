using GraphQL;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Selection;

/// <summary>A relationship on two days.</summary>
/// <param name="Kind">How it differs.</param>
/// <param name="Before">On the first day; null where it was not there.</param>
/// <param name="After">On the second; null where it is not there.</param>
/// <param name="Fields">Names of the fields that differ, as far as the viewer reads them.</param>
/// <param name="Parallel">Its place among those that differ between the same two nodes.</param>
internal sealed record RelationshipChange(ChangeKind Kind, RelationshipHandle? Before, RelationshipHandle? After, IReadOnlyList<string> Fields, int Parallel)
{
    public RelationshipHandle Row => (After ?? Before)!;

    /// <summary>What no other change has.</summary>
    public string Text => $"{Row.From.Id}\n{Row.To.Id}\n{Parallel}";
}

/// <summary>
/// For every relationship of the schema which came, went and changed from a day up to the day of the question: <c>holdsRelationshipsChanged</c>.
/// Relationships have no name of their own: between two nodes those of equal values on both days are the same; of the others the first of one day is
/// held to have become the first of the other, and what is left over came or went.
/// </summary>
internal sealed class RelationshipChangesPart(GraphSession session, SelectableTypes types, Pager pager) : ISchemaPart
{
    public void AddTo(SchemaParts parts)
    {
        foreach (var type in types.Relationships)
        {
            var name = RelationshipRows.TypeOf(type);
            parts.Types.AddRange(Connections.Of($"{name}Change", $"Relationships {type.GraphName} that differ between two days", name, (item, _) => new Edge(static () => "", ((RelationshipChange)item).Row),
                Fields.Of<Edge>("kind", "ChangeKind!", FieldAccess.Structure, "How it differs.", edge => ((RelationshipChange)edge.Item).Kind),
                Fields.Of<Edge>("before", name, FieldAccess.Structure, "The relationship on the first day.", edge => Shown(((RelationshipChange)edge.Item).Before)),
                Fields.Of<Edge>("after", name, FieldAccess.Structure, "The relationship on the second day.", edge => Shown(((RelationshipChange)edge.Item).After)),
                Fields.Of<Edge>("fields", "[String!]!", FieldAccess.Structure, "Names of the fields that differ, of those you may read; empty of what came or went.", edge => ((RelationshipChange)edge.Item).Fields)));
            parts.Query.AddField(Fields.Resolved(
                $"{RelationshipRows.RootOf(type)}Changed", $"{name}ChangeConnection", FieldAccess.Structure,
                $"{type.Description.TrimEnd('.')}: which {type.GraphName} came, went or changed from a day up to asOf, known alike on both days.",
                context => ResolveAsync(type, context),
                BitemporalArguments.And([
                    TwoDays.From,
                    TypeExpression.Argument("where", WhereTypes.WhereOf(name), "Of which of them, as they are on the second day, or on the first where they are there no more."),
                    .. PageRequest.Arguments,
                ])));
        }
    }

    private static Edge? Shown(RelationshipHandle? handle) => handle is null ? null : new Edge(static () => "", handle);

    private async ValueTask<object?> ResolveAsync(RelationshipType type, IResolveFieldContext context)
    {
        var (before, after) = await TwoDays.ScopesAsync(session, context);
        (before, after) = (before with { Sight = before.Sight.FromEitherEnd() }, after with { Sight = after.Sight.FromEitherEnd() });
        var (was, now) = (await RelationshipRows.MetAsync(types, before, type, context.Given("where")), await RelationshipRows.MetAsync(types, after, type, context.Given("where")));
        var fields = await TwoDays.ReadAsync(types.FieldsOf(type), before, after);
        return pager.Cut(PageRequest.Of(context), after.View.Stamp, Compare(was, now, fields), change => change.Text);
    }

    private static List<RelationshipChange> Compare(MetRelationships was, MetRelationships now, List<(string Name, Values Before, Values After)> fields)
    {
        var changes = new List<RelationshipChange>();
        foreach (var (from, to) in PairsOf(now, 4 * (1 + fields.Count)))
        {
            var (start, end) = (Counterpart(now, was, from), Counterpart(now, was, to));
            var old = start < 0 || end < 0 ? [] : was.Between(start, end);
            Match(was, now, fields, old, now.Between(from, to), changes);
        }

        foreach (var (from, to) in PairsOf(was, 4))
            if (!(Counterpart(was, now, from) is >= 0 and var start && Counterpart(was, now, to) is >= 0 and var end && now.Table.Out.FirstOf(start, end) is var place
                && place < now.Table.Out.Range(start).End && now.Table.Out.Target(place) == end))
                Match(was, now, fields, was.Between(from, to), [], changes);
        return changes;
    }

    /// <summary>Adds how the relationships between two nodes differ.</summary>
    public static void Match(
        MetRelationships was, MetRelationships now, List<(string Name, Values Before, Values After)> fields, List<Row> old, List<Row> current, List<RelationshipChange> changes)
    {
        // Each is held against each: two accounts may have thousands of transfers between them.
        now.Scope.Meter.Charge(WorkUnit.Steps, (long)old.Count * current.Count * (1 + fields.Count));
        foreach (var row in current.ToArray())
            if (old.FindIndex(one => TwoDays.Differing(fields, one, row).Count == 0) is >= 0 and var same)
            {
                old.RemoveAt(same);
                current.Remove(row);
            }

        for (var i = 0; i < Math.Max(old.Count, current.Count); i++)
        {
            RelationshipHandle? Before() => i < old.Count ? was.HandleOf(old[i]) : null;
            if (i >= current.Count)
            {
                if (was.Selects(old[i])) changes.Add(new RelationshipChange(ChangeKind.Went, Before(), null, [], i));
            }
            else if (now.Selects(current[i]))
                changes.Add(new RelationshipChange(
                    i < old.Count ? ChangeKind.Changed : ChangeKind.Came, Before(), now.HandleOf(current[i]), i < old.Count ? TwoDays.Differing(fields, old[i], current[i]) : [], i));
        }
    }

    /// <summary>The pairs of nodes that relationships lead from and to, each once.</summary>
    private static IEnumerable<(int From, int To)> PairsOf(MetRelationships all, int steps)
    {
        var rows = all.Table.Out;
        for (var node = 0; node < rows.NodeCount; node++)
        {
            var (start, end) = rows.Range(node);
            if (end > start) all.Scope.Meter.Charge(WorkUnit.Steps, (long)(end - start) * steps);
            for (var place = start; place < end; place++)
                if (place == start || rows.Target(place) != rows.Target(place - 1)) yield return (node, rows.Target(place));
        }
    }

    /// <summary>The same node on the other day; -1 where it is not there.</summary>
    private static int Counterpart(MetRelationships here, MetRelationships there, int node) => there.Scope.View.Snapshot.Nodes.Find(here.Scope.View.Snapshot.Nodes.IdOf(node));
}
