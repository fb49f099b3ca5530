using GraphRisk.Graph.Store;
using GraphRisk.Stores.Replica;
using GraphRisk.Stores.Tests.Contract;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Replica;

/// <summary>A store with a replica beside it answers like any other, whichever of the two does.</summary>
public sealed class ReplicatedContractTests : GraphStoreContract
{
    private readonly TemporaryFolder folder = new();
    private int count;

    [OneTimeTearDown]
    public void DeleteFiles() => folder.Dispose();

    protected override async Task<IGraphStore> OpenEmptyAsync()
    {
        var store = await ReplicatedGraphStore.OpenAsync(new InMemoryGraphStore(Catalog), folder.PathOf($"{count++}.db"), _ => { });
        Assert.That(store, Is.TypeOf<ReplicatedGraphStore>());
        return store;
    }
}
