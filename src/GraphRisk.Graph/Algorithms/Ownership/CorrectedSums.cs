using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// Sums over the walks that never come back to the holder (Vitali, Glattfelder and Battiston 2011, supporting
/// information; Baldone, Brioschi and Paleari 1998).
/// <para>
/// Every walk from i to j is a walk from i to its last stay at i, then one to j that never returns. The first part sums
/// to N(i, i), so the second sums to N(i, j) / N(i, i), for j other than i; a holder owns nothing of itself here.
/// N(i, i) is the diagonal of the inverse inside i's component: found for all its members at once, by the first question that needs
/// one of them, and kept. Parts of companies that walk ownership must refuse are refused here too.
/// </para>
/// </summary>
internal sealed class CorrectedSums(WeightedGraph graph, Components components, HoldingSystems made)
    : WalkSums(graph, components, made)
{
    /// <summary>The factor by which a holder's walks repeat what its first departure gives: N(i, i), at least 1.</summary>
    public double Returns(int node, WorkMeter meter)
    {
        var component = Components.Of(node);
        return SystemOf(component, meter).Returns(Components.Members(component).BinarySearch(node), meter);
    }
}
