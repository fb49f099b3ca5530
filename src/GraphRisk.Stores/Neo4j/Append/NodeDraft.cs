using GraphRisk.Graph.Facts;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Append;

/// <summary>A node while an append decides what becomes of it.</summary>
/// <param name="before">What it shows in the database; null where it is not there.</param>
/// <param name="node">The node.</param>
internal sealed class NodeDraft(NodeId node, NodeDrawing? before)
{
    private readonly List<Recording> added = [];
    private readonly HashSet<FactId> gone = [];
    private Recording? own = before?.Own;
    private bool isRedrawn;

    /// <summary>Whether the node stands in the database.</summary>
    public bool Exists => before is not null;

    /// <summary>Whether a fact stands on the node, or did when the append began.</summary>
    public bool IsTaken { get; private set; } = before?.Own is not null;

    /// <summary>Whether the further facts that are in the database have to be known before the node can be drawn.</summary>
    public bool NeedsStatements => isRedrawn && before is { Own: not null } or { IsOverlaid: true };

    /// <summary>Puts a fact on the node, in the place of what was recorded of it before.</summary>
    public void PutOwn(Recording recording) => (own, IsTaken, isRedrawn) = (recording, true, true);

    /// <summary>Takes the fact from the node.</summary>
    public void Empty() => (own, isRedrawn) = (null, true);

    /// <summary>Adds a further fact.</summary>
    public void Add(Recording statement) => added.Add(statement);

    /// <summary>Takes a further fact away.</summary>
    public void Remove(FactId statement) => isRedrawn = gone.Add(statement);

    /// <summary>What the node is to show, or null where it goes on as before.</summary>
    /// <param name="statements">The further facts in the database, in any order; looked at where <see cref="NeedsStatements"/>.</param>
    public NodeDrawing? Draw(IEnumerable<Recording> statements)
    {
        var drawing = isRedrawn || before is null ? new NodeDrawing(node, own) : before;
        var changes = isRedrawn || before is null;
        IEnumerable<Recording> kept = isRedrawn ? statements.Where(statement => !gone.Contains(statement.Id)).OrderBy(statement => statement.Sequence) : [];
        foreach (var statement in kept.Concat(added)) changes |= drawing.Show((NodeFact)statement.Fact);
        return changes ? drawing : null;
    }
}
