using GraphRisk.Graph.Store;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Contract;

/// <summary>The test kit's store follows the contract, so that tests may stand on it.</summary>
public sealed class InMemoryGraphStoreTests : GraphStoreContract
{
    protected override Task<IGraphStore> OpenEmptyAsync() => Task.FromResult<IGraphStore>(new InMemoryGraphStore(Catalog));
}
