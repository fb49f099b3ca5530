using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Columns;

namespace GraphRisk.Market.Flows;

/// <summary>
/// One reading of a snapshot for questions on money that moves: between accounts by transfer and withdrawal, from loans to accounts and
/// back, with who owns an account, who signs in to it, who answers for whom. Opens at once and answers by point reads. Thread-safe.
/// </summary>
public sealed class MoneyFlows
{
    private readonly NumberColumn loanAmounts;
    private readonly NumberColumn loanBalances;
    private readonly TruthColumn accountsBlocked;
    private readonly TruthColumn devicesBlocked;
    private readonly TruthColumn personsBlocked;
    private readonly FlowTable owners;
    private readonly IFlowSight? sight;

    /// <param name="snapshot">The snapshot.</param>
    /// <param name="sight">Whose sight it is read by; null for everything.</param>
    public MoneyFlows(Snapshot snapshot, IFlowSight? sight = null)
    {
        Snapshot = snapshot;
        this.sight = sight;
        Transfers = Table("TRANSFERRED", "amount");
        Withdrawals = Table("WITHDREW", "amount");
        Payouts = Table("PAID_OUT", "amount");
        Repayments = Table("REPAID", "amount");
        SignIns = Table("SIGNED_IN", null);
        Guarantees = Table("GUARANTEES", null);
        Applications = Table("APPLIED_FOR", null);
        Investments = Table("HOLDS", null);
        owners = Table("OWNS_ACCOUNT", null);
        loanAmounts = NumberColumn.Of(snapshot, "Loan", "amount");
        loanBalances = NumberColumn.Of(snapshot, "Loan", "balance");
        accountsBlocked = TruthColumn.Of(snapshot, "Account", "blocked");
        devicesBlocked = TruthColumn.Of(snapshot, "Device", "blocked");
        personsBlocked = TruthColumn.Of(snapshot, "Person", "blocked");
    }

    private MoneyFlows(MoneyFlows known, FlowTable transfers, FlowTable guarantees)
        : this(known.Snapshot, known.sight) => (Transfers, Guarantees) = (transfers, guarantees);

    public Snapshot Snapshot { get; }

    /// <summary>From account to account.</summary>
    public FlowTable Transfers { get; }

    /// <summary>From account to account, such as a bank card.</summary>
    public FlowTable Withdrawals { get; }

    /// <summary>From loan to account.</summary>
    public FlowTable Payouts { get; }

    /// <summary>From account to loan.</summary>
    public FlowTable Repayments { get; }

    /// <summary>From device to account.</summary>
    public FlowTable SignIns { get; }

    /// <summary>From guarantor to debtor.</summary>
    public FlowTable Guarantees { get; }

    /// <summary>From party to loan.</summary>
    public FlowTable Applications { get; }

    /// <summary>From holder to company.</summary>
    public FlowTable Investments { get; }

    /// <summary>The same as if a transfer had been made too.</summary>
    public MoneyFlows Considering(Flow transfer) => new(this, Transfers.Considering(transfer), Guarantees);

    /// <summary>The same as if a guarantee had been given too.</summary>
    public MoneyFlows ConsideringGuarantee(Flow guarantee) => new(this, Transfers, Guarantees.Considering(guarantee));

    /// <summary>The node of an id, if it is described and not only named by others; else -1. An account that was removed is none.</summary>
    public int Find(NodeId id)
    {
        var node = Snapshot.Nodes.Find(id);
        if (node < 0) return -1;
        foreach (var field in Snapshot.Nodes.TypeOf(node).Fields)
            if (Snapshot.Nodes.Get(node, field.Name) is not null) return node;
        return -1;
    }

    /// <summary>The id of a node.</summary>
    public NodeId IdOf(int node) => Snapshot.Nodes.IdOf(node);

    /// <summary>Orders nodes by id: numbers within one source by their value.</summary>
    public int CompareIds(int left, int right) => left == right ? 0 : CompareIds(IdOf(left), IdOf(right));

    /// <summary>Orders ids: a shorter key is the smaller number.</summary>
    public static int CompareIds(NodeId left, NodeId right)
    {
        var byLength = left.Key.Length.CompareTo(right.Key.Length);
        return byLength != 0 ? byLength : left.CompareTo(right);
    }

    /// <summary>Whether its operator has blocked an account, a person or a device.</summary>
    public bool IsBlocked(int node)
    {
        if (node < 0) return false;
        var row = Snapshot.Nodes.RowOf(node);
        return Opens(node, "blocked") && Snapshot.Nodes.TypeOf(node).Name switch
        {
            "Account" => accountsBlocked[row],
            "Device" => devicesBlocked[row],
            "Person" => personsBlocked[row],
            _ => false,
        } == true;
    }

    /// <summary>Amount of a loan; 0 where none is stated.</summary>
    public decimal AmountOf(int loan) => Number(loan, "amount", loanAmounts);

    /// <summary>What is still owed of a loan; 0 where it is not stated.</summary>
    public decimal BalanceOf(int loan) => Number(loan, "balance", loanBalances);

    /// <summary>The value of a node's field; null where none is stated.</summary>
    public PropertyValue? ValueOf(int node, string field) => Opens(node, field) ? Snapshot.Nodes.Get(node, field) : null;

    /// <summary>The accounts a party owns, each once.</summary>
    public IEnumerable<int> AccountsOf(int party, WorkMeter meter) => From(party, owners, meter).Select(flow => flow.To).Distinct();

    /// <summary>Whether a company owns an account.</summary>
    public bool IsOfCompany(int account, WorkMeter meter) =>
        To(account, owners, meter).Exists(flow => Snapshot.Nodes.TypeOf(flow.From).Name == "Company");

    /// <summary>The flows of a kind out of a node.</summary>
    public List<Flow> From(int node, FlowTable kind, WorkMeter meter) => From(node, [kind], Truncation.None, meter);

    /// <summary>The flows of a kind into a node.</summary>
    public List<Flow> To(int node, FlowTable kind, WorkMeter meter) => To(node, kind, Truncation.None, meter);

    /// <summary>The flows out of a node that a step follows.</summary>
    /// <param name="node">The node.</param>
    /// <param name="kinds">Kinds of flows, cut together.</param>
    /// <param name="cut">How many at most.</param>
    /// <param name="meter">Counts the work.</param>
    public List<Flow> From(int node, ReadOnlySpan<FlowTable> kinds, Truncation cut, WorkMeter meter)
    {
        var flows = new List<Flow>();
        var looked = 0;
        foreach (var kind in kinds) looked += kind.AddFrom(node, flows);
        meter.ChargeNode(looked);
        return Cut(flows, cut, flow => flow.To);
    }

    /// <summary>The flows into a node that a step follows.</summary>
    public List<Flow> To(int node, FlowTable kind, Truncation cut, WorkMeter meter)
    {
        var flows = new List<Flow>();
        meter.ChargeNode(kind.AddTo(node, flows));
        return Cut(flows, cut, flow => flow.From);
    }

    private List<Flow> Cut(List<Flow> flows, Truncation cut, Func<Flow, int> far)
    {
        if (flows.Count <= cut.Limit) return flows;
        var ordered = flows.Order(Comparer<Flow>.Create((left, right) =>
        {
            var order = cut.Compare(left, right);
            if (order == 0) order = CompareIds(far(left), far(right));
            return order != 0 ? order : right.Amount.CompareTo(left.Amount);
        }));
        return [.. ordered.Take(cut.Limit)];
    }

    private decimal Number(int node, string field, NumberColumn column)
    {
        if (!Opens(node, field) || column.Exact(Snapshot.Nodes.RowOf(node)) is not { } number) return 0;
        return sight?.Shown(Snapshot.Nodes.TypeOf(node).GetField(field), number) ?? number;
    }

    private bool Opens(int node, string field) => sight is null || (Snapshot.Nodes.TypeOf(node).FindField(field) is { } stated && sight.Opens(node, stated));

    private FlowTable Table(string relationship, string? amount) => new(Snapshot.Relationship(relationship), amount, sight);
}
