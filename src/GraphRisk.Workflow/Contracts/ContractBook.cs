using GraphRisk.Graph.Snapshots;
using GraphRisk.Workflow.Margin;

namespace GraphRisk.Workflow.Contracts;

/// <summary>Reads contracts off a snapshot: whose they are, who granted them, what is owed and what secures it. Thread-safe.</summary>
public sealed class ContractBook
{
    private readonly Snapshot snapshot;
    private readonly RelationshipTable contracted;
    private readonly RelationshipTable grantedBy;
    private readonly RelationshipTable pledged;
    private readonly RelationshipTable clientOf;

    public ContractBook(Snapshot snapshot)
    {
        this.snapshot = snapshot;
        contracted = snapshot.Relationship("CONTRACTED");
        grantedBy = snapshot.Relationship("GRANTED_BY");
        pledged = snapshot.Relationship("PLEDGED");
        clientOf = snapshot.Relationship("CLIENT_OF");
    }

    /// <summary>The snapshot.</summary>
    public Snapshot Snapshot => snapshot;

    /// <summary>Contracts of a party with a broker, by node; each once.</summary>
    public IEnumerable<ContractStatement> Of(int party, int broker) =>
        Distinct(contracted.Out.Neighbours(party)).Where(contract => BrokerOf(contract) == broker).Select(Read);

    /// <summary>Contracts of a party with whichever broker, by node; each once.</summary>
    public IEnumerable<ContractStatement> OfParty(int party) => Distinct(contracted.Out.Neighbours(party)).Select(Read);

    /// <summary>Contracts a broker has granted, by node; each once.</summary>
    public IEnumerable<ContractStatement> OfBroker(int broker) => Distinct(grantedBy.In.Neighbours(broker)).Select(Read);

    /// <summary>The broker that granted a contract; -1 where none is stated.</summary>
    public int BrokerOf(int contract) => grantedBy.Out.Degree(contract) > 0 ? grantedBy.Out.Neighbours(contract)[0] : -1;

    /// <summary>The party that entered into a contract; -1 where none is stated.</summary>
    public int PartyOf(int contract) => contracted.In.Degree(contract) > 0 ? contracted.In.Neighbours(contract)[0] : -1;

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
    public decimal? NetCapitalOf(int broker) => snapshot.Nodes.GetDecimal(broker, "netCapital");

    /// <summary>The statement of a contract.</summary>
    public ContractStatement Read(int contract)
    {
        var nodes = snapshot.Nodes;
        var kind = nodes.TypeOf(contract).Name switch
        {
            "MarginContract" => ContractKind.Margin,
            "PledgeContract" => ContractKind.Pledge,
            "RepoContract" => ContractKind.Repo,
            var other => throw new ArgumentException($"{other} is no contract.", nameof(contract)),
        };
        var debt = nodes.GetDecimal(contract, "debt") ?? 0m;
        var assets = kind == ContractKind.Margin
            ? (nodes.GetDecimal(contract, "cash") ?? 0m) + (nodes.GetDecimal(contract, "marketValue") ?? 0m)
            : PledgedValue(contract) ?? (nodes.GetDecimal(contract, "performanceRatio") ?? 0m) * debt;
        return new ContractStatement(
            contract, nodes.IdOf(contract), kind, nodes.GetString(contract, "status"), new Coverage(assets, debt),
            nodes.GetDecimal(contract, kind == ContractKind.Margin ? "callLine" : "warningLine"),
            nodes.GetDecimal(contract, kind == ContractKind.Margin ? "liquidationLine" : "closingLine"));
    }

    /// <summary>What is pledged at the last close, with retained dividends; null where nothing pledged has a price.</summary>
    private decimal? PledgedValue(int contract)
    {
        decimal? value = null;
        var (start, end) = pledged.Out.Range(contract);
        for (var edge = start; edge < end; edge++)
            if (snapshot.Nodes.GetDecimal(pledged.Out.Target(edge), "close") is { } close)
                value = (value ?? 0m) + (pledged.GetDecimal(edge, "quantity") ?? 0m) * close + (pledged.GetDecimal(edge, "retainedDividends") ?? 0m);
        return value;
    }

    private static List<int> Distinct(ReadOnlySpan<int> sorted)
    {
        var distinct = new List<int>(sorted.Length);
        foreach (var node in sorted)
            if (distinct.Count == 0 || distinct[^1] != node) distinct.Add(node);
        return distinct;
    }
}
