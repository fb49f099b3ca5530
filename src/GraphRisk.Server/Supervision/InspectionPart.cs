using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Texts;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Decisions;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Supervision.Inspection;

namespace GraphRisk.Server.Supervision;

/// <summary>An inspected case.</summary>
internal sealed record InspectionOf(NodeHandle Case, CaseInspection Found) : IAboutSubject
{
    public string? Subject => Case.Subject;

    public NodeHandle At(string id) => Case.At(Case.View.Snapshot.Nodes.Find(NodeId.Parse(id)));
}

/// <summary>A move of it.</summary>
internal sealed record InspectedMoveOf(InspectionOf Whole, InspectedMove Move) : IAboutSubject
{
    public string? Subject => Whole.Subject;
}

/// <summary>One case with all that was known when it was decided, and what happened since: <c>inspection</c>. The supervisor's.</summary>
internal sealed class InspectionPart(GraphSession session, ScorePart scores, Lookup lookup) : ISchemaPart
{
    private const string Name = "inspection";

    private readonly Recommending recommending = new(scores);

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Object(
            "Inspection", "One case with all that was known when it was decided, and what happened since.",
            Fields.Of<InspectionOf>("case", "Case!", FieldAccess.Structure, "The case.", one => one.Case),
            Fields.Of<InspectionOf>("client", "Party", FieldAccess.Structure, "The client concerned.", one => one.At(one.Found.Parties.Client)),
            Fields.Of<InspectionOf>("broker", "Broker", FieldAccess.Structure, "The broker that decides; null where the supervisor does.", one => one.Found.Parties.Broker is { } broker ? one.At(broker) : null),
            Fields.Of<InspectionOf>("state", "String", Supervised.OfOne, "Where its moves lead to.", one => one.Found.State),
            Fields.Of<InspectionOf>("isSound", "Boolean", Supervised.OfOne, "Whether its moves are all as the table of its kind has them.", one => one.Found.Fault is null),
            Fields.Of<InspectionOf>("fault", "String", Supervised.OfOne, "The first move that the table does not allow; null where all are as it has them.", one => one.Found.Fault),
            Fields.Of<InspectionOf>("moves", "[InspectedMove!]!", FieldAccess.Structure, "Its moves in their order, each with what was known.", one => one.Found.Moves.Select(move => new InspectedMoveOf(one, move))),
            Fields.Of<InspectionOf>("decidedOn", "Date", Supervised.OfOne, "Day of the decision: the last move that a recommendation lay before, else the last move.", one => one.Found.After.Since),
            Fields.Of<InspectionOf>("defaultedOn", "Date", Supervised.OfOne, "First default or forced liquidation of the client after it; null where there was none.", one => one.Found.After.DefaultedOn),
            Fields.Of<InspectionOf>("curedOn", "Date", Supervised.OfOne, "First cure on or after that default.", one => one.Found.After.CuredOn),
            Fields.Of<InspectionOf>("events", "[MarketEvent!]", Supervised.OfOne, "What befell the client's financing after the decision, at whichever broker, by day.", one => one.Found.After.Events),
            Fields.Of<InspectionOf>("owedToBroker", "Decimal", Supervised.OfOne, "What the client owes the broker now, yuan; null where the supervisor decided.", one => one.Found.After.OwedToBroker),
            Fields.Of<InspectionOf>("laterCases", "[Case!]!", FieldAccess.Structure, "Cases about the client that were filed on the day of the decision or later, by day.", one => one.Found.After.LaterCases.Select(one.Case.At)),
            Fields.Of<InspectionOf>("page", "String", FieldAccess.Reads(Sensitivity.Confidential, MaskKind.Key), "All of it as a page, with the recommendation in the words it had then. Level 3.",
                (one, context) => InspectionPage.Write(
                    one.Found, one.Case.View.Snapshot.Nodes, one.Case.View.Stamp.AsOf, one.Case.View.Stamp.KnownAt, context.GetArgument<Language?>("language") ?? Language.English), ScoreTypes.InLanguage),
            Fields.Of<InspectionOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on: what happened since is followed up to it.", one => one.Case.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "InspectedMove", "A move of a case with what was known when it was made.",
            Fields.Of<InspectedMoveOf>("move", "CaseMove!", FieldAccess.Structure, "The move: who made it, when, in which part, what it carried.", one => one.Whole.Case.At(one.Move.Node)),
            Fields.Of<InspectedMoveOf>("means", "String", FieldAccess.Structure, "What the table says it does.", one => one.Move.Means.Length > 0 ? one.Move.Means : null),
            Fields.Of<InspectedMoveOf>("briefing", "Briefing", FieldAccess.Structure, "What lay before who made it, with version of store, model and rules, and the recommendation at its own instants; null where nothing was kept.", one => one.Move.Known is { } known ? one.Whole.Case.At(known.Briefing) : null),
            Fields.Of<InspectedMoveOf>("isIntact", "Boolean", Supervised.OfOne, "Whether what was kept still has the hash it was filed with; null where nothing was.", one => one.Move.Known?.IsIntact),
            Fields.Resolved("clientThen", "Party", FieldAccess.Structure, "The client at the instants of what was kept, as all records knew it then; null where nothing was. Another instant of the question.",
                async context => await ClientThenAsync((InspectedMoveOf)context.Source!, context)),
            Fields.Resolved("onAllRecords", "Recommendation", Supervised.OfOne, "What is recommended at the same instants on the records of all, by the rules of that day and the model that scores now: the broker knew its own. Null where no recommendation was kept. Another instant of the question.",
                async context => await OnAllRecordsAsync((InspectedMoveOf)context.Source!, context))));
        parts.Query.AddField(Fields.Resolved(
            Name, "Inspection", FieldAccess.Structure,
            "One case with all that was known: its moves and by whom, held against the table of its kind; the recommendation each decision was made on, as it was; what happened since. For supervision.",
            ResolveAsync, BitemporalArguments.And(TypeExpression.Argument("case", "ID!", "The case: an application, a complaint, a warning, a margin call, a default, a request to freeze."))));
    }

    private async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        Supervised.Require(context, Name);
        var view = await session.ViewAsync(context);
        var one = lookup.Node(view, context.Viewer(), "case", context.GetArgument<string>("case"), "Case");
        return CaseInspection.Of(view.Market(), one.Number, context.Meter()) is { } found ? new InspectionOf(one, found) : throw Problem.NotFound("case with its moves at that instant");
    }

    private async ValueTask<NodeHandle?> ClientThenAsync(InspectedMoveOf one, IResolveFieldContext context) =>
        await ThenAsync(one, context) is { } then && then.Snapshot.Nodes.Find(NodeId.Parse(one.Whole.Found.Parties.Client)) is >= 0 and var client ? new NodeHandle(then, client) : null;

    private async ValueTask<object?> OnAllRecordsAsync(InspectedMoveOf one, IResolveFieldContext context)
    {
        if (one.Move.Known?.Document is null || await ThenAsync(one, context) is not { } then) return null;
        return Recommending.Kept(await recommending.OnAsync(one.Whole.Case, then.RequireData(), one.Whole.Found.Parties, context), then);
    }

    /// <summary>What is known of the instants of what was kept.</summary>
    private async ValueTask<GraphView?> ThenAsync(InspectedMoveOf one, IResolveFieldContext context)
    {
        if (one.Move.Known is not { } known) return null;
        RequestContext.Of(context).Budget.ChargeInstant(known.AsOf, known.KnownAt);
        return await session.ViewAsync(context.Viewer(), new BitemporalPoint(known.AsOf, known.KnownAt), context.CancellationToken);
    }
}
