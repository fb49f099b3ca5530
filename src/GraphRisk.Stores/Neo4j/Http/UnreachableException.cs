namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>
/// The server was not reached, or its answer did not arrive whole. What was asked may have been done. The message says
/// what happened, beginning with a verb whose subject is the server.
/// </summary>
internal sealed class UnreachableException(string message, Exception? inner = null) : Exception(message, inner);
