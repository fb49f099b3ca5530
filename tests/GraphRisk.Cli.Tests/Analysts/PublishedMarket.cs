using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Intake.Resolution;
using GraphRisk.Market;
using GraphRisk.Market.Lending;
using GraphRisk.Market.Publishing;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Neo4j.Publishing;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Analysts;

/// <summary>
/// The sample market on the Neo4j server that tests may write to, resolved, scored and published. The server is emptied
/// first, unless a mark says that this very market is what it holds.
/// </summary>
internal sealed class PublishedMarket : IAsyncDisposable
{
    private const string Mark = "sample market, resolved";
    private static readonly DateTimeOffset RecordedAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, object?> Nothing = [];
    private readonly TemporaryFolder folder = new();
    private readonly QueryApiClient client;

    private PublishedMarket(Neo4jOptions options)
    {
        Options = options;
        client = new QueryApiClient(options, TimeProvider.System);
    }

    public Neo4jOptions Options { get; }

    public Neo4jGraphStore Store { get; private set; } = null!;

    public Snapshot Snapshot { get; private set; } = null!;

    public CreditModel Model { get; private set; } = null!;

    /// <summary>Folder of the model, as <c>GRAPHRISK_MODELS</c> names it.</summary>
    public string Models => folder.PathOf("models");

    public IReadOnlyList<ScoreLine> Scores { get; private set; } = [];

    public HoldingGraph Holdings { get; private set; } = null!;

    public CompanyControl Control { get; private set; } = null!;

    public MarketReading Reading { get; private set; } = null!;

    public Publication Publication { get; private set; } = null!;

    public PublicationReport Report { get; private set; } = null!;

    /// <summary>Content of the store before anything was published.</summary>
    public string HashBefore { get; private set; } = "";

    /// <summary>Opens it; ends the tests as skipped where <c>GRAPHRISK_TEST_NEO4J_URL</c> names no server.</summary>
    public static async Task<PublishedMarket> OpenAsync()
    {
        var market = new PublishedMarket(Neo4jOptions.FromEnvironment(Neo4jTestServer.Require())!);
        await market.LoadAsync();
        await market.DeriveAsync();
        return market;
    }

    /// <summary>Runs a text of <c>cypher/analysts</c>; a row by column.</summary>
    public Task<IReadOnlyList<Dictionary<string, object?>>> AskAsync(string query, params (string Name, object? Value)[] parameters) =>
        RunAsync(CypherText.Get($"analysts/{query}").Text, parameters);

    /// <summary>Runs a statement; a row by column.</summary>
    public async Task<IReadOnlyList<Dictionary<string, object?>>> RunAsync(string statement, params (string Name, object? Value)[] parameters)
    {
        var answer = await client.RunAsync(
            statement, parameters.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal), AccessMode.Read);
        return [.. answer.Rows.Select(row => answer.Fields.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal))];
    }

    /// <summary>Publishes once more.</summary>
    public async Task<PublicationReport> PublishAsync(Publication publication)
    {
        await using var publisher = await Neo4jPublisher.OpenAsync(Options, Store.Catalog, TimeProvider.System);
        return await publisher.PublishAsync(publication);
    }

    public string IdOf(int node) => Snapshot.Nodes.IdOf(node).ToString();

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        Model?.Dispose();
        if (Store is not null) await Store.DisposeAsync();
        folder.Dispose();
    }

    private async Task LoadAsync()
    {
        var catalog = SchemaCatalog.LoadEmbedded();
        var held = await client.RunAsync("MATCH (m:TestMark) RETURN m.name", Nothing, AccessMode.Read);
        if (held.Rows is [[Mark]])
        {
            Store = await Neo4jGraphStore.OpenAsync(Options, catalog, TimeProvider.System);
            return;
        }

        await client.RunAsync("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 20000 ROWS", Nothing, AccessMode.Write);
        Store = await Neo4jGraphStore.OpenAsync(Options, catalog, TimeProvider.System);
        using var quarantine = QuarantineLog.Open(folder.PathOf("quarantine"));
        await new Importer(catalog, MappingSet.Load(catalog, []), quarantine).ImportAsync(
            Store, [Repository.PathOf("samples", "market")], new ImportOptions(RecordedAt));
        await new Resolver(Store, new ResolutionOptions()).ResolveAsync(RecordedAt);
        await client.RunAsync("CREATE (:TestMark {name: $name})", new Dictionary<string, object?> { ["name"] = Mark }, AccessMode.Write);
    }

    private async Task DeriveAsync()
    {
        HashBefore = await ContentHash.ComputeAsync(Store);
        var snapshots = new SnapshotProvider(Store);
        var day = await LastDay.FindAsync(snapshots, TimeProvider.System, default);
        Model = await ModelMaker.TrainAsync(
            new Host(TimeProvider.System, TextWriter.Null, TextWriter.Null, _ => null), new DataFolder(folder.PathOf("derived")).Create() with { SharedModels = Models },
            Store, snapshots, ModelMaker.Options(7, trainQuarters: 1, testQuarters: 1), new KnowledgeLimit(null, null), default);
        Snapshot = await ScoreCommand.AtAsync(snapshots, day!.Value, default);
        Scores = [.. Model.ScoreAll(Snapshot, Environment.ProcessorCount)];
        Reading = new MarketReading(Snapshot);
        Holdings = Reading.Holdings(WorkMeter.Unlimited);
        Control = Reading.Control(ShareBound.Lower, WorkMeter.Unlimited);
        Publication = Publications.Of(Reading, Model, Scores);
        Report = await PublishAsync(Publication);
    }
}
