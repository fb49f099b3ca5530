using System.Globalization;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Tests.Sqlite;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Neo4j;

/// <summary>A writer to Neo4j killed at any moment and started again leaves what an undisturbed one leaves.</summary>
[NonParallelizable]
public sealed class KilledNeo4jWriterTests
{
    /// <summary>Sets of the deterministic stream that are written.</summary>
    internal const int Sets = 80;

    private const int Kills = 20;

    [Test]
    public async Task KilledTwentyTimesAndRunAgainTheStoreIsThatOfAnUndisturbedRun()
    {
        var options = Neo4jServer.Require();
        await Neo4jServer.EmptyAsync();
        var random = new Random(8);
        var stored = -1;
        foreach (var moment in Enumerable.Range(0, Kills).Select(_ => random.Next(Sets)).Order().ToList())
        {
            stored = Math.Max(stored, KilledProcess.RunUntil(typeof(KilledNeo4jWriterTests), ["neo4j", $"{Math.Max(0, stored - 5)}"], moment, random.Next(60_000)));
            await Neo4jServer.EndOpenTransactionsAsync();
        }

        await using var killed = await Neo4jGraphStore.OpenAsync(options, SchemaCatalog.LoadEmbedded(), TimeProvider.System);
        Assert.That(
            int.Parse((await killed.ReadSetsAsync(0).LastAsync()).Id.Split('-')[1], CultureInfo.InvariantCulture),
            Is.GreaterThanOrEqualTo(stored), "a set told to be stored is gone");
        await DeterministicStream.AppendAsync(killed, 0, _ => { }, Sets);
        await AssertUndisturbedAsync(killed, options);
    }

    /// <summary>The store holds what an undisturbed run of the stream leaves, each relationship once.</summary>
    internal static async Task AssertUndisturbedAsync(Neo4jGraphStore store, Neo4jOptions options)
    {
        using var folder = new TemporaryFolder();
        await using var undisturbed = DeterministicStream.Open(folder.PathOf("undisturbed.db"));
        await DeterministicStream.AppendAsync(undisturbed, 0, _ => { }, Sets);
        Assert.That(await ContentHash.ComputeAsync(store), Is.EqualTo(await ContentHash.ComputeAsync(undisturbed)));
        Assert.That(await store.GetVersionAsync(), Is.EqualTo(await undisturbed.GetVersionAsync()));
        Assert.That(await store.CheckAsync(), Is.Empty);
        Assert.That(await Neo4jServer.CountDuplicatesAsync(options), Is.Zero);
    }
}
