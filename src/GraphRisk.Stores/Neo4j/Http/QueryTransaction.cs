namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>An open transaction.</summary>
public sealed class QueryTransaction
{
    private readonly QueryApiConnection connection;

    internal QueryTransaction(QueryApiConnection connection, string path, string? affinity) =>
        (this.connection, Path, Affinity) = (connection, path, affinity);

    internal string Path { get; }

    internal string? Affinity { get; }

    /// <summary>
    /// Runs a statement within the transaction. A cancellation takes effect before it or after it: a request broken off in the
    /// middle would leave the server holding the transaction's locks.
    /// </summary>
    public ValueTask<QueryAnswer> RunAsync(
        string statement, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellation = default) =>
        RunAsync(RequestBody.Of(statement, parameters, WireFormat.Typed), cancellation);

    internal async ValueTask<QueryAnswer> RunAsync(RequestBody request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return await connection.SendAsync(Path, request, Affinity, CancellationToken.None);
    }
}
