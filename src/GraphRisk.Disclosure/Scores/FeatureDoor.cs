using System.Collections.Immutable;
using GraphRisk.Disclosure.Bands;
using GraphRisk.Scoring.Features;
using static GraphRisk.Disclosure.Bands.Quantity;
using static GraphRisk.Disclosure.Scores.FactBasis;

namespace GraphRisk.Disclosure.Scores;

/// <summary>How the figure of a feature may leave: whose facts it rests on, and by which limits it is put into a band.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Basis">Whose facts.</param>
/// <param name="Quantity">Of which kind.</param>
public sealed record FeatureDoor(string Feature, FactBasis Basis, Quantity Quantity)
{
    /// <summary>
    /// Every feature with its door. Guarantees, holdings, offices and agreements stand in public registers, so how many there
    /// are is public; what became of those at the other end is not. A feature without a row is shown to nobody but the
    /// regulator.
    /// </summary>
    public static ImmutableArray<FeatureDoor> Table { get; } =
    [
        new("ratio_worst", Own, Ratio),
        new("distance_to_call", Own, Distance),
        new("distance_to_close", Own, Distance),
        new("ratio_change_quarter", Own, Change),
        new("ratio_lowest_year", Own, Ratio),
        new("debt", Own, Amount),
        new("debt_growth_quarter", Own, Change),
        new("debt_to_securities", Own, Ratio),
        new("credit_line_use", Own, Share),
        new("margin_share", Own, Share),
        new("open_contracts", Own, Count),
        new("days_to_maturity", Own, Days),

        new("securities", Own, Amount),
        new("concentration", Own, Share),
        new("largest_holding", Own, Share),
        new("volatility", Own, Volatility),
        new("drawdown", Own, Change),
        new("quarter_return", Own, Change),
        new("suspended", Own, Share),
        new("share_of_issue", Own, Share),

        new("margin_calls_year", Own, Count),
        new("days_since_call", Own, Days),
        new("overdue_contracts", Own, Count),
        new("overdues_year", Own, Count),
        new("days_since_overdue", Own, Days),
        new("defaults_before", Own, Count),
        new("days_since_default", Own, Days),

        new("dishonest_entries", Public, Count),
        new("other_entries", Public, Count),
        new("penalties", Public, Count),
        new("open_investigations", Public, Count),
        new("court_cases", Public, Count),

        new("total_assets", Public, Amount),
        new("liabilities_to_assets", Public, Share),
        new("profit_to_assets", Public, Share),
        new("profit_to_revenue", Public, Share),
        new("revenue_growth", Public, Change),
        new("financing_to_assets", Own, Share),

        new("is_company", Public, Count),
        new("client_years", Own, Years),
        new("brokers", Own, Count),
        new("accounts", Own, Count),

        new("guaranteed_debtors", Public, Count),
        new("guarantors", Public, Count),
        new("guaranteed_to_means", Others, Ratio),
        new("failed_debtors", Others, Count),
        new("failed_guarantors", Others, Count),
        new("failed_debtors_impact", Others, Share),
        new("failed_guarantors_impact", Others, Share),
        new("debtor_distress", Others, Distress),
        new("guarantor_distress", Others, Distress),
        new("guarantee_calls", Others, Share),
        new("calls_unpaid", Others, Share),
        new("days_since_guarantee_failure", Others, Days),

        new("held_companies", Public, Count),
        new("holders", Public, Count),
        new("failed_held", Others, Count),
        new("failed_holders", Others, Count),
        new("held_distress", Others, Distress),
        new("holder_distress", Others, Distress),
        new("days_since_holding_failure", Others, Days),
        new("group_size", Public, Count),
        new("group_debt", Others, Amount),
        new("group_failed", Others, Count),
        new("days_since_group_failure", Others, Days),

        new("network_loss", Others, Distress),
        new("network_loss_beyond", Others, Distress),

        new("crowd_leveraged", Others, Share),
        new("crowd_distress", Others, Distress),
        new("crowd_of_issue", Others, Share),
        new("forced_sales", Others, Share),
        new("crowded_fall", Others, Change),

        new("device_parties", Others, Count),
        new("device_failed", Others, Count),
        new("device_distress", Others, Distress),
        new("office_parties", Public, Count),
        new("office_failed", Others, Count),
        new("office_distress", Others, Distress),
        new("concert_parties", Public, Count),
        new("concert_failed", Others, Count),
        new("days_since_link_failure", Others, Days),

        .. FeatureSet.Features.Where(feature => feature.Group == FeatureGroup.Propagated).Select(feature => new FeatureDoor(feature.Name, Others, Distress)),
    ];

    private static readonly ImmutableDictionary<string, FeatureDoor> ByFeature = Table.ToImmutableDictionary(door => door.Feature, StringComparer.Ordinal);

    /// <summary>The door of a feature; null where it has none.</summary>
    public static FeatureDoor? Of(string feature) => ByFeature.GetValueOrDefault(feature);

    /// <summary>The size of a value in the unit of its quantity's limits: yuan, fractions, days.</summary>
    public static double SizeOf(FeatureUnit unit, double value) =>
        unit is FeatureUnit.LogYuan or FeatureUnit.LogChange ? Math.Exp(value) - 1 : value;
}
