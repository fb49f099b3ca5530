using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>A close link: one party owns enough of another, or a third owns enough of both.</summary>
/// <param name="From">The owner, or the smaller node of two with a common owner.</param>
/// <param name="To">The owned, or the larger node.</param>
/// <param name="Share">The part owned; with a common owner the smaller of its two parts.</param>
/// <param name="CommonOwner">Node of the third party; -1 where one owns the other.</param>
public readonly record struct CloseLink(int From, int To, double Share, int CommonOwner);

/// <summary>Close links with what must be said beside them.</summary>
/// <param name="Links">By from, to and common owner.</param>
/// <param name="Findings">Findings of the look-through they rest on.</param>
public sealed record CloseLinksAnswer(ImmutableArray<CloseLink> Links, ImmutableArray<OwnershipFinding> Findings);

/// <summary>
/// Close links of collateral rules (ECB Guideline 2015/510, article 138): two parties are closely linked when one owns
/// at least a fifth of the other, directly or through others, or a third party owns at least a fifth of both.
/// <para>
/// Ownership is added over simple paths: under walk semantics cycles would be counted again and again and report links
/// that are none. The threshold is inclusive and compared as a decimal. Cost: the look-through; with common owners also
/// the square of each owner's companies.
/// </para>
/// </summary>
public static class CloseLinks
{
    /// <summary>The threshold of the guideline.</summary>
    public const decimal Threshold = 0.2m;

    /// <summary>All close links of a graph.</summary>
    /// <param name="lookThrough">The look-through.</param>
    /// <param name="withCommonOwner">Whether links through a third party are listed too.</param>
    /// <param name="threshold">Part that links, inclusive.</param>
    public static CloseLinksAnswer All(OwnershipLookThrough lookThrough, bool withCommonOwner, decimal threshold = Threshold)
    {
        var pairs = lookThrough.AllPairs(OwnershipSemantics.SimplePath, threshold);
        var links = pairs.Stakes.Select(stake => new CloseLink(stake.Holder, stake.Company, stake.Share, -1));
        if (withCommonOwner) links = links.Concat(pairs.Stakes.GroupBy(stake => stake.Holder).SelectMany(CommonOwner));
        return new CloseLinksAnswer(Sort(links), pairs.Findings);
    }

    /// <summary>The close links of one party.</summary>
    /// <param name="lookThrough">The look-through.</param>
    /// <param name="party">Node of the party.</param>
    /// <param name="threshold">Part that links, inclusive.</param>
    public static CloseLinksAnswer Of(OwnershipLookThrough lookThrough, int party, decimal threshold = Threshold)
    {
        var owners = lookThrough.OwnersOf(party, OwnershipSemantics.SimplePath, threshold);
        var held = lookThrough.HoldingsOf(party, OwnershipSemantics.SimplePath, threshold);
        var links = owners.Stakes.Concat(held.Stakes).Select(stake => new CloseLink(stake.Holder, stake.Company, stake.Share, -1)).ToList();
        foreach (var owner in owners.Stakes)
            foreach (var other in lookThrough.HoldingsOf(owner.Holder, OwnershipSemantics.SimplePath, threshold).Stakes)
                if (other.Company != party) links.Add(Between(owner, other));
        return new CloseLinksAnswer(Sort(links), [.. owners.Findings.Concat(held.Findings).DistinctBy(finding => (finding.Kind, finding.Companies[0]))]);
    }

    private static IEnumerable<CloseLink> CommonOwner(IEnumerable<OwnershipStake> stakes)
    {
        OwnershipStake[] held = [.. stakes];
        for (var i = 0; i < held.Length; i++)
            for (var j = i + 1; j < held.Length; j++)
                yield return Between(held[i], held[j]);
    }

    private static CloseLink Between(OwnershipStake one, OwnershipStake other) => new(
        Math.Min(one.Company, other.Company), Math.Max(one.Company, other.Company), Math.Min(one.Share, other.Share), one.Holder);

    private static ImmutableArray<CloseLink> Sort(IEnumerable<CloseLink> links) =>
        [.. links.OrderBy(link => link.From).ThenBy(link => link.To).ThenBy(link => link.CommonOwner)];
}
