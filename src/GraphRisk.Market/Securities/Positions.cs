using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Columns;

namespace GraphRisk.Market.Securities;

/// <summary>One security in one account, valued at the last close.</summary>
/// <param name="Account">Node of the account.</param>
/// <param name="Security">Row of the security among securities.</param>
/// <param name="Quantity">Number held, positive.</param>
/// <param name="Value">Quantity x close, yuan; positive.</param>
public readonly record struct Position(int Account, int Security, decimal Quantity, decimal Value);

/// <summary>One security in one account as it is stated, with a price or without.</summary>
/// <param name="Security">Node of the security.</param>
/// <param name="Quantity">Number held, positive.</param>
/// <param name="Frozen">Number frozen by a court or under pledge; null where that is not stated.</param>
/// <param name="Close">Last close, yuan; null where there is none.</param>
public readonly record struct StatedPosition(int Security, decimal Quantity, decimal? Frozen, decimal? Close);

/// <summary>
/// What each party holds through its accounts. Positions without a price or quantity are passed over; an account with several
/// owners counts in full for each of them. Point reads; thread-safe.
/// </summary>
public sealed class Positions
{
    private readonly Snapshot snapshot;
    private readonly Csr owned;
    private readonly Csr positions;
    private readonly NumberColumn quantity;
    private readonly NumberColumn frozen;
    private readonly NumberColumn close;

    public Positions(Snapshot snapshot)
    {
        this.snapshot = snapshot;
        owned = snapshot.Relationship("OWNS_ACCOUNT").Out;
        var table = snapshot.Relationship("POSITION");
        positions = table.Out;
        quantity = NumberColumn.Of(table, "quantity");
        frozen = NumberColumn.Of(table, "frozen");
        close = NumberColumn.Of(snapshot, "Security", "close");
    }

    /// <summary>Replaces the content of <paramref name="into"/> by the party's positions; a security held in two accounts occurs twice.</summary>
    public void Read(int party, List<Position> into)
    {
        into.Clear();
        var last = -1;
        foreach (var account in owned.Neighbours(party))
        {
            if (account != last) AddAccount(account, into);
            last = account;
        }
    }

    /// <summary>The positions of a party.</summary>
    public List<Position> Of(int party)
    {
        var found = new List<Position>();
        Read(party, found);
        return found;
    }

    /// <summary>The positions of one account.</summary>
    public List<Position> OfAccount(int account)
    {
        var found = new List<Position>();
        AddAccount(account, found);
        return found;
    }

    /// <summary>The accounts of a party, ascending; each once.</summary>
    public IEnumerable<int> AccountsOf(int party) => owned.Neighbours(party).ToArray().Distinct();

    /// <summary>What an account is stated to hold, those without a price among it, in the order of the snapshot.</summary>
    public IEnumerable<StatedPosition> StatedIn(int account)
    {
        for (var (edge, end) = positions.Range(account); edge < end; edge++)
            if (quantity.Exact(edge) is > 0 and var held)
                yield return new StatedPosition(positions.Target(edge), held, frozen.Exact(edge), close.Exact(snapshot.Nodes.RowOf(positions.Target(edge))));
    }

    private void AddAccount(int account, List<Position> into)
    {
        var (start, end) = positions.Range(account);
        for (var edge = start; edge < end; edge++)
        {
            var row = snapshot.Nodes.RowOf(positions.Target(edge));
            if (quantity.Exact(edge) is > 0 and var held && close.Exact(row) is > 0 and var price)
                into.Add(new Position(account, row, held, held * price));
        }
    }
}
