using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Paths;

/// <summary>The path a depth-first search stands on, and the paths it has found.</summary>
internal sealed class PathCollection(int start, int most)
{
    private readonly List<PathStep> steps = [];
    private readonly ImmutableArray<GraphPath>.Builder found = ImmutableArray.CreateBuilder<GraphPath>();

    /// <summary>One more path was found than may be given.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Steps from the start to where the search stands.</summary>
    public List<PathStep> Steps => steps;

    /// <summary>Whether a node lies on the path, its start included.</summary>
    public bool Holds(int node)
    {
        if (node == start) return true;
        foreach (var step in steps)
            if (step.To == node) return true;
        return false;
    }

    /// <summary>Takes the path with one more step.</summary>
    public void Add(PathStep last)
    {
        if (found.Count == most) IsFull = true;
        else found.Add(new GraphPath(start, [.. steps, last]));
    }

    /// <summary>The answer.</summary>
    public PathsFound Found(bool isComplete) => new(found.ToImmutable(), isComplete && !IsFull);
}
