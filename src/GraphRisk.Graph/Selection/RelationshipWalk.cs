using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Selection;

/// <summary>The relationships of one type, followed from one end.</summary>
/// <param name="table">The relationships.</param>
/// <param name="fromStart">They are followed from where they start.</param>
/// <param name="isOpen">Whether a viewer may follow those of a node; null where it may follow all.</param>
public sealed class RelationshipWalk(RelationshipTable table, bool fromStart, Func<Row, bool>? isOpen = null)
{
    private readonly Csr rows = fromStart ? table.Out : table.In;

    /// <summary>The relationships.</summary>
    public RelationshipTable Table => table;

    /// <summary>Whether those of every node may be followed.</summary>
    public bool IsOpenToAll => isOpen is null;

    /// <summary>Whether those of a node may be followed.</summary>
    public bool IsOpen(int node) => isOpen is null || isOpen(new Row(node));

    /// <summary>First place of a node's relationships and the one after their last.</summary>
    public (int Start, int End) Range(int node) => rows.Range(node);

    /// <summary>The relationship at a place of a node's.</summary>
    public Row At(int node, int place) => new(rows.Target(place), fromStart ? place : table.InEdge(place), node);
}
