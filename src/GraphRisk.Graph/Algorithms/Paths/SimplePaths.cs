namespace GraphRisk.Graph.Algorithms.Paths;

/// <summary>
/// All paths between two nodes that meet no node twice, and all such that return to where they start.
/// <para>
/// Depth-first, one length after another, so that the shortest come first and a limit cuts off the longest. How far nodes are from the
/// end is known up to half of the length from a breadth-first search against the steps; in the second half a path goes on
/// only where the end is near enough, so what is tried in vain is bounded by paths of half the length, b^(h/2) instead of b^h.
/// </para>
/// <para>
/// Walked either way, a cycle could be met twice, once each way round, and a relationship there and back would be one: of a cycle the
/// way round is given whose first relationship comes before its last.
/// </para>
/// </summary>
public static class SimplePaths
{
    /// <summary>The paths between two nodes, shortest first; from a node to itself the path without steps alone.</summary>
    /// <param name="walk">What is walked.</param>
    /// <param name="from">First node.</param>
    /// <param name="to">Last node.</param>
    /// <param name="limits">Most steps, paths and edges.</param>
    /// <param name="meter">Pays for it.</param>
    public static PathsFound Between(EdgeWalk walk, int from, int to, PathLimits limits, WorkMeter meter) =>
        from == to ? new PathsFound([new GraphPath(from, [])], IsComplete: true) : new Search(walk, from, to, limits, meter).Run();

    /// <summary>The cycles through a node, shortest first, each once; a relationship from the node to itself is one.</summary>
    /// <param name="walk">What is walked.</param>
    /// <param name="node">The node.</param>
    /// <param name="limits">Most steps, cycles and edges.</param>
    /// <param name="meter">Pays for it.</param>
    public static PathsFound CyclesThrough(EdgeWalk walk, int node, PathLimits limits, WorkMeter meter) => new Search(walk, node, node, limits, meter).Run();

    private sealed class Search(EdgeWalk walk, int from, int to, PathLimits limits, WorkMeter meter)
    {
        private readonly EdgeAllowance allowance = new(meter, limits.Edges);
        private readonly PathCollection paths = new(from, limits.Paths);
        private readonly Dictionary<int, int> back = new() { [to] = 0 };
        private int known;

        private bool IsOver => paths.IsFull || allowance.IsSpent;

        public PathsFound Run()
        {
            LookBack((limits.Hops + 1) / 2);
            for (var length = 1; length <= limits.Hops && !IsOver; length++)
                if (from == to || IsNear(from, length)) Extend(from, length);
            return paths.Found(!allowance.IsSpent);
        }

        /// <summary>Steps from nodes to the end, as far as half of the allowance goes.</summary>
        private void LookBack(int most)
        {
            var half = allowance.Half();
            List<int> front = [to];
            for (var depth = 1; depth <= most && front.Count > 0; depth++)
            {
                var next = new List<int>();
                foreach (var node in front)
                    foreach (var step in walk.Into(node, half))
                        if (back.TryAdd(step.From, depth)) next.Add(step.From);
                if (half.IsSpent) return;
                (front, known) = (next, depth);
            }

            if (front.Count == 0) known = int.MaxValue;
        }

        private bool IsNear(int node, int steps) => steps > known || (back.TryGetValue(node, out var needed) && needed <= steps);

        private void Extend(int node, int remaining)
        {
            foreach (var step in walk.From(node, allowance))
            {
                if (IsOver) return;
                if (remaining == 1)
                {
                    if (step.To == to && IsOwnWayRound(step)) paths.Add(step);
                    continue;
                }

                if (step.To == to || paths.Holds(step.To) || !IsNear(step.To, remaining - 1)) continue;
                paths.Steps.Add(step);
                Extend(step.To, remaining - 1);
                paths.Steps.RemoveAt(paths.Steps.Count - 1);
            }
        }

        private bool IsOwnWayRound(PathStep last)
        {
            if (from != to || walk.Direction != WalkDirection.Both || paths.Steps.Count == 0) return true;
            var first = paths.Steps[0];
            return (first.Kind, first.Edge).CompareTo((last.Kind, last.Edge)) < 0;
        }
    }
}
