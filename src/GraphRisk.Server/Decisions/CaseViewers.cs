using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Server.Decisions;

/// <summary>Who moves a case, and how a refusal is told.</summary>
internal static class CaseViewers
{
    /// <summary>The viewer as a mover of a case: a client is the one concerned under any of its records.</summary>
    public static Mover MoverIn(GraphView view, Viewer viewer, CaseParties parties) => viewer.Role switch
    {
        Role.Client => new Mover(CasePart.Client, IsOne(view, viewer.Of, parties.Client) ? parties.Client : viewer.Of, viewer.Subject),
        Role.Broker => new Mover(CasePart.Officer, viewer.Of, viewer.Subject),
        _ => new Mover(CasePart.Supervisor, viewer.Of, viewer.Subject),
    };

    /// <summary>Whom an argument names, or where it is absent the one a token of that role was given to.</summary>
    public static string Named(IResolveFieldContext context, string argument, Role own) =>
        context.GetArgument<string?>(argument) ?? (context.Viewer().Role == own ? context.Viewer().Of : null) ?? throw Problem.BadInput(argument, "is needed.");

    /// <summary>The client a case is opened for: the viewer itself, or whom an officer names.</summary>
    public static NodeHandle ClientIn(GraphView view, IResolveFieldContext context, Lookup lookup)
    {
        var viewer = context.Viewer();
        var client = lookup.Node(view, viewer, "client", Named(context, "client", Role.Client), SchemaCatalog.Party);
        return viewer.Role == Role.Client && !IsOne(view, viewer.Of, client.Id.ToString()) ? throw Problem.NotFound("client of this id whom your token names") : client;
    }

    /// <summary>The error of a refusal: it names state, move and reason.</summary>
    public static TypedError ErrorOf(MoveRefusal refusal) => new(
        refusal.Kind switch
        {
            RefusalKind.Content => Problem.BadInputCode,
            RefusalKind.Part or RefusalKind.Person => AccessCodes.Forbidden,
            _ => Problem.ConflictCode,
        },
        refusal.Reason, ("state", refusal.State), ("move", refusal.Move), ("argument", refusal.Field));

    private static bool IsOne(GraphView view, string? one, string other) =>
        NodeId.TryParse(one, out var left) && NodeId.TryParse(other, out var right)
        && view.Snapshot.Nodes.Find(left) is >= 0 and var node && node == view.Snapshot.Nodes.Find(right);
}
