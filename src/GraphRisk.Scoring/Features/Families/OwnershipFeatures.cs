using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Columns;
using GraphRisk.Market.Contagion;
using GraphRisk.Market.Credit;
using GraphRisk.Market.Networks;
using static GraphRisk.Scoring.Features.FeatureUnit;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>Companies the client holds, those who hold the client, and its group under common control: what became of them.</summary>
internal sealed class OwnershipFeatures : FeatureFamily<OwnershipFeatures.Facts>
{
    /// <param name="Size">Parties, the client among them.</param>
    /// <param name="Debt">Financing debt of the others, yuan.</param>
    /// <param name="Failed">Others that have failed.</param>
    /// <param name="DaysSinceFailure">Since the latest failure among the others; NaN where there was none.</param>
    internal readonly record struct Group(int Size, double Debt, int Failed, double DaysSinceFailure);

    internal readonly record struct Facts(Spillover FromHeld, Spillover FromHolders, Group Group);

    protected override IReadOnlyList<(Feature Feature, Func<Facts, double> Value)> Table { get; } =
    [
        (Define("held_companies", Count, 0), f => f.FromHeld.Counterparties),
        (Define("holders", Count, 0), f => f.FromHolders.Counterparties),
        (Define("failed_held", Count, 1), f => f.FromHeld.Failed),
        (Define("failed_holders", Count, 1), f => f.FromHolders.Failed),
        (Define("held_distress", Level, 1), f => f.FromHeld.ExpectedImpact),
        (Define("holder_distress", Level, 1), f => f.FromHolders.ExpectedImpact),
        (Define("days_since_holding_failure", Days, -1),
            f => Numbers.Least(f.FromHeld.DaysSinceFailure, f.FromHolders.DaysSinceFailure)),
        (Define("group_size", Count, 0), f => f.Group.Size),
        (Define("group_debt", LogYuan, 1), f => Numbers.LogOnePlus(f.Group.Debt)),
        (Define("group_failed", Count, 1), f => f.Group.Failed),
        (Define("days_since_group_failure", Days, -1), f => f.Group.DaysSinceFailure),
    ];

    protected override Func<int, int, Facts> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter)
    {
        var (distress, debts) = (market.Distress(meter), market.Debts(meter));
        return (_, party) =>
        {
            var exposures = around.ExposuresOf(party);
            return new Facts(
                Spillover.On(exposures, ExposureKind.HeldCompany, distress), Spillover.On(exposures, ExposureKind.Holder, distress),
                Describe(party, around.GroupOf(party), debts, distress));
        };
    }

    private static Group Describe(int party, ReadOnlySpan<int> members, double[] debts, Distress distress)
    {
        var found = new Group(members.Length, 0, 0, double.NaN);
        foreach (var other in members)
        {
            if (other == party) continue;
            found = new Group(
                found.Size, found.Debt + debts[other], found.Failed + (distress.HasFailed(other) ? 1 : 0),
                Numbers.Least(found.DaysSinceFailure, distress.DaysSinceFailure(other)));
        }

        return found;
    }

    private static Feature Define(string name, FeatureUnit unit, int direction) =>
        new(name, FeatureGroup.Ownership, unit, direction,
        [
            "HOLDS.share", "HOLDS.votes", "CreditEvent.kind", "CreditEvent.occurredOn", "MarginContract.debt",
            "MarginContract.maintenanceRatio", "PledgeContract.performanceRatio", "Company.totalAssets",
        ]);
}
