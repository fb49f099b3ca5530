using GraphRisk.Graph.Algorithms;

namespace GraphRisk.Server.Budget;

/// <summary>What a question spends.</summary>
public enum CostUnit
{
    /// <summary>Nodes of the graph an algorithm looked at.</summary>
    Nodes,

    /// <summary>Edges it followed.</summary>
    Edges,

    /// <summary>Steps of solvers and models.</summary>
    Steps,

    /// <summary>
    /// Nodes, edges and steps of what is prepared once for a view, such as its holdings. It has a limit of its own, since it grows with the
    /// market and not with the question, and costs nothing once it is there.
    /// </summary>
    Shared,

    /// <summary>Pairs of as-of and known-at that are named.</summary>
    Instants,

    /// <summary>Fields resolved.</summary>
    Fields,

    /// <summary>Items of lists and of pages.</summary>
    Rows,

    /// <summary>Bytes of the answer; while fields are resolved a lower bound of them, at last the true number.</summary>
    Bytes,

    /// <summary>All of the above but what is shared, weighed by the time it takes: about a hundred million a second of one processor.</summary>
    Work,
}

/// <summary>The units with their names outside and their weights.</summary>
internal static class CostUnits
{
    /// <summary>One row a unit, in its order: what it is called, and how much work one is.</summary>
    public static (string Name, long Work)[] Table { get; } =
    [
        ("nodes", 10),
        ("edges", 5),
        ("steps", 1),
        ("shared", 0),
        ("instants", 0),
        ("fields", 400),
        ("rows", 500),
        ("bytes", 2),
        ("work", 0),
    ];

    /// <summary>The unit of work in the graph.</summary>
    public static CostUnit Of(WorkUnit unit) => unit switch
    {
        WorkUnit.Nodes => CostUnit.Nodes,
        WorkUnit.Edges => CostUnit.Edges,
        _ => CostUnit.Steps,
    };

    /// <summary>Its name outside.</summary>
    public static string Name(this CostUnit unit) => Table[(int)unit].Name;
}
