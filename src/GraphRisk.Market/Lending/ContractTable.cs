using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Columns;

namespace GraphRisk.Market.Lending;

/// <summary>
/// The contracts of a snapshot: whose they are, who granted them, what is owed, what secures it. Everything is a point read:
/// opening looks up columns, and an answer costs the contracts it is about. Thread-safe.
/// </summary>
public sealed class ContractTable
{
    private readonly ContractColumns?[] columns;
    private readonly RelationshipTable contracted;
    private readonly RelationshipTable grantedBy;
    private readonly RelationshipTable pledged;
    private readonly RelationshipTable secured;
    private readonly RelationshipTable clientOf;
    private readonly NumberColumn pledgedQuantity;
    private readonly NumberColumn retainedDividends;
    private readonly NumberColumn close;
    private readonly Lazy<bool> statesDebts;

    public ContractTable(Snapshot snapshot)
    {
        Snapshot = snapshot;
        columns = ContractColumns.Of(snapshot);
        contracted = snapshot.Relationship("CONTRACTED");
        grantedBy = snapshot.Relationship("GRANTED_BY");
        pledged = snapshot.Relationship("PLEDGED");
        secured = snapshot.Relationship("SECURED_BY");
        clientOf = snapshot.Relationship("CLIENT_OF");
        pledgedQuantity = NumberColumn.Of(pledged, "quantity");
        retainedDividends = NumberColumn.Of(pledged, "retainedDividends");
        close = NumberColumn.Of(snapshot, "Security", "close");
        statesDebts = new(() => All.Any(contract => Columns(contract) is var (kind, row) && kind.Debt.Exact(row) is not null));
    }

    /// <summary>The snapshot.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>All contracts, by kind, then in the order of the snapshot.</summary>
    public IEnumerable<int> All => ContractColumns.Types.SelectMany(type => Snapshot.Nodes.OfType(type).ToArray());

    /// <summary>Contracts of a party with a broker, by node; each once.</summary>
    public IEnumerable<Contract> Of(int party, int broker) =>
        Distinct(contracted.Out.Neighbours(party)).Where(contract => BrokerOf(contract) == broker).Select(Read);

    /// <summary>Contracts of a party with whichever broker, by node; each once.</summary>
    public IEnumerable<Contract> OfParty(int party) => Distinct(contracted.Out.Neighbours(party)).Select(Read);

    /// <summary>Nodes of a party's contracts, ascending; each once.</summary>
    public IReadOnlyList<int> NodesOf(int party) => Distinct(contracted.Out.Neighbours(party));

    /// <summary>Contracts a broker has granted, by node; each once.</summary>
    public IEnumerable<Contract> OfBroker(int broker) => Distinct(grantedBy.In.Neighbours(broker)).Select(Read);

    /// <summary>The broker that granted a contract; -1 where none is stated.</summary>
    public int BrokerOf(int contract) => grantedBy.Out.Degree(contract) > 0 ? grantedBy.Out.Neighbours(contract)[0] : -1;

    /// <summary>The party that entered into a contract; -1 where none is stated.</summary>
    public int PartyOf(int contract) => contracted.In.Degree(contract) > 0 ? contracted.In.Neighbours(contract)[0] : -1;

    /// <summary>Whether a party is anybody's client: a broker keeps it or lends to it.</summary>
    public bool IsClient(int party) => clientOf.Out.Degree(party) > 0 || contracted.Out.Degree(party) > 0;

    /// <summary>Whether a party is a client of a broker: by relation or by contract.</summary>
    public bool IsClient(int party, int broker) =>
        clientOf.Out.Neighbours(party).Contains(broker) || Distinct(contracted.Out.Neighbours(party)).Exists(contract => BrokerOf(contract) == broker);

    /// <summary>The clients of a broker, ascending.</summary>
    public SortedSet<int> ClientsOf(int broker)
    {
        var clients = new SortedSet<int>(clientOf.In.Neighbours(broker).ToArray());
        foreach (var contract in grantedBy.In.Neighbours(broker))
            if (PartyOf(contract) is >= 0 and var party) clients.Add(party);
        return clients;
    }

    /// <summary>Net capital of a broker; null where not stated.</summary>
    public decimal? NetCapitalOf(int broker) => Snapshot.Nodes.GetDecimal(broker, "netCapital");

    /// <summary>What a party owes under all its contracts, yuan.</summary>
    public decimal DebtOf(int party)
    {
        var debt = 0m;
        var last = -1;
        foreach (var contract in contracted.Out.Neighbours(party))
            if (contract != last) debt += DebtUnder(last = contract);
        return debt;
    }

    /// <summary>Whether any contract states a debt: before the first statement nothing is known of what anybody owes.</summary>
    public bool StatesDebts => statesDebts.Value;

    /// <summary>
    /// What a party owes, as an answer tells it: as <see cref="DebtOf"/>, but null where that is not known, since contracts are outstanding and of none
    /// a debt was stated yet, or since none was of anybody.
    /// </summary>
    public decimal? StatedDebtOf(int party)
    {
        if (!StatesDebts) return null;
        var isOutstanding = false;
        foreach (var contract in contracted.Out.Neighbours(party))
        {
            var (kind, row) = Columns(contract);
            if (kind.StatusOf(row) == ContractStatus.Closed) continue;
            if (kind.Debt.Exact(row) is not null) return DebtOf(party);
            isOutstanding = true;
        }

        return isOutstanding ? null : 0m;
    }

    /// <summary>What is owed under a contract, as an answer tells it: nothing once it is closed; null where it is outstanding and no debt was stated yet.</summary>
    public decimal? StatedDebtUnder(int contract)
    {
        var (kind, row) = Columns(contract);
        return kind.StatusOf(row) == ContractStatus.Closed ? 0m : kind.Debt.Exact(row);
    }

    /// <summary>A contract as it stands.</summary>
    /// <exception cref="ArgumentException">The node is no contract.</exception>
    public Contract Read(int contract)
    {
        var (kind, row) = Columns(contract);
        var status = kind.StatusOf(row);
        var (call, closing) = LinesOf(contract, kind, row);
        return new Contract(
            contract, kind.Kind, status, status == ContractStatus.Closed ? default : CoverageOf(contract, kind, row),
            call, closing, kind.CreditLine(row), kind.MaturesOn(row));
    }

    /// <summary>What the securities in the account of a margin contract came to by the last statement, yuan; null where none says so, and for other contracts.</summary>
    public decimal? StatedSecuritiesOf(int contract)
    {
        var (kind, row) = Columns(contract);
        return kind.SecuritiesValue(row);
    }

    /// <summary>The common lines of the broker that granted a contract.</summary>
    public MarginLines CommonLinesOf(int contract) =>
        MarginLines.Common.For(BrokerOf(contract) is >= 0 and var broker ? Snapshot.Nodes.IdOf(broker).Key : "", Snapshot.Stamp.AsOfDay);

    /// <summary>Collateral to debt as the broker's statements gave it on a day, 1 = 100%; NaN where none had come in.</summary>
    public double StatedRatioAt(int contract, int day)
    {
        var (kind, row) = Columns(contract);
        return kind.StatedRatio.At(row, day);
    }

    /// <summary>Owed as stated on a day; NaN where no statement had come in.</summary>
    public double DebtAt(int contract, int day)
    {
        var (kind, row) = Columns(contract);
        return kind.Debt.At(row, day);
    }

    /// <summary>The same to the cent, as money is compared; null where no statement had come in.</summary>
    public decimal? StatedDebtAt(int contract, DateOnly day)
    {
        var (kind, row) = Columns(contract);
        return kind.Debt.ExactAt(row, day.DayNumber);
    }

    /// <summary>The lowest ratio stated after a day; NaN where none was.</summary>
    public double LowestStatedRatioSince(int contract, int day)
    {
        var (kind, row) = Columns(contract);
        var days = kind.StatedRatio.Days(row);
        var values = kind.StatedRatio.History(row);
        var lowest = double.NaN;
        for (var i = days.Length - 1; i >= 0 && days[i] > day; i--) lowest = Numbers.Least(lowest, (double)values[i]);
        return lowest;
    }

    /// <summary>Days on which the broker stated the debt of a contract, ascending.</summary>
    public ReadOnlySpan<int> StatedDays(int contract)
    {
        var (kind, row) = Columns(contract);
        return kind.Debt.Days(row);
    }

    /// <summary>Securities pledged or sold under a contract at the last close, dividends left out; those without a price are passed over.</summary>
    public IEnumerable<(int Security, decimal Value)> PledgedUnder(int contract)
    {
        for (var (edge, end) = pledged.Out.Range(contract); edge < end; edge++)
            if (close.Exact(Snapshot.Nodes.RowOf(pledged.Out.Target(edge))) is { } price)
                yield return (pledged.Out.Target(edge), (pledgedQuantity.Exact(edge) ?? 0m) * price);
    }

    /// <summary>What is pledged or sold under a contract as it is stated, with its last close, null where there is none.</summary>
    public IEnumerable<(int Security, decimal Quantity, decimal? Close)> StatedPledges(int contract)
    {
        for (var (edge, end) = pledged.Out.Range(contract); edge < end; edge++)
            if (pledgedQuantity.Exact(edge) is > 0 and var quantity)
                yield return (pledged.Out.Target(edge), quantity, close.Exact(Snapshot.Nodes.RowOf(pledged.Out.Target(edge))));
    }

    /// <summary>Accounts whose content secures a contract, ascending; each once.</summary>
    public IReadOnlyList<int> AccountsBehind(int contract) => Distinct(secured.Out.Neighbours(contract));

    /// <summary>The outstanding contracts that an account's content secures, ascending; each once.</summary>
    public IEnumerable<Contract> SecuredByAccount(int account) => Distinct(secured.In.Neighbours(account)).Select(Read).Where(contract => contract.IsOutstanding);

    /// <summary>As the contract states them; a margin contract that states one or none has its broker's common line.</summary>
    private (decimal? Call, decimal? Closing) LinesOf(int contract, ContractColumns kind, int row)
    {
        var (call, closing) = (kind.CallLine(row), kind.ClosingLine(row));
        if (kind.Kind != ContractKind.Margin || call is not null && closing is not null) return (call, closing);
        var common = CommonLinesOf(contract);
        return (call ?? common.Call, closing ?? common.Liquidation);
    }

    private decimal DebtUnder(int contract)
    {
        var (kind, row) = Columns(contract);
        return kind.StatusOf(row) == ContractStatus.Closed ? 0m : kind.Debt.Exact(row) ?? 0m;
    }

    private Coverage CoverageOf(int contract, ContractColumns kind, int row)
    {
        var debt = kind.Debt.Exact(row) ?? 0m;
        return new Coverage(kind.AccountValue(row) ?? PledgedValue(contract) ?? ((kind.StatedRatio.Exact(row) ?? 0m) * debt), debt);
    }

    /// <summary>What is pledged at the last close, with retained dividends; null where nothing pledged has a price.</summary>
    private decimal? PledgedValue(int contract)
    {
        decimal? value = null;
        var (start, end) = pledged.Out.Range(contract);
        for (var edge = start; edge < end; edge++)
            if (close.Exact(Snapshot.Nodes.RowOf(pledged.Out.Target(edge))) is { } price)
                value = (value ?? 0m) + ((pledgedQuantity.Exact(edge) ?? 0m) * price) + (retainedDividends.Exact(edge) ?? 0m);
        return value;
    }

    private (ContractColumns Kind, int Row) Columns(int contract)
    {
        var type = Snapshot.Nodes.TypeOf(contract);
        return columns[type.Ordinal] is { } kind
            ? (kind, Snapshot.Nodes.RowOf(contract))
            : throw new ArgumentException($"{type.Name} is no contract.", nameof(contract));
    }

    private static List<int> Distinct(ReadOnlySpan<int> sorted)
    {
        var distinct = new List<int>(sorted.Length);
        foreach (var node in sorted)
            if (distinct.Count == 0 || distinct[^1] != node) distinct.Add(node);
        return distinct;
    }
}
