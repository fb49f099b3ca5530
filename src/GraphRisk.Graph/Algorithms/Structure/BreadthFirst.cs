using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>
/// Breadth-first search: the nodes that can be reached from a start and the fewest steps it takes. Nodes of one distance
/// come in the order in which their predecessors came, neighbours ascending, so the order is a function of the graph.
/// Time O(nodes reached + their edges).
/// </summary>
public static class BreadthFirst
{
    /// <summary>Distance of a node that is not reached.</summary>
    public const int Unreached = -1;

    /// <summary>Steps from the start to every node; <see cref="Unreached"/> where there is no way.</summary>
    public static int[] Distances(Csr graph, int start)
    {
        var distances = new int[graph.NodeCount];
        Array.Fill(distances, Unreached);
        distances[start] = 0;
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var node))
        {
            foreach (var next in graph.Neighbours(node))
            {
                if (distances[next] != Unreached) continue;
                distances[next] = distances[node] + 1;
                queue.Enqueue(next);
            }
        }

        return distances;
    }

    /// <summary>Steps from the start to the nodes it reaches, itself included; memory for the reached nodes only.</summary>
    /// <param name="graph">Rows to follow.</param>
    /// <param name="start">First node.</param>
    /// <param name="limit">Nodes after which the search stops.</param>
    /// <param name="meter">Pays for it.</param>
    public static Dictionary<int, int> Steps(Csr graph, int start, int limit = int.MaxValue, WorkMeter? meter = null)
    {
        meter ??= WorkMeter.Unlimited;
        var steps = new Dictionary<int, int> { [start] = 0 };
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var node))
        {
            meter.ChargeNode(graph.Degree(node));
            foreach (var next in graph.Neighbours(node))
                if (steps.Count < limit && steps.TryAdd(next, steps[node] + 1)) queue.Enqueue(next);
        }

        return steps;
    }

    /// <summary>The start and all nodes it reaches, nearest first; memory for the reached nodes only.</summary>
    /// <param name="graph">Rows to follow.</param>
    /// <param name="start">First node.</param>
    /// <param name="limit">Nodes after which the search stops; the answer then has exactly that many.</param>
    /// <param name="meter">Pays for it.</param>
    public static List<int> Reach(Csr graph, int start, int limit = int.MaxValue, WorkMeter? meter = null)
    {
        meter ??= WorkMeter.Unlimited;
        var seen = new HashSet<int> { start };
        var order = new List<int> { start };
        for (var at = 0; at < order.Count && order.Count < limit; at++)
        {
            meter.ChargeNode(graph.Degree(order[at]));
            foreach (var next in graph.Neighbours(order[at]))
                if (order.Count < limit && seen.Add(next)) order.Add(next);
        }

        return order;
    }
}
