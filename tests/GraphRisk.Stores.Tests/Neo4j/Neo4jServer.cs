using GraphRisk.Stores.Neo4j;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Neo4j;

/// <summary>The server that tests may write to and wipe.</summary>
internal static class Neo4jServer
{
    /// <summary>Where it is; ends the test as skipped where <c>GRAPHRISK_TEST_NEO4J_URL</c> is not set.</summary>
    public static Neo4jOptions Require()
    {
        var options = Neo4jOptions.FromEnvironment(name =>
            Environment.GetEnvironmentVariable(name.Replace("GRAPHRISK_", "GRAPHRISK_TEST_", StringComparison.Ordinal)));
        if (options is null) Skip.Because("GRAPHRISK_TEST_NEO4J_URL names no Neo4j server that tests may write to.");
        return options;
    }

    /// <summary>Deletes every node and relationship of the server's database; constraints and indexes stay.</summary>
    public static async Task EmptyAsync()
    {
        using var client = new QueryApiClient(Require(), TimeProvider.System);
        await client.RunAsync(
            "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 20000 ROWS", new Dictionary<string, object?>(), AccessMode.Write);
    }
}
