using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Applications;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Server.Decisions;

/// <summary>
/// Applications for financing: filed by the client or by an officer for it, asked about, answered, decided on, taken back. Each command is a move of the
/// table, under whose rights the viewer's own view decides what is there to be moved. What a decision was made on is kept with it.
/// </summary>
internal sealed class ApplicationCases(GraphSession session, ScorePart scores, Lookup lookup, WriteGate gate) : ISchemaPart
{
    private static readonly CaseKind Kind = CaseKind.Application;

    /// <summary>Moves on which a recommendation lies on the table; to approve there must be one.</summary>
    private static readonly string[] Briefed = ["approve", "decline"];

    private readonly Recommending recommending = new(scores);

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(CaseTypes.Payload("application", Kind));
        parts.Extend("Briefing", () => Fields.Resolved(
            "recommendation", "Recommendation", FieldAccess.Reads(Sensitivity.Confidential),
            "The recommendation as it was then, in the types of 'recommend'; for the broker it was made for and the supervisor. Level 3.", async context => await KeptAsync(context)));
        parts.Mutation.AddField(Fields.Resolved(
            "apply", CaseTypes.PayloadOf(Kind),
            FieldAccess.Commands(Act.Apply) with { Subject = context => lookup.SubjectOf(context.Viewer(), context.GetArgument<string?>("client") ?? context.Viewer().Of) },
            "Files an application for financing: a client's own, or by an officer of the broker for its client.",
            ApplyAsync,
            [
                TypeExpression.Argument("broker", "ID", "Code or id of the broker a client applies to; null for the one a token was given to."),
                TypeExpression.Argument("client", "ID", "The client an officer applies for; null for the one a token was given to."),
                TypeExpression.Argument(ApplicationInput.Argument, "FinancingApplicationInput!", "What is asked for, offered and declared."),
                TypeExpression.Argument("purpose", "String", "What the money is for."),
                .. MoveArguments.Of(session.Catalog, Kind.Table, "apply"), MoveArguments.Key,
            ]));
        foreach (var move in Kind.Table.Moves.Where(move => !Kind.Table.Of(move).Any(row => row.Opens))) AddMove(parts, move);
    }

    private void AddMove(SchemaParts parts, string move)
    {
        var rows = Kind.Table.Of(move).ToList();
        var act = rows.Exists(row => row.Who.Contains(CasePart.Client)) ? Act.Apply : Act.DecideApplication;
        var arguments = (QueryArgument[])
        [
            TypeExpression.Argument("application", "ID!", "The application."),
            .. MoveArguments.Of(session.Catalog, Kind.Table, move), MoveArguments.Key, MoveArguments.Seen,
        ];
        parts.Mutation.AddField(Fields.Resolved(
            move + Kind.NodeType, CaseTypes.PayloadOf(Kind), FieldAccess.Commands(act) with { Subject = context => context.Viewer().Of },
            CaseTypes.Means(Kind, move) + (Briefed.Contains(move) ? " The recommendation at asOf and knownAt, the present where not given, is kept with it." : ""),
            context => MoveAsync(context, move), Briefed.Contains(move) ? BitemporalArguments.And(arguments) : arguments));
    }

    private async ValueTask<object?> ApplyAsync(IResolveFieldContext context)
    {
        var viewer = context.Viewer();
        var carried = MoveArguments.Read(context, session.Catalog, Kind.Table, "apply");
        var view = await PresentAsync(context);
        var broker = lookup.Broker(view, viewer, "broker", Named(context, "broker", viewer.Role == Role.Broker));
        if (viewer.Role == Role.Broker && broker.Id.ToString() != viewer.Of) throw Problem.NotFound("broker of yours of this id");
        var client = lookup.Node(view, viewer, "client", Named(context, "client", viewer.Role == Role.Client), SchemaCatalog.Party);
        if (viewer.Role == Role.Client && client.Number != view.Snapshot.Nodes.Find(NodeId.Parse(viewer.Of!))) throw Problem.NotFound("client of this id whom your token names");
        var application = ApplicationInput.Read(view, context);
        var guarantor = ApplicationInput.Guarantor(lookup, client, context);
        var purpose = context.GetArgument<string?>("purpose") is { } given ? MoveArguments.Text("purpose", given) : null;
        return await gate.RunAsync(async () =>
        {
            var record = await ClientRecords.AtAsync(session.Store, client, broker.Id.Key, context.CancellationToken) ?? throw Problem.NotFound("client of this broker by this id");
            var parties = new CaseParties(record.ToString(), broker.Id.ToString());
            var asked = new MoveAsked("apply", CaseViewers.MoverIn(view, viewer, parties), context.GetArgument<string>("key"), carried);
            return await ShownAsync(context, Told(await Desk.OpenAsync(
                Kind, ApplicationFacts.Opening(parties, application, guarantor?.Id, purpose), asked, FilingOf(viewer), context.CancellationToken)));
        }, context.CancellationToken);
    }

    private async ValueTask<object?> MoveAsync(IResolveFieldContext context, string move)
    {
        var viewer = context.Viewer();
        var carried = MoveArguments.Read(context, session.Catalog, Kind.Table, move);
        var present = await PresentAsync(context);
        var node = lookup.Node(present, viewer, "application", context.GetArgument<string>("application"), Kind.NodeType);
        var filed = await CaseFacts.ReadAsync(session.Store, node.Id, node.View.Version, context.CancellationToken) ?? throw Problem.NotFound($"{Kind.NodeType} of this id");
        var parties = filed.History.Parties;
        RequestContext.Of(context).Ledger.Record($"Mutation.{move}{Kind.NodeType}", parties.Client, unmasked: false);
        var asked = new MoveAsked(move, CaseViewers.MoverIn(present, viewer, parties), context.GetArgument<string>("key"), carried) { Seen = context.GetArgument<int?>("seen") };
        var rules = Recommending.RulesOf(NodeId.Parse(parties.Broker!).Key, session.Today).Admission;
        asked = asked with { Circumstances = ApplicationFacts.Circumstances(asked, rules) };
        // What is refused anyway, or was done before, costs no recommendation.
        if (CaseEngine.Decide(Kind.Table, filed.History, asked, session.Now) is { IsNew: false } settled) return await ShownAsync(context, Told(new CaseOutcome(node.Id, settled)));
        var briefing = Briefed.Contains(move) ? await BriefingAsync(node, parties, move, context) : null;
        return await gate.RunAsync(async () => await ShownAsync(context, Told(await Desk.MoveAsync(Kind, node.Id, asked, briefing, FilingOf(viewer), context.CancellationToken))), context.CancellationToken);
    }

    /// <summary>The recommendation that lies on the table. A person declines without one where the client authorised nothing; approves none.</summary>
    private async Task<Briefing?> BriefingAsync(NodeHandle node, CaseParties parties, string move, IResolveFieldContext context)
    {
        try
        {
            var view = (await session.ViewAsync(context)).RequireData();
            return (await recommending.OnAsync(node, view, parties, context)).ToBriefing(view.Version);
        }
        catch (TypedError error) when (move == "decline" && error.Code is AccessCodes.AuthorisationRequired or Problem.UnavailableCode)
        {
            return null;
        }
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

    private static string? BrokerOf(NodeHandle briefing) =>
        Belonging.First(briefing.View.Snapshot, briefing.Number, [new("RESTS_ON", false), new("MOVE_OF", true), new("HANDLED_BY", true)]) is >= 0 and var broker ? briefing.At(broker).Id.ToString() : null;

    private static string Named(IResolveFieldContext context, string argument, bool isOwn) =>
        context.GetArgument<string?>(argument) ?? (isOwn ? context.Viewer().Of : null) ?? throw Problem.BadInput(argument, "is needed.");

    private CaseDesk Desk => new(session.Store);

    private static CaseOutcome Told(CaseOutcome outcome) => outcome.Decision.Refusal is { } refusal ? throw CaseViewers.ErrorOf(refusal) : outcome;

    private async Task<CasePayload> ShownAsync(IResolveFieldContext context, CaseOutcome outcome)
    {
        var view = await PresentAsync(context);
        var move = new NodeId(CaseFacts.MoveType, FormattableString.Invariant($"{outcome.Id.Key}-{outcome.Decision.Made!.Serial}"));
        return new CasePayload(view, new NodeHandle(view, view.Snapshot.Nodes.Find(outcome.Id)), new NodeHandle(view, view.Snapshot.Nodes.Find(move)), outcome.Decision.IsNew);
    }

    private CaseFiling FilingOf(Viewer viewer) => new(session.Now, session.Today, $"cases {viewer.Of}");

    private ValueTask<GraphView> PresentAsync(IResolveFieldContext context) => session.ViewAsync(context.Viewer(), default, context.CancellationToken);
}
