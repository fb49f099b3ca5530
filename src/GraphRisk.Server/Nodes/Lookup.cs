using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Nodes;

/// <summary>Finds the nodes that arguments name in a viewer's view. What the viewer may not know of is not there.</summary>
internal sealed class Lookup(NodeIds ids)
{
    /// <summary>The node of an id, of any type.</summary>
    /// <param name="view">Where to look.</param>
    /// <param name="viewer">Who asks; whose view it is.</param>
    /// <param name="argument">Name of the argument, for messages.</param>
    /// <param name="id">Global id, or plain <c>Type/key</c>.</param>
    /// <exception cref="Http.TypedError">The text is no id, or names nothing the viewer meets.</exception>
    public NodeHandle Node(GraphView view, Viewer viewer, string argument, string id)
    {
        if (!ids.TryRead(viewer, id, out var key)) throw Problem.BadInput(argument, "is not an id of this server.");
        return Find(view, key) ?? throw Problem.NotFound(view.Snapshot.Nodes.Count > 0
            ? "node of this id"
            : string.Create(CultureInfo.InvariantCulture, $"fact of {view.Stamp.AsOf.UtcDateTime:yyyy-MM-dd} or before"));
    }

    /// <summary>The node of an id, of one type or interface.</summary>
    public NodeHandle Node(GraphView view, Viewer viewer, string argument, string id, string type)
    {
        var found = Node(view, viewer, argument, id);
        return found.Type.Is(type) ? found : throw Problem.NotFound($"{type} of this id");
    }

    /// <summary>The broker of an id or of a code such as <c>B001</c>.</summary>
    public NodeHandle Broker(GraphView view, Viewer viewer, string argument, string idOrCode) =>
        Find(view, new NodeId("Broker", idOrCode)) ?? Node(view, viewer, argument, idOrCode, "Broker");

    /// <summary>The broker whose own rules are asked for: of a broker that asks always itself, of others the one that is named; null where none is.</summary>
    /// <exception cref="Http.TypedError">A broker names another, be there one or not; or nobody is of that id.</exception>
    public NodeId? BrokerOfRules(GraphView view, Viewer viewer, string argument, string? idOrCode)
    {
        if (viewer.Role != Role.Broker || !NodeId.TryParse(viewer.Of, out var own)) return idOrCode is null ? null : Broker(view, viewer, argument, idOrCode).Id;
        return idOrCode is null || SubjectOf(viewer, idOrCode) == own.ToString() ? own : throw Problem.NotFound("broker of yours of this id");
    }

    /// <summary>Canonical id of the party or broker an argument names, for the policy; null where it names none.</summary>
    public string? SubjectOf(Viewer viewer, string? idOrCode)
    {
        if (string.IsNullOrEmpty(idOrCode)) return null;
        return ids.TryRead(viewer, idOrCode, out var id) ? id.ToString() : $"Broker/{idOrCode}";
    }

    private static NodeHandle? Find(GraphView view, NodeId id) =>
        view.Snapshot.Nodes.Find(id) is >= 0 and var node ? new NodeHandle(view, node) : null;
}
