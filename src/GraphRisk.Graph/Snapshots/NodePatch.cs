using System.Collections.Immutable;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Graph.Snapshots;

/// <summary>What a viewer's own facts add to the nodes of a snapshot that others share.</summary>
internal sealed record NodePatch
{
    /// <summary>Types of the nodes after the shared ones, as positions in the catalog.</summary>
    public required byte[] Types { get; init; }

    /// <summary>Rows of these nodes.</summary>
    public required int[] Rows { get; init; }

    /// <summary>The nodes of each type after the shared ones.</summary>
    public required ImmutableArray<int[]> NodesOfType { get; init; }

    /// <summary>Nodes of the records that the shared snapshot does not name.</summary>
    public required Dictionary<NodeId, int> Numbers { get; init; }

    /// <summary>All records of nodes whose records differ from the shared ones', in the order in which they became known.</summary>
    public required Dictionary<int, ImmutableArray<NodeId>> Members { get; init; }

    /// <summary>Bytes of the patch's own, roughly: a text of a key is counted with 80.</summary>
    public long Bytes => (5L * Types.Length) + (4L * Types.Length) + (120L * Numbers.Count) + Members.Values.Sum(members => 64 + (100L * members.Length));
}
