using GraphRisk.Graph.Store;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Tests.Contract;

namespace GraphRisk.Stores.Tests.Neo4j;

/// <summary>The store on a real Neo4j server, which the tests empty; skipped where <c>GRAPHRISK_TEST_NEO4J_URL</c> names none.</summary>
[NonParallelizable]
public sealed class Neo4jGraphStoreTests : GraphStoreContract
{
    /// <summary>Every append is some round trips to the server.</summary>
    protected override int Seeds => 3;

    [OneTimeSetUp]
    public void RequireServer() => Neo4jServer.Require();

    protected override async Task<IGraphStore> OpenEmptyAsync()
    {
        await Neo4jServer.EmptyAsync();
        return await Neo4jGraphStore.OpenAsync(Neo4jServer.Require(), Catalog, TimeProvider.System);
    }
}
