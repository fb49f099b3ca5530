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
using GraphRisk.Scoring.Monitoring;
using GraphRisk.Scoring.Monitoring.Pages;
using GraphRisk.Scoring.Registry;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Tests.Scores;
using GraphRisk.Scoring.Texts;
using GraphRisk.Scoring.Training;
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

    [Test]
    public async Task WhatWouldImproveAScoreDoesAndNothingMuchSmallerOfItsKindDoes()
    {
        var market = new MarketReading(await At(new DateOnly(2025, 9, 30)));
        var clients = market.Parties.Clients().Where((_, i) => i % 12 == 0).Take(150).ToList();
        var (faults, found) = SmallestChanges.Of(model, market, clients);
        TestContext.Out.WriteLine(string.Join(", ", found.Select(pair => $"{pair.Key}: {pair.Value}")));
        Assert.That(faults, Is.Empty);
        Assert.That(found.Keys, Does.Contain(ImprovementKind.AddCollateral).And.Contain(ImprovementKind.RepayDebt));
    }

    [Test]
    public async Task TheReportAddsUpIsTheSameTwiceAndComesBackFromItsRecord()
    {
        var history = new TrainingHistory(await At(new DateOnly(9999, 12, 30)), Now, (day, known, token) => snapshots.GetAsync(Validity.CloseOf(day), known, token));
        var report = await ModelMonitor.ReportAsync(history, new WatchedModel(model, ModelState.Champion), [], [], new MonitoringOptions()) with
        {
            Advised = [new AdvisedDecisions("REFER", "approve", true, new Crowd(4, [3, 1]), new Crowd(1, [1])), new AdvisedDecisions("ADMIT_IN_PART", "decline", true, new Crowd(2, [2]), new Crowd(0, []))],
            Complaints = [new ComplaintCount("SCORE", "", "OPEN", new Crowd(1, [])), new ComplaintCount("RECORD", "SOURCE", "UPHELD", new Crowd(2, [2]))],
        };
        var found = report.Validation!;
        Assert.That(found.Auc.Value, Is.EqualTo(model.Card.OutOfTime.Auc!.Value).Within(1e-12), "the card's quarters and clients");
        Assert.That((found.Observations, found.Defaults), Is.EqualTo((model.Card.OutOfTime.Observations, model.Card.OutOfTime.Defaults)));
        Assert.That((found.Bins.Sum(bin => bin.Observations), found.Bins.Sum(bin => bin.Defaults)), Is.EqualTo((found.Observations, found.Defaults)));
        Assert.That(found.Bins[0].Captured, Is.EqualTo(1).Within(1e-12));
        foreach (var quarter in report.Quarters)
        {
            var rows = report.HighRisk.Where(row => row.AsOf == quarter.AsOf).ToList();
            Assert.That(rows.Sum(row => row.Called.Clients), Is.EqualTo(quarter.Clients.Clients));
            if (quarter.Defaulted is { } defaulted) Assert.That(rows.Sum(row => row.Defaulted.Clients), Is.EqualTo(defaulted.Clients));
        }

        Assert.That(report.Quarters[^1].Performance, Is.Null, "its horizon is not over");
        var called = report.HighRisk.Where(row => row.IsComplete && row.Grade.Length > 0).ToList();
        var others = report.HighRisk.Where(row => row.IsComplete && row.Grade.Length == 0).ToList();
        Assert.That(Rate(called), Is.GreaterThan(3 * Rate(others)), "those called high-risk default more often");
        Assert.That(report.Ranks, Is.Not.Empty.And.All.Matches<RankFigures>(one => one.Spearman is > 0.4 and < 1 && one.Kendall < one.Spearman));

        var reports = new ModelReports(Path.Combine(folder, "shelf"));
        Assert.That(reports.Newest(report.Model), Is.Null);
        var hash = reports.Add(report);
        Assert.That(reports.Add(report), Is.EqualTo(hash), "the same is not filed twice");
        var back = reports.Newest(report.Model)!;
        Assert.That(ReportPage.Write(back, Language.English), Does.Contain("<th scope=\"row\">refer to a person</th><td>approved</td><td>yes</td><td>4</td><td>1</td><td>25.00%</td>"));
        Assert.That(ReportPage.Write(report with { Advised = [], Complaints = [] }, Language.English), Does.Contain("No application has been decided with this model").And.Contain("Nobody has complained"));
        foreach (var language in Enum.GetValues<Language>())
        {
            var page = ReportPage.Write(back, language);
            Assert.That(page, Is.EqualTo(ReportPage.Write(report, language)));
            Assert.That(page, Does.Not.Contain("http").And.Not.Contain("<script").And.Not.Contain("NaN").And.Not.Contain("src=").And.Contain("<svg"));
        }

        var path = Path.Combine(folder, "shelf", report.Model, "reports.ndjson");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"seed\":7", "\"seed\":8", StringComparison.Ordinal));
        Assert.That(() => reports.Newest(report.Model), Throws.TypeOf<InvalidDataException>());

        static double Rate(List<HighRiskFate> rows) => (double)rows.Sum(row => row.Defaulted.Clients) / rows.Sum(row => row.Called.Clients);
    }

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
