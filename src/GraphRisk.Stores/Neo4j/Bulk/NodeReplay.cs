using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Bulk;

/// <summary>
/// Goes through everything recorded about one node, set by set, as <see cref="Neo4jAppend"/> would: the first fact of a node
/// that has none stands on it, others stand beside it.
/// </summary>
internal sealed class NodeReplay(SchemaCatalog catalog, NodeId node)
{
    private readonly Dictionary<FactId, Recording> statements = [];
    private readonly SortedSet<string> identifiers = new(StringComparer.Ordinal);
    private Recording? own;

    /// <summary>Facts that stand beside the node, in the order of their recording.</summary>
    public IEnumerable<Recording> Statements => statements.Values.OrderBy(recording => recording.Sequence);

    /// <summary>Identifiers that any fact ever stated.</summary>
    public IEnumerable<string> Identifiers => identifiers;

    /// <summary>What the node holds and shows in the end.</summary>
    public NodeDrawing Draw()
    {
        var drawing = new NodeDrawing(node, own);
        foreach (var statement in Statements) drawing.Show((NodeFact)statement.Fact);
        return drawing;
    }

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

    /// <summary>Within a set a node whose fact is retracted counts as having one.</summary>
    private void RunSet(List<NodeEvent> events)
    {
        var isTaken = own is not null;
        foreach (var (kind, recording) in events)
        {
            if (kind == ChangeKind.Retract)
            {
                if (!statements.Remove(recording.Id)) own = null;
                continue;
            }

            identifiers.UnionWith(IdentifierKeys.Of((NodeFact)recording.Fact, catalog.Node(node.Type)));
            if (own?.Id == recording.Id || (!isTaken && !statements.ContainsKey(recording.Id))) (own, isTaken) = (recording, true);
            else statements[recording.Id] = recording;
        }
    }
}
