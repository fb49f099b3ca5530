namespace GraphRisk.Server.Http;

/// <summary>The parameters of one GraphQL request, measured by nobody yet.</summary>
/// <param name="Query">The query text in UTF-8; empty where the extensions name a persisted query in its place.</param>
/// <param name="OperationName">Which of several operations to run; null for the only one.</param>
/// <param name="Variables">A JSON object in UTF-8, or empty for none.</param>
/// <param name="Extensions">A JSON object in UTF-8, or empty for none.</param>
internal sealed record QueryRequest(
    ReadOnlyMemory<byte> Query, string? OperationName, ReadOnlyMemory<byte> Variables, ReadOnlyMemory<byte> Extensions);

/// <summary>A request that is refused as HTTP, before it is known to be a GraphQL request.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Allow">The methods to name in the Allow header, for status 405.</param>
/// <param name="RetryAfter">When to ask again, for status 429.</param>
internal sealed record HttpRefusal(int Status, string Code, string Message, string? Allow = null, TimeSpan? RetryAfter = null)
{
    public static HttpRefusal BadRequest(string message) => new(400, ErrorCodes.BadRequest, message);
}
