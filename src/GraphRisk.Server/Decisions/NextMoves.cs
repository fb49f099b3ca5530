using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Server.Decisions;

/// <summary>What keeps a viewer from a move, whatever it carries.</summary>
internal enum MoveObstacle
{
    /// <summary>Role, purpose, or what the client has not allowed.</summary>
    Access,

    /// <summary>It is for another part.</summary>
    Part,

    /// <summary>It takes another person, or a named one.</summary>
    Person,
}

/// <summary>A move that leads on from where a case stands, as it looks to the viewer.</summary>
/// <param name="Command">The mutation that makes it.</param>
/// <param name="Move">The move.</param>
/// <param name="Denied">What role, purpose or the client's authorisations say against it; null where nothing.</param>
internal sealed record NextMoveOf(string Command, NextMove Move, string? Denied)
{
    public MoveObstacle? Obstacle => Move.Refusal?.Kind == RefusalKind.Part ? MoveObstacle.Part : Denied is not null ? MoveObstacle.Access : Move.Refusal is null ? null : MoveObstacle.Person;

    public string? Refusal => Obstacle == MoveObstacle.Access ? Denied : Move.Refusal?.Reason;
}

/// <summary>What a client would have to allow before a viewer may make a move; null where nothing.</summary>
internal delegate ValueTask<TypedError?> AllowanceLacking(Viewer viewer, GraphView view, CaseParties parties, string move, CancellationToken cancellation);

/// <summary>Which moves lead on from where a case stands, and who makes them: the field <c>nextMoves</c> of every kind of case.</summary>
internal static class NextMoves
{
    private const string TypeName = "NextMove";

    /// <summary>Adds the field to the cases of a kind.</summary>
    /// <param name="parts">The schema.</param>
    /// <param name="session">Reads the case.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="actOf">The act that a move is to the platform.</param>
    /// <param name="lacks">What the client would have to allow first; null where nothing.</param>
    public static void AddTo(SchemaParts parts, GraphSession session, CaseKind kind, Func<string, Act> actOf, AllowanceLacking lacks)
    {
        if (!parts.Types.Exists(type => type.Name == TypeName)) parts.Types.AddRange(Types());
        parts.Extend(kind.NodeType, () => Fields.Resolved(
            "nextMoves", $"[{TypeName}!]", FieldAccess.Reads(Sensitivity.Confidential),
            "Moves by which persons lead on from where the case stands, in the order of its table, each with what keeps you from making it. Level 3.", async context =>
            {
                var (viewer, node) = (context.Viewer(), (NodeHandle)context.Source!);
                context.Meter().Charge(ResolutionPart.StepsOfRead);
                var filed = await CaseFacts.ReadAsync(session.Store, node.Id, node.View.Version, context.CancellationToken) ?? throw Problem.NotFound($"{kind.NodeType} of this id");
                var others = await ComplaintFacts.OthersAsync(session.Store, filed, node.View.Version, context.CancellationToken);
                var moves = new List<NextMoveOf>();
                foreach (var move in CaseEngine.Next(kind.Table, filed.History, CaseViewers.MoverIn(node.View, viewer, filed.History.Parties), others))
                {
                    var command = move.Move + kind.NodeType;
                    var denied = DeniedOf(viewer, actOf(move.Move), command) ?? (await lacks(viewer, node.View, filed.History.Parties, move.Move, context.CancellationToken))?.Message;
                    moves.Add(new NextMoveOf(command, move, denied));
                }

                return moves;
            }));
    }

    private static string? DeniedOf(Viewer viewer, Act act, string command) =>
        AccessPolicy.Decide(viewer, act) is { Code: not null } denial ? AccessDenied.Of(denial, $"Mutation.{command}").Message : null;

    private static IEnumerable<IGraphType> Types() =>
    [
        Fields.Enum(
            "MoveObstacle", "What keeps you from a move, whatever it carries.",
            ("ACCESS", MoveObstacle.Access, "Your role or purpose, or that the client has not authorised it."), ("PART", MoveObstacle.Part, "It is for another part in the case."),
            ("PERSON", MoveObstacle.Person, "It takes another person, or one whom the token names.")),
        Fields.Object(
            TypeName, "A move that leads on from where a case stands.",
            Fields.Of<NextMoveOf>("name", "String!", FieldAccess.Structure, "What it is called.", one => one.Move.Move),
            Fields.Of<NextMoveOf>("command", "String!", FieldAccess.Structure, "The mutation that makes it.", one => one.Command),
            Fields.Of<NextMoveOf>("who", "[CasePart!]!", FieldAccess.Structure, "Parts in which it is made.", one => one.Move.Who.Select(part => part.ToString().ToUpperInvariant())),
            Fields.Of<NextMoveOf>("takesAnother", "Boolean!", FieldAccess.Structure, "Whether it takes another person than one who moved before.", one => one.Move.TakesAnother),
            Fields.Of<NextMoveOf>("apartFrom", "[Int!]!", FieldAccess.Structure, "Places of moves of the case of whose makers it takes another.", one => one.Move.ApartFrom),
            Fields.Of<NextMoveOf>("obstacle", "MoveObstacle", FieldAccess.Structure, "What keeps you from making it; null where nothing does.", one => one.Obstacle),
            Fields.Of<NextMoveOf>("refusal", "String", FieldAccess.Structure, "The same in a sentence.", one => one.Refusal)),
    ];
}
