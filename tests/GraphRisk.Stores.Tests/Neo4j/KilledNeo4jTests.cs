using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Tests.Neo4j.Bulk;
using GraphRisk.Stores.Tests.Sqlite;

namespace GraphRisk.Stores.Tests.Neo4j;

/// <summary>A Neo4j process killed at any moment of an import and started again loses nothing that was told to be stored.</summary>
[NonParallelizable]
public sealed class KilledNeo4jTests
{
    private const int Kills = 2;
    private const int Sets = KilledNeo4jWriterTests.Sets;

    [Test]
    [Explicit("Starts a server three times; .ci/run asks for it.")]
    public async Task AServerKilledTwiceHoldsWhatAnUndisturbedOneDoes()
    {
        using var server = StoppableServer.Require();
        server.Start();
        var stored = 0;
        var import = ImportAsync(server.Options, number => Volatile.Write(ref stored, number));
        var random = new Random(9);
        for (var kill = 0; kill < Kills; kill++)
        {
            var moment = (Sets - 10) * kill / Kills;
            while (Volatile.Read(ref stored) < moment && !import.IsCompleted) await Task.Delay(2);
            await Task.Delay(random.Next(80));
            server.Kill();
            server.Start();
        }

        await import;
        await using var store = await Neo4jGraphStore.OpenAsync(server.Options, SchemaCatalog.LoadEmbedded(), TimeProvider.System);
        await KilledNeo4jWriterTests.AssertUndisturbedAsync(store, server.Options);
    }

    /// <summary>Appends set after set; where the server is away for longer than the store waits, the set is sent again.</summary>
    private static async Task ImportAsync(Neo4jOptions options, Action<int> stored)
    {
        await using var store = await Neo4jGraphStore.OpenAsync(options, SchemaCatalog.LoadEmbedded(), TimeProvider.System);
        for (var number = 0; number < Sets;)
        {
            try
            {
                await store.AppendAsync(DeterministicStream.SetOf(number));
                stored(number++);
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(500);
            }
        }
    }
}
