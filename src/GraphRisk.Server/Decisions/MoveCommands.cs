using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Server.Decisions;

/// <summary>A move that is asked for, with the case as it stands.</summary>
internal sealed record MoveInHand(IResolveFieldContext Context, NodeHandle Node, FiledCase Filed, MoveAsked Asked);

/// <summary>
/// The commands that open and move cases of a kind: one a move of its table, with the arguments its rows name. The viewer's own view decides what is there to be moved, the table who moves it.
/// </summary>
internal sealed class MoveCommands(GraphSession session, Lookup lookup, WriteGate gate, CaseKind kind)
{
    private readonly string noun = char.ToLowerInvariant(kind.NodeType[0]) + kind.NodeType[1..];

    /// <summary>Acts of the moves that a client makes too, and of the others.</summary>
    public required (Act Either, Act Others) Acts { get; init; }

    /// <summary>Moves whose instants the sender may name, since something of that instant is kept with them; with what is said of that.</summary>
    public (string[] Moves, string Said) Dated { get; init; } = ([], "");

    /// <summary>Adds what the kind knows of a case to a move: circumstances, persons, what the program computes.</summary>
    public required Func<MoveInHand, ValueTask<MoveAsked>> Complete { get; init; }

    /// <summary>What lies before who moves; asked for where the move would be made.</summary>
    public Func<MoveInHand, Task<Briefing?>> Brief { get; init; } = _ => Task.FromResult<Briefing?>(null);

    /// <summary>What the client would have to allow before a move; it is told with the moves that lead on, and by the move itself where that needs it.</summary>
    public AllowanceLacking Lacks { get; init; } = (_, _, _, _, _) => default;

    /// <summary>What a move changes beyond its case, by a version of the store.</summary>
    public Func<MoveInHand, FiledCase, MadeMove, long, ValueTask<Consequence>> Follow { get; init; } = (_, _, _, _) => ValueTask.FromResult(Consequence.None);

    private CaseDesk Desk => new(session.Store);

    /// <summary>Adds a command for every move by which persons lead on.</summary>
    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(CaseTypes.Payload(noun, kind));
        NextMoves.AddTo(parts, session, kind, ActOf, Lacks);
        foreach (var move in kind.Table.LeadingOn)
        {
            var isDated = Dated.Moves.Contains(move);
            var arguments = (QueryArgument[])
            [
                TypeExpression.Argument(noun, "ID!", $"The {noun}."), .. MoveArguments.Of(session.Catalog, kind, move), MoveArguments.Key, MoveArguments.Seen,
            ];
            parts.Mutation.AddField(Fields.Resolved(
                move + kind.NodeType, CaseTypes.PayloadOf(kind),
                FieldAccess.Commands(ActOf(move)) with { Subject = context => context.Viewer().Of },
                CaseTypes.Means(kind, move) + (isDated ? Dated.Said : ""), context => MoveAsync(context, move), isDated ? BitemporalArguments.And(arguments) : arguments));
        }
    }

    /// <summary>Opens a case; the client is known to be the viewer, or a client of the viewer's.</summary>
    /// <param name="context">The command.</param>
    /// <param name="view">What the viewer may know.</param>
    /// <param name="opening">The case.</param>
    /// <param name="move">The move that opens it.</param>
    /// <param name="carried">What that carries.</param>
    /// <param name="refuse">What speaks against the case of that id, by what is there when nobody else writes; null where nothing may.</param>
    public Task<CasePayload> OpenAsync(
        IResolveFieldContext context, GraphView view, CaseOpening opening, string move, Properties carried, Func<GraphView, NodeId, TypedError?>? refuse = null) => gate.RunAsync(async () =>
    {
        var viewer = context.Viewer();
        var asked = new MoveAsked(move, CaseViewers.MoverIn(view, viewer, opening.Parties), context.GetArgument<string>("key"), carried);
        if (refuse?.Invoke(await PresentAsync(context), CaseFacts.IdOf(kind, opening.Parties, asked)) is { } refusal) throw refusal;
        return await ShownAsync(context, await Desk.OpenAsync(kind, opening, asked, FilingOf(viewer), context.CancellationToken));
    }, context.CancellationToken);

    /// <summary>What the viewer of a request may know now.</summary>
    public ValueTask<GraphView> PresentAsync(IResolveFieldContext context) => session.ViewAsync(context.Viewer(), default, context.CancellationToken);

    private Act ActOf(string move) => kind.Table.Of(move).Any(row => row.Who.Contains(CasePart.Client)) ? Acts.Either : Acts.Others;

    private async ValueTask<object?> MoveAsync(IResolveFieldContext context, string move)
    {
        var viewer = context.Viewer();
        var carried = MoveArguments.Read(context, session.Catalog, kind, move);
        var present = await PresentAsync(context);
        var node = lookup.Node(present, viewer, noun, context.GetArgument<string>(noun), kind.NodeType);
        var filed = await CaseFacts.ReadAsync(session.Store, node.Id, node.View.Version, context.CancellationToken) ?? throw Problem.NotFound($"{kind.NodeType} of this id");
        if (HappenedDay.FaultOf(kind, filed, carried, session.Now) is { } fault) throw Problem.BadInput(HappenedDay.Field, fault);
        RequestContext.Of(context).Ledger.Record($"Mutation.{move}{kind.NodeType}", filed.History.Parties.Client, unmasked: false);
        var hand = new MoveInHand(context, node, filed, new MoveAsked(move, CaseViewers.MoverIn(present, viewer, filed.History.Parties), context.GetArgument<string>("key"), carried)
        {
            Seen = context.GetArgument<int?>("seen"),
        });
        hand = hand with { Asked = await Complete(hand) };
        // What is refused anyway, or was done before, needs nothing on the table.
        if (CaseEngine.Decide(kind.Table, filed.History, hand.Asked, session.Now) is { IsNew: false } settled) return await ShownAsync(context, new CaseOutcome(node.Id, settled));
        var briefing = await Brief(hand);
        if (briefing is { Circumstances: { IsEmpty: false } circumstances }) hand = hand with { Asked = hand.Asked with { Circumstances = [.. hand.Asked.Circumstances.Union(circumstances)] } };
        return await gate.RunAsync(async () => await ShownAsync(context, await Desk.MoveAsync(
            kind, node.Id, hand.Asked, briefing, FilingOf(viewer), (filed, made, version) => Follow(hand, filed, made, version), context.CancellationToken)), context.CancellationToken);
    }

    private async Task<CasePayload> ShownAsync(IResolveFieldContext context, CaseOutcome outcome)
    {
        if (outcome.Decision.Refusal is { } refusal) throw CaseViewers.ErrorOf(refusal);
        var view = await PresentAsync(context);
        var move = new NodeId(CaseFacts.MoveType, FormattableString.Invariant($"{outcome.Id.Key}-{outcome.Decision.Made!.Serial}"));
        return new CasePayload(view, new NodeHandle(view, view.Snapshot.Nodes.Find(outcome.Id)), new NodeHandle(view, view.Snapshot.Nodes.Find(move)), outcome.Decision.IsNew);
    }

    private CaseFiling FilingOf(Viewer viewer) => new(session.Now, session.Today, $"cases {viewer.Of ?? viewer.Role.ToString().ToLowerInvariant()}");
}
