using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Paths;

/// <summary>A node next to two others.</summary>
/// <param name="Node">The node.</param>
/// <param name="FromFirst">All steps from the first to it.</param>
/// <param name="FromSecond">All steps from the second to it.</param>
public sealed record CommonNeighbour(int Node, ImmutableArray<PathStep> FromFirst, ImmutableArray<PathStep> FromSecond);

/// <summary>
/// The nodes that one step leads to from either of two nodes, the two themselves left out. Time O(edges of both).
/// </summary>
public static class CommonNeighbours
{
    /// <summary>The common neighbours, by number, and whether they are all.</summary>
    /// <param name="walk">What is walked.</param>
    /// <param name="first">One node.</param>
    /// <param name="second">The other; for the same node all its neighbours are common.</param>
    /// <param name="limits">Most nodes and edges; hops are one.</param>
    /// <param name="meter">Pays for it.</param>
    public static (ImmutableArray<CommonNeighbour> Nodes, bool IsComplete) Find(EdgeWalk walk, int first, int second, PathLimits limits, WorkMeter meter)
    {
        var allowance = new EdgeAllowance(meter, limits.Edges);
        var (left, right) = (Around(walk, first, allowance), Around(walk, second, allowance));
        var common = left.Keys.Where(node => node != first && node != second && right.ContainsKey(node)).Order().ToList();
        return (
            [.. common.Take(limits.Paths).Select(node => new CommonNeighbour(node, [.. left[node]], [.. right[node]]))],
            common.Count <= limits.Paths && !allowance.IsSpent);
    }

    private static Dictionary<int, List<PathStep>> Around(EdgeWalk walk, int node, EdgeAllowance allowance)
    {
        var around = new Dictionary<int, List<PathStep>>();
        foreach (var step in walk.From(node, allowance))
        {
            if (!around.TryGetValue(step.To, out var steps)) around.Add(step.To, steps = []);
            steps.Add(step);
        }

        return around;
    }
}
