using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Scoring.Features;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Selection;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Score;

/// <summary>A record that inputs of a score lie on and that differs between two days.</summary>
/// <param name="Client">Whose score it is.</param>
/// <param name="Event">What kind of event that is.</param>
/// <param name="Type">Type of the node, or name of the relationship.</param>
/// <param name="Kind">Whether it came, went or changed.</param>
/// <param name="Before">The node on the first day; null of a relationship and of what came.</param>
/// <param name="After">The node on the second day; null of a relationship and of what went.</param>
/// <param name="Tie">The relationship; null of a node.</param>
/// <param name="Fields">Fields that differ, as far as the viewer reads them; empty of what came or went.</param>
/// <param name="About">The party it speaks of.</param>
/// <param name="IsOwn">Whether that is the client.</param>
internal sealed record MovedRecord(
    NodeHandle Client, ScoreEvent Event, string Type, ChangeKind Kind, NodeHandle? Before, NodeHandle? After, RelationshipHandle? Tie, IReadOnlyList<string> Fields, NodeHandle About, bool IsOwn)
    : Security.IAboutSubject
{
    public string? Subject => Client.Subject;

    /// <summary>Whether a feature rests on what changed.</summary>
    public bool Moves(Feature feature) => InputRecords.RestsOn(feature, Type, Kind == ChangeKind.Changed ? Fields : null, IsOwn);
}

/// <summary>The records that differ.</summary>
/// <param name="Records">Those of the client first, then by kind of event.</param>
/// <param name="IsComplete">False where the client has more ties than are looked at.</param>
internal sealed record Moved(ImmutableArray<MovedRecord> Records, bool IsComplete);

/// <summary>
/// Which records around a client differ between two days, as one viewer knows both: each day is the viewer's own snapshot, made of what it may know, and a field counts as
/// it reads it. So the list tells no more than looking at either day; what moved the score and is not open to the viewer is not in it.
/// </summary>
internal sealed class MovedRecords(SelectableTypes types)
{
    /// <param name="before">The first day.</param>
    /// <param name="was">Node of the client there.</param>
    /// <param name="after">The second day.</param>
    /// <param name="client">The client there.</param>
    public async Task<Moved> BetweenAsync(SelectionScope before, int was, SelectionScope after, NodeHandle client)
    {
        (before, after) = (before with { Sight = before.Sight.FromEitherEnd() }, after with { Sight = after.Sight.FromEitherEnd() });
        var (then, now) = (InputRecords.Around(before.View.Market(), was, before.Meter), InputRecords.Around(after.View.Market(), client.Number, after.Meter));
        var both = new Both(before, after, client);
        // A record of one day is looked up on the other; what only the first day has goes after what the second has.
        var met = now.Records.Select(record => (Record: record, IsNow: true)).Concat(then.Records.Where(record => !both.IsThere(record)).Select(record => (Record: record, IsNow: false))).ToList();
        var moved = new List<MovedRecord>();
        foreach (var nodes in met.Where(one => one.Record.Relationship is null).GroupBy(one => both.TypeOf(one.Record, one.IsNow)))
            moved.AddRange(await NodesAsync(both, nodes.Key, [.. nodes]));
        foreach (var ties in met.Where(one => one.Record.Relationship is not null).GroupBy(one => one.Record.Relationship!, StringComparer.Ordinal))
            moved.AddRange(await TiesAsync(both, ties.Key, [.. ties], moved));
        return new Moved([.. moved.Where(one => FeatureSet.Features.Any(one.Moves)).OrderByDescending(one => one.IsOwn).ThenBy(one => one.Event)], then.IsComplete && now.IsComplete);
    }

    private async Task<List<MovedRecord>> NodesAsync(Both both, NodeType type, List<(InputRecord Record, bool IsNow)> met)
    {
        var (moved, read) = (new List<MovedRecord>(), InputRecords.FieldsOf(type.Name));
        var fields = await TwoDays.ReadAsync(types[type.Name].Fields.Where(field => read.Contains(field.Name)), both.Before, both.After);
        var (openThen, openNow) = (Opening(both.Before, type), Opening(both.After, type));
        foreach (var (record, isNow) in met)
        {
            both.After.Meter.Charge(WorkUnit.Steps, 2 + (4 * fields.Count));
            var (old, node) = isNow ? (both.Then(record.From), record.From) : (record.From, -1);
            var (isThen, isStill) = (old >= 0 && openThen(new Row(old)), node >= 0 && openNow(new Row(node)));
            if (!isThen && !isStill) continue;
            List<string> differ = isThen && isStill ? TwoDays.Differing(fields, new Row(old), new Row(node)) : [];
            if (isThen && isStill && differ.Count == 0) continue;
            var kind = !isThen ? ChangeKind.Came : isStill ? ChangeKind.Changed : ChangeKind.Went;
            moved.Add(both.Made(record, isNow, type.Name, kind, isThen ? new NodeHandle(both.Before.View, old) : null, isStill ? new NodeHandle(both.After.View, node) : null, null, differ));
        }

        return moved;
    }

    private async Task<List<MovedRecord>> TiesAsync(Both both, string name, List<(InputRecord Record, bool IsNow)> met, List<MovedRecord> nodes)
    {
        var (moved, type) = (new List<MovedRecord>(), both.After.View.Snapshot.Catalog.Relationship(name));
        if (!both.Before.Sight.Opens(type.Level) || !both.After.Sight.Opens(type.Level)) return moved;
        var (was, now) = (await RelationshipRows.MetAsync(types, both.Before, type, null), await RelationshipRows.MetAsync(types, both.After, type, null));
        var read = InputRecords.FieldsOf(name);
        var fields = await TwoDays.ReadAsync(types.FieldsOf(type).Where(field => read.Contains(field.Name)), both.Before, both.After);
        var told = nodes.Where(one => one.Tie is null && one.Kind != ChangeKind.Changed).Select(one => (one.After ?? one.Before)!.Id).ToHashSet();
        foreach (var (record, isNow) in met)
        {
            var (from, to) = isNow ? (both.Then(record.From), both.Then(record.To)) : (record.From, record.To);
            var changes = new List<RelationshipChange>();
            RelationshipChangesPart.Match(was, now, fields, from < 0 || to < 0 ? [] : was.Between(from, to), isNow ? now.Between(record.From, record.To) : [], changes);
            foreach (var change in changes.Where(change => !told.Contains(change.Row.From.Id) && !told.Contains(change.Row.To.Id)))
                moved.Add(both.Made(record, isNow, name, change.Kind, null, null, change.Row, change.Fields));
        }

        return moved;
    }

    private static Func<Row, bool> Opening(SelectionScope scope, NodeType type) =>
        !scope.Sight.Opens(type.Level) ? static _ => false : scope.Sight.Opening($"{type.Name}.id", type.Level) ?? (static _ => true);

    /// <summary>Both days, and how a node of one is found on the other.</summary>
    private sealed record Both(SelectionScope Before, SelectionScope After, NodeHandle Client)
    {
        public int Then(int node) => Before.View.Snapshot.Nodes.Find(After.View.Snapshot.Nodes.IdOf(node));

        private int Now(int node) => After.View.Snapshot.Nodes.Find(Before.View.Snapshot.Nodes.IdOf(node));

        /// <summary>Whether what a record of the first day names is there on the second, so that it is compared from there.</summary>
        public bool IsThere(InputRecord record) => Now(record.From) is >= 0 and var from && (record.Relationship is not { } name
            || (Now(record.To) is >= 0 and var to && After.View.Snapshot.Relationship(name).Out.Neighbours(from).Contains(to)));

        public NodeType TypeOf(InputRecord record, bool isNow) => (isNow ? After : Before).View.Snapshot.Nodes.TypeOf(record.From);

        public MovedRecord Made(
            InputRecord record, bool isNow, string type, ChangeKind kind, NodeHandle? before, NodeHandle? after, RelationshipHandle? tie, IReadOnlyList<string> fields)
        {
            var about = new NodeHandle((isNow ? After : Before).View, record.About);
            var isOwn = (isNow ? record.About : Now(record.About)) == Client.Number;
            return new MovedRecord(Client, ScoreEvents.Of(type, fields, after ?? before, isOwn), type, kind, before, after, tie, fields, about, isOwn);
        }
    }
}
