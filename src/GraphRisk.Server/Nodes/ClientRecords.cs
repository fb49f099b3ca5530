using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;

namespace GraphRisk.Server.Nodes;

/// <summary>By which of its records a broker knows a client: what is filed for the broker is filed about that one.</summary>
internal static class ClientRecords
{
    /// <summary>The record by which a broker knows a client of its own; null where the client is none of the broker's today.</summary>
    public static async Task<NodeId?> AtAsync(IGraphStore store, NodeHandle client, string brokerCode, CancellationToken cancellation)
    {
        var (view, broker) = (client.View, new NodeId("Broker", brokerCode));
        if (!IsClient(view.Snapshot, client.Number, broker)) return null;
        foreach (var member in view.Snapshot.Nodes.MembersOf(client.Number))
            foreach (var recorded in await store.FindAsync(member, view.Version, withRelationships: true, cancellation))
                if (recorded is { Kind: ChangeKind.Assert, Fact: RelationshipFact { Relationship: "CLIENT_OF" } relation }
                    && relation.From == member && relation.To == broker && relation.Validity.Contains(view.Snapshot.Stamp.AsOf))
                    return member;
        return null;
    }

    /// <summary>The same, and of an applicant who is none of its clients the first record of an open source; null where it knows none.</summary>
    public static async Task<NodeId?> KnownToAsync(IGraphStore store, NodeHandle client, string brokerCode, CancellationToken cancellation)
    {
        if (await AtAsync(store, client, brokerCode, cancellation) is { } own) return own;
        foreach (var member in client.View.Snapshot.Nodes.MembersOf(client.Number))
            if (SourceOwner.Of(member) is null) return member;
        return null;
    }

    private static bool IsClient(Snapshot snapshot, int client, NodeId broker) =>
        snapshot.Nodes.Find(broker) is >= 0 and var node && snapshot.Relationship("CLIENT_OF").Out.Neighbours(client).Contains(node);
}
