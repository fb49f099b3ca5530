using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>
/// An order in which every edge leads from an earlier node to a later one (Kahn 1962): nodes without open incoming edges
/// are taken, the smallest number first among those that became free together. Time O(nodes + edges). A graph with a
/// cycle, a self-loop included, has no such order; condense it first (<see cref="StronglyConnectedComponents"/>).
/// </summary>
public static class TopologicalOrder
{
    /// <summary>The order, or null where the graph has a cycle.</summary>
    public static int[]? Find(Csr graph)
    {
        var waiting = new int[graph.NodeCount];
        for (var node = 0; node < waiting.Length; node++)
            foreach (var next in graph.Neighbours(node)) waiting[next]++;
        var order = new int[graph.NodeCount];
        var taken = 0;
        for (var node = 0; node < waiting.Length; node++)
            if (waiting[node] == 0) order[taken++] = node;
        for (var at = 0; at < taken; at++)
            foreach (var next in graph.Neighbours(order[at]))
                if (--waiting[next] == 0) order[taken++] = next;
        return taken == order.Length ? order : null;
    }
}
