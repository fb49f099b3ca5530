using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>
/// Weakly connected components: nodes joined by edges whatever their direction, over any number of relationship types.
/// <para>
/// Union-find with path halving, the smaller number becoming the root (Tarjan and van Leeuwen 1984); parents never
/// exceed their children, so one ascending pass numbers the components by their smallest node. Time practically
/// O(nodes + edges), memory two numbers a node.
/// </para>
/// </summary>
public static class WeaklyConnectedComponents
{
    /// <summary>The components over the edges of all the graphs given, numbered in the order of their smallest nodes.</summary>
    /// <param name="nodeCount">Number of nodes, the same in every graph.</param>
    /// <param name="graphs">One direction of each relationship type suffices.</param>
    public static Components Find(int nodeCount, params IEnumerable<Csr> graphs)
    {
        var parents = new int[nodeCount];
        for (var node = 0; node < nodeCount; node++) parents[node] = node;
        foreach (var graph in graphs)
            for (var node = 0; node < nodeCount; node++)
                foreach (var neighbour in graph.Neighbours(node))
                    Join(parents, node, neighbour);
        return Number(parents);
    }

    private static void Join(int[] parents, int left, int right)
    {
        var (first, second) = (Root(parents, left), Root(parents, right));
        if (first != second) parents[Math.Max(first, second)] = Math.Min(first, second);
    }

    private static int Root(int[] parents, int node)
    {
        while (parents[node] != node) node = parents[node] = parents[parents[node]];
        return node;
    }

    private static Components Number(int[] parents)
    {
        var component = new int[parents.Length];
        var count = 0;
        for (var node = 0; node < parents.Length; node++)
            component[node] = parents[node] == node ? count++ : component[Root(parents, node)];
        return new Components(component, count);
    }
}
