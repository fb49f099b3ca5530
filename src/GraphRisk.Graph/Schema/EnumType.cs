using System.Collections.Immutable;

namespace GraphRisk.Graph.Schema;

/// <summary>An enumeration of the schema.</summary>
/// <param name="Name">Name.</param>
/// <param name="Description">What it lists.</param>
/// <param name="Values">The allowed names in the schema's order.</param>
/// <param name="Location">Where the schema states it.</param>
public sealed record EnumType(string Name, string Description, ImmutableArray<string> Values, SourceLocation Location)
{
    /// <summary>The names stand in an order that means something, the least first, so that one can ask for what comes before or after a name.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Position of a name among the allowed ones, or -1.</summary>
    public int IndexOf(string value) => Values.IndexOf(value, StringComparer.Ordinal);
}
