using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Features.Reading;

namespace GraphRisk.Scoring.Features.Books;

/// <summary>One security in one account, valued at the last close.</summary>
/// <param name="Security">Row of the security.</param>
/// <param name="Value">Quantity x close, yuan; positive.</param>
internal readonly record struct Holding(int Security, double Value);

/// <summary>What each party holds through its accounts. Positions without a price or quantity are passed over.</summary>
internal sealed class HoldingBook
{
    private readonly Snapshot snapshot;
    private readonly SecurityBook securities;
    private readonly Csr accounts;
    private readonly Csr positions;
    private readonly NumberColumn quantity;

    public HoldingBook(Snapshot snapshot, SecurityBook securities)
    {
        this.snapshot = snapshot;
        this.securities = securities;
        accounts = snapshot.Relationship("OWNS_ACCOUNT").Out;
        var positions = snapshot.Relationship("POSITION");
        this.positions = positions.Out;
        quantity = NumberColumn.Of(positions, "quantity");
    }

    /// <summary>Replaces the content of <paramref name="into"/> by the party's holdings; a security held in two accounts occurs twice.</summary>
    public void Read(int node, List<Holding> into)
    {
        into.Clear();
        foreach (var account in accounts.Neighbours(node))
        {
            var (start, end) = positions.Range(account);
            for (var edge = start; edge < end; edge++)
            {
                var row = snapshot.Nodes.RowOf(positions.Target(edge));
                var value = quantity[edge] * securities[row].Close;
                if (value > 0)
                    into.Add(new Holding(row, value));
            }
        }
    }
}
