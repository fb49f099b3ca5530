using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Scoring.Features.Families;

namespace GraphRisk.Scoring.Features;

/// <summary>
/// All features a model may use, in the order of the matrix's columns.
/// To add one: a row in its family's table. To add a family: a file in Families, a line here.
/// </summary>
public static class FeatureSet
{
    internal static IReadOnlyList<FeatureFamily> Families { get; } =
    [
        new LeverageFeatures(),
        new CollateralFeatures(),
        new ConductFeatures(),
        new RecordFeatures(),
        new AccountsFeatures(),
        new ProfileFeatures(),
        new GuaranteeFeatures(),
        new OwnershipFeatures(),
        new NetworkFeatures(),
        new CommonHoldingFeatures(),
        new LinkFeatures(),
    ];

    /// <summary>Every feature, by column.</summary>
    public static IReadOnlyList<Feature> Features { get; } = [.. Families.SelectMany(family => family.Features)];

    /// <summary>The columns of one scope, ascending.</summary>
    public static int[] Columns(FeatureScope scope) =>
        [.. Enumerable.Range(0, Features.Count).Where(column => Features[column].Group.Scope == scope)];

    /// <summary>Opens a reading of the market for its features; see <see cref="SnapshotFeatures"/>.</summary>
    public static SnapshotFeatures Open(MarketReading market) => new(market);
}
