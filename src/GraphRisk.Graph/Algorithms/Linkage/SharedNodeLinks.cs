using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Linkage;

/// <summary>Parties bound by one agreement in force.</summary>
internal sealed class AgreementLinks : ILinkSource
{
    private readonly ILookup<int, ConcertAgreement> byMember;
    private readonly RelationshipTable boundBy;
    private readonly double strength;

    public AgreementLinks(ImmutableArray<ConcertAgreement> agreements, RelationshipTable boundBy, LinkParameters parameters)
    {
        byMember = agreements.SelectMany(one => one.Members.Select(member => (member, one))).ToLookup(pair => pair.member, pair => pair.one);
        this.boundBy = boundBy;
        strength = parameters.Strengths[LinkKind.Agreement];
    }

    public IEnumerable<Link> From(int party, WorkMeter meter) =>
        from agreement in byMember[party]
        from other in meter.Along(agreement.Members)
        where other != party
        select new Link(
            party, other, LinkKind.Agreement, strength, null, agreement.Node, true,
            [.. EdgeReference.Between(boundBy, party, agreement.Node), .. EdgeReference.Between(boundBy, other, agreement.Node)]);
}

/// <summary>Parties that own one account.</summary>
internal sealed class SharedAccountLinks(RelationshipTable owns, LinkParameters parameters) : ILinkSource
{
    private readonly double strength = parameters.Strengths[LinkKind.SharedAccount];

    public IEnumerable<Link> From(int party, WorkMeter meter)
    {
        meter.Charge(WorkUnit.Edges, owns.Out.Degree(party));
        foreach (var account in owns.Out.Neighbours(party).ToArray().Distinct())
        {
            meter.ChargeNode(owns.In.Degree(account));
            int[] owners = [.. owns.In.Neighbours(account).ToArray().Distinct()];
            if (owners.Length > parameters.HubLimit) continue;
            foreach (var other in owners.Where(owner => owner != party))
                yield return new Link(
                    party, other, LinkKind.SharedAccount, strength, null, account, true,
                    [.. EdgeReference.Between(owns, party, account), .. EdgeReference.Between(owns, other, account)]);
        }
    }
}

/// <summary>Parties whose accounts one device signs in to. Evidence is one sign-in and the ownership on each side.</summary>
internal sealed class SharedDeviceLinks(RelationshipTable owns, RelationshipTable signedIn, LinkParameters parameters) : ILinkSource
{
    private readonly double strength = parameters.Strengths[LinkKind.SharedDevice];

    public IEnumerable<Link> From(int party, WorkMeter meter)
    {
        var own = AccountsByDevice(party, meter);
        foreach (var (device, account) in own)
        {
            var users = UsersOf(device, meter);
            if (users.Count > parameters.HubLimit) continue;
            foreach (var (other, theirs) in users)
                if (other != party)
                    yield return new Link(
                        party, other, LinkKind.SharedDevice, strength, null, device, true,
                        [.. Side(party, account, device), .. Side(other, theirs, device)]);
        }
    }

    /// <summary>Devices that sign in to the party's accounts, ascending, each with the first such account.</summary>
    private SortedDictionary<int, int> AccountsByDevice(int party, WorkMeter meter)
    {
        var devices = new SortedDictionary<int, int>();
        foreach (var account in owns.Out.Neighbours(party))
        {
            meter.ChargeNode(signedIn.In.Degree(account));
            foreach (var device in signedIn.In.Neighbours(account))
                devices.TryAdd(device, account);
        }

        return devices;
    }

    /// <summary>Parties that own accounts the device signs in to, each with the first such account; ends once there are too many.</summary>
    private SortedDictionary<int, int> UsersOf(int device, WorkMeter meter)
    {
        var users = new SortedDictionary<int, int>();
        var last = -1;
        foreach (var account in signedIn.Out.Neighbours(device))
        {
            if (account == last) continue;
            last = account;
            meter.ChargeNode(owns.In.Degree(account));
            foreach (var owner in owns.In.Neighbours(account)) users.TryAdd(owner, account);
            if (users.Count > parameters.HubLimit) break;
        }

        return users;
    }

    private EdgeReference[] Side(int party, int account, int device) =>
        [EdgeReference.Between(owns, party, account)[0], EdgeReference.Between(signedIn, device, account)[0]];
}
