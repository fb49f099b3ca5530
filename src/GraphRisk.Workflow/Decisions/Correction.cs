using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Calendar;

namespace GraphRisk.Workflow.Decisions;

/// <summary>A broker that received what was wrong.</summary>
/// <param name="Broker">The broker.</param>
/// <param name="Client">Its own record of the client.</param>
/// <param name="Fields">What it received, as Type.field.</param>
/// <param name="LastAt">When it last received it.</param>
public readonly record struct Recipient(NodeId Broker, NodeId Client, ImmutableArray<string> Fields, DateTimeOffset LastAt);

/// <summary>
/// What an upheld complaint makes of the record it is about: the source's own statements of the disputed value are stated again with the right one, or
/// without any, for the same time in the world, and what the source computed from it (<see cref="Field.ComputedFrom"/>) is struck out with it; where it stated none, its latest statement is stated again with one. Every later answer is as if the wrong value had never been; one as known before is what it was. Statements of
/// other values, of other records and of other sources stay. A later delivery that says otherwise counts again: the source has to mend its own books too.
/// </summary>
public static class Correction
{
    /// <summary>The value a record states of a field on a day, by its latest statement of one; null where it states none, or a list.</summary>
    /// <param name="store">The store.</param>
    /// <param name="record">The record.</param>
    /// <param name="field">Name of the field.</param>
    /// <param name="asOf">Instant in the world.</param>
    /// <param name="version">Version of the store.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async ValueTask<string?> StatedAsync(IGraphStore store, NodeId record, string field, DateTimeOffset asOf, long version, CancellationToken cancellation = default)
    {
        var statement = (await StatementsAsync(store, record, version, cancellation)).Where(fact => fact.Validity.Contains(asOf) && TextOf(fact, field) is not null).MaxBy(fact => fact.Validity.From);
        return statement is null ? null : TextOf(statement, field);
    }

    /// <summary>The changes to the record that a move makes; none where it upholds no complaint about a field, or the value is stated no more.</summary>
    /// <param name="store">The store.</param>
    /// <param name="complaint">The complaint.</param>
    /// <param name="move">The move.</param>
    /// <param name="version">Version of the store they rest on.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async ValueTask<Consequence> OfAsync(IGraphStore store, FiledCase complaint, MadeMove move, long version, CancellationToken cancellation = default)
    {
        var (right, isStruckOut) = (move.Text("rightValue"), move.Carried.TryGet("struckOut", out var struck) && struck.AsBoolean());
        if (move.To != "UPHELD") return Consequence.None;
        if (Parting.Disputed(store, complaint) is { } stranger) return await Parting.OfAsync(store, complaint, stranger, move, version, cancellation);
        if (Disputed(store.Catalog, complaint) is not var (record, name, wrong))
            return right is null && !isStruckOut ? Consequence.None : Refused("rightValue", "is none here: no single value of a record is disputed by this complaint, so nothing is corrected with it.");
        if (move.Carried.TryGet("wrongSince", out var ahead) && ahead.AsDate() > WorkingCalendar.DayOf(move.At)) return Refused("wrongSince", "is a day to come.");
        var since = move.Carried.TryGet("wrongSince", out var day) ? Validity.StartOf(day.AsDate()) : DateTimeOffset.MinValue;
        var all = (await StatementsAsync(store, record, version, cancellation)).OrderBy(fact => fact.Validity.From).ToList();
        var statements = all.FindAll(fact => TextOf(fact, name) == wrong && fact.Validity.To > since && (fact.Validity.From >= since || IsInForce(all, fact, name, since)));
        if (statements.Count == 0) return Consequence.None;
        if (right is null == !isStruckOut || (wrong is null && isStruckOut))
            return Refused("rightValue", wrong is null ? "is needed: the record states none." : $"or struckOut is needed, and not both: the record still states '{wrong}'.");
        if (wrong is null) statements.RemoveRange(0, statements.Count - 1);
        if (!TryValue(store.Catalog, record, name, right, out var value)) return Refused("rightValue", $"is no value of '{name}', or the one that is disputed.");
        var changes = statements.SelectMany(fact => Restated(all, fact, name, value, since, store.Catalog.Node(record.Type))).ToList();
        if (CaseKind.Find(record.Type) is { } kind && await CaseFacts.ReadAsync(store, record, version, cancellation) is { } filed) changes = [.. Following(kind, filed, changes)];
        return changes.Select(change => FactCheck.Find(store.Catalog, change.Fact)).FirstOrDefault(fault => fault is not null) is { } fault
            ? Refused(right is null ? "struckOut" : "rightValue", $"cannot be: {fault}")
            : new Consequence([.. changes], null);

        Consequence Refused(string field, string reason) => new([], new MoveRefusal(RefusalKind.Content, complaint.History.State, move.Move, $"'{field}' {reason}", field));

        bool TryValue(SchemaCatalog catalog, NodeId of, string field, string? text, out PropertyValue? read)
        {
            read = null;
            if (text is null) return true;
            if (!PropertyText.TryParse(catalog.Node(of.Type).GetField(field).Kind, text, out var parsed) || PropertyText.Of(parsed) == wrong) return false;
            read = parsed;
            return true;
        }
    }

    /// <summary>The notices to brokers that received what was corrected, each in the broker's own part of the platform's data.</summary>
    public static IEnumerable<Change> Notices(FiledCase complaint, MadeMove move, IEnumerable<Recipient> recipients, DateOnly day)
    {
        var reference = complaint.Content.TryGet("reference", out var said) ? said.AsString() : complaint.Id.Key;
        foreach (var one in recipients)
        {
            var source = CaseFacts.SourceOf(one.Broker.ToString());
            var (id, provenance) = (new NodeId("CorrectionNotice", $"{source}:{reference}"), new Provenance(source, reference, 1m));
            yield return Change.Assert(new NodeFact(id, Properties.Of(
                ("reference", PropertyValue.Of(reference)), ("fields", PropertyValue.Of(one.Fields)),
                ("correctedOn", PropertyValue.Of(WorkingCalendar.DayOf(move.At))), ("receivedAt", PropertyValue.Of(one.LastAt))), Validity.Since(day), provenance));
            yield return Change.Assert(new RelationshipFact("NOTICE_OF", id, one.Client, "", Properties.None, Validity.Since(day), provenance));
            yield return Change.Assert(new RelationshipFact("NOTICE_TO", id, one.Broker, "", Properties.None, Validity.Since(day), provenance));
        }
    }

    private static (NodeId Record, string Field, string? Value)? Disputed(SchemaCatalog catalog, FiledCase complaint)
    {
        if (!complaint.Content.TryGet("disputedRecord", out var text) || !complaint.Content.TryGet("disputedField", out var field)) return null;
        var (record, name) = (NodeId.Parse(text.AsString()), field.AsString()[(field.AsString().IndexOf('.', StringComparison.Ordinal) + 1)..]);
        return catalog.Node(record.Type).GetField(name).Kind == FieldKind.StringList ? null : (record, name, complaint.Content.TryGet("disputedValue", out var value) ? value.AsString() : null);
    }

    /// <summary>Whether it is this statement that tells a field at an instant: of its source's the last one that does.</summary>
    private static bool IsInForce(List<NodeFact> all, NodeFact fact, string field, DateTimeOffset at) =>
        !all.Exists(other => other.Provenance.Source == fact.Provenance.Source && other.Validity.From > fact.Validity.From && other.Validity.From <= at && (TextOf(other, field) is not null || TextOf(fact, field) is null));

    /// <summary>A statement with another value, or without one; of one that was right at first the rest ends where it was wrong, and goes on as corrected.</summary>
    private static IEnumerable<Change> Restated(List<NodeFact> all, NodeFact fact, string field, PropertyValue? value, DateTimeOffset since, NodeType type)
    {
        var (validity, properties) = (fact.Validity, fact.Properties);
        if (validity.From < since)
        {
            yield return Change.Assert(fact with { Validity = validity with { To = since } });
            validity = validity with { From = since };
            // What the source states of other fields from that very instant on is the same statement as the rest, and stays.
            if (all.Find(other => other.Provenance.Source == fact.Provenance.Source && other.Validity.From == since) is { } beside)
                (properties, validity) = (Properties.Of([.. properties.Where(property => !beside.Properties.TryGet(property.Name, out _)), .. beside.Properties]), beside.Validity);
        }

        bool Goes(string name) => name == field || type.FindField(name)?.ComputedFrom == field;
        yield return Change.Assert(fact with { Properties = Properties.Of([.. properties.Where(property => !Goes(property.Name)), .. value is { } right ? [new Property(field, right)] : Array.Empty<Property>()]), Validity = validity });
    }

    /// <summary>Statements of a case with what follows from its content, and what its moves state beside it, as the corrected content makes them.</summary>
    private static IEnumerable<Change> Following(CaseKind kind, FiledCase filed, List<Change> restated)
    {
        var content = filed.Content;
        foreach (var change in restated)
        {
            var fact = (NodeFact)change.Fact;
            var moves = filed.History.Moves.Take(fact.Properties.TryGet("moveCount", out var count) ? (int)count.AsInteger() : 0).ToList();
            Property[] follows = [.. kind.Standing(fact.Properties, moves)];
            var whole = Properties.Of([.. fact.Properties.Where(property => !follows.Any(one => one.Name == property.Name)), .. follows]);
            if (moves.Count == filed.History.Moves.Length) content = whole;
            yield return change with { Fact = fact with { Properties = whole } };
        }

        var provenance = restated.Select(change => change.Fact.Provenance).FirstOrDefault();
        if (provenance is null) yield break;
        var (before, after) = (Effects(filed.Content), Effects(content));
        foreach (var (id, fact) in before)
            if (!after.ContainsKey(id)) yield return Change.Retract(fact);
        foreach (var (id, fact) in after)
            if (!before.TryGetValue(id, out var known) || !known.Equals(fact)) yield return Change.Assert(fact);

        // What a later move takes back is not there to be corrected.
        Dictionary<FactId, Fact> Effects(Properties said)
        {
            var stand = new Dictionary<FactId, Fact>();
            foreach (var move in filed.History.Moves)
                foreach (var effect in kind.Effects(new CaseEffect(filed.Id, filed.History.Parties, said, filed.Ties, move, provenance)))
                    if (effect.Kind == ChangeKind.Assert) stand[effect.Fact.Id] = effect.Fact;
                    else stand.Remove(effect.Fact.Id);
            return stand;
        }
    }

    private static async ValueTask<IEnumerable<NodeFact>> StatementsAsync(IGraphStore store, NodeId record, long version, CancellationToken cancellation) =>
        (await store.FindAsync(record, version, cancellation: cancellation)).Where(recorded => recorded.Kind == ChangeKind.Assert).Select(recorded => recorded.Fact).OfType<NodeFact>();

    private static string? TextOf(NodeFact fact, string field) =>
        fact.Properties.TryGet(field, out var value) && value.Kind != FieldKind.StringList ? PropertyText.Of(value) : null;
}
