using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Workflow.Exposure;

/// <summary>Links by accounts and devices that two clients share at one broker: what that broker knows by itself.</summary>
internal sealed class SharedAtBroker(Snapshot snapshot, LinkParameters parameters)
{
    private readonly RelationshipTable owns = snapshot.Relationship("OWNS_ACCOUNT");
    private readonly RelationshipTable keptAt = snapshot.Relationship("KEPT_AT");
    private readonly RelationshipTable signedIn = snapshot.Relationship("SIGNED_IN");

    /// <summary>The links of a party, at most one of each kind to another party, in the order of accounts and devices.</summary>
    public IEnumerable<Link> LinksFrom(int broker, int party)
    {
        var accounts = AccountsOf(party, broker);
        var links = new Dictionary<(int, LinkKind), Link>();
        foreach (var account in accounts)
        {
            Add(links, party, LinkKind.SharedAccount, account, OwnersOf([account]));
            foreach (var device in signedIn.In.Neighbours(account).ToArray().Distinct())
                Add(links, party, LinkKind.SharedDevice, device,
                    OwnersOf(signedIn.Out.Neighbours(device).ToArray().Distinct().Where(other => IsKeptAt(other, broker))));
        }

        return links.Values;
    }

    private void Add(Dictionary<(int, LinkKind), Link> links, int party, LinkKind kind, int via, SortedDictionary<int, int> owners)
    {
        if (!parameters.Strengths.TryGetValue(kind, out var strength) || owners.Count > parameters.HubLimit) return;
        foreach (var (other, account) in owners)
        {
            if (other == party) continue;
            var evidence = EdgeReference.Between(owns, other, account);
            if (kind == LinkKind.SharedDevice) evidence = [.. EdgeReference.Between(signedIn, via, account), .. evidence];
            links.TryAdd((other, kind), new Link(party, other, kind, strength, null, via, true, evidence));
        }
    }

    private IEnumerable<int> AccountsOf(int party, int broker) =>
        owns.Out.Neighbours(party).ToArray().Distinct().Where(account => IsKeptAt(account, broker));

    /// <summary>Owners of accounts, ascending, each with the first account.</summary>
    private SortedDictionary<int, int> OwnersOf(IEnumerable<int> accounts)
    {
        var owners = new SortedDictionary<int, int>();
        foreach (var account in accounts)
            foreach (var owner in owns.In.Neighbours(account)) owners.TryAdd(owner, account);
        return owners;
    }

    private bool IsKeptAt(int account, int broker) => keptAt.Out.Neighbours(account).Contains(broker);
}
