using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Paths;

/// <summary>A node of a neighbourhood.</summary>
/// <param name="Node">The node.</param>
/// <param name="Hops">Fewest steps to it, 1 or more.</param>
/// <param name="By">The step by which it was first reached.</param>
public readonly record struct Neighbour(int Node, int Hops, PathStep By);

/// <summary>The nodes around a node.</summary>
/// <param name="Nodes">The nodes without the one asked about, nearest first; of one distance in the order in which they were reached.</param>
/// <param name="IsComplete">False where more nodes may be as near.</param>
public sealed record NeighbourhoodFound(ImmutableArray<Neighbour> Nodes, bool IsComplete);

/// <summary>
/// The nodes that can be reached from a node in at most so many steps: breadth-first search with memory for what is reached.
/// Time O(nodes reached + their edges).
/// </summary>
public static class Neighbourhood
{
    /// <summary>The nodes around a node.</summary>
    /// <param name="walk">What is walked.</param>
    /// <param name="start">The node.</param>
    /// <param name="limits">Most steps, most nodes, most edges.</param>
    /// <param name="meter">Pays for it.</param>
    public static NeighbourhoodFound Find(EdgeWalk walk, int start, PathLimits limits, WorkMeter meter)
    {
        var allowance = new EdgeAllowance(meter, limits.Edges);
        var seen = new HashSet<int> { start };
        var found = ImmutableArray.CreateBuilder<Neighbour>();
        var (next, node) = (0, start);
        for (var hops = 1; hops <= limits.Hops;)
        {
            foreach (var step in walk.From(node, allowance))
            {
                if (!seen.Add(step.To)) continue;
                if (found.Count == limits.Paths) return new NeighbourhoodFound(found.ToImmutable(), IsComplete: false);
                found.Add(new Neighbour(step.To, hops, step));
            }

            if (allowance.IsSpent || next == found.Count) break;
            (node, hops) = (found[next].Node, found[next].Hops + 1);
            next++;
        }

        return new NeighbourhoodFound(found.ToImmutable(), IsComplete: !allowance.IsSpent);
    }
}
