namespace GraphRisk.Server.Guard;

/// <summary>The kind of an operation, in the order of the scanner's units.</summary>
public enum OperationKind
{
    Query = UnitKind.Query,
    Mutation = UnitKind.Mutation,
    Subscription = UnitKind.Subscription,
}

/// <param name="Name">Null for an anonymous operation.</param>
public sealed record QueryOperation(OperationKind Kind, string? Name);

/// <summary>What the guard found.</summary>
/// <param name="Refusal">Null when the query may go on to the executor.</param>
/// <param name="Operations">The operations in reading order; empty when refused.</param>
public sealed record QueryVerdict(QueryRefusal? Refusal, IReadOnlyList<QueryOperation> Operations)
{
    /// <summary>
    /// The operation that a request with this name runs: the named one, or the only one when no name is given.
    /// Null when there is no such operation, which validation reports.
    /// </summary>
    public QueryOperation? Select(string? operationName) =>
        string.IsNullOrEmpty(operationName)
            ? Operations.Count == 1 ? Operations[0] : null
            : Operations.FirstOrDefault(operation => operation.Name == operationName);
}
