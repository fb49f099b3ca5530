using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// Sums over the walks that never come back to the holder (Vitali, Glattfelder and Battiston 2011, supporting
/// information; Baldone, Brioschi and Paleari 1998).
/// <para>
/// Every walk from i to j is a walk from i to its last stay at i, then one to j that never returns. The first part sums
/// to N(i, i), so the second sums to N(i, j) / N(i, i), for j other than i; a holder owns nothing of itself here.
/// N(i, i) is one more solution inside i's component, kept once it is known. Parts of companies that walk ownership must
/// refuse are refused here too.
/// </para>
/// </summary>
internal sealed class CorrectedSums(WeightedGraph graph, Components components, int denseLimit)
    : WalkSums(graph, components, denseLimit)
{
    private readonly double[] returns = new double[graph.NodeCount];

    /// <summary>The factor by which a holder's walks repeat what its first departure gives: N(i, i), at least 1.</summary>
    public double Returns(int node, WorkMeter meter)
    {
        var known = Volatile.Read(ref returns[node]);
        if (known != 0) return known;
        var component = Components.Of(node);
        var members = Components.Members(component);
        var values = new double[members.Length];
        var at = members.BinarySearch(node);
        values[at] = 1;
        SystemOf(component, meter).Solve(values, meter);
        Volatile.Write(ref returns[node], values[at]);
        return values[at];
    }
}
