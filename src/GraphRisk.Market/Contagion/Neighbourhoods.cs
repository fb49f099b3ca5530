using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Market.Networks;

namespace GraphRisk.Market.Contagion;

/// <summary>How another party is tied to a party, seen from the latter.</summary>
public enum NeighbourTie
{
    /// <summary>The party answers for a debt of the other.</summary>
    GuaranteedDebtor,

    /// <summary>The other answers for a debt of the party.</summary>
    Guarantor,

    /// <summary>The party holds a part of the other.</summary>
    HeldCompany,

    /// <summary>The other holds a part of the party.</summary>
    Holder,

    /// <summary>A device signs in to accounts of both.</summary>
    SharedDevice,

    /// <summary>Both own one account.</summary>
    SharedAccount,

    /// <summary>One represents or serves the other, or they are related.</summary>
    Office,

    /// <summary>Both are bound by an agreement in force.</summary>
    Agreement,
}

/// <summary>All ties of one kind between a party and another: what can be taken away to see what it does.</summary>
/// <param name="Other">Number of the other party.</param>
/// <param name="Tie">How it is tied.</param>
public readonly record struct NeighbourEdge(int Other, NeighbourTie Tie);

/// <summary>
/// Those around a party as contagion features see them: whom it is exposed to, whom it is linked to without an amount, its
/// group under common control. <see cref="Without"/> gives the same with some edges of one party taken away, so that a feature
/// can be computed as if they did not exist; what happens between others stays as it is.
/// </summary>
public class Neighbourhoods
{
    private static readonly Dictionary<LinkKind, NeighbourTie> TieOfLink = new()
    {
        [LinkKind.SharedDevice] = NeighbourTie.SharedDevice,
        [LinkKind.SharedAccount] = NeighbourTie.SharedAccount,
        [LinkKind.LegalRepresentative] = NeighbourTie.Office,
        [LinkKind.Officer] = NeighbourTie.Office,
        [LinkKind.Related] = NeighbourTie.Office,
        [LinkKind.Agreement] = NeighbourTie.Agreement,
    };

    private readonly MarketReading market;
    private readonly WorkMeter meter;

    /// <param name="market">The reading.</param>
    /// <param name="meter">Pays for what is gathered over all parties, and for links followed.</param>
    public Neighbourhoods(MarketReading market, WorkMeter meter)
    {
        this.market = market;
        this.meter = meter;
    }

    /// <summary>What a party may lose by others.</summary>
    public virtual ReadOnlySpan<Exposure> ExposuresOf(int party) => market.Exposures(meter).Of(party);

    /// <summary>Links of a party that carry no amount.</summary>
    public virtual IReadOnlyList<Link> LinksOf(int party) => [.. market.Ties(meter).LinksFrom(market.Parties.NodeOf(party), meter)];

    /// <summary>The group of a party under common control, ascending, itself among them.</summary>
    public virtual ReadOnlySpan<int> GroupOf(int party) => market.Groups(meter).Of(party);

    /// <summary>The edges by which others reach a party, by the other party, then kind; each once.</summary>
    public IReadOnlyList<NeighbourEdge> EdgesOf(int party)
    {
        var edges = new SortedSet<NeighbourEdge>(Comparer<NeighbourEdge>.Create(static (left, right) => (left.Other, left.Tie).CompareTo((right.Other, right.Tie))));
        foreach (var exposure in ExposuresOf(party)) edges.Add(EdgeOf(exposure));
        foreach (var link in LinksOf(party)) edges.Add(EdgeOf(link));
        return [.. edges];
    }

    /// <summary>The same without some edges of a party.</summary>
    /// <param name="party">Number of the party.</param>
    /// <param name="edges">What is taken away.</param>
    public Neighbourhoods Without(int party, IReadOnlyCollection<NeighbourEdge> edges) => new Reduced(market, meter, party, [.. edges]);

    private static NeighbourEdge EdgeOf(Exposure exposure) => new(exposure.To, (NeighbourTie)exposure.Kind);

    private NeighbourEdge EdgeOf(Link link) => new(market.Parties.IndexOf(link.To), TieOfLink[link.Kind]);

    private sealed class Reduced(MarketReading market, WorkMeter meter, int party, HashSet<NeighbourEdge> gone) : Neighbourhoods(market, meter)
    {
        private int[]? group;

        public override ReadOnlySpan<Exposure> ExposuresOf(int other) =>
            other == party ? Array.FindAll(base.ExposuresOf(other).ToArray(), exposure => !gone.Contains(EdgeOf(exposure))) : base.ExposuresOf(other);

        public override IReadOnlyList<Link> LinksOf(int other) =>
            other == party ? [.. base.LinksOf(other).Where(link => !gone.Contains(EdgeOf(link)))] : base.LinksOf(other);

        public override ReadOnlySpan<int> GroupOf(int other) => other == party ? group ??= Regrouped() : base.GroupOf(other);

        private int[] Regrouped()
        {
            var members = base.GroupOf(party);
            return gone.Any(edge => edge.Tie is NeighbourTie.HeldCompany or NeighbourTie.Holder)
                ? ControlGroups.Among(market, members, party, (holder, company) =>
                    (holder == party && gone.Contains(new NeighbourEdge(company, NeighbourTie.HeldCompany)))
                    || (company == party && gone.Contains(new NeighbourEdge(holder, NeighbourTie.Holder))), meter)
                : members.ToArray();
        }
    }
}
