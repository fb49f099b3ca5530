using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Scoring.Features.Families;
using GraphRisk.Scoring.Models;

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
        new PropagatedFeatures(),
    ];

    /// <summary>Every feature, by column.</summary>
    public static IReadOnlyList<Feature> Features { get; } = [.. Families.SelectMany(family => family.Features)];

    /// <summary>The columns of one scope, ascending.</summary>
    public static int[] Columns(FeatureScope scope) =>
        [.. Enumerable.Range(0, Features.Count).Where(column => Features[column].Group.Scope == scope)];

    /// <summary>The columns that a family of models reads, ascending.</summary>
    public static int[] ColumnsFor(ModelFamily family) =>
        [.. Enumerable.Range(0, Features.Count).Where(column => family.Reads(Features[column]))];

    /// <summary>Per family whether one of the columns is its; null for all columns.</summary>
    internal static bool[] FamiliesRead(IReadOnlyList<int>? columns)
    {
        var (first, read) = (0, new bool[Families.Count]);
        for (var i = 0; i < read.Length; i++)
        {
            var (from, end) = (first, first + Families[i].Features.Count);
            read[i] = columns is null || columns.Any(column => column >= from && column < end);
            first = end;
        }
        return read;
    }

    /// <summary>Opens a reading of the market for its features; see <see cref="SnapshotFeatures"/>.</summary>
    public static SnapshotFeatures Open(MarketReading market) => new(market);
}
