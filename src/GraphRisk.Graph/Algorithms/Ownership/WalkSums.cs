using GraphRisk.Graph.Algorithms.Linear;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// Sums over all walks: N = (I - A)⁻¹ = I + A + A² + ..., one row or column at a time (Brioschi, Buzzacchi and Colombo
/// 1989; Baldone, Brioschi and Paleari 1998). Each component is factored once, at the first question that meets it, and
/// serves all later ones. A component whose spectral radius is not below 1 has no finite sum and is refused, with all
/// that depends on it.
/// </summary>
internal class WalkSums(WeightedGraph graph, Components components, HoldingSystems made) : ChainSums(graph, components)
{
    protected override bool Close(int component, Span<double> values, ChainQuestion question)
    {
        var system = SystemOf(component, question.Meter);
        if (!system.Converges) return false;
        if (question.Owners) system.Solve(values, question.Meter);
        else system.SolveTransposed(values, question.Meter);
        return true;
    }

    protected override double ResidualOf(ReadOnlySpan<int> nodes, double[] values, ChainQuestion question)
    {
        var largest = 0.0;
        foreach (var node in nodes)
        {
            if (!double.IsFinite(values[node]) || (question.LeavesOutReturns && node == question.Start)) continue;
            var wanted = Gather(node, values, question.Owners, within: true) + (node == question.Start ? 1 : 0);
            largest = Math.Max(largest, Math.Abs(values[node] - wanted) / Math.Max(1, values[node]));
        }

        return largest;
    }

    /// <summary>The system of a component.</summary>
    protected LeontiefSystem SystemOf(int component, WorkMeter meter) => made.Of(component, meter);
}
