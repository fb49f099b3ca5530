using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>Why a person is a beneficial owner.</summary>
public enum BeneficialOwnershipGround
{
    /// <summary>Owns enough of the company, directly and through others.</summary>
    Ownership,

    /// <summary>Controls the company by majority of votes.</summary>
    Control,

    /// <summary>Controls one or more parties that own enough of the company, one alone or together directly.</summary>
    ControlOfOwner,

    /// <summary>Owns enough of a party that controls the company.</summary>
    OwnershipOfController,
}

/// <summary>One ground with its figures.</summary>
/// <param name="Ground">Why.</param>
/// <param name="Via">Node of the party between, the first by node where there are several; -1 where there is none.</param>
/// <param name="Share">Part of the equity, or of the votes for control.</param>
public readonly record struct BeneficialOwnershipReason(BeneficialOwnershipGround Ground, int Via, double Share);

/// <summary>A natural person who in the end owns or controls a company.</summary>
/// <param name="Person">Node of the person.</param>
/// <param name="Reasons">The grounds, in the order of the rule.</param>
public sealed record BeneficialOwner(int Person, ImmutableArray<BeneficialOwnershipReason> Reasons);

/// <summary>Beneficial owners with what must be said beside them.</summary>
/// <param name="Owners">By person.</param>
/// <param name="Findings">Findings of the look-through they rest on.</param>
public sealed record BeneficialOwnersAnswer(ImmutableArray<BeneficialOwner> Owners, ImmutableArray<OwnershipFinding> Findings);

/// <summary>
/// Beneficial owners by layers (Regulation (EU) 2024/1624, articles 51 to 54): ownership and control are looked through
/// apart and together.
/// <para>
/// A product of shares alone misses who controls a layer: 60% of a holder of 30% is 18% by product, yet the person
/// commands all of the 30%. The table of grounds is <see cref="BeneficialOwnershipGround"/>: enough ownership; control;
/// control over those who own enough; enough ownership of those who control. The threshold is inclusive, control is
/// strictly above half. Cost: one look-through for the company and one for each of its controllers, and the control
/// fixpoint of each person upstream.
/// </para>
/// </summary>
public sealed class BeneficialOwners(
    HoldingGraph holdings, OwnershipLookThrough lookThrough, CompanyControl control, Func<int, bool> isNaturalPerson)
{
    /// <summary>The threshold of the regulation.</summary>
    public const decimal Threshold = 0.25m;

    /// <summary>The beneficial owners of a company.</summary>
    /// <param name="company">Node of the company.</param>
    /// <param name="semantics">How chains of ownership add up.</param>
    /// <param name="threshold">Part that counts, inclusive.</param>
    public BeneficialOwnersAnswer Of(
        int company, OwnershipSemantics semantics = OwnershipSemantics.Corrected, decimal threshold = Threshold)
    {
        var owners = lookThrough.OwnersOf(company, semantics, threshold);
        var stakes = owners.Stakes.ToDictionary(stake => stake.Holder, stake => stake.Share);
        var controllers = control.ControllersOf(company);
        var reasons = new List<(int Person, BeneficialOwnershipReason Reason)>();
        foreach (var stake in owners.Stakes) Add(stake.Holder, BeneficialOwnershipGround.Ownership, -1, stake.Share);
        foreach (var one in controllers)
            foreach (var member in one.Controller.Members)
                Add(member, BeneficialOwnershipGround.Control, one.Controller.Agreement, (double)one.Votes);
        foreach (var person in BreadthFirst.Reach(holdings.In, company).Where(isNaturalPerson))
            if (ThroughControlled(person, company, stakes, threshold) is { } reason) reasons.Add((person, reason));
        var findings = owners.Findings.AsEnumerable();
        foreach (var between in controllers.Where(one => !one.Controller.IsConcert).Select(one => one.Controller.Members[0]))
        {
            var above = lookThrough.OwnersOf(between, semantics, threshold);
            findings = findings.Concat(above.Findings);
            foreach (var stake in above.Stakes) Add(stake.Holder, BeneficialOwnershipGround.OwnershipOfController, between, stake.Share);
        }

        return new BeneficialOwnersAnswer(
            [.. reasons.GroupBy(pair => pair.Person).OrderBy(group => group.Key).Select(group => new BeneficialOwner(
                group.Key, [.. group.Select(pair => pair.Reason).OrderBy(reason => reason.Ground).ThenBy(reason => reason.Via)]))],
            [.. findings.DistinctBy(finding => (finding.Kind, finding.Companies.FirstOrDefault(-1)))]);

        void Add(int person, BeneficialOwnershipGround ground, int via, double share)
        {
            if (isNaturalPerson(person)) reasons.Add((person, new BeneficialOwnershipReason(ground, via, share)));
        }
    }

    /// <summary>A controlled party that owns enough, or all controlled ones and the person together directly.</summary>
    private BeneficialOwnershipReason? ThroughControlled(int person, int company, Dictionary<int, double> stakes, decimal threshold)
    {
        var controlled = control.ControlledNodes(person).Remove(company);
        foreach (var party in controlled)
            if (stakes.TryGetValue(party, out var share))
                return new BeneficialOwnershipReason(BeneficialOwnershipGround.ControlOfOwner, party, share);
        var direct = 0m;
        var first = -1;
        foreach (var edge in holdings.EdgesInto(company))
        {
            var (holder, share) = (holdings[edge].Holder, holdings[edge].Equity.Share);
            if (holder != person && controlled.BinarySearch(holder) < 0) continue;
            direct += share;
            if (holder != person && first < 0) first = holder;
        }

        return first >= 0 && direct >= threshold
            ? new BeneficialOwnershipReason(BeneficialOwnershipGround.ControlOfOwner, first, (double)direct)
            : null;
    }
}
