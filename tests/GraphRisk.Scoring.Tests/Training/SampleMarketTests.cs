using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Intake.Resolution;
using GraphRisk.Market;
using GraphRisk.Scoring.Labels;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Training;
using GraphRisk.Scoring.Tests.Scores;
using GraphRisk.Stores;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Training;

/// <summary>The sample market from its sources to a model, held against the truth the simulator kept aside.</summary>
public class SampleMarketTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private string folder = null!;
    private SqliteGraphStore store = null!;
    private SnapshotProvider snapshots = null!;
    private CreditModel model = null!;

    [OneTimeSetUp]
    public async Task Train()
    {
        var sample = Repository.PathOf("samples", "market");
        folder = Directory.CreateTempSubdirectory("graphrisk-sample-").FullName;
        var catalog = SchemaCatalog.LoadEmbedded();
        store = GraphStores.OpenSqlite(Path.Combine(folder, "store.db"), catalog);
        using (var quarantine = QuarantineLog.Open(Path.Combine(folder, "quarantine.ndjson")))
            await new Importer(catalog, MappingSet.Load(catalog, []), quarantine).ImportAsync(store, [sample], new ImportOptions(Now));
        await new Resolver(store, new ResolutionOptions()).ResolveAsync(Now);
        snapshots = new SnapshotProvider(store);
        var latest = await snapshots.GetAsync(Validity.CloseOf(new DateOnly(9999, 12, 30)));
        model = await ModelTraining.RunAsync(
            new TrainingHistory(latest, Now, (day, known, token) => snapshots.GetAsync(Validity.CloseOf(day), known, token)), new TrainingOptions(), Now);
    }

    [OneTimeTearDown]
    public async Task Free()
    {
        model?.Dispose();
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void GraphFeaturesAddAtLeastThreeHundredthsOfAucOutOfTime()
    {
        var card = model.Card;
        TestContext.Out.WriteLine(
            $"AUC {card.OutOfTime.Auc:F4}, own only {card.OutOfTimeOwnOnly.Auc:F4}, KS {card.OutOfTime.Ks:F3}, Brier {card.OutOfTime.Brier:F4}");
        Assert.That(card.OutOfTime.Auc, Is.GreaterThan(0.72));
        Assert.That(card.GraphLift, Is.GreaterThanOrEqualTo(0.03));
        var rate = (double)card.OutOfTime.Defaults / card.OutOfTime.Observations;
        Assert.That(card.OutOfTime.Brier, Is.LessThan(rate * (1 - rate)), "better than telling everybody the average");
        Assert.That(card.OutOfTime.CalibrationError, Is.LessThan(0.03));
    }

    [Test]
    public async Task ContagionIsSeenWhereTheTruthSaysItStruck()
    {
        var points = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        foreach (var asOf in model.Card.TestQuarters)
        {
            var snapshot = await At(asOf);
            var scorer = model.Open(new MarketReading(snapshot));
            foreach (var (client, cause) in await DefaultsOf(snapshot, asOf, Quarters.Shift(asOf, 1)))
            {
                if (!points.TryGetValue(cause, out var list))
                    points.Add(cause, list = []);
                list.Add(scorer.Score(client).ContagionPoints);
            }
        }
        foreach (var (cause, list) in points.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            TestContext.Out.WriteLine($"{cause}: {list.Count} defaults, mean contagion {list.Average():F1} points");
        Assert.That(points["GUARANTEE"].Average(), Is.LessThan(points["OWN"].Average() - 5));
    }

    [Test]
    public async Task NoReasonOfAnyClientMisleads() =>
        Assert.That(HonestReasons.FaultsOf(model, new MarketReading(await At(new DateOnly(2025, 9, 30)))), Is.Empty);

    /// <summary>Clients of the snapshot that defaulted in (after, until], with the cause the simulator drew.</summary>
    private static async Task<List<(int Client, string Cause)>> DefaultsOf(Snapshot snapshot, DateOnly after, DateOnly until)
    {
        var found = new List<(int, string)>();
        var lines = await File.ReadAllLinesAsync(Repository.PathOf("samples", "market", "truth", "defaults.csv"));
        var header = lines[0].Split(',').ToList();
        foreach (var cells in lines.Skip(1).Select(line => line.Split(',')))
        {
            string Cell(string name) => cells[header.IndexOf(name)];
            var day = DateOnly.Parse(Cell("occurred_on"));
            if (day <= after || day > until)
                continue;
            foreach (var type in new[] { "MarginContract", "PledgeContract", "RepoContract" })
            {
                var contract = snapshot.Nodes.Find(new NodeId(type, $"{Cell("source")}:{Cell("contract_no")}"));
                if (contract >= 0 && snapshot.Relationship("CONTRACTED").In.Neighbours(contract) is [var client, ..])
                    found.Add((client, Cell("cause")));
            }
        }
        return found;
    }

    private ValueTask<Snapshot> At(DateOnly day) => snapshots.GetAsync(Validity.CloseOf(day));
}
