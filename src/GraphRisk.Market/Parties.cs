using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Market;

/// <summary>
/// The persons and companies of a snapshot, numbered densely from 0 (persons first), so that what is gathered per party
/// lies in plain arrays; which of them are clients, those a broker keeps or lends to; and which are hubs.
/// </summary>
public sealed class Parties
{
    private static readonly string[] HubRelationships = ["HOLDS", "GUARANTEES", "OFFICER_OF"];

    private readonly Snapshot snapshot;
    private readonly int persons;
    private readonly int personType;
    private readonly int companyType;

    public Parties(Snapshot snapshot)
    {
        this.snapshot = snapshot;
        (personType, companyType) = (snapshot.Catalog.Node("Person").Ordinal, snapshot.Catalog.Node("Company").Ordinal);
        persons = snapshot.Nodes.RowCount("Person");
        Count = persons + snapshot.Nodes.RowCount("Company");
    }

    /// <summary>Number of parties.</summary>
    public int Count { get; }

    /// <summary>The number of a node; -1 for a node that is no party.</summary>
    public int IndexOf(int node)
    {
        var type = snapshot.Nodes.TypeOf(node).Ordinal;
        return type == personType ? snapshot.Nodes.RowOf(node) : type == companyType ? persons + snapshot.Nodes.RowOf(node) : -1;
    }

    /// <summary>The node of a party.</summary>
    public int NodeOf(int party) =>
        party < persons ? snapshot.Nodes.NodeInRow("Person", party) : snapshot.Nodes.NodeInRow("Company", party - persons);

    /// <summary>Whether a party is a company.</summary>
    public bool IsCompany(int party) => party >= persons;

    /// <summary>Position among the rows of its type.</summary>
    public int RowOf(int party) => party < persons ? party : party - persons;

    /// <summary>The nodes of all clients, ascending: parties with a client relation or a contract.</summary>
    public int[] Clients()
    {
        var client = snapshot.Relationship("CLIENT_OF").Out;
        var contract = snapshot.Relationship("CONTRACTED").Out;
        var clients = new List<int>();
        for (var party = 0; party < Count; party++)
        {
            var node = NodeOf(party);
            if (snapshot.Nodes.IsNode(node) && (client.Degree(node) > 0 || contract.Degree(node) > 0))
                clients.Add(node);
        }

        clients.Sort();
        return [.. clients];
    }

    /// <summary>
    /// Whether a party is tied to so many that its ties say nothing of those at the other end: a public body, or a party that
    /// holds parts of, answers for, or serves more others than <see cref="LinkParameters.HubLimit"/>. The trouble of two
    /// companies does not meet in a bank or in the state.
    /// </summary>
    /// <param name="node">Node of the party.</param>
    public bool IsHub(int node)
    {
        if (snapshot.Nodes.TypeOf(node).Name == "Company" && snapshot.Nodes.GetString(node, "kind") == "PUBLIC_BODY") return true;
        foreach (var name in HubRelationships)
            if (snapshot.Relationship(name).Out.Degree(node) > LinkParameters.Default.HubLimit) return true;
        return false;
    }
}
