using GraphRisk.Graph.Facts;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Nodes;

/// <summary>
/// Relay's global ids: node ids made opaque. Who reads pseudonyms gets ids of its project's own, which nobody else is given or
/// understood by: an id that a broker, too, is given would turn a pseudonym back.
/// </summary>
internal sealed class NodeIds(Sealer sealer)
{
    /// <summary>The global id of a node.</summary>
    public string Of(Viewer viewer, NodeId id) => SealerOf(viewer).Seal(id.ToString());

    /// <summary>
    /// Reads a global id, or the plain form <c>Company/registry:9144...</c> that people who know a record's key write; the
    /// two cannot be confused, because base64url has no slash.
    /// </summary>
    /// <exception cref="AccessDenied">The plain form is not open to the viewer.</exception>
    public bool TryRead(Viewer viewer, string text, out NodeId id)
    {
        var isPlain = text.Contains('/', StringComparison.Ordinal);
        if (isPlain && AccessPolicy.Decide(viewer, Act.AskByRecordKey) is { Code: not null } denial) throw AccessDenied.Of(denial, "An id as Type/key");
        return NodeId.TryParse(isPlain ? text : SealerOf(viewer).Open(text), out id);
    }

    /// <summary>The id of what is between two nodes, such as a judgement.</summary>
    public string OfPair(Viewer viewer, NodeId left, NodeId right) => SealerOf(viewer).Seal($"{left}\n{right}");

    /// <summary>The id of a group of nodes: tells groups of one sort apart and names nothing that can be asked for.</summary>
    public string OfGroup(Viewer viewer, string sort, NodeId first) => SealerOf(viewer).Seal($"group {sort}\n{first}");

    /// <summary>Reads the id of what is between two nodes.</summary>
    public bool TryReadPair(Viewer viewer, string text, out NodeId left, out NodeId right)
    {
        right = default;
        var parts = SealerOf(viewer).Open(text)?.Split('\n');
        return NodeId.TryParse(parts?[0], out left) & (parts?.Length == 2 && NodeId.TryParse(parts[1], out right));
    }

    private Sealer SealerOf(Viewer viewer) => sealer.For(Pseudonyms.ProjectOf(viewer));
}
