using GraphRisk.Stores.Neo4j;

namespace GraphRisk.Server.Tests.Outage;

/// <summary>The server that tests may write to and wipe.</summary>
internal static class Neo4jServer
{
    /// <summary>Where it is, emptied; ends the test as skipped where <c>GRAPHRISK_TEST_NEO4J_URL</c> is not set.</summary>
    public static async Task<Neo4jOptions> RequireEmptyAsync()
    {
        var options = Neo4jOptions.FromEnvironment(name =>
            Environment.GetEnvironmentVariable(name.Replace("GRAPHRISK_", "GRAPHRISK_TEST_", StringComparison.Ordinal)));
        if (options is null) Assert.Ignore("Skipped: GRAPHRISK_TEST_NEO4J_URL names no server that tests may write to.");
        using var client = new QueryApiClient(options!, TimeProvider.System);
        await client.RunAsync(
            "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 20000 ROWS", new Dictionary<string, object?>(), AccessMode.Write);
        return options!;
    }
}
