using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Columns;
using GraphRisk.Market.Contagion;
using GraphRisk.Market.Networks;
using static GraphRisk.Scoring.Features.FeatureUnit;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>Those the client answers for and those who answer for the client: how many, for how much, what became of them.</summary>
internal sealed class GuaranteeFeatures : FeatureFamily<GuaranteeFeatures.Facts>
{
    /// <param name="FromDebtors">From those the client answers for.</param>
    /// <param name="FromGuarantors">From those who answer for the client.</param>
    /// <param name="Given">Amount guaranteed for others, yuan.</param>
    /// <param name="Means">What the client could pay with, yuan.</param>
    internal readonly record struct Facts(Spillover FromDebtors, Spillover FromGuarantors, double Given, double Means);

    protected override IReadOnlyList<(Feature Feature, Func<Facts, double> Value)> Table { get; } =
    [
        (Define("guaranteed_debtors", "Debtors the client answers for", Count, 0), f => f.FromDebtors.Counterparties),
        (Define("guarantors", "Guarantors of the client", Count, 0), f => f.FromGuarantors.Counterparties),
        (Define("guaranteed_to_means", "Amount guaranteed for others, to own means", Percent, 1, "no means are known"),
            f => f.Given > 0 ? Numbers.Ratio(f.Given, f.Means) : 0),
        (Define("failed_debtors", "Guaranteed debtors that failed", Count, 1), f => f.FromDebtors.Failed),
        (Define("failed_guarantors", "Guarantors that failed", Count, 1), f => f.FromGuarantors.Failed),
        (Define("failed_debtors_impact", "Amount guaranteed for debtors that failed, to own means", Percent, 1), f => f.FromDebtors.FailedImpact),
        (Define("failed_guarantors_impact", "Cover by guarantors that failed, to own debt", Percent, 1), f => f.FromGuarantors.FailedImpact),
        (Define("debtor_distress", "Expected calls for guaranteed debtors, to own means", Level, 1), f => f.FromDebtors.ExpectedImpact),
        (Define("guarantor_distress", "Expected loss of guarantors' cover, to own debt", Level, 1), f => f.FromGuarantors.ExpectedImpact),
        (Define("days_since_guarantee_failure", "Days since a debtor or guarantor failed", Days, -1, "none failed"),
            f => Numbers.Least(f.FromDebtors.DaysSinceFailure, f.FromGuarantors.DaysSinceFailure)),
    ];

    protected override Func<int, int, Facts> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter)
    {
        var (distress, means) = (market.Distress(meter), market.Means(meter));
        return (_, party) =>
        {
            var exposures = around.ExposuresOf(party);
            return new Facts(
                Spillover.On(exposures, ExposureKind.GuaranteedDebtor, distress), Spillover.On(exposures, ExposureKind.Guarantor, distress),
                GivenUnder(exposures), means.Of(party));
        };
    }

    private static double GivenUnder(ReadOnlySpan<Exposure> exposures)
    {
        var given = 0.0;
        foreach (var exposure in exposures)
            if (exposure.Kind == ExposureKind.GuaranteedDebtor) given += exposure.Amount;
        return given;
    }

    private static Feature Define(string name, string title, FeatureUnit unit, int direction, string missing = "never missing: no guarantee counts as 0") =>
        new(name, title, FeatureGroup.Guarantees, unit, direction, missing,
        [
            "GUARANTEES.amount", "GUARANTEES.coverage", "CreditEvent.kind", "CreditEvent.occurredOn", "MarginContract.maintenanceRatio",
            "PledgeContract.performanceRatio", "POSITION.quantity", "Company.totalAssets",
        ]);
}
