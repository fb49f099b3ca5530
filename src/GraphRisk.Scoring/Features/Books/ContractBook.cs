using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Scoring.Features.Books;

/// <summary>The contracts of every party; <see cref="Read"/> costs a step per contract, <see cref="Debt"/> is gathered once.</summary>
internal sealed class ContractBook
{
    private readonly Snapshot snapshot;
    private readonly Csr contracted;
    private readonly Dictionary<string, ContractColumns> columns;

    public ContractBook(Snapshot snapshot, Parties parties)
    {
        this.snapshot = snapshot;
        contracted = snapshot.Relationship("CONTRACTED").Out;
        columns = ContractColumns.Of(snapshot);
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
        foreach (var contract in contracted.Neighbours(node))
        {
            if (columns[snapshot.Nodes.TypeOf(contract).Name].Read(snapshot.Nodes.RowOf(contract)) is { } statement)
                position = position.With(statement);
        }
        return position;
    }
}
