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
using GraphRisk.Scoring.Labels;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Monitoring;
using GraphRisk.Scoring.Registry;
using GraphRisk.Scoring.Training;
using GraphRisk.Stores;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Statistics;

namespace GraphRisk.Server.Tests.Served;

/// <summary>
/// The committed sample market as a newcomer's demo has it: imported, resolved, scored, served. Made once for all tests of
/// the assembly, in a folder of its own; nothing may be recorded into it.
/// </summary>
[SetUpFixture]
public sealed class SampleMarket
{
    private static readonly DateTimeOffset RecordedAt = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<Task<ServedGraph>> Made = new(MakeAsync);
    private static TemporaryFolder? folder;
    private static CreditModel? model;

    /// <summary>The served sample, made at the first call.</summary>
    internal static Task<ServedGraph> Served => Made.Value;

    [OneTimeTearDown]
    public async Task Close()
    {
        if (!Made.IsValueCreated) return;
        await (await Made.Value).DisposeAsync();
        model?.Dispose();
        folder?.Dispose();
    }

    /// <summary>
    /// Another market of the same publishers, served as the sample is: of the same day, scored by the model the sample taught. The
    /// caller closes it.
    /// </summary>
    /// <param name="sources">Folder of its files.</param>
    /// <param name="store">File of its store.</param>
    internal static async Task<ServedGraph> ServeAsync(string sources, string store)
    {
        var sample = await Served;
        var other = await OpenAsync(sources, store, Path.Combine(Path.GetDirectoryName(store)!, "quarantine"));
        await PublishAsync(other, ServedGraph.SnapshotsOf(other), sample.Dependencies.Today!.Value);
        return ServedGraph.Over(other, dependencies => dependencies with { Today = sample.Dependencies.Today, Model = model, Reports = sample.Dependencies.Reports });
    }

    private static async Task<ServedGraph> MakeAsync()
    {
        folder = new TemporaryFolder();
        var store = await OpenAsync(Repository.PathOf("samples", "market"), folder.PathOf("store.db"), folder.PathOf("quarantine"));
        var snapshots = ServedGraph.SnapshotsOf(store);
        var latest = await snapshots.GetAsync(Validity.CloseOf(DateOnly.FromDateTime(RecordedAt.UtcDateTime)));
        var today = DataReach.Of(new MarketReading(latest)).Last;
        var history = new TrainingHistory(latest, latest.Stamp.KnownAt, (day, known, cancellation) => snapshots.GetAsync(Validity.CloseOf(day), known, cancellation));
        model = await ModelTraining.RunAsync(history, new TrainingOptions { Parallelism = 1 }, RecordedAt.AddHours(2));
        var reports = new ModelReports(folder.PathOf("models"));
        reports.Add(await ModelMonitor.ReportAsync(history, new WatchedModel(model, ModelState.Champion), [], [], new MonitoringOptions()) with
        {
            Advised = [new AdvisedDecisions("ADMIT", "approve", false, new Crowd(30, [15, 15]), new Crowd(0, [])), new AdvisedDecisions("REFER", "approve", true, new Crowd(4, [3, 1]), new Crowd(1, [1])), new AdvisedDecisions("REFER", "decline", false, new Crowd(12, [7, 5]), new Crowd(0, []))],
            Complaints = [new ComplaintCount("RECORD", "SOURCE", "UPHELD", new Crowd(3, [3])), new ComplaintCount("RECORD", "", "OPEN", new Crowd(40, [20, 20])), new ComplaintCount("SCORE", "", "OPEN", new Crowd(2, []))],
        });
        await PublishAsync(store, snapshots, today);
        return ServedGraph.Over(store, dependencies => dependencies with { Today = today, Model = model, Reports = reports, Snapshots = snapshots });
    }

    /// <summary>Publishes the market's figures at the last day's quarter end and a year before, as the regulator's command does.</summary>
    internal static async Task PublishAsync(IGraphStore store, SnapshotProvider snapshots, DateOnly today)
    {
        foreach (var month in (DateOnly[])[Quarters.Shift(Quarters.EndOf(today), -4), Quarters.EndOf(today)])
        {
            var snapshot = await snapshots.GetAsync(Validity.CloseOf(month));
            await new EditionPress(store).PublishAsync(
                month, new ContractTable(snapshot), model!.ScoreAll(snapshot).ToDictionary(line => line.Node), "regulator", RecordedAt.AddHours(3));
        }
    }

    /// <summary>A store with what the files of a folder say, resolved.</summary>
    private static async Task<SqliteGraphStore> OpenAsync(string sources, string path, string quarantined)
    {
        var store = GraphStores.OpenSqlite(path, SchemaCatalog.LoadEmbedded());
        using var quarantine = QuarantineLog.Open(quarantined);
        var importer = new Importer(store.Catalog, MappingSet.Load(store.Catalog), quarantine);
        await importer.ImportAsync(store, [sources], new ImportOptions(RecordedAt));
        await new Resolver(store, new ResolutionOptions()).ResolveAsync(RecordedAt.AddHours(1));
        return store;
    }
}
