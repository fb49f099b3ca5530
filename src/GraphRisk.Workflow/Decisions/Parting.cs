using System.Collections.Immutable;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution;
using GraphRisk.Intake.Resolution.Review;

namespace GraphRisk.Workflow.Decisions;

/// <summary>
/// What an upheld complaint whose cause is that the record is another's makes of it: the record is parted, by verdicts of who decides, from all it was joined with. Every later answer, of any day, is as if it had never been joined; one
/// as known before is what it was. What the record says stays: it is its own party's. A complaint that was filed under that very record goes with another of the client's; where its broker may know of none the supervisor has to part it.
/// </summary>
public static class Parting
{
    private const string Identity = "IDENTITY";

    /// <summary>The record that a complaint finds to be another's; null where it is about something else.</summary>
    public static NodeId? Disputed(IGraphStore store, FiledCase complaint) =>
        complaint.Content.TryGet("cause", out var cause) && cause.AsString() == Identity && complaint.Content.TryGet("disputedRecord", out var text)
        && NodeId.TryParse(text.AsString(), out var record) && store.Catalog.FindNode(record.Type) is { IsParty: true } ? record : null;

    /// <summary>The changes that part the record; none where it is joined with nothing.</summary>
    /// <param name="store">The store.</param>
    /// <param name="complaint">The complaint.</param>
    /// <param name="record">The record.</param>
    /// <param name="move">The move that upholds it.</param>
    /// <param name="version">Version of the store they rest on.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async ValueTask<Consequence> OfAsync(IGraphStore store, FiledCase complaint, NodeId record, MadeMove move, long version, CancellationToken cancellation = default)
    {
        foreach (var field in (string[])["rightValue", "struckOut", "wrongSince"])
            if (move.Carried.TryGet(field, out _)) return Refused($"'{field}' is none here: the record is another's, and what it says stays.", field);
        try
        {
            var (from, changes) = await new Reviews(store, new ResolutionOptions()).PartedAsync(record, move.Person ?? move.Part.ToString(), move.Text("reason") ?? "complaint upheld", version, cancellation);
            if (changes.IsEmpty || complaint.History.Parties.Client != record.ToString()) return new Consequence(changes, null);
            var broker = complaint.History.Parties.Broker is { } id ? NodeId.Parse(id).Key : null;
            var open = from.Where(other => broker is null || SourceOwner.Of(other) is not { } owner || owner == broker).OrderBy(other => SourceOwner.Of(other) == broker ? 0 : 1).ToList();
            return open.Count == 0
                ? Refused("The client has no other record that this broker may know of: with this one the complaint would become the other party's. The supervisor parts it, by a verdict on the pair.", null)
                : new Consequence([.. changes, .. await MovedAsync(store, complaint.Id, record, open[0], version, cancellation)], null);
        }
        catch (ReviewRefusedException error)
        {
            return Refused(error.Message, null);
        }

        Consequence Refused(string reason, string? field) => new([], new MoveRefusal(RefusalKind.Content, complaint.History.State, move.Move, reason, field));
    }

    /// <summary>The tie of a complaint to its client, from another of the client's records on.</summary>
    private static async ValueTask<IEnumerable<Change>> MovedAsync(IGraphStore store, NodeId complaint, NodeId from, NodeId to, long version, CancellationToken cancellation) =>
        (await store.FindAsync(complaint, version, withRelationships: true, cancellation)).Where(one => one.Kind == ChangeKind.Assert).Select(one => one.Fact).OfType<RelationshipFact>()
            .Where(tie => tie.Relationship == "CASE_OF" && tie.From == complaint && tie.To == from).SelectMany(tie => (Change[])[Change.Retract(tie), Change.Assert(tie with { To = to })]);
}
