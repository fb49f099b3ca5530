using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>How the statements of a snapshot were read: what does not change as long as only holdings do.</summary>
/// <param name="Parameters">How holdings are checked.</param>
/// <param name="Arrangements">For whom arrangements hold.</param>
/// <param name="Nominations">For whom nominees hold.</param>
/// <param name="Indirect">Pairs between which an indirect holding is stated.</param>
internal sealed record HoldingReading(HoldingParameters Parameters, Arrangements Arrangements, Nominations Nominations, ImmutableArray<(int Holder, int Company)> Indirect)
{
    /// <summary>Of holdings that were given and not read.</summary>
    public static HoldingReading None { get; } = new(HoldingParameters.Default, Arrangements.None, Nominations.None, []);

    /// <summary>The reading of a snapshot.</summary>
    public static HoldingReading Of(Snapshot snapshot, HoldingParameters parameters) =>
        new(parameters, new Arrangements(snapshot), new Nominations(snapshot), [.. HoldingStatements.Indirect(snapshot.Relationship("HOLDS"))]);
}
