using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Scoring.Features.Books;

/// <summary>The contracts of every party; <see cref="Read"/> costs a step per contract, <see cref="Debt"/> is gathered once.</summary>
internal sealed class ContractBook
{
    private readonly Snapshot _snapshot;
    private readonly Csr _contracted;
    private readonly Dictionary<string, ContractColumns> _columns;

    public ContractBook(Snapshot snapshot, Parties parties)
    {
        _snapshot = snapshot;
        _contracted = snapshot.Relationship("CONTRACTED").Out;
        _columns = ContractColumns.Of(snapshot);
        Debt = new double[parties.Count];
        WorstToClose = new double[parties.Count];
        Overdue = new bool[parties.Count];
        for (var party = 0; party < parties.Count; party++)
        {
            var position = Read(parties.NodeOf(party));
            Debt[party] = position.Debt;
            WorstToClose[party] = position.WorstToClose;
            Overdue[party] = position.Overdue > 0;
        }
    }

    /// <summary>Per party the amount owed under open contracts; 0 for none.</summary>
    public double[] Debt { get; }

    /// <summary>Per party the least distance to a closing line, see <see cref="ContractPosition.WorstToClose"/>.</summary>
    public double[] WorstToClose { get; }

    /// <summary>Per party whether a contract is overdue.</summary>
    public bool[] Overdue { get; }

    public ContractPosition Read(int node)
    {
        var position = ContractPosition.None;
        foreach (var contract in _contracted.Neighbours(node))
        {
            if (_columns[_snapshot.Nodes.TypeOf(contract).Name].Read(_snapshot.Nodes.RowOf(contract)) is { } statement)
                position = position.With(statement);
        }
        return position;
    }
}
