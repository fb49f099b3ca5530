using GraphQL;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Market.Calendar;
using GraphRisk.Server.Applications;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Disclosure;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Authorisations;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Server.Decisions;

/// <summary>
/// Applications for financing: filed by the client or by an officer for it, asked about, answered, decided on, taken back. What a decision was made on is kept with it.
/// </summary>
internal sealed class ApplicationCases(GraphSession session, ScorePart scores, Lookup lookup, WriteGate gate) : ISchemaPart
{
    private static readonly CaseKind Kind = CaseKind.Application;

    /// <summary>Moves on which a recommendation lies on the table; to approve there must be one.</summary>
    private static readonly string[] Briefed = ["approve", "decline"];

    private readonly Recommending recommending = new(scores);

    public void AddTo(SchemaParts parts)
    {
        var commands = new MoveCommands(session, lookup, gate, Kind)
        {
            Acts = (Act.Apply, Act.DecideApplication),
            Dated = (Briefed, " The recommendation at asOf and knownAt, the present where not given, is kept with it."),
            Complete = hand => new(Completed(hand)),
            Brief = BriefAsync,
            Lacks = LackingAsync,
        };
        parts.Mutation.AddField(Fields.Resolved(
            "apply", CaseTypes.PayloadOf(Kind),
            FieldAccess.Commands(Act.Apply) with { Subject = context => lookup.SubjectOf(context.Viewer(), context.GetArgument<string?>("client") ?? context.Viewer().Of) },
            "Files an application for financing: a client's own, or by an officer of the broker for its client; also of an applicant who is nobody's client yet, whom open sources tell of and whose authorisation is filed.",
            context => ApplyAsync(context, commands),
            [
                TypeExpression.Argument("broker", "ID", "Code or id of the broker a client applies to; null for the one a token was given to."),
                TypeExpression.Argument("client", "ID", "The client an officer applies for; null for the one a token was given to."),
                TypeExpression.Argument(ApplicationInput.Argument, "FinancingApplicationInput!", "What is asked for, offered and declared."),
                TypeExpression.Argument("purpose", "String", "What the money is for."),
                .. MoveArguments.Of(session.Catalog, Kind, "apply"), MoveArguments.Key,
            ]));
        commands.AddTo(parts);
        parts.Extend("Briefing", () => Fields.Resolved(
            "recommendation", "Recommendation", FieldAccess.Reads(Sensitivity.Confidential),
            "The recommendation as it was then, in the types of 'recommend'; for the broker it was made for and the supervisor. Level 3.", async context => await KeptAsync(context)));
    }

    private async ValueTask<object?> ApplyAsync(IResolveFieldContext context, MoveCommands commands)
    {
        var viewer = context.Viewer();
        var carried = MoveArguments.Read(context, session.Catalog, Kind, "apply");
        var view = await commands.PresentAsync(context);
        var broker = lookup.Broker(view, viewer, "broker", CaseViewers.Named(context, "broker", Role.Broker));
        if (viewer.Role == Role.Broker && broker.Id.ToString() != viewer.Of) throw Problem.NotFound("broker of yours of this id");
        var client = CaseViewers.ClientIn(view, context, lookup);
        var application = ApplicationInput.Read(view, context);
        var guarantor = ApplicationInput.Guarantor(lookup, client, context);
        var purpose = context.GetArgument<string?>("purpose") is { } given ? MoveArguments.Text("purpose", given) : null;
        var record = await ClientRecords.KnownToAsync(session.Store, client, broker.Id.Key, context.CancellationToken) ?? throw Problem.NotFound("client of this broker, or party that open sources tell it of, by this id");
        if (viewer.Role == Role.Broker && GraphStandings.Between(view.Snapshot, broker.Number, client.Number) != Standing.Own)
            throw Problem.BadInput("client", "is no client of yours and has not turned to you: file the authorisation it signed, or let it apply itself.");
        var parties = new CaseParties(record.ToString(), broker.Id.ToString());
        return await commands.OpenAsync(context, view, ApplicationFacts.Opening(parties, application, guarantor?.Id, purpose), "apply", carried);
    }

    /// <summary>The recommendation that lies on the table. A person declines without one where the client authorised nothing; approves none.</summary>
    private async Task<Briefing?> BriefAsync(MoveInHand hand)
    {
        if (!Briefed.Contains(hand.Asked.Move)) return null;
        var present = await session.ViewAsync(hand.Context.Viewer(), default, hand.Context.CancellationToken);
        if (await LackingAsync(hand.Context.Viewer(), present, hand.Filed.History.Parties, hand.Asked.Move, hand.Context.CancellationToken) is { } lacking) throw lacking;
        try
        {
            var view = (await session.ViewAsync(hand.Context)).RequireData();
            return (await recommending.OnAsync(hand.Node, view, hand.Filed.History.Parties, hand.Context)).ToBriefing(view.Version);
        }
        catch (TypedError error) when (hand.Asked.Move == "decline" && error.Code is AccessCodes.AuthorisationRequired or Problem.UnavailableCode)
        {
            return null;
        }
    }

    /// <summary>Nobody approves without the score, which the client has to open to the broker.</summary>
    private async ValueTask<TypedError?> LackingAsync(Viewer viewer, GraphView view, CaseParties parties, string move, CancellationToken cancellation)
    {
        if (move != "approve" || await Grants.OfAsync(session, viewer, cancellation) is not { } grants) return null;
        var client = view.Snapshot.Nodes.Find(NodeId.Parse(parties.Client));
        return client >= 0 && (grants.Allow(view.Snapshot, client, AuthorisationScope.Facts) || grants.Allow(view.Snapshot, client, AuthorisationScope.Score))
            ? null : Grants.Required(AuthorisationScope.Score, "Mutation.approveApplication");
    }

    private async Task<RecommendationOf?> KeptAsync(IResolveFieldContext context)
    {
        var (viewer, briefing) = (context.Viewer(), (NodeHandle)context.Source!);
        var standing = viewer.Role == Role.Broker && BrokerOf(briefing) == viewer.Of ? Standing.Own : Standing.Visible;
        if (AccessPolicy.Decide(viewer, Act.AskRecommendation, standing) is { Code: not null } denial) throw AccessDenied.Of(denial, "Briefing.recommendation");
        if (Recommending.DocumentOf(briefing) is not { } document) return null;
        RequestContext.Of(context).Budget.ChargeInstant(document.AsOf, document.KnownAt);
        return Recommending.Kept(document, await session.ViewAsync(viewer, new BitemporalPoint(document.AsOf, document.KnownAt), context.CancellationToken));
    }

    /// <summary>The move with its circumstances; a line above what was asked for is none that anybody applied for.</summary>
    private MoveAsked Completed(MoveInHand hand)
    {
        var isAgain = hand.Filed.History.Moves.Any(move => move.Key == hand.Asked.Key);
        if (!isAgain && ApplicationFacts.FaultOf(hand.Filed, hand.Asked, WorkingCalendar.DayOf(session.Now)) is var (field, fault)) throw Problem.BadInput(field, fault);
        return hand.Asked with { Circumstances = ApplicationFacts.Circumstances(hand.Asked, Recommending.RulesOf(BrokerOf(hand).Key, session.Today).Admission) };
    }

    private static NodeId BrokerOf(MoveInHand hand) => NodeId.Parse(hand.Filed.History.Parties.Broker!);

    private static string? BrokerOf(NodeHandle briefing) =>
        Belonging.First(briefing.View.Snapshot, briefing.Number, [new("RESTS_ON", false), new("MOVE_OF", true), new("HANDLED_BY", true)]) is >= 0 and var broker ? briefing.At(broker).Id.ToString() : null;
}
