using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Workflow.Decisions.Replay;

/// <summary>
/// Cases by the numbers they are called by: that of the system a history came from, which is the key of the move that opened the case, and that of the platform. A number is one broker's, or the supervisor's.
/// </summary>
internal sealed class CaseNumbers
{
    private readonly Dictionary<(string Kind, string? Broker, string Number), NodeId> cases = [];
    private readonly Dictionary<(string Kind, NodeId Contract), ImmutableArray<NodeId>> on = [];

    private readonly CaseNumbers? below;

    private CaseNumbers(CaseNumbers? below) => this.below = below;

    /// <summary>The numbers of the cases that are known. Cost: the moves and cases of the snapshot.</summary>
    public static CaseNumbers Of(Snapshot snapshot)
    {
        var (nodes, found) = (snapshot.Nodes, new CaseNumbers(null));
        foreach (var move in nodes.OfType(CaseFacts.MoveType))
        {
            if (nodes.Get(move, "serial")?.AsInteger() != 1 || snapshot.Relationship("MOVE_OF").Out.Neighbours(move) is not [var one, ..]) continue;
            var broker = snapshot.Relationship("HANDLED_BY").Out.Neighbours(one) is [var handled, ..] ? nodes.IdOf(handled).ToString() : null;
            var id = nodes.IdOf(one);
            if (nodes.GetString(move, "commandKey") is { } key) found.cases.TryAdd((id.Type, broker, key), id);
            if (nodes.GetString(one, "reference") is { } reference) found.cases.TryAdd((id.Type, broker, reference), id);
        }

        return found;
    }

    /// <summary>The case of a number; null where there is none.</summary>
    public NodeId? Find(string kind, string? broker, string number) => cases.TryGetValue((kind, broker, number), out var id) ? id : below?.Find(kind, broker, number);

    /// <summary>Notes a case that was opened.</summary>
    public void Note(string kind, string? broker, string number, NodeId id)
    {
        if (Find(kind, broker, number) is null) cases.Add((kind, broker, number), id);
    }

    /// <summary>Cases that were opened on a contract, or on another case.</summary>
    public ImmutableArray<NodeId> On(CaseKind kind, NodeId contract) => on.TryGetValue((kind.NodeType, contract), out var ids) ? ids : below?.On(kind, contract) ?? [];

    /// <summary>Notes what a case was opened on.</summary>
    public void NoteOn(CaseKind kind, NodeId contract, NodeId id) => on[(kind.NodeType, contract)] = On(kind, contract).Add(id);

    /// <summary>The same, to be noted in without changing these.</summary>
    public CaseNumbers Above() => new(this);

    /// <summary>Notes in those below what was noted above them.</summary>
    public void Settle()
    {
        if (below is null) return;
        foreach (var (number, id) in cases) below.cases[number] = id;
        foreach (var (contract, ids) in on) below.on[contract] = ids;
    }
}
