using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Neo4j.Bulk;

/// <summary>
/// Goes through everything recorded about one node, set by set, as <see cref="Neo4jAppend"/> and <see cref="Writes"/> would:
/// the first fact of a node that has none stands on it, others stand beside it, and the node shows the values of the most
/// reliable and latest. Within a set retractions take effect first, then what stands on the node, then what stands beside it.
/// </summary>
internal sealed class NodeReplay(SchemaCatalog catalog, NodeId node)
{
    private readonly SortedDictionary<string, PropertyValue> shown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Recording> statements = new(StringComparer.Ordinal);
    private readonly SortedSet<string> identifiers = new(StringComparer.Ordinal);

    /// <summary>The fact that stands on the node, or null.</summary>
    public Recording? Own { get; private set; }

    /// <summary>What orders the facts shown; null where none is.</summary>
    public long? Priority { get; private set; }

    /// <summary>Facts that stand beside the node, in the order of their recording.</summary>
    public IEnumerable<Recording> Statements => statements.Values.OrderBy(recording => recording.Sequence);

    /// <summary>Identifiers that any fact ever stated.</summary>
    public IEnumerable<string> Identifiers => identifiers;

    /// <summary>Values the node shows.</summary>
    public Properties Shown => Properties.Of(shown.Select(item => new Property(item.Key, item.Value)));

    /// <summary>What the node is called in drawings where no field of it says so, or null.</summary>
    public string? Caption { get; private set; }

    /// <summary>Takes in everything recorded, in order.</summary>
    public void Run(List<NodeEvent> events)
    {
        for (var start = 0; start < events.Count;)
        {
            var end = start;
            while (end < events.Count && events[end].Recording.Version == events[start].Recording.Version) end++;
            RunSet(events.GetRange(start, end - start));
            start = end;
        }
    }

    private void RunSet(List<NodeEvent> events)
    {
        var (isTaken, isEmptied) = (Own is not null, false);
        NodeFact? onNode = null;
        Recording? replaced = null;
        var beside = new List<NodeFact>();
        foreach (var (kind, recording) in events)
        {
            if (kind == ChangeKind.Retract)
            {
                if (!statements.Remove(recording.Fact)) isEmptied = true;
                continue;
            }

            var fact = (NodeFact)recording.ToFact(catalog, Element.OfNode(node));
            identifiers.UnionWith(Neo4j.Identifiers.Of(fact, catalog.Node(node.Type)));
            if (!statements.ContainsKey(recording.Fact) && (Own?.Fact == recording.Fact || !isTaken))
            {
                (replaced, Own, onNode, isTaken) = (Own, recording, fact, true);
            }
            else
            {
                statements[recording.Fact] = recording;
                beside.Add(fact);
            }
        }

        if (isEmptied) Empty();
        if (onNode is not null) Show(onNode, replaced);
        foreach (var fact in beside)
            if (Writes.Priority(fact) >= (Priority ?? -1)) Show(fact, null);
    }

    private void Empty()
    {
        (Own, Priority, Caption) = (null, null, null);
        shown.Clear();
    }

    private void Show(NodeFact fact, Recording? replaced)
    {
        if (replaced is not null)
            foreach (var (name, _) in replaced.ToFact(catalog, Element.OfNode(node)).Properties) shown.Remove(name);
        foreach (var (name, value) in fact.Properties) shown[name] = value;
        Caption = NativeProperties.CaptionOf(catalog.Node(node.Type), fact.Properties) ?? Caption;
        Priority = Writes.Priority(fact);
    }
}
