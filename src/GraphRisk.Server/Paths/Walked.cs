using GraphRisk.Graph.Algorithms.Paths;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Paths;

/// <summary>A graph that a question walks.</summary>
/// <param name="View">Whose view it is.</param>
/// <param name="Walk">What of it is walked.</param>
/// <param name="IsOwn">Whether a node is about the viewer or a client of its; null for viewers who stand to everyone alike.</param>
internal sealed record Walked(GraphView View, EdgeWalk Walk, Func<int, bool>? IsOwn)
{
    /// <summary>A node of it.</summary>
    public NodeHandle At(int node) => new(View, node);

    /// <summary>A step of it, about the end that is the viewer's own, else about the one the path comes from.</summary>
    public StepOf Step(PathStep step)
    {
        var isAboutFarEnd = IsOwn is not null && !IsOwn(step.From) && IsOwn(step.To);
        var (near, far) = isAboutFarEnd ? (step.To, step.From) : (step.From, step.To);
        return new StepOf(this, step, new RelationshipHandle(At(near), View.Snapshot.Relationships[step.Kind], step.Edge, At(far)));
    }
}

/// <summary>A step of an answer.</summary>
internal sealed record StepOf(Walked Walked, PathStep Step, RelationshipHandle Relationship) : IAboutSubject
{
    public string? Subject => Relationship.Subject;

    public RelationshipType Type => Relationship.Table.Type;

    /// <summary>Tells the step from every other in any snapshot that has it: its type, its way, its place among its parallels, where it leads.</summary>
    public string Key
    {
        get
        {
            var rows = Relationship.Table.Out;
            var (first, target) = (Step.Edge, rows.Target(Step.Edge));
            var start = rows.Range(Step.IsForward ? Step.From : Step.To).Start;
            while (first > start && rows.Target(first - 1) == target) first--;
            return $"{Type.GraphName} {(Step.IsForward ? '>' : '<')} {Step.Edge - first} {Walked.At(Step.To).Id}";
        }
    }
}

/// <summary>A path of an answer.</summary>
internal sealed record PathOf(Walked Walked, GraphPath Path)
{
    public string Key => string.Join('\n', Path.Steps.Select(step => Walked.Step(step).Key).Prepend(Walked.At(Path.Start).Id.ToString()));
}

/// <summary>Paths that answer a question.</summary>
internal sealed record PathsOf(Walked Walked, IReadOnlyList<PathOf> Paths, bool IsComplete);

/// <summary>The nodes around a node.</summary>
internal sealed record NeighbourhoodOf(Walked Walked, int Asked, IReadOnlyList<NeighbourOf> Nodes, bool IsComplete);

/// <summary>A node of a neighbourhood.</summary>
internal sealed record NeighbourOf(Walked Walked, Neighbour Neighbour);

/// <summary>The nodes next to two others.</summary>
internal sealed record CommonOf(Walked Walked, IReadOnlyList<BetweenOf> Nodes, bool IsComplete);

/// <summary>A node next to two others.</summary>
internal sealed record BetweenOf(Walked Walked, CommonNeighbour Common);
