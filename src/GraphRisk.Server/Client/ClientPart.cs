using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Client;

/// <summary>Clients: parties as resolution joined them from all their records.</summary>
internal sealed class ClientPart(GraphSession session, Lookup lookup, Pager pager) : ISchemaPart
{
    public void AddTo(SchemaParts parts)
    {
        parts.Query.AddField(Fields.Resolved(
            "client", SchemaCatalog.Party, FieldAccess.Structure,
            "A client by the id of any of its records. Without an id, the client a token was given to.",
            async context =>
            {
                var view = await session.ViewAsync(context);
                var id = context.GetArgument<string?>("id") ?? OwnId(context.Viewer());
                return lookup.Node(view, context.Viewer(), "id", id, SchemaCatalog.Party);
            },
            BitemporalArguments.And(TypeExpression.Argument("id", "ID", "Global id of the client, or of any record joined in it."))));
        parts.Query.AddField(Fields.Resolved(
            "person", "Person", FieldAccess.Structure, "A natural person by id.",
            async context => lookup.Node(
                await session.ViewAsync(context), context.Viewer(), "id", context.GetArgument<string>("id"), "Person"),
            BitemporalArguments.And(TypeExpression.Argument("id", "ID!", "Global id of the person."))));
        parts.Types.AddRange(Connections.Of("Clients", "Clients of a broker, or of all", SchemaCatalog.Party, (item, _) => item));
        parts.Query.AddField(Fields.Resolved(
            "clients", "ClientsConnection", Access, "Clients of a broker, in the order in which they became known. Level 3.",
            ClientsAsync,
            BitemporalArguments.And([
                TypeExpression.Argument("broker", "ID", "Code or id of the broker; null for a broker's own clients, and for the clients of all brokers to whom that is open."),
                .. PageRequest.Arguments])));
    }

    private FieldAccess Access => FieldAccess.Reads(Sensitivity.Confidential) with
    {
        Subject = context => lookup.SubjectOf(context.Viewer(), context.GetArgument<string?>("broker") ?? OwnBroker(context.Viewer())),
    };

    private async ValueTask<object?> ClientsAsync(IResolveFieldContext context)
    {
        var view = await session.ViewAsync(context);
        var viewer = context.Viewer();
        var clients = (context.GetArgument<string?>("broker") ?? OwnBroker(viewer)) is { } broker
            ? OfBroker(view.Snapshot, lookup.Broker(view, viewer, "broker", broker).Number)
            : view.Derive(nameof(ClientPart), OfAll);
        var page = pager.Cut(
            PageRequest.Of(context), view.Stamp, clients.Length,
            at => (view.Snapshot.Nodes.IdOf(clients[at]).ToString(), new NodeHandle(view, clients[at])),
            key => NodeId.TryParse(key, out var id) ? Array.BinarySearch(clients, view.Snapshot.Nodes.Find(id)) : -1);
        return page;
    }

    private static int[] OfBroker(Snapshot snapshot, int broker)
    {
        var clients = snapshot.Relationship("CLIENT_OF").In.Neighbours(broker).ToArray();
        return [.. clients.Distinct()];
    }

    private static int[] OfAll(Snapshot snapshot)
    {
        var clientOf = snapshot.Relationship("CLIENT_OF").Out;
        return [.. Enumerable.Range(0, snapshot.Nodes.Count).Where(node => clientOf.Degree(node) > 0)];
    }

    private static string? OwnBroker(Viewer viewer) => viewer.Role == Role.Broker ? viewer.Of : null;

    private static string OwnId(Viewer viewer) => viewer is { Role: Role.Client, Of: { } own }
        ? own
        : throw Problem.BadInput("id", "is needed: your token was not given to a client.");
}
