using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Intake.Resolution;
using GraphRisk.Scoring.Labels;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Training;
using GraphRisk.Stores;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Contracts;
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

    private static async Task<ServedGraph> MakeAsync()
    {
        folder = new TemporaryFolder();
        var store = GraphStores.OpenSqlite(folder.PathOf("store.db"), SchemaCatalog.LoadEmbedded());
        await ImportAsync(store);
        await new Resolver(store, new ResolutionOptions()).ResolveAsync(RecordedAt.AddHours(1));
        var snapshots = new SnapshotProvider(store);
        var latest = await snapshots.GetAsync(Validity.CloseOf(DateOnly.FromDateTime(RecordedAt.UtcDateTime)));
        var today = ObservationPeriod.Of(latest).Last;
        model = await ModelTraining.RunAsync(
            latest, (day, cancellation) => snapshots.GetAsync(Validity.CloseOf(day), null, cancellation),
            new TrainingOptions { WithChallenger = false, Parallelism = 1 }, RecordedAt.AddHours(2));
        foreach (var month in (DateOnly[])[Quarters.Shift(Quarters.EndOf(today), -4), Quarters.EndOf(today)])
            await PublishAsync(store, snapshots, month);
        return ServedGraph.Over(store, pieces => pieces with { Today = today, Model = model, Snapshots = snapshots });
    }

    /// <summary>Publishes the market's figures at a quarter's end, as the regulator's command does.</summary>
    private static async Task PublishAsync(SqliteGraphStore store, SnapshotProvider snapshots, DateOnly month)
    {
        var snapshot = await snapshots.GetAsync(Validity.CloseOf(month));
        await new EditionPress(store).PublishAsync(
            month, new ContractBook(snapshot), model!.ScoreAll(snapshot).ToDictionary(line => line.Node), "regulator", RecordedAt.AddHours(3));
    }

    private static async Task ImportAsync(SqliteGraphStore store)
    {
        using var quarantine = QuarantineLog.Open(folder!.PathOf("quarantine"));
        var importer = new Importer(store.Catalog, MappingSet.Load(store.Catalog), quarantine);
        await importer.ImportAsync(store, [Repository.PathOf("samples", "market")], new ImportOptions(RecordedAt));
    }
}
