using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>
/// Strongly connected components: largest sets of nodes each of which reaches every other.
/// <para>
/// Tarjan's algorithm (1972) with the recursion turned into an explicit stack, so that a chain of a million companies
/// does not end the process. State of a node: <c>visit</c> is 0 before it is met, then its number in the order of
/// meeting; <c>low</c> is the smallest number known to be reachable within the open part of the search, and
/// <c>int.MaxValue</c> once its component is closed, so that closed nodes never lower anybody. <c>edge</c> is where the
/// scan of the node's edges stands.
/// </para>
/// <para>
/// Components come numbered against the edges: an edge from one component to another leads to a smaller number. Going
/// through the components upwards is therefore a topological order of the condensation from its sinks, and downwards
/// one from its sources. Time O(nodes + edges), memory four numbers a node.
/// </para>
/// </summary>
public static class StronglyConnectedComponents
{
    /// <summary>The components of a graph; numbering as above, the same for the same rows.</summary>
    public static Components Find(Csr graph, WorkMeter? meter = null)
    {
        var search = new Search(graph, meter ?? WorkMeter.Unlimited);
        for (var root = 0; root < graph.NodeCount; root++) search.From(root);
        return search.Components();
    }

    private sealed class Search(Csr graph, WorkMeter meter)
    {
        private const int NodesPerCharge = 256;

        private readonly int[] visit = new int[graph.NodeCount];
        private readonly int[] low = new int[graph.NodeCount];
        private readonly int[] edge = new int[graph.NodeCount];
        private readonly int[] component = new int[graph.NodeCount];
        private readonly Stack<int> path = new();
        private readonly Stack<int> open = new();
        private int met;
        private int components;

        public Components Components() => new(component, components);

        public void From(int root)
        {
            if (visit[root] != 0) return;
            Meet(root);
            while (path.Count > 0)
            {
                var node = path.Peek();
                if (NextUnmet(node) is var next && next >= 0)
                {
                    Meet(next);
                    continue;
                }

                path.Pop();
                var reached = low[node];
                if (reached == visit[node]) Close(node);
                else low[path.Peek()] = Math.Min(low[path.Peek()], reached);
            }
        }

        private void Meet(int node)
        {
            if (met % NodesPerCharge == 0) meter.Charge(WorkUnit.Nodes, NodesPerCharge);
            visit[node] = low[node] = ++met;
            edge[node] = graph.Range(node).Start;
            path.Push(node);
            open.Push(node);
        }

        /// <summary>Goes on with the edges of a node up to one that leads to a node not met yet; -1 at their end.</summary>
        private int NextUnmet(int node)
        {
            var end = graph.Range(node).End;
            while (edge[node] < end)
            {
                var target = graph.Target(edge[node]++);
                if (visit[target] == 0) return target;
                if (low[target] != int.MaxValue) low[node] = Math.Min(low[node], visit[target]);
            }

            return -1;
        }

        private void Close(int root)
        {
            int node;
            do
            {
                node = open.Pop();
                component[node] = components;
                low[node] = int.MaxValue;
            }
            while (node != root);
            components++;
        }
    }
}
