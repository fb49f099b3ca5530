using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Facts;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Linkage;

/// <summary>Ties between every two parties, read off the facts pair by pair, and all paths, one by one.</summary>
internal sealed class LinkOracle(RandomMarket market, LinkParameters parameters)
{
    private readonly NodeId[] parties = [.. market.Facts.OfType<NodeFact>().Select(fact => fact.Node).Where(id => id.Type is "Person" or "Company")];

    private readonly ILookup<(NodeId, NodeId), decimal> shares = market.Of("HOLDS").ToLookup(
        fact => (fact.From, fact.To), fact => fact.Properties.TryGet("share", out var share) ? share.AsDecimal() : 0);

    private readonly Dictionary<(string, NodeId), HashSet<NodeId>> known = [];

    public IReadOnlyList<NodeId> Parties => parties;

    /// <summary>Strength of the strongest tie of each kind between two parties.</summary>
    public Dictionary<LinkKind, double> Ties(NodeId one, NodeId other)
    {
        var ties = new Dictionary<LinkKind, double>();
        void Add(LinkKind kind, bool holds, double factor = 1)
        {
            if (holds) ties[kind] = Math.Max(ties.GetValueOrDefault(kind), factor * parameters.Strengths[kind]);
        }

        foreach (var (from, to) in new[] { (one, other), (other, one) })
        {
            var share = Share(from, to);
            Add(LinkKind.Control, Controlled(from).Contains(to));
            Add(LinkKind.Ownership, share >= parameters.OwnershipThreshold, Math.Min(1, (double)share));
            Add(LinkKind.Guarantee, Exists("GUARANTEES", from, to));
            Add(LinkKind.Related, Exists("RELATED_TO", from, to));
            var offices = market.Of("OFFICER_OF").Where(fact => fact.From == from).ToList();
            foreach (var office in offices.Where(fact => fact.To == to && offices.Count <= parameters.HubLimit))
            {
                office.Properties.TryGet("legalRepresentative", out var represents);
                Add(represents.AsBoolean() ? LinkKind.LegalRepresentative : LinkKind.Officer, true);
            }
        }

        Add(LinkKind.Agreement, Targets("BOUND_BY", one).Intersect(Targets("BOUND_BY", other)).Any(IsConcert));
        Add(LinkKind.SharedAccount, Accounts(one).Intersect(Accounts(other)).Any(account => IsNoHub(party => Accounts(party).Contains(account))));
        Add(LinkKind.SharedDevice, Devices(one).Intersect(Devices(other)).Any(device => IsNoHub(party => Devices(party).Contains(device))));
        Add(LinkKind.CommonHolding, Large(one).Intersect(Large(other)).Any(security => IsNoHub(party => Large(party).Contains(security))));
        return ties;
    }

    /// <summary>Strength of the strongest path of at most so many ties; 0 where there is none.</summary>
    public double Strongest(NodeId from, NodeId to, Dictionary<(NodeId, NodeId), double> strongestTies)
    {
        var best = 0.0;
        Extend([from], 1);
        return best;

        void Extend(List<NodeId> path, double strength)
        {
            if (path[^1] == to) best = Math.Max(best, strength);
            if (path.Count > parameters.MaxSteps || path[^1] == to) return;
            foreach (var next in parties)
                if (!path.Contains(next) && strongestTies.TryGetValue((path[^1], next), out var tie) && strength * tie >= parameters.LeastStrength)
                    Extend([.. path, next], strength * tie);
        }
    }

    private bool IsNoHub(Func<NodeId, bool> shares) => parties.Count(shares) <= parameters.HubLimit;

    private bool Exists(string type, NodeId from, NodeId to) => market.Of(type).Any(fact => fact.From == from && fact.To == to);

    private HashSet<NodeId> Targets(string type, NodeId from) => [.. market.Of(type).Where(fact => fact.From == from).Select(fact => fact.To)];

    private HashSet<NodeId> Accounts(NodeId party) => Once("accounts", party, () => Targets("OWNS_ACCOUNT", party));

    private HashSet<NodeId> Devices(NodeId party) => Once("devices", party, () =>
        [.. market.Of("SIGNED_IN").Where(fact => Accounts(party).Contains(fact.To)).Select(fact => fact.From)]);

    private HashSet<NodeId> Large(NodeId party) => Once("large", party, () =>
    [
        .. market.Of("POSITION").Where(fact => Accounts(party).Contains(fact.From))
            .GroupBy(fact => fact.To).Where(group => group.Sum(Quantity) / 1000 >= parameters.CommonHoldingThreshold)
            .Select(group => group.Key),
    ]);

    private HashSet<NodeId> Once(string what, NodeId party, Func<HashSet<NodeId>> find) =>
        known.TryGetValue((what, party), out var set) ? set : known[(what, party)] = find();

    private decimal Quantity(RelationshipFact position)
    {
        position.Properties.TryGet("quantity", out var quantity);
        return quantity.AsDecimal();
    }

    private bool IsConcert(NodeId agreement)
    {
        var node = market.Facts.OfType<NodeFact>().Single(fact => fact.Node == agreement);
        node.Properties.TryGet("kind", out var kind);
        return kind.AsString() == "ACTING_IN_CONCERT";
    }

    private decimal Share(NodeId holder, NodeId company) => holder == company ? 0 : shares[(holder, company)].Sum();

    private HashSet<NodeId> Controlled(NodeId party) => Once("controlled", party, () => FindControlled(party));

    private HashSet<NodeId> FindControlled(NodeId party)
    {
        var group = new HashSet<NodeId> { party };
        while (parties.Where(company => !group.Contains(company) && group.Sum(member => Share(member, company)) > 0.5m).ToList() is { Count: > 0 } more)
            group.UnionWith(more);
        return group;
    }
}
