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
    private readonly Snapshot _snapshot;
    private readonly SecurityBook _securities;
    private readonly Csr _accounts;
    private readonly Csr _positions;
    private readonly NumberColumn _quantity;

    public HoldingBook(Snapshot snapshot, SecurityBook securities)
    {
        _snapshot = snapshot;
        _securities = securities;
        _accounts = snapshot.Relationship("OWNS_ACCOUNT").Out;
        var positions = snapshot.Relationship("POSITION");
        _positions = positions.Out;
        _quantity = NumberColumn.Of(positions, "quantity");
    }

    /// <summary>Replaces the content of <paramref name="into"/> by the party's holdings; a security held in two accounts occurs twice.</summary>
    public void Read(int node, List<Holding> into)
    {
        into.Clear();
        foreach (var account in _accounts.Neighbours(node))
        {
            var (start, end) = _positions.Range(account);
            for (var edge = start; edge < end; edge++)
            {
                var row = _snapshot.Nodes.RowOf(_positions.Targets[edge]);
                var value = _quantity[edge] * _securities[row].Close;
                if (value > 0)
                    into.Add(new Holding(row, value));
            }
        }
    }
}
