using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Paths;

/// <summary>One relationship as a path walks it.</summary>
/// <param name="Kind">Position of its type among the relationship types of the schema.</param>
/// <param name="Edge">Its number in the table of its type.</param>
/// <param name="IsForward">The path walks it from its start to its end.</param>
/// <param name="From">The node the path comes from.</param>
/// <param name="To">The node it leads to.</param>
public readonly record struct PathStep(int Kind, int Edge, bool IsForward, int From, int To);

/// <summary>A path: its first node and its steps. Two paths over the same nodes by other relationships are two.</summary>
/// <param name="Start">First node.</param>
/// <param name="Steps">The steps in order; none where the path is its first node alone.</param>
/// <param name="Value">What the path was ranked by; null where it was not ranked.</param>
public sealed record GraphPath(int Start, ImmutableArray<PathStep> Steps, decimal? Value = null)
{
    /// <summary>Last node.</summary>
    public int End => Steps.IsEmpty ? Start : Steps[^1].To;
}

/// <summary>Paths that were found.</summary>
/// <param name="Paths">The paths, in the order the search promises.</param>
/// <param name="IsComplete">False where there may be more: a limit ended the search.</param>
public sealed record PathsFound(ImmutableArray<GraphPath> Paths, bool IsComplete);

/// <summary>How far a search for paths goes.</summary>
/// <param name="Hops">Most steps of a path, 1 or more.</param>
/// <param name="Paths">Most paths that are given.</param>
/// <param name="Edges">Most edges that are looked at before the search ends with what it has.</param>
public readonly record struct PathLimits(int Hops, int Paths, long Edges = PathLimits.DefaultEdges)
{
    /// <summary>Edges of a question where it names no number: some tens of milliseconds.</summary>
    public const long DefaultEdges = 2_000_000;
}
