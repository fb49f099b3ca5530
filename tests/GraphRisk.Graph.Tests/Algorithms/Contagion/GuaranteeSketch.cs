using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Tests.Algorithms.Contagion;

/// <summary>Guarantees by parts, from graphs with an edge from debtor to guarantor.</summary>
internal static class GuaranteeSketch
{
    /// <param name="coverage">The parts.</param>
    /// <param name="whole">Those of the edges, in step, whose guarantor answers for the whole: weight above 0.</param>
    public static GuaranteeNetwork Of(WeightedGraph coverage, WeightedGraph? whole = null) => GuaranteeNetwork.Of(
        from debtor in Enumerable.Range(0, coverage.NodeCount)
        from at in Enumerable.Range(0, coverage.Out.Degree(debtor))
        let guarantor = coverage.Out.Neighbours(debtor)[at]
        select new GuaranteeTerms(debtor, guarantor, coverage.OutWeightsOf(debtor)[at], null, whole is not null && IsEdge(whole, debtor, guarantor)), new double[coverage.NodeCount]);

    private static bool IsEdge(WeightedGraph whole, int from, int to)
    {
        var at = whole.Out.Neighbours(from).IndexOf(to);
        return at >= 0 && whole.OutWeightsOf(from)[at] > 0;
    }
}
