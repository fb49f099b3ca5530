namespace GraphRisk.Scoring.Features;

/// <summary>
/// What a value that is missing means: that there is nothing (no default, so no days since it; a person, so no accounts), or
/// that there is something and it is not known. Only the second leaves a probability open.
/// </summary>
internal static class Ignorance
{
    private static readonly int Debt = ColumnOf("debt");
    private static readonly int Securities = ColumnOf("securities");
    private static readonly int IsCompany = ColumnOf("is_company");

    /// <summary>Where a missing value means that there is nothing; read top to bottom.</summary>
    private static readonly (Func<Feature, bool> Of, Func<float[], bool> Where)[] Nothing =
    [
        (feature => feature.Name.StartsWith("days_", StringComparison.Ordinal), _ => true),
        (feature => feature.Name is "margin_share" or "credit_line_use" or "debt_growth_quarter", _ => true),
        (feature => feature.Name is "debt_to_securities", row => row[Securities] == 0),
        (feature => feature.Group == FeatureGroup.Leverage, row => row[Debt] == 0),
        (feature => feature.Group == FeatureGroup.Collateral || feature.Group == FeatureGroup.CommonHoldings, row => row[Securities] == 0),
        (feature => feature.Group == FeatureGroup.Accounts, row => row[IsCompany] == 0),
    ];

    /// <summary>Whether a column of a row is missing because it is not known.</summary>
    /// <param name="column">The column.</param>
    /// <param name="row">A row of all features.</param>
    public static bool IsAt(int column, float[] row) =>
        float.IsNaN(row[column]) && !Array.Exists(Nothing, rule => rule.Of(FeatureSet.Features[column]) && rule.Where(row));

    /// <summary>Whether a feature says little before some months have passed: conduct, and the movement of debt and ratios.</summary>
    public static bool NeedsTime(Feature feature) =>
        feature.Group == FeatureGroup.Conduct || feature.Name is "ratio_change_quarter" or "ratio_lowest_year" or "debt_growth_quarter";

    private static int ColumnOf(string name) => FeatureSet.Features.Select(feature => feature.Name).ToList().IndexOf(name);
}
