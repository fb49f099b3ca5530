using System.Globalization;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Market.Publishing;

/// <summary>
/// What is wrong or remarkable in a snapshot: holdings that cannot be right as stated, and circles, which are the strongly
/// connected components of at least two parties: in a circle of guarantees everybody answers for everybody in the end, in
/// a circle of holdings capital is counted more than once.
/// </summary>
internal static class PublishedFindings
{
    private static readonly Dictionary<OwnershipFindingKind, string> Kinds = new()
    {
        [OwnershipFindingKind.SharesAboveOne] = "SHARES_ABOVE_ONE",
        [OwnershipFindingKind.ShareUnknown] = "SHARE_UNKNOWN",
        [OwnershipFindingKind.ChainUnknown] = "CHAIN_UNKNOWN",
        [OwnershipFindingKind.ArrangementUnknown] = "ARRANGEMENT_UNKNOWN",
        [OwnershipFindingKind.ArrangementShared] = "ARRANGEMENT_SHARED",
    };

    public static IEnumerable<PublishedFinding> Of(Snapshot snapshot, HoldingGraph holdings)
    {
        foreach (var finding in holdings.Findings)
            yield return new PublishedFinding(
                Kinds[finding.Kind], finding.Detail, finding.Amount, [.. finding.Companies.Select(snapshot.Nodes.IdOf)]);
        foreach (var circle in Circles(snapshot, "GUARANTEE_CIRCLE", "parties guarantee one another in a circle.", snapshot.Relationship("GUARANTEES").Out))
            yield return circle;
        foreach (var circle in Circles(snapshot, "CROSS_HOLDING", "companies own parts of one another in a circle.", holdings.Out))
            yield return circle;
    }

    private static IEnumerable<PublishedFinding> Circles(Snapshot snapshot, string kind, string detail, Csr graph)
    {
        var components = StronglyConnectedComponents.Find(graph);
        return Enumerable.Range(0, components.Count).Where(component => components.SizeOf(component) > 1)
            .OrderBy(component => components.Members(component)[0])
            .Select(component => new PublishedFinding(
                kind, string.Create(CultureInfo.InvariantCulture, $"{components.SizeOf(component)} {detail}"), null,
                [.. components.Members(component).ToArray().Select(snapshot.Nodes.IdOf)]));
    }
}
