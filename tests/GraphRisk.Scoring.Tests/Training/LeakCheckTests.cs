using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Labels;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Models.Scorecards;
using GraphRisk.Scoring.Tests.Features;
using GraphRisk.Scoring.Training;
using GraphRisk.Scoring.Training.Leaks;
using GraphRisk.Stores;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Training;

/// <summary>
/// Leaks planted in a store, or in what reads it, each caught by the training itself; and a history that was restated and judged later,
/// which is none. Each quarter is recorded at its close.
/// </summary>
public sealed class LeakCheckTests
{
    private static readonly DateOnly Day = new(2025, 12, 31);
    private static readonly DateTimeOffset Begin = Validity.CloseOf(new DateOnly(2024, 3, 31));
    private static readonly TrainingOptions Options = new() { TestQuarters = 1, TrainQuarters = 2, Folds = 2, Family = new ScorecardFamily() };

    private readonly TemporaryFolder folder = new();
    private FactSketch market = null!;
    private SqliteGraphStore store = null!;

    private delegate ValueTask<Snapshot> Reader(DateOnly day, DateTimeOffset knownAt, CancellationToken cancellation);

    [OneTimeSetUp]
    public async Task Record()
    {
        market = DrawnMarket.Draw(11, 300);
        store = await RecordAsync("store.db", market);
        var later = new FactSketch();
        foreach (var client in Clients(market)) later.Margin(client, new(2025, 3, 31), 1_950, 1.05m);
        await AppendAsync(store, "restated", new(2026, 3, 1), later.Facts);
        string[] persons = [.. Clients(market).Where(client => client.StartsWith("Person", StringComparison.Ordinal)).Take(40)];
        await AppendAsync(store, "judged", new(2026, 3, 2), persons.Chunk(2).Select(pair => new RelationshipFact(
            "SAME_AS", NodeId.Parse(pair[0]), NodeId.Parse(pair[1]), "",
            Properties.Of(("verdict", PropertyValue.OfEnum("MATCH")), ("judge", PropertyValue.Of("test"))), Validity.Always, new Provenance("test", "j", 1))));
    }

    [OneTimeTearDown]
    public async Task Free()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task AnHonestHistoryIsComputedAgainAndNothingIsFound()
    {
        using var model = await TrainAsync(store, (day, known, _) => ReadAsync(day, known, known, []));
        Assert.That(model.Card.Leaks!.Quarters, Is.EquivalentTo(model.Card.TrainingQuarters.Concat(model.Card.TestQuarters)), "all three of a small store");
        Assert.That(model.Card.Leaks.Rows, Is.GreaterThan(300));
        Assert.That(model.Card.Leaks.Named, Is.Empty);
    }

    [Test]
    public void PricesOfTheNextQuarterAreCaught() => Caught(
        (day, known, _) => ReadAsync(day, known, known, market.Facts.OfType<NodeFact>()
            .Where(fact => fact.Type == "Security" && fact.Validity.From > Validity.CloseOf(day) && fact.Validity.From <= Validity.CloseOf(day.AddDays(90)))
            .Select(fact => fact with { Validity = Validity.Since(day) })),
        (LeakKind.AfterItsDay, "securities"));

    [Test]
    public void RestatedAccountsAndLaterJudgementsAreCaughtThoughTheStampIsOfTheDay() => Caught(
        (day, known, _) => ReadAsync(day, known, Validity.CloseOf(new DateOnly(2026, 6, 30)), []),
        (LeakKind.KnownLater, "debt_growth_quarter"), (LeakKind.KnownLater, "who is observed"));

    [Test]
    public void AnEntryMadeForTheOutcomeIsCaughtOnTheClientAndOnWhoAnswersForIt() => Caught(
        (day, known, _) => ReadAsync(day, known, known, Defaulting(market, day).SelectMany(client => new FactSketch()
            .Node($"Listing/x{client.Split(':')[1]}", day, ("list", PropertyValue.Of("l")), ("kind", PropertyValue.OfEnum("DISHONEST_DEBTOR")), ("publishedOn", PropertyValue.Of(day)))
            .Edge("LISTED_AS", client, $"Listing/x{client.Split(':')[1]}", day).Facts)),
        (LeakKind.Outcome, "dishonest_entries"), (LeakKind.Neighbourhood, "failed_debtors"));

    [Test]
    public void WhoSurvivesIsNotKnownBeforehand() => Caught(
        (day, known, _) => ReadAsync(day, known, known, [], leaveOut: [.. Clients(market).Except(Defaulting(market, day)).Take(40)]),
        (LeakKind.AfterItsDay, "who is observed"));

    /// <summary>A lawsuit over the default, entered under the day before it: every date is in order, and known on its day.</summary>
    [Test]
    public async Task AFactWrittenAfterTheOutcomeAndDatedBeforeItIsCaughtByForeseeingTooWell()
    {
        var planted = DrawnMarket.Draw(11, 900);
        foreach (var day in Scoring.Labels.Quarters.EndsWithin(new(2024, 3, 31), new(2025, 9, 30)))
        {
            foreach (var client in Defaulting(planted, day))
            {
                var lawsuit = $"CourtCase/{client.Split(':')[1]}-{day:yyyyMMdd}";
                planted.Node(lawsuit, day, ("filedOn", PropertyValue.Of(day))).Edge("PARTY_TO", client, lawsuit, day, day.AddDays(1), ("role", PropertyValue.Of("被告")));
            }
        }

        await using var other = await RecordAsync("dated-back.db", planted);
        var error = Assert.ThrowsAsync<LeakException>(async () => await TrainAsync(other, null, Options with { TrainQuarters = null }));
        Assert.That(error!.Leaks.Select(leak => (leak.Kind, leak.Feature)), Is.EqualTo(new[] { (LeakKind.Outcome, "court_cases") }));
        Assert.That(error.Message, Does.Contain("AUC 1.000 (more is riskier)").And.Match("[0-9]{2,} of them bad").And.Contain("quarter before ranks them with 0."));
    }

    [Test]
    public void OutcomesThatReachIntoTheTestAreCaught()
    {
        var plan = new TrainingPlan([new(2025, 3, 31), new(2025, 6, 30)], [new(2025, 9, 30)], 2);
        var leak = Refused(plan).Single();
        Assert.That((leak.Kind, leak.Evidence), Is.EqualTo((LeakKind.Horizon, leak.Evidence)));
        Assert.That(leak.Evidence, Does.Contain("2025-06-30 reach until 2025-12-31").And.Match("defaults of [1-9][0-9]* clients both"));
        Assert.That(Refused(new TrainingPlan([new(2025, 3, 31), new(2025, 6, 30)], [new(2025, 6, 30)], 1)).Single().Kind, Is.EqualTo(LeakKind.BothSides));
    }

    [Test]
    public void ClientsThatShareAContractUnderTwoIdsLearnAndAreJudgedInOneFoldAndAreNamed()
    {
        var doubled = new FactSketch();
        doubled.Facts.AddRange(market.Facts);
        string[] twins = [.. Clients(market).Where(client => client.StartsWith("Person", StringComparison.Ordinal)).Take(30)];
        foreach (var client in twins)
            doubled.Client(client + "b", quantity: 7).Edge("CONTRACTED", client + "b", $"MarginContract/{client.Split('/')[1]}", FactSketch.Start);
        var plan = new TrainingPlan([new(2025, 3, 31)], [new(2025, 6, 30)], 1);
        var panel = Observe(doubled, plan);
        var groups = ClientGroups.Of(panel, panel.Matrix());
        Assert.That(panel.SharedContracts, Has.Count.InRange(25, 30), "but for those not at risk");
        Assert.That(panel.SharedContracts, Is.All.Matches<(ulong First, ulong Second)>(pair => groups.KeyOf(pair.First) == groups.KeyOf(pair.Second)));
        using var model = ModelTraining.Run(panel, plan, FactSketch.Catalog, Options, default);
        Assert.That(model.Card.Leaks!.Named.Select(leak => leak.ToString()), Has.Some.Contains($"{panel.SharedContracts.Count} have a contract"));
    }

    [TestCase(20, 2000, false, TestName = "APerfectColumnOfFewDefaultsIsSuspectOnly")]
    [TestCase(80, 2000, true, TestName = "APerfectColumnOfManyIsCondemned")]
    public void PerfectSeparation(int bads, int goods, bool isLeak)
    {
        bool[] bad = [.. Enumerable.Range(0, bads + goods).Select(i => i < bads)];
        foreach (var reading in (Func<bool, double>[])[one => one ? 1 : 0, one => one ? 0 : 1, one => one ? 3 : double.NaN, one => one ? double.NaN : 3])
        {
            var found = Separation.Of([.. bad.Select(reading)], bad);
            Assert.That((found.Auc, found.IsSuspect, found.IsLeak), Is.EqualTo((1.0, true, isLeak)));
        }
    }

    /// <summary>Columns as good as foresight may be, drawn again and again, are never condemned; the bound holds in their worst case.</summary>
    [Test]
    public void HonestColumnsAreNotCondemned()
    {
        var random = new Random(5);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        bool[] bad = [.. Enumerable.Range(0, 600).Select(i => i < 60)];
        for (var draw = 0; draw < 500; draw++)
            Assert.That(Separation.Of([.. bad.Select(one => Normal() + (one ? 1.8124 : 0))], bad).IsLeak, Is.False, "an area of 0.9");
    }

    private void Caught(Reader read, params (LeakKind Kind, string Feature)[] expected)
    {
        var error = Assert.ThrowsAsync<LeakException>(async () => await TrainAsync(store, read));
        TestContext.Out.WriteLine(string.Join('\n', error!.Leaks));
        Assert.That(error.Leaks.Select(leak => (leak.Kind, leak.Feature)), Is.SupersetOf(expected), error.Message);
        Assert.That(error.Leaks, Is.All.Matches<Leak>(leak => leak.Evidence.Contains("2025-", StringComparison.Ordinal)));
        Assert.That(error.Message, Does.StartWith("the training set leaks"));
    }

    private IReadOnlyList<Leak> Refused(TrainingPlan plan)
    {
        var panel = Observe(market, plan);
        return Assert.Throws<LeakException>(() => ModelTraining.Run(panel, plan, FactSketch.Catalog, Options, default).Dispose())!.Leaks;
    }

    private static Panel Observe(FactSketch market, TrainingPlan plan)
    {
        var panel = new Panel(new DefaultHistory(new MarketReading(market.At(Day))), plan, Options);
        foreach (var day in plan.AsOfDates.Distinct()) panel.Add(FeatureSet.Open(new MarketReading(market.At(day))));
        return panel;
    }

    private static async Task<CreditModel> TrainAsync(SqliteGraphStore from, Reader? read, TrainingOptions? options = null)
    {
        var snapshots = new SnapshotProvider(from);
        return await ModelTraining.RunAsync(
            new TrainingHistory(
                await snapshots.GetAsync(Validity.CloseOf(Day)), Begin,
                (day, known, token) => read?.Invoke(day, known, token) ?? snapshots.GetAsync(Validity.CloseOf(day), known, token)) { Store = from },
            options ?? Options, default);
    }

    /// <summary>What a faulty reader would give: facts of later knowledge, or others put in, under the stamp that was asked for.</summary>
    private async ValueTask<Snapshot> ReadAsync(DateOnly day, DateTimeOffset claimed, DateTimeOffset read, IEnumerable<Fact> planted, HashSet<string>? leaveOut = null)
    {
        var (stated, known) = (await store.GetVersionAsync(claimed), await store.GetVersionAsync(read));
        var builder = new SnapshotBuilder(
            store.Catalog, new SnapshotStamp(stated.Number, stated.RecordedAt, Validity.CloseOf(day), store.Catalog.Hash), await Clusters.ReadAsync(store, known.Number));
        await foreach (var one in store.ReadAsync(new ReadScope(known.Number, Validity.CloseOf(day))))
            if (leaveOut is null || one.Fact is not RelationshipFact { Type: "CONTRACTED" } contract || !leaveOut.Contains(contract.From.ToString())) builder.Add(one.Fact, one.FirstSequence);
        foreach (var fact in planted) builder.Add(fact);
        return builder.Build();
    }

    private async Task<SqliteGraphStore> RecordAsync(string file, FactSketch sketch)
    {
        var made = GraphStores.OpenSqlite(folder.PathOf(file), FactSketch.Catalog);
        foreach (var quarter in sketch.Facts.GroupBy(fact => Scoring.Labels.Quarters.EndOf(DateOnly.FromDateTime(fact.Validity.From.UtcDateTime))).OrderBy(group => group.Key))
            await AppendAsync(made, $"{quarter.Key:O}", quarter.Key, quarter);
        return made;
    }

    private static async Task AppendAsync(SqliteGraphStore into, string id, DateOnly day, IEnumerable<Fact> facts) =>
        await into.AppendAsync(new ChangeSet(id, Validity.StartOf(day), "test", [.. facts.Where(fact => fact.Validity.From < fact.Validity.To).Select(Change.Assert)]));

    private static string[] Clients(FactSketch sketch) =>
        [.. sketch.Facts.OfType<RelationshipFact>().Where(fact => fact.Type == "CLIENT_OF").Select(fact => fact.From.ToString())];

    /// <summary>Clients that default in the quarter after a day.</summary>
    private static string[] Defaulting(FactSketch sketch, DateOnly day) =>
        [.. sketch.Facts.OfType<RelationshipFact>().Where(fact => fact.Type == "BEFELL" && !fact.From.ToString().Contains("-CURED-", StringComparison.Ordinal)
            && fact.Validity.From > Validity.CloseOf(day) && fact.Validity.From <= Validity.CloseOf(Scoring.Labels.Quarters.Shift(day, 1))).Select(fact => fact.To.ToString()).Distinct()];
}
