using GraphRisk.Scoring.Features.Books;
using static GraphRisk.Scoring.Features.FeatureUnit;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>Trouble of those the client answers for and of those who answer for the client, by amount.</summary>
internal sealed class GuaranteeFeatures : FeatureFamily<GuaranteeFeatures.Facts>
{
    internal readonly record struct Facts(Pressure FromDebtors, Pressure FromGuarantors);

    protected override IReadOnlyList<(Feature Feature, Func<Facts, double> Value)> Table { get; } =
    [
        (Define("guaranteed_debtors", "Debtors the client answers for", Count, 0), f => f.FromDebtors.Ties),
        (Define("guarantors", "Guarantors of the client", Count, 0), f => f.FromGuarantors.Ties),
        (Define("guarantee_defaults", "Recent defaults among debtors and guarantors", Level, 1),
            f => f.FromDebtors.Defaults + f.FromGuarantors.Defaults),
        (Define("guarantee_stress", "Stress of debtors and guarantors together", Level, 1),
            f => f.FromDebtors.Alarm + f.FromGuarantors.Alarm),
        (Define("debtor_defaults", "Recent defaults of guaranteed debtors, by amount to own means", Level, 1), f => f.FromDebtors.Heat),
        (Define("debtor_stress", "Stress of guaranteed debtors, by amount to own means", Level, 1), f => f.FromDebtors.Stress),
        (Define("guarantor_defaults", "Recent defaults of guarantors, by amount to debt", Level, 1), f => f.FromGuarantors.Heat),
        (Define("guarantor_stress", "Stress of guarantors, by amount to debt", Level, 1), f => f.FromGuarantors.Stress),
        (Define("guarantee_chain_defaults", "Recent defaults one step beyond the guarantees", Level, 1),
            f => f.FromDebtors.Next + f.FromGuarantors.Next),
    ];

    protected override Func<int, int, Facts> Gather(MarketBooks books) => (_, party) => new Facts(
        Pressure.On(party, Channel.GuaranteedDebtor, books.Links, books.Stress),
        Pressure.On(party, Channel.Guarantor, books.Links, books.Stress));

    private static Feature Define(string name, string title, FeatureUnit unit, int direction) =>
        new(name, title, FeatureGroup.Guarantees, unit, direction, "never missing: no guarantee counts as 0",
        [
            "GUARANTEES.amount", "GUARANTEES.coverage", "CreditEvent.kind", "CreditEvent.occurredOn", "MarginContract.maintenanceRatio",
            "PledgeContract.performanceRatio", "POSITION.quantity", "Company.totalAssets",
        ]);
}
