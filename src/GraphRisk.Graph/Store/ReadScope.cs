using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Graph.Store;

/// <summary>What of the store is read.</summary>
/// <param name="AtVersion">Version whose knowledge is read.</param>
/// <param name="AsOf">Facts that begin to hold later are left out.</param>
public sealed record ReadScope(long AtVersion, DateTimeOffset AsOf)
{
    /// <summary>Node types and relationship names to read; null for all.</summary>
    public IReadOnlyCollection<string>? Types { get; init; }

    /// <summary>Data sets to read.</summary>
    public DataSets DataSets { get; init; } = DataSets.All;

    /// <summary>Everything known at a version, whenever it holds; what was erased never does.</summary>
    public static ReadScope All(long atVersion) => new(atVersion, Validity.EndOfTime);
}
