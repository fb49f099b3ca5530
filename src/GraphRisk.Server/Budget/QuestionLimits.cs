using System.Collections.Immutable;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Budget;

/// <summary>The most one question may spend of each unit. Every bound is inclusive.</summary>
public sealed record QuestionLimits
{
    public long Nodes { get; init; } = 10_000_000;

    public long Edges { get; init; } = 40_000_000;

    public long Steps { get; init; } = 80_000_000;

    /// <summary>For what is prepared once for a view: a million clients need some hundred million.</summary>
    public long Shared { get; init; } = 4_000_000_000;

    /// <summary>Each may need a snapshot of its own, whose making costs a fifth of a second for two thousand clients.</summary>
    public long Instants { get; init; } = 3;

    public long Fields { get; init; } = 200_000;

    /// <summary>Introspection of the whole schema is some fifty thousand.</summary>
    public long Rows { get; init; } = 100_000;

    /// <summary>Introspection of the whole schema is some ten million.</summary>
    public long Bytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>All in all; about a second of one processor.</summary>
    public long Work { get; init; } = 80_000_000;

    /// <summary>The limits by role.</summary>
    public static ImmutableDictionary<Role, QuestionLimits> ByRole { get; } = new Dictionary<Role, QuestionLimits>
    {
        [Role.Anonymous] = new() { Instants = 1 },
        [Role.Client] = new(),
        [Role.Broker] = new(),
        [Role.Analyst] = new(),
        [Role.Regulator] = new() { Instants = 4 },
    }.ToImmutableDictionary();

    /// <summary>The limits of a question that may take so many times as long as others.</summary>
    public QuestionLimits Times(double factor) => new()
    {
        Nodes = (long)(Nodes * factor), Edges = (long)(Edges * factor), Steps = (long)(Steps * factor), Shared = (long)(Shared * factor), Instants = Instants,
        Fields = (long)(Fields * factor), Rows = (long)(Rows * factor), Bytes = (long)(Bytes * factor), Work = (long)(Work * factor),
    };

    /// <summary>The limit of a unit.</summary>
    public long this[CostUnit unit] => unit switch
    {
        CostUnit.Nodes => Nodes,
        CostUnit.Edges => Edges,
        CostUnit.Steps => Steps,
        CostUnit.Shared => Shared,
        CostUnit.Instants => Instants,
        CostUnit.Fields => Fields,
        CostUnit.Rows => Rows,
        CostUnit.Bytes => Bytes,
        _ => Work,
    };
}
