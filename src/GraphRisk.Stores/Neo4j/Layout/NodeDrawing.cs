using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Neo4j.Layout;

/// <summary>
/// What a node in Neo4j shows: its own fact, and over it, in the order of recording, the further facts about it that are at
/// least as reliable and late as what is shown by then.
/// </summary>
internal sealed class NodeDrawing
{
    private readonly SortedDictionary<string, object?> values = new(StringComparer.Ordinal);
    private long priority = -1;

    /// <param name="node">The node.</param>
    /// <param name="own">The fact that stands on the node, or null.</param>
    public NodeDrawing(NodeId node, Recording? own)
    {
        (Node, Own) = (node, own);
        if (own is not null) Take((NodeFact)own.Fact);
    }

    /// <summary>The node.</summary>
    public NodeId Node { get; }

    /// <summary>The fact that stands on the node, or null.</summary>
    public Recording? Own { get; }

    /// <summary>Values of fields as Neo4j's own types.</summary>
    public IReadOnlyDictionary<string, object?> Values => values;

    /// <summary>Whether anything but the own fact is shown.</summary>
    public bool IsOverlaid { get; private set; }

    /// <summary>Priority of the last fact shown over the own one, or null.</summary>
    public long? Shown => IsOverlaid ? priority : null;

    /// <summary>Reads what a node in the database shows.</summary>
    public static NodeDrawing Read(NodeType type, NodeId node, IReadOnlyDictionary<string, object?> stored)
    {
        var drawing = new NodeDrawing(node, StoredProperties.ReadNode(type, node, stored));
        if (stored.GetValueOrDefault("_shown") is not long shown) return drawing;
        foreach (var (name, value) in stored)
            if (type.FindField(name) is not null) drawing.values[name] = value;
        (drawing.priority, drawing.IsOverlaid) = (shown, true);
        return drawing;
    }

    /// <summary>Shows a further fact, unless what is shown already is more reliable or later; says which.</summary>
    public bool Show(NodeFact fact)
    {
        if (PriorityOf(fact) < priority) return false;
        Take(fact);
        return IsOverlaid = true;
    }

    private void Take(NodeFact fact)
    {
        priority = PriorityOf(fact);
        foreach (var (name, value) in fact.Properties) values[name] = NativeProperties.Of(value);
    }

    /// <summary>What orders facts: the more reliable, then the later.</summary>
    private static long PriorityOf(NodeFact fact) =>
        ((long)(fact.Provenance.Reliability * 1000) << 48) + (fact.Validity.From.Ticks / TimeSpan.TicksPerMillisecond);
}
