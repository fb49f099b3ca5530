namespace GraphRisk.Graph.Algorithms.Ownership.Rules.Limbs;

/// <summary>What listed parties own in sum (<see cref="AggregateOwnershipRule"/>). Where no list is known, each party is asked about as if it alone were listed.</summary>
internal sealed class Aggregate(LimbContext context) : LimbReading(context)
{
    private Dictionary<int, LimbFinding>? listed;

    public override IEnumerable<LimbFinding> Into(int company) =>
        (listed ??= Facts.Listed is { } all ? Owned([.. all]).ToDictionary(found => found.Company) : []).TryGetValue(company, out var found) ? [found] : [];

    public override IEnumerable<LimbFinding> From(int party) => Facts.Listed is null ? Owned([party]) : Owned([.. Facts.Listed]).Where(found => found.Holders.Contains(party));

    public override IEnumerable<LimbFinding> All() => Facts.Listed is { } all ? Owned([.. all]) : Enumerable.Range(0, Facts.Holdings.NodeCount).SelectMany(From);

    private IEnumerable<LimbFinding> Owned(int[] seeds)
    {
        Meter.Charge(seeds.Length);
        var certain = Find(seeds, ShareBound.Lower).ToDictionary(company => company.Company);
        var possible = Facts.HasRanges ? Find(seeds, ShareBound.Upper) : [.. certain.Values];
        foreach (var one in possible.OrderBy(company => company.Company))
        {
            var sure = certain.GetValueOrDefault(one.Company);
            var isAlone = Facts.Listed is null;
            var first = one.Owners.FirstOrDefault(owner => !seeds.Contains(owner), -1);
            yield return new LimbFinding(
                isAlone ? [.. seeds] : one.Owners, -1, one.Company, AtMost(sure is not null ? RuleHolding.Certain : RuleHolding.Possible),
                new PartFigure(sure?.Share ?? Sum(one, ShareBound.Lower), Sum(one, ShareBound.Stated), one.Share), first);
        }
    }

    private decimal Sum(BlockedCompany company, ShareBound bound)
    {
        var sum = 0m;
        foreach (var edge in Facts.Holdings.EdgesInto(company.Company))
            if (company.Owners.Contains(Facts.Holdings[edge].Holder)) sum += Facts.Holdings[edge].Equity.At(bound);
        return sum;
    }

    private System.Collections.Immutable.ImmutableArray<BlockedCompany> Find(int[] seeds, ShareBound bound) =>
        AggregateOwnershipRule.Find(Facts.Holdings, seeds, Limb.Threshold, bound, Limb.Operator, Meter);
}
