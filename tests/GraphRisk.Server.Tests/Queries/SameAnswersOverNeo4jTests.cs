using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Intake.Resolution;
using GraphRisk.Server.Tests.Served;
using GraphRisk.Stores;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Queries;

/// <summary>
/// The sample market and FinBench imported into Neo4j: the same content as in the embedded store, the same snapshot, and
/// the same answers to every worked question, byte by byte. Skipped where no Neo4j server is named.
/// </summary>
[NonParallelizable]
public sealed class SameAnswersOverNeo4jTests
{
    private static readonly DateTimeOffset RecordedAt = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task TheSampleMarketHasTheSameContentAndEveryWorkedQuestionTheSameAnswer()
    {
        await using var store = await OpenEmptyAsync();
        await ImportAsync(store, "sample", Repository.PathOf("samples", "market"));
        await new Resolver(store, new ResolutionOptions()).ResolveAsync(RecordedAt.AddHours(1));
        var embedded = await SampleMarket.Served;
        var today = embedded.Dependencies.Today!.Value;
        await SampleMarket.PublishAsync(store, new SnapshotProvider(store), today);
        Assert.That(await ContentHash.ComputeAsync(store), Is.EqualTo(await ContentHash.ComputeAsync(embedded.Store)));
        Assert.That(
            await BytesAsync(store, today), Is.EqualTo(await BytesAsync(embedded.Store, today)).AsCollection, "the snapshots differ");
        await using var served = ServedGraph.Over(store, dependencies => dependencies with { Today = today, Model = embedded.Dependencies.Model, Reports = embedded.Dependencies.Reports });
        foreach (var query in SampleQuery.Names.Select(SampleQuery.Read))
            Assert.That(
                await served.AskText(query.Viewer, query.Text, query.Variables),
                Is.EqualTo(await embedded.AskText(query.Viewer, query.Text, query.Variables)), query.Name);
    }

    [Test]
    public async Task FinBenchHasTheSameContent()
    {
        var source = SharedData.Require("data/finbench/snapshot");
        await using var store = await OpenEmptyAsync();
        await ImportAsync(store, "finbench-neo4j", source);
        await using var embedded = GraphStores.OpenSqlite(folder.PathOf("finbench.db"), SchemaCatalog.LoadEmbedded());
        await ImportAsync(embedded, "finbench-embedded", source);
        Assert.That(await ContentHash.ComputeAsync(store), Is.EqualTo(await ContentHash.ComputeAsync(embedded)));
        Assert.That((await store.GetVersionAsync()).Number, Is.Positive);
    }

    private static async Task<Neo4jGraphStore> OpenEmptyAsync()
    {
        var options = Neo4jOptions.FromEnvironment(Neo4jTestServer.Require())!;
        using var client = new QueryApiClient(options, TimeProvider.System);
        foreach (var statement in Neo4jTestServer.Emptying)
            await client.RunAsync(statement, new Dictionary<string, object?>(), AccessMode.Write);
        return await GraphStores.OpenNeo4jAsync(options, SchemaCatalog.LoadEmbedded(), TimeProvider.System);
    }

    private async Task ImportAsync(IGraphStore store, string quarantineFolder, string source)
    {
        using var quarantine = QuarantineLog.Open(folder.PathOf(quarantineFolder));
        await new Importer(store.Catalog, MappingSet.Load(store.Catalog), quarantine)
            .ImportAsync(store, [source], new ImportOptions(RecordedAt));
    }

    /// <summary>A snapshot's file behind its first page, which names the store and its history.</summary>
    private static async Task<byte[]> BytesAsync(IGraphStore store, DateOnly day)
    {
        using var stream = new MemoryStream();
        SnapshotFile.Write(await SnapshotBuilder.BuildAsync(store, await store.GetVersionAsync(), Validity.CloseOf(day)), stream);
        return stream.ToArray()[4096..];
    }
}
