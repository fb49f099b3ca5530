using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Paths;

/// <summary>
/// All shortest paths between two nodes.
/// <para>
/// Breadth-first search from both ends (Pohl 1971): the side with fewer nodes in front grows by a whole level until the depths
/// add up to the distance, so that of a graph in which every node has b neighbours about 2·b^(d/2) nodes are met and not b^d. A node that
/// both sides have met lies on a path as long as its two depths; when the depths of the sides add up to the shortest such path,
/// no shorter one is left. Which steps lie on shortest paths is then read off the depths: up to the middle they are found from the middle
/// back, behind it they are those that lower the depth of the far side. Paths come in the order of their steps.
/// </para>
/// </summary>
public static class ShortestPaths
{
    /// <summary>The shortest paths; from a node to itself the path without steps. None, not complete, where edges ran out before the distance was known.</summary>
    /// <param name="walk">What is walked.</param>
    /// <param name="from">First node.</param>
    /// <param name="to">Last node.</param>
    /// <param name="limits">Most steps, paths and edges.</param>
    /// <param name="meter">Pays for it.</param>
    public static PathsFound Find(EdgeWalk walk, int from, int to, PathLimits limits, WorkMeter meter)
    {
        if (from == to) return new PathsFound([new GraphPath(from, [])], IsComplete: true);
        var allowance = new EdgeAllowance(meter, limits.Edges);
        var (ahead, behind) = (new Side(walk, from, isAhead: true), new Side(walk, to, isAhead: false));
        var distance = int.MaxValue;
        while (ahead.Depth + behind.Depth < Math.Min(distance, limits.Hops) && ahead.Front.Count > 0 && behind.Front.Count > 0)
        {
            var (growing, other) = ahead.Front.Count <= behind.Front.Count ? (ahead, behind) : (behind, ahead);
            distance = Math.Min(distance, growing.Grow(other, allowance));
            if (allowance.IsSpent) return new PathsFound([], IsComplete: false);
        }

        if (distance > limits.Hops) return new PathsFound([], IsComplete: true);
        var paths = new PathCollection(from, limits.Paths);
        var spelling = new Spelling(walk, ahead, behind, paths, allowance);
        if (!allowance.IsSpent) spelling.From(from);
        return paths.Found(!allowance.IsSpent);
    }

    /// <summary>What one end has met: depths by node, and the nodes of the last level.</summary>
    private sealed class Side(EdgeWalk walk, int start, bool isAhead)
    {
        public Dictionary<int, int> Depths { get; } = new() { [start] = 0 };

        public List<int> Front { get; private set; } = [start];

        public int Depth { get; private set; }

        /// <summary>Meets the next level; the length of the shortest path through a node of it that the other side has met.</summary>
        public int Grow(Side other, EdgeAllowance allowance)
        {
            var (next, shortest) = (new List<int>(), int.MaxValue);
            Depth++;
            foreach (var node in Front)
                foreach (var step in isAhead ? walk.From(node, allowance) : walk.Into(node, allowance))
                {
                    var met = isAhead ? step.To : step.From;
                    if (!Depths.TryAdd(met, Depth)) continue;
                    next.Add(met);
                    if (other.Depths.TryGetValue(met, out var rest)) shortest = Math.Min(shortest, Depth + rest);
                }

            Front = next;
            return shortest;
        }
    }

    /// <summary>Writes the paths out.</summary>
    private sealed class Spelling
    {
        private readonly EdgeWalk walk;
        private readonly Side behind;
        private readonly PathCollection paths;
        private readonly EdgeAllowance allowance;
        private readonly Dictionary<int, List<PathStep>> onward = [];

        public Spelling(EdgeWalk walk, Side ahead, Side behind, PathCollection paths, EdgeAllowance allowance)
        {
            this.walk = walk;
            this.behind = behind;
            this.paths = paths;
            this.allowance = allowance;
            var level = ahead.Front.Where(node => behind.Depths.TryGetValue(node, out var rest) && rest == behind.Depth).ToList();
            for (var depth = ahead.Depth; depth > 0; depth--) level = Back(level, ahead, depth);
            foreach (var steps in onward.Values) steps.Sort(static (one, other) => (one.Kind, one.Edge, one.IsForward).CompareTo((other.Kind, other.Edge, other.IsForward)));
        }

        public void From(int node)
        {
            foreach (var step in Onward(node))
            {
                if (paths.IsFull) return;
                if (behind.Depths.TryGetValue(step.To, out var rest) && rest == 0)
                {
                    paths.Add(step);
                    continue;
                }

                paths.Steps.Add(step);
                From(step.To);
                paths.Steps.RemoveAt(paths.Steps.Count - 1);
            }
        }

        /// <summary>Notes the steps into nodes of one depth from those of the depth before, which it returns.</summary>
        private List<int> Back(List<int> level, Side ahead, int depth)
        {
            var before = new List<int>();
            foreach (var node in level)
                foreach (var step in walk.Into(node, allowance))
                {
                    if (!ahead.Depths.TryGetValue(step.From, out var known) || known != depth - 1) continue;
                    if (!onward.TryGetValue(step.From, out var steps))
                    {
                        onward.Add(step.From, steps = []);
                        before.Add(step.From);
                    }

                    steps.Add(step);
                }

            return before;
        }

        private List<PathStep> Onward(int node)
        {
            if (onward.TryGetValue(node, out var known)) return known;
            var (steps, rest) = (new List<PathStep>(), behind.Depths[node]);
            foreach (var step in walk.From(node, allowance))
                if (behind.Depths.TryGetValue(step.To, out var after) && after == rest - 1) steps.Add(step);
            onward.Add(node, steps);
            return steps;
        }
    }
}
