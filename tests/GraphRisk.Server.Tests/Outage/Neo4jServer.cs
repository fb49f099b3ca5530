using GraphRisk.Graph.Store;
using GraphRisk.Server.Tests.Served;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Replica;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Outage;

/// <summary>The server that tests may write to and wipe.</summary>
internal static class Neo4jServer
{
    /// <summary>Where it is, emptied; ends the test as skipped where <c>GRAPHRISK_TEST_NEO4J_URL</c> is not set.</summary>
    public static async Task<Neo4jOptions> RequireEmptyAsync()
    {
        var options = Neo4jOptions.FromEnvironment(Neo4jTestServer.Require())!;
        using var client = new QueryApiClient(options, TimeProvider.System);
        foreach (var statement in Neo4jTestServer.Emptying)
            await client.RunAsync(statement, new Dictionary<string, object?>(), AccessMode.Write);
        return options;
    }

    /// <summary>The store as a server has it, with its replica in a file.</summary>
    public static async Task<IGraphStore> OpenAsync(Neo4jOptions options, string replica)
    {
        var store = await Neo4jGraphStore.OpenAsync(options, MarketSketch.Catalog, TimeProvider.System);
        return await ReplicatedGraphStore.OpenAsync(store, replica, TestContext.Out.WriteLine);
    }
}
