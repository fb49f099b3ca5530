using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Linkage;

/// <summary>
/// Control, in both directions. The pairs are listed once, for every party with a majority somewhere: nobody else
/// controls anything. The evidence of a pair is the relationships that carry the votes.
/// </summary>
internal sealed class ControlLinks : ILinkSource
{
    private const int PartiesPerCharge = 256;

    private readonly CompanyControl control;
    private readonly HoldingGraph holdings;
    private readonly RelationshipTable holds;
    private readonly double strength;
    private readonly Csr controlled;
    private readonly Csr controllers;

    public ControlLinks(CompanyControl control, HoldingGraph holdings, RelationshipTable holds, LinkParameters parameters, WorkMeter meter)
    {
        this.control = control;
        this.holdings = holdings;
        this.holds = holds;
        strength = parameters.Strengths[LinkKind.Control];
        List<int> from = [], to = [];
        for (var party = 0; party < holdings.NodeCount; party++)
        {
            if (party % PartiesPerCharge == 0) meter.Charge(WorkUnit.Nodes, PartiesPerCharge);
            if (!HasMajority(party)) continue;
            IsComplete &= from.Count < parameters.ControlPairBudget;
            var companies = IsComplete ? control.ControlledNodes(party, meter) : DirectMajorities(party);
            foreach (var company in companies)
            {
                from.Add(party);
                to.Add(company);
            }
        }

        var (starts, ends) = (from.ToArray(), to.ToArray());
        controlled = Csr.Build(holdings.NodeCount, starts, ends, out _);
        controllers = Csr.Build(holdings.NodeCount, ends, starts, out _);
    }

    /// <summary>Whether all pairs fitted into the budget.</summary>
    public bool IsComplete { get; } = true;

    public IEnumerable<Link> From(int party, WorkMeter meter)
    {
        foreach (var company in controlled.Neighbours(party).ToArray()) yield return Make(party, company, party, company, meter);
        foreach (var controller in controllers.Neighbours(party).ToArray()) yield return Make(controller, party, party, controller, meter);
    }

    private bool HasMajority(int party)
    {
        foreach (var holding in holdings.HeldBy(party))
            if (control.IsMajority(holding) && holding.Company != party) return true;
        return false;
    }

    private ImmutableArray<int> DirectMajorities(int party) =>
        [.. holdings.HeldBy(party).ToArray().Where(holding => control.IsMajority(holding) && holding.Company != party).Select(holding => holding.Company)];

    private Link Make(int controller, int company, int from, int to, WorkMeter meter)
    {
        var (votes, blocks) = control.Votes(controller, company, meter);
        return new Link(
            from, to, LinkKind.Control, strength, votes, -1, from == controller,
            [.. blocks.SelectMany(block => EdgeReference.Between(holds, block.Holder, company))]);
    }
}
