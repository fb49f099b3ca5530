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
    /// <param name="Debt">What it owes under contracts, yuan.</param>
    /// <param name="Called">What would be called from it if all who have failed settled today, yuan.</param>
    internal readonly record struct Facts(Spillover FromDebtors, Spillover FromGuarantors, double Given, double Means, double Debt, double Called)
    {
        /// <summary>Part of what it owes and is called for that it could not pay because it is called on.</summary>
        public double Unpaid => Called > 0 ? Math.Max(0, Called - Math.Max(0, Means - Debt)) / (Debt + Called) : 0;
    }

    protected override IReadOnlyList<(Feature Feature, Func<Facts, double> Value)> Table { get; } =
    [
        (Define("guaranteed_debtors", Count, 0), f => f.FromDebtors.Counterparties),
        (Define("guarantors", Count, 0), f => f.FromGuarantors.Counterparties),
        (Define("guaranteed_to_means", Percent, 1),
            f => f.Given > 0 ? Numbers.Ratio(f.Given, f.Means) : 0),
        (Define("failed_debtors", Count, 1), f => f.FromDebtors.Failed),
        (Define("failed_guarantors", Count, 1), f => f.FromGuarantors.Failed),
        (Define("failed_debtors_impact", Percent, 1), f => f.FromDebtors.FailedImpact),
        (Define("failed_guarantors_impact", Percent, 1), f => f.FromGuarantors.FailedImpact),
        (Define("debtor_distress", Level, 1), f => f.FromDebtors.ExpectedImpact),
        (Define("guarantor_distress", Level, 1), f => f.FromGuarantors.ExpectedImpact),
        (Define("guarantee_calls", Percent, 1), f => f.Called > 0 ? Math.Min(1, f.Called / f.Means) : 0),
        (Define("calls_unpaid", Percent, 1), f => f.Unpaid),
        (Define("days_since_guarantee_failure", Days, -1),
            f => Numbers.Least(f.FromDebtors.DaysSinceFailure, f.FromGuarantors.DaysSinceFailure)),
    ];

    protected override Func<int, int, Facts> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter)
    {
        var (distress, means, debts, calls) = (market.Distress(meter), market.Means(meter), market.Debts(meter), market.Calls(meter));
        return (_, party) =>
        {
            var exposures = around.ExposuresOf(party);
            return new Facts(
                Spillover.On(exposures, ExposureKind.GuaranteedDebtor, distress), Spillover.On(exposures, ExposureKind.Guarantor, distress),
                GivenUnder(exposures), means.Of(party), debts[party], CalledUnder(exposures, debtor => calls.For(party, debtor)));
        };
    }

    private static double GivenUnder(ReadOnlySpan<Exposure> exposures)
    {
        var given = 0.0;
        foreach (var exposure in exposures)
            if (exposure.Kind == ExposureKind.GuaranteedDebtor) given += exposure.Amount;
        return given;
    }

    private static double CalledUnder(ReadOnlySpan<Exposure> exposures, Func<int, double> calledFor)
    {
        var (called, seen) = (0.0, new HashSet<int>());
        foreach (var exposure in exposures)
            if (exposure.Kind == ExposureKind.GuaranteedDebtor && seen.Add(exposure.To)) called += calledFor(exposure.To);
        return called;
    }

    private static Feature Define(string name, FeatureUnit unit, int direction) =>
        new(name, FeatureGroup.Guarantees, unit, direction,
        [
            "GUARANTEES.amount", "GUARANTEES.coverage", "CreditEvent.kind", "CreditEvent.occurredOn", "MarginContract.maintenanceRatio",
            "MarginContract.debt", "PledgeContract.performanceRatio", "POSITION.quantity", "Company.totalAssets",
        ]);
}
