using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Paths;

/// <summary>
/// All cycles of a graph up to a length, such as circles of guarantees: each once, beginning at its node with the smallest number.
/// <para>
/// After Johnson (1975): a cycle lies within one strongly connected component, so the rest of the graph is put aside first; then each
/// node in turn is the smallest of its cycles, and the search goes through greater nodes of its component alone. What his blocking of
/// nodes saves without a bound on length, the bound does here: nodes farther from the first one than steps are left are not entered, the
/// distances coming from one breadth-first search against the steps for each first node. Parallel relationships make cycles of their own;
/// a relationship from a node to itself is one.
/// </para>
/// <para>
/// Time O(edges) for the components, then for each cycle what lies between it and the next. Order: by smallest node, then by steps.
/// </para>
/// </summary>
public static class Circles
{
    /// <summary>The cycles.</summary>
    /// <param name="walk">What is walked, one way: along relationships or against them.</param>
    /// <param name="limits">Most steps, cycles and edges.</param>
    /// <param name="meter">Pays for it.</param>
    /// <exception cref="ArgumentException">Relationships are walked both ways: every one would be a cycle.</exception>
    public static PathsFound Find(EdgeWalk walk, PathLimits limits, WorkMeter meter)
    {
        if (walk.Direction == WalkDirection.Both) throw new ArgumentException("Cycles of a whole graph are walked one way.", nameof(walk));
        var (components, loops) = ComponentsOf(walk, meter);
        var allowance = new EdgeAllowance(meter, limits.Edges);
        var found = new List<GraphPath>();
        for (var node = 0; node < walk.Snapshot.Nodes.Count; node++)
        {
            if (components.SizeOf(components.Of(node)) == 1 && !loops.Contains(node)) continue;
            var search = new Search(walk, components, node, limits with { Paths = limits.Paths - found.Count }, allowance);
            var (cycles, isComplete) = (search.Run(), search.IsComplete);
            found.AddRange(cycles.Paths);
            if (!isComplete) return new PathsFound([.. found], IsComplete: false);
        }

        return new PathsFound([.. found], IsComplete: true);
    }

    /// <summary>Strongly connected components over what is walked, and the nodes with a step to themselves.</summary>
    private static (Components Components, HashSet<int> Loops) ComponentsOf(EdgeWalk walk, WorkMeter meter)
    {
        var (from, to, loops) = (new List<int>(), new List<int>(), new HashSet<int>());
        foreach (var kind in walk.Kinds)
        {
            var rows = kind.Table.Out;
            if (rows.EdgeCount == 0) continue;
            for (var node = 0; node < rows.NodeCount; node++)
            {
                var (start, end) = rows.Range(node);
                if (start == end) continue;
                meter.ChargeNode(end - start);
                for (var edge = start; edge < end; edge++)
                {
                    var target = rows.Target(edge);
                    if (!kind.Passes(edge, node, target)) continue;
                    from.Add(node);
                    to.Add(target);
                    if (node == target) loops.Add(node);
                }
            }
        }

        return (StronglyConnectedComponents.Find(Csr.Build(walk.Snapshot.Nodes.Count, [.. from], [.. to], out _), meter), loops);
    }

    private sealed class Search(EdgeWalk walk, Components components, int smallest, PathLimits limits, EdgeAllowance allowance)
    {
        private readonly PathCollection paths = new(smallest, limits.Paths);
        private readonly Dictionary<int, int> back = new() { [smallest] = 0 };
        private readonly int component = components.Of(smallest);

        public bool IsComplete => !paths.IsFull && !allowance.IsSpent;

        public PathsFound Run()
        {
            LookBack();
            if (!allowance.IsSpent) Extend(smallest, limits.Hops);
            return paths.Found(IsComplete);
        }

        private bool IsInside(int node) => node >= smallest && components.Of(node) == component;

        private void LookBack()
        {
            List<int> front = [smallest];
            for (var depth = 1; depth < limits.Hops && front.Count > 0; depth++)
            {
                var next = new List<int>();
                foreach (var node in front)
                    foreach (var step in walk.Into(node, allowance))
                        if (IsInside(step.From) && back.TryAdd(step.From, depth)) next.Add(step.From);
                front = next;
            }
        }

        private void Extend(int node, int remaining)
        {
            foreach (var step in walk.From(node, allowance))
            {
                if (!IsComplete) return;
                if (step.To == smallest)
                {
                    paths.Add(step);
                    continue;
                }

                if (!back.TryGetValue(step.To, out var needed) || needed >= remaining || paths.Holds(step.To)) continue;
                paths.Steps.Add(step);
                Extend(step.To, remaining - 1);
                paths.Steps.RemoveAt(paths.Steps.Count - 1);
            }
        }
    }
}
