using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Nodes;

/// <summary>
/// Which nodes and relationships of a view exist for a viewer. The policy decides which fields are read; the scope keeps
/// other brokers' clients, accounts and contracts out of every list, count and search, so that not even their number
/// shows. Regulators and analysts meet the whole graph. Pure over the view.
/// <list type="bullet">
/// <item>A broker meets what is published, what its own records say, its own accounts and contracts, and nothing known only from another broker.</item>
/// <item>A client meets its own party and what belongs to it, and what is public of others.</item>
/// </list>
/// </summary>
internal sealed class Scope
{
    /// <summary>How data sets of brokers are named: this and the broker's code.</summary>
    private const string BrokerSource = "broker-";

    private readonly Snapshot snapshot;
    private readonly Role role;
    private readonly int self;
    private readonly string? ownSource;

    private Scope(Snapshot snapshot, Viewer viewer)
    {
        this.snapshot = snapshot;
        role = viewer.Role;
        self = NodeId.TryParse(viewer.Of, out var id) ? snapshot.Nodes.Find(id) : -1;
        ownSource = role == Role.Broker && id.Type == "Broker" ? BrokerSource + id.Key : null;
    }

    /// <summary>The scope of a viewer in a view.</summary>
    public static Scope Of(Viewer viewer, GraphView view) =>
        view.Derive((nameof(Scope), viewer.Role, viewer.Of), snapshot => new Scope(snapshot, viewer));

    /// <summary>The viewer meets everything.</summary>
    public bool IsWhole => role is Role.Regulator or Role.Analyst;

    /// <summary>Whether a node exists for the viewer.</summary>
    public bool Sees(int node)
    {
        if (IsWhole || node == self) return true;
        if (role == Role.Anonymous) return false;
        var type = snapshot.Nodes.TypeOf(node);
        if (type.IsParty) return (role == Role.Broker || type.Level == Sensitivity.Public) && IsKnownFromOpenSource(node);
        if (type.Level < Sensitivity.Confidential) return true;
        if (self < 0 || Belonging.Of(type) is not { } belonging) return false;
        var steps = role == Role.Broker ? belonging.ToBroker : belonging.ToParty;
        return !steps.IsEmpty && Belonging.Leads(snapshot, node, steps.AsSpan(), self);
    }

    /// <summary>Whether a relationship exists for the viewer, given its ends.</summary>
    public bool Sees(RelationshipType type, int from, int to)
    {
        if (IsWhole) return true;
        if (!Sees(from) || !Sees(to)) return false;
        // Being a client of a broker is known to the two alone, though each end may be met otherwise.
        return type.Level < Sensitivity.Confidential || !IsOtherBroker(to);
    }

    /// <summary>Whether a record exists for the viewer: one of a broker's data set only for that broker and its client.</summary>
    public bool Sees(NodeId record, int node) => SeesSource(SourceOf(record), node);

    /// <summary>Whether what a data set says of a node exists for the viewer.</summary>
    public bool SeesSource(string source, int node) => IsWhole || IsOpen(source) || (role == Role.Client && node == self);

    private bool IsOtherBroker(int node) =>
        role == Role.Broker && node != self && snapshot.Nodes.TypeOf(node).Name == "Broker";

    private bool IsKnownFromOpenSource(int node)
    {
        foreach (var record in snapshot.Nodes.MembersOf(node))
            if (IsOpen(SourceOf(record))) return true;
        return false;
    }

    // A source may have parts, such as broker-B001/positions.
    private bool IsOpen(string source) =>
        !source.StartsWith(BrokerSource, StringComparison.Ordinal) || source.Split('/')[0] == ownSource;

    private static string SourceOf(NodeId record) =>
        record.Key.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? record.Key[..colon] : record.Key;
}
