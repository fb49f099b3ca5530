using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Linkage;

/// <summary>Direct parts of companies at or above the threshold, in both directions; as strong as the part.</summary>
internal sealed class OwnershipLinks(HoldingGraph holdings, RelationshipTable holds, LinkParameters parameters) : ILinkSource
{
    private readonly double strength = parameters.Strengths[LinkKind.Ownership];

    public IEnumerable<Link> From(int party, WorkMeter meter)
    {
        meter.Charge(WorkUnit.Edges, holdings.Out.Degree(party) + holdings.In.Degree(party));
        foreach (var holding in holdings.HeldBy(party).ToArray())
            if (Ties(holding)) yield return Make(holding, party, holding.Company);
        foreach (var edge in holdings.EdgesInto(party).ToArray())
            if (holdings[edge] is var holding && Ties(holding)) yield return Make(holding, party, holding.Holder);
    }

    private bool Ties(Holding holding) => holding.Holder != holding.Company && holding.Equity.Share >= parameters.OwnershipThreshold;

    private Link Make(Holding holding, int from, int to) => new(
        from, to, LinkKind.Ownership, Math.Min(1, (double)holding.Equity.Share) * strength, holding.Equity.Share, -1,
        from == holding.Holder, EdgeReference.Between(holds, holding.Holder, holding.Company));
}
