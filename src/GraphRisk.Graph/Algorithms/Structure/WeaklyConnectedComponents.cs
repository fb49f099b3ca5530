using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>
/// Weakly connected components: nodes joined by edges whatever their direction, over any number of relationship types.
/// <para>
/// Afforest (Sutton, Ben-Nun and Barak 2018, as in the GAP benchmark suite). A node's parent never has a greater number; linking two nodes
/// hooks the greater of their roots under the smaller by one atomic exchange, so processors may link at once, and every component ends
/// under its smallest node in whatever order that happens. First each node is linked to its first two neighbours alone, which finds
/// nearly all of the largest component; a sample of a thousand nodes tells which that is, and the remaining edges of its
/// nodes are passed over, since each of them stands in the row of its other end too. Components are numbered by their smallest nodes.
/// </para>
/// <para>
/// Time practically O(nodes + edges), usually far fewer edges than there are; memory two numbers a node.
/// </para>
/// </summary>
public static class WeaklyConnectedComponents
{
    private const int FirstNeighbours = 2;
    private const int Sample = 1024;
    private const int Part = 4096;

    /// <summary>The components over the edges of all the graphs given, numbered in the order of their smallest nodes.</summary>
    /// <param name="nodeCount">Number of nodes, the same in every graph.</param>
    /// <param name="graphs">One direction of each relationship type suffices.</param>
    public static Components Find(int nodeCount, params IEnumerable<Csr> graphs)
    {
        var parents = Alone(nodeCount);
        foreach (var graph in graphs)
            Lanes.OfMachine().Run(nodeCount, Part, (_, start, end) =>
            {
                for (var node = start; node < end; node++)
                    foreach (var neighbour in graph.Neighbours(node)) Link(parents, node, neighbour);
            });
        return Number(parents);
    }

    /// <summary>The components of a graph, numbered in the order of their smallest nodes.</summary>
    public static Components Find(UndirectedGraph graph, WorkMeter? meter = null) => Number(SmallestNodes(graph, meter ?? WorkMeter.Unlimited));

    /// <summary>For each node the smallest node of its component.</summary>
    public static int[] SmallestNodes(UndirectedGraph graph, WorkMeter meter)
    {
        var (lanes, parents) = (Lanes.OfMachine(), Alone(graph.NodeCount));
        meter.Charge(WorkUnit.Nodes, graph.NodeCount);
        meter.Charge(WorkUnit.Edges, graph.EntryCount);
        for (var round = 0; round < FirstNeighbours; round++)
        {
            var place = round;
            lanes.Run(graph.NodeCount, Part, (_, start, end) =>
            {
                for (var node = start; node < end; node++)
                    if (graph.Degree(node) > place) Link(parents, node, graph.Neighbours(node)[place]);
            });
            Flatten(lanes, parents);
        }

        var largest = MostFrequent(parents);
        lanes.Run(graph.NodeCount, Part, (_, start, end) =>
        {
            for (var node = start; node < end; node++)
            {
                if (parents[node] == largest || graph.Degree(node) <= FirstNeighbours) continue;
                foreach (var neighbour in graph.Neighbours(node)[FirstNeighbours..]) Link(parents, node, neighbour);
            }
        });
        Flatten(lanes, parents);
        return parents;
    }

    private static int[] Alone(int nodeCount)
    {
        var parents = new int[nodeCount];
        for (var node = 0; node < nodeCount; node++) parents[node] = node;
        return parents;
    }

    /// <summary>Hooks the greater root of two nodes under the smaller one; another processor may have hooked either meanwhile.</summary>
    private static void Link(int[] parents, int left, int right)
    {
        var (one, other) = (Volatile.Read(ref parents[left]), Volatile.Read(ref parents[right]));
        while (one != other)
        {
            var (high, low) = (Math.Max(one, other), Math.Min(one, other));
            var above = Volatile.Read(ref parents[high]);
            if (above == low || (above == high && Interlocked.CompareExchange(ref parents[high], low, high) == high)) return;
            one = Volatile.Read(ref parents[Volatile.Read(ref parents[high])]);
            other = Volatile.Read(ref parents[low]);
        }
    }

    private static void Flatten(Lanes lanes, int[] parents) => lanes.Run(parents.Length, 4 * Part, (_, start, end) =>
    {
        for (var node = start; node < end; node++)
            while (parents[node] is var parent && parents[parent] is var above && parent != above) parents[node] = above;
    });

    /// <summary>The root that most of some nodes, evenly spread, have.</summary>
    private static int MostFrequent(int[] parents)
    {
        var counts = new Dictionary<int, int>();
        var apart = Math.Max(1, parents.Length / Sample);
        for (var node = 0; node < parents.Length; node += apart) counts[parents[node]] = counts.GetValueOrDefault(parents[node]) + 1;
        return counts.Count == 0 ? -1 : counts.MaxBy(pair => (pair.Value, -pair.Key)).Key;
    }

    private static Components Number(int[] parents)
    {
        var component = new int[parents.Length];
        var count = 0;
        for (var node = 0; node < parents.Length; node++)
            component[node] = parents[node] == node ? count++ : component[Root(parents, node)];
        return new Components(component, count);
    }

    private static int Root(int[] parents, int node)
    {
        while (parents[node] != node) node = parents[node] = parents[parents[node]];
        return node;
    }
}
