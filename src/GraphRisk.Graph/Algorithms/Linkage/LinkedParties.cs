using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Linkage;

/// <summary>
/// Who is linked to a party, and by which path: the strongest chain of at most so many typed links.
/// <para>
/// A link is one tie with its evidence (<see cref="LinkKind"/>); each kind has a source of its own, asked in the order
/// of the table below. A path is as strong as the product of its links. The search goes out in rounds: in each, the
/// parties that became stronger in the last one pass their strength on (Bellman 1958, Ford 1956, with maximum and product in
/// place of minimum and sum). Strengths are at most 1, so no cycle helps and after d rounds each party holds the
/// strongest path of at most d links. Of equally strong paths the shorter one is kept, of equally long ones the first
/// met: parties ascending, kinds in order. Answers are therefore a function of the snapshot and the parameters.
/// </para>
/// <para>
/// What everybody shares links nobody: a device, account, security or officer with more parties than the hub limit is
/// passed over. State: one path a party found, sharing its beginnings. Cost: the links of the parties within reach.
/// Prepared once a snapshot; thread-safe.
/// </para>
/// </summary>
public sealed class LinkedParties
{
    // A tie is an object with its evidence, and is held against the strongest path so far.
    private const int StepsOfTie = 200;

    private readonly LinkParameters parameters;
    private readonly ImmutableArray<ILinkSource> sources;

    /// <param name="snapshot">The snapshot.</param>
    /// <param name="holdings">Its holdings.</param>
    /// <param name="control">Control over them.</param>
    /// <param name="parameters">What counts and how far to go.</param>
    /// <param name="meter">Pays for the preparation.</param>
    public LinkedParties(
        Snapshot snapshot, HoldingGraph holdings, CompanyControl control, LinkParameters? parameters = null, WorkMeter? meter = null)
    {
        this.parameters = parameters ?? LinkParameters.Default;
        sources = Table(snapshot, holdings, control, this.parameters, meter ?? WorkMeter.Unlimited);
        ControlIsComplete = !sources.OfType<ControlLinks>().Any(links => !links.IsComplete);
    }

    /// <summary>Whether every pair of control is among the links; false where they exceeded the budget.</summary>
    public bool ControlIsComplete { get; }

    /// <summary>Links of a party, by kind, then in the order of the snapshot.</summary>
    public IEnumerable<Link> LinksFrom(int party, WorkMeter? meter = null) =>
        sources.SelectMany(source => source.From(party, meter ?? WorkMeter.Unlimited));

    /// <summary>All parties linked to a party, strongest first, then by node.</summary>
    public LinkedPartiesAnswer Of(int party, WorkMeter? meter = null)
    {
        var paid = meter ?? WorkMeter.Unlimited;
        var found = new Dictionary<int, Reached>();
        List<Reached> frontier = [new Reached(party, 1, null, null)];
        var isComplete = true;
        for (var step = 1; step <= parameters.MaxSteps && frontier.Count > 0; step++)
        {
            var improved = new SortedSet<int>();
            foreach (var at in frontier)
            {
                paid.Charge(StepsOfTie * sources.Length);
                foreach (var link in LinksFrom(at.Party, paid))
                {
                    paid.Charge(StepsOfTie);
                    if (link.To != party) isComplete &= Offer(at, link, found, improved);
                }
            }

            frontier = [.. improved.Select(other => found[other])];
        }

        return new LinkedPartiesAnswer(
            party, [.. found.Values.OrderByDescending(one => one.Strength).ThenBy(one => one.Party).Select(one => one.ToLinkedParty())], isComplete);
    }

    /// <summary>Keeps a path where it is the strongest so far; false where there is no room for another party.</summary>
    private bool Offer(Reached at, Link link, Dictionary<int, Reached> found, SortedSet<int> improved)
    {
        var strength = at.Strength * link.Strength;
        if (strength < parameters.LeastStrength) return true;
        if (found.TryGetValue(link.To, out var known) ? known.Strength >= strength : false) return true;
        if (known is null && found.Count >= parameters.MaxParties) return false;
        found[link.To] = new Reached(link.To, strength, link, at);
        improved.Add(link.To);
        return true;
    }

    private static ImmutableArray<ILinkSource> Table(
        Snapshot snapshot, HoldingGraph holdings, CompanyControl control, LinkParameters parameters, WorkMeter meter)
    {
        var holds = snapshot.Relationship("HOLDS");
        var owns = snapshot.Relationship("OWNS_ACCOUNT");
        (LinkKind Kind, Func<double, ILinkSource> Make)[] table =
        [
            (LinkKind.Control, _ => new ControlLinks(control, holdings, holds, parameters, meter)),
            (LinkKind.Ownership, _ => new OwnershipLinks(holdings, holds, parameters)),
            (LinkKind.Agreement, _ => new AgreementLinks(control.Agreements, snapshot.Relationship("BOUND_BY"), parameters)),
            (LinkKind.Guarantee, strength => new DirectLinks(snapshot.Relationship("GUARANTEES"), LinkKind.Guarantee, strength, "amount")),
            (LinkKind.Related, strength => new DirectLinks(snapshot.Relationship("RELATED_TO"), LinkKind.Related, strength)),
            (LinkKind.SharedAccount, _ => new SharedAccountLinks(owns, parameters)),
            (LinkKind.SharedDevice, _ => new SharedDeviceLinks(owns, snapshot.Relationship("SIGNED_IN"), parameters)),
            (LinkKind.CommonHolding, _ => new CommonHoldingLinks(snapshot, parameters, meter)),
        ];
        return
        [
            .. table.Where(row => parameters.Strengths.ContainsKey(row.Kind)).Select(row => row.Make(parameters.Strengths[row.Kind])),
            new OfficerLinks(snapshot.Relationship("OFFICER_OF"), parameters),
        ];
    }

    /// <summary>The strongest path to a party so far, linked back to its beginning.</summary>
    private sealed record Reached(int Party, double Strength, Link? Last, Reached? Before)
    {
        public LinkedParty ToLinkedParty()
        {
            var path = new Stack<Link>();
            for (var at = this; at.Last is not null; at = at.Before!) path.Push(at.Last);
            return new LinkedParty(Party, Strength, [.. path]);
        }
    }
}

/// <summary>A party linked to another.</summary>
/// <param name="Party">Node of the linked party.</param>
/// <param name="Strength">Product of the links' strengths, above 0, at most 1.</param>
/// <param name="Path">The links from the party asked about to this one.</param>
public sealed record LinkedParty(int Party, double Strength, ImmutableArray<Link> Path);

/// <summary>The parties linked to a party.</summary>
/// <param name="Party">Node of the party asked about.</param>
/// <param name="Linked">Strongest first, then by node.</param>
/// <param name="IsComplete">False where more parties are linked than an answer may hold.</param>
public sealed record LinkedPartiesAnswer(int Party, ImmutableArray<LinkedParty> Linked, bool IsComplete);
