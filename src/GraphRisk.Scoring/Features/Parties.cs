using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Scoring.Features;

/// <summary>
/// The persons and companies of a snapshot, numbered densely from 0 (persons first), so that what is gathered per party
/// lies in plain arrays; and which of them are clients: those a broker keeps or lends to.
/// </summary>
public sealed class Parties
{
    private readonly Snapshot _snapshot;
    private readonly int _persons;

    public Parties(Snapshot snapshot)
    {
        _snapshot = snapshot;
        _persons = snapshot.Nodes.OfType("Person").Length;
        Count = _persons + snapshot.Nodes.OfType("Company").Length;
    }

    /// <summary>Number of parties.</summary>
    public int Count { get; }

    /// <summary>The number of a node; -1 for a node that is no party.</summary>
    public int IndexOf(int node) => _snapshot.Nodes.TypeOf(node).Name switch
    {
        "Person" => _snapshot.Nodes.RowOf(node),
        "Company" => _persons + _snapshot.Nodes.RowOf(node),
        _ => -1,
    };

    /// <summary>The node of a party.</summary>
    public int NodeOf(int party) =>
        party < _persons ? _snapshot.Nodes.OfType("Person")[party] : _snapshot.Nodes.OfType("Company")[party - _persons];

    public bool IsCompany(int party) => party >= _persons;

    /// <summary>Position among the rows of its type.</summary>
    public int RowOf(int party) => party < _persons ? party : party - _persons;

    /// <summary>The nodes of all clients, ascending: parties with a client relation or a contract.</summary>
    public int[] Clients()
    {
        var client = _snapshot.Relationship("CLIENT_OF").Out;
        var contract = _snapshot.Relationship("CONTRACTED").Out;
        var clients = new List<int>();
        for (var party = 0; party < Count; party++)
        {
            var node = NodeOf(party);
            if (client.Degree(node) > 0 || contract.Degree(node) > 0)
                clients.Add(node);
        }
        clients.Sort();
        return [.. clients];
    }
}
