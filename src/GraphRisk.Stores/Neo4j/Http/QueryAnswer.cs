using System.Collections.Immutable;

namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>A whole, successful answer of the server.</summary>
/// <param name="Fields">Names of the columns.</param>
/// <param name="Rows">Rows, each with a value per column: null, string, bool, long, double, DateOnly, DateTimeOffset, list or map.</param>
/// <param name="Bookmarks">What a later read must wait for in order to see this.</param>
/// <param name="Counters">What changed, by name; empty for reads.</param>
/// <param name="TransactionId">Id of the open transaction, or null.</param>
public sealed record QueryAnswer(
    ImmutableArray<string> Fields, IReadOnlyList<object?[]> Rows, ImmutableArray<string> Bookmarks,
    IReadOnlyDictionary<string, long> Counters, string? TransactionId)
{
    /// <summary>Member of the cluster that holds the transaction, where the server names it.</summary>
    internal string? Affinity { get; init; }
}
