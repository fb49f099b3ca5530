namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>An error that the server put into the body of its answer.</summary>
/// <param name="code">Status code such as <c>Neo.ClientError.Statement.SyntaxError</c>.</param>
/// <param name="reason">The server's message.</param>
public sealed class Neo4jException(string code, string reason) : Exception($"{code}: {reason}")
{
    /// <summary>Status code such as <c>Neo.ClientError.Statement.SyntaxError</c>.</summary>
    public string Code { get; } = code;

    /// <summary>The server's message.</summary>
    public string Reason { get; } = reason;

    /// <summary>The server says that the same request may succeed later.</summary>
    public bool IsTransient => Code.StartsWith("Neo.TransientError.", StringComparison.Ordinal);

    /// <summary>A constraint refused the write.</summary>
    public bool IsConstraintViolation => Code == "Neo.ClientError.Schema.ConstraintValidationFailed";

    /// <summary>
    /// The server does not know the transaction, or not any more: it expired, the server was restarted, or another member
    /// of a cluster was asked. All it did is undone.
    /// </summary>
    public bool IsLostTransaction =>
        Code == "Neo.ClientError.Transaction.TransactionNotFound"
        || (Code == "Neo.ClientError.Request.Invalid" && Reason.StartsWith("Transaction with Id", StringComparison.Ordinal));
}
