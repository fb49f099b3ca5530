using GraphQL;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Market.Calendar;
using GraphRisk.Market.Credit;
using GraphRisk.Scoring.Features;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Server.Decisions;

/// <summary>
/// Complaints: filed by a client, or by an officer for it, about a record, the score or a decision; acknowledged, classified, given to somebody who did not make the decision, answered
/// by a day of the calendar, put away. What a broker's record or decision is about the broker decides on, anything else the supervisor.
/// </summary>
internal sealed class ComplaintCases(GraphSession session, Lookup lookup, NodeIds ids, WriteGate gate, WorkingCalendar calendar, AuditIndex? trail) : ISchemaPart
{
    /// <summary>The score as the audit trail names it.</summary>
    private const string ScoreField = "CreditScore.score";

    private static readonly CaseKind Kind = CaseKind.Complaint;

    public void AddTo(SchemaParts parts)
    {
        var commands = new MoveCommands(session, lookup, gate, Kind) { Acts = (Act.Complain, Act.HandleComplaint), Complete = CompleteAsync, Follow = FollowAsync };
        parts.Mutation.AddField(Fields.Resolved(
            "complain", CaseTypes.PayloadOf(Kind),
            FieldAccess.Commands(Act.Complain) with { Subject = context => lookup.SubjectOf(context.Viewer(), context.GetArgument<string?>("client") ?? context.Viewer().Of) },
            "Files a complaint about a value of a record, the score or a decision: a client's own, or by an officer about what the broker keeps or decided. The answer is due within twenty working days.",
            context => ComplainAsync(context, commands),
            [
                TypeExpression.Argument("about", "ComplaintAbout!", "What it is about."),
                TypeExpression.Argument("text", "String!", "What is complained of."),
                TypeExpression.Argument("record", "ID", "The record of the client that has the value, or the case with the decision; none for the score."),
                TypeExpression.Argument("field", "String", "The field of the record whose value is disputed: while the complaint is open it is no input of the score."),
                TypeExpression.Argument("client", "ID", "The client an officer files for; null for the one a token was given to."),
                .. MoveArguments.Of(session.Catalog, Kind, "complain"), MoveArguments.Key,
            ]));
        commands.AddTo(parts);
        parts.Extend(SchemaCatalog.Party, () => Fields.Of<NodeHandle>(
            "disputedFields", "[String!]", FieldAccess.Reads(Sensitivity.Confidential), "Fields the party disputes by an open complaint, as Type.field: none of them is an input of its score. Level 3.",
            party => OpenDisputes.Of(party.View.Snapshot, party.Number)));
    }

    private async ValueTask<object?> ComplainAsync(IResolveFieldContext context, MoveCommands commands)
    {
        var viewer = context.Viewer();
        var carried = MoveArguments.Read(context, session.Catalog, Kind, "complain");
        var view = await commands.PresentAsync(context);
        var client = CaseViewers.ClientIn(view, context, lookup);
        var terms = TermsOf(view, client, context);
        var broker = ComplaintFacts.BrokerFor(terms);
        if (viewer.Role == Role.Broker && broker != viewer.Of) throw Problem.BadInput("record", "is none of yours: a client complains of it itself.");
        var record = broker is null ? client.Id
            : await ClientRecords.AtAsync(session.Store, client, NodeId.Parse(broker).Key, context.CancellationToken) ?? throw Problem.NotFound("client of this broker by this id");
        if (terms is { Record: { } disputed, Field: { } field })
            terms = terms with { Value = await Correction.StatedAsync(session.Store, disputed, field, view.Snapshot.Stamp.AsOf, view.Version, context.CancellationToken) };
        try
        {
            var opening = ComplaintFacts.Opening(new CaseParties(record.ToString(), broker), terms, WorkingCalendar.DayOf(session.Now), calendar);
            return await commands.OpenAsync(context, view, opening, "complain", carried, (present, id) => SaidAlready(present, client.Id, terms, id));
        }
        catch (YearWithoutCalendarException error)
        {
            throw Problem.BeyondCalendar(error);
        }
    }

    /// <summary>The error where another complaint of the client about the same is not answered yet; null where none is.</summary>
    private static TypedError? SaidAlready(GraphView present, NodeId client, ComplaintTerms terms, NodeId complaint)
    {
        var nodes = present.Snapshot.Nodes;
        if (nodes.Find(client) is not (>= 0 and var party)) return null;
        foreach (var one in OpenDisputes.ComplaintsOf(present.Snapshot, party))
            if (nodes.IdOf(one) != complaint && nodes.GetString(one, "about") == terms.About && nodes.GetString(one, "disputedRecord") == terms.Record?.ToString() && nodes.GetString(one, "disputedField") == terms.DisputedField)
            {
                var reference = nodes.GetString(one, "reference") ?? nodes.IdOf(one).Key;
                return new TypedError(Problem.ConflictCode, $"This is complained of already, by {reference}, which is not answered yet: withdraw that one, or wait for its answer.", ("case", reference));
            }

        return null;
    }

    private ComplaintTerms TermsOf(GraphView view, NodeHandle client, IResolveFieldContext context)
    {
        var about = context.GetArgument<string>("about");
        var text = MoveArguments.Text("text", context.GetArgument<string>("text"));
        var (record, field) = (context.GetArgument<string?>("record"), context.GetArgument<string?>("field"));
        if (about == "SCORE") return record is null && field is null ? new ComplaintTerms(about, text, null, null) : throw Problem.BadInput("record", "is none of a score's.");
        var met = lookup.Node(view, context.Viewer(), "record", record ?? throw Problem.BadInput("record", "is needed."));
        if (met.SubjectNode != client.Number && !(met.SubjectNode < 0 && AreTied(client, met))) throw Problem.NotFound("record of this client by this id");
        // A party joined of several records has the id of one of them: the record meant is the one that was named.
        _ = ids.TryRead(context.Viewer(), record, out var named);
        if (about == "DECISION") return met.Type.Is("Case") && field is null ? new ComplaintTerms(about, text, named, null) : throw Problem.BadInput("record", "is no case with a decision, or a field is named.");
        if (field is null || met.Type.FindField(field) is null) throw Problem.BadInput("field", $"is no field of {met.Type.Name}.");
        return new ComplaintTerms(about, text, named, field);
    }

    /// <summary>Whether a record that is about nobody, such as an entry of a list or a penalty, stands in a relationship to a client.</summary>
    private static bool AreTied(NodeHandle client, NodeHandle record) =>
        client.View.Snapshot.Relationships.Any(table => table.Out.Neighbours(client.Number).Contains(record.Number) || table.In.Neighbours(client.Number).Contains(record.Number));

    private async ValueTask<MoveAsked> CompleteAsync(MoveInHand hand)
    {
        var (asked, filed) = (hand.Asked, hand.Filed);
        try
        {
            return asked with
            {
                Carried = Properties.Of([.. asked.Carried, .. ComplaintFacts.Computed(filed, asked.Move, calendar)]),
                Others = await ComplaintFacts.OthersAsync(session.Store, filed, hand.Node.View.Version, hand.Context.CancellationToken),
            };
        }
        catch (YearWithoutCalendarException error)
        {
            throw Problem.BeyondCalendar(error);
        }
    }

    /// <summary>
    /// With the verdict a decision is opened again; the record is corrected, and brokers are told that read the value where it is open, or a score that rests on it. What another broker keeps
    /// they do not learn: their notice speaks of the score alone.
    /// </summary>
    private async ValueTask<Consequence> FollowAsync(MoveInHand hand, FiledCase filed, MadeMove move, long version)
    {
        var (cancellation, decider) = (hand.Context.CancellationToken, filed.History.Parties.Broker);
        var correction = await Correction.OfAsync(session.Store, filed, move, version, cancellation);
        if (correction.Refusal is null && await Reopening.OfAsync(session.Store, filed, move, session.Today, version, cancellation) is { IsEmpty: false } reopened) return correction with { Changes = reopened };
        if (correction.Changes.IsEmpty || trail is null || !filed.Content.TryGet("disputedField", out var disputed)) return correction;
        // Whoever decides knows some records of the client only: the others are looked through for it, and named to nobody.
        var whole = await session.WholeAsync(hand.Node.View, cancellation);
        var client = new NodeHandle(whole, whole.Snapshot.Nodes.Find(NodeId.Parse(filed.History.Parties.Client)));
        // Nor does what looking costs tell how often others read of it.
        var (field, told, meter) = (disputed.AsString(), new List<Recipient>(), WorkMeter.EndedBy(cancellation));
        var received = Received(decider is null, field).Concat(Received(FeatureSet.Features.Any(feature => feature.Inputs.Contains(field)), ScoreField));
        foreach (var broker in received.GroupBy(one => one.Broker).OrderBy(group => group.Key, StringComparer.Ordinal))
            if (new NodeId("Broker", broker.Key) is var id && id.ToString() != decider && await ClientRecords.AtAsync(session.Store, client, broker.Key, cancellation) is { } record)
                told.Add(new Recipient(id, record, [.. broker.Select(one => one.Field)], broker.Max(one => one.LastAt)));
        return correction with { Changes = [.. correction.Changes, .. Correction.Notices(filed, move, told, session.Today)] };

        IEnumerable<(string Broker, string Field, DateTimeOffset LastAt)> Received(bool counts, string name) =>
            !counts ? [] : ReceiversPart.Of(trail, client, one => one == name, meter).Where(one => one.Broker is not null).Select(one => (one.Broker!, name, one.LastAt));
    }
}
