using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Neo4j;

/// <summary>What a server's refusal of its whole service means and what to do about it.</summary>
internal static class Refusals
{
    /// <summary>The refusal in a user's words; null where it is about the request alone.</summary>
    public static StoreUnavailableException? Explain(Neo4jException error, Neo4jOptions options) => error.Code switch
    {
        "Neo.ClientError.Security.Unauthorized" when options.Token is null => new(
            $"Neo4j at {options.Url} refuses user '{options.User}' with this password: set GRAPHRISK_NEO4J_USER and GRAPHRISK_NEO4J_PASSWORD.", error),
        "Neo.ClientError.Security.Unauthorized" or "Neo.ClientError.Security.TokenExpired" => new(
            $"Neo4j at {options.Url} refuses the token: set GRAPHRISK_NEO4J_TOKEN.", error),
        "Neo.ClientError.Security.AuthenticationRateLimit" => new(
            $"Neo4j at {options.Url} refuses user '{options.User}' after too many wrong passwords: wait some seconds, then set GRAPHRISK_NEO4J_PASSWORD.", error),
        "Neo.ClientError.Security.CredentialsExpired" => new(
            $"Neo4j at {options.Url} wants the initial password of '{options.User}' changed first.", error),
        "Neo.ClientError.Database.DatabaseNotFound" => new(
            $"Neo4j at {options.Url} has no database '{options.Database}': set GRAPHRISK_NEO4J_DATABASE.", error),
        "Neo.ClientError.Security.Forbidden" => new(
            $"User '{options.User}' may not do this in database '{options.Database}' of Neo4j at {options.Url}: {error.Message}", error),
        _ => null,
    };
}
