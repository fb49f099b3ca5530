using GraphRisk.Graph.Facts;
using GraphRisk.Server.Composition;

namespace GraphRisk.Server.Nodes;

/// <summary>Relay's global ids: node ids made opaque.</summary>
internal sealed class NodeIds(Sealer sealer)
{
    /// <summary>The global id of a node.</summary>
    public string Of(NodeId id) => sealer.Seal(id.ToString());

    /// <summary>
    /// Reads a global id, or the plain form <c>Company/registry:9144...</c> that people who know a record's key write; the
    /// two cannot be confused, because base64url has no slash.
    /// </summary>
    public bool TryRead(string text, out NodeId id) =>
        NodeId.TryParse(text.Contains('/', StringComparison.Ordinal) ? text : sealer.Open(text), out id);

    /// <summary>The id of what is between two nodes, such as a judgement.</summary>
    public string OfPair(NodeId left, NodeId right) => sealer.Seal($"{left}\n{right}");

    /// <summary>Reads the id of what is between two nodes.</summary>
    public bool TryReadPair(string text, out NodeId left, out NodeId right)
    {
        right = default;
        var parts = sealer.Open(text)?.Split('\n');
        return NodeId.TryParse(parts?[0], out left) & (parts?.Length == 2 && NodeId.TryParse(parts[1], out right));
    }
}
