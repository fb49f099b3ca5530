using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Models.Linear;
using GraphRisk.Scoring.Models.Scorecards;
using GraphRisk.Scoring.Registry;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Tests.Features;
using GraphRisk.Scoring.Training;
using GraphRisk.Scoring.Trees;
using GraphRisk.Stores;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Registry;

/// <summary>Three models of three families over one store: what may be decided about them, and that their scores can be had again.</summary>
public sealed class RegistryTests
{
    private static readonly DateOnly Day = new(2025, 12, 31);
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly ModelFamily[] Families =
    [
        new BoostedTreesFamily([new TreeParameters { LearningRate = 0.08, Leaves = 8, MinimumRowsPerLeaf = 40 }], [20, 40]), new ScorecardFamily(), new LinearSvcFamily(),
    ];

    private readonly TemporaryFolder folder = new();
    private readonly List<CreditModel> models = [];
    private FactSketch market = null!;
    private SqliteGraphStore store = null!;
    private int shelves;

    [OneTimeSetUp]
    public async Task Train()
    {
        market = DrawnMarket.Draw(seed: 11, clients: 400);
        store = GraphStores.OpenSqlite(folder.PathOf("store.db"), FactSketch.Catalog);
        await RecordAsync("first", Now, market.Facts);
        foreach (var family in Families)
        {
            models.Add(await ModelTraining.RunAsync(
                new TrainingHistory(market.At(Day), DateTimeOffset.MinValue, (day, _, _) => new(market.At(day))),
                new TrainingOptions { TestQuarters = 2, TrainQuarters = 3, Folds = 2, Family = family }, Now));
        }
    }

    [OneTimeTearDown]
    public async Task Free()
    {
        foreach (var model in models) model.Dispose();
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public void TheFirstModelIsTakenIntoUseAndNoOtherReplacesIt()
    {
        var registry = Shelf();
        Assert.That(registry.OpenChampion(), Is.Null);
        Assert.That(registry.Keep(models[0], By("ann")).Model.State, Is.EqualTo(ModelState.Champion));
        Assert.That(registry.Keep(models[1], By("ann")).Model.State, Is.EqualTo(ModelState.Challenger));
        Assert.That(registry.Keep(models[1], By("ann")).Hash, Is.Null, "it is there");
        Assert.That(registry.Read().Champion!.Version, Is.EqualTo(models[0].Version));
        Assert.That(registry.History().Select(one => one.Act), Is.EqualTo(new[] { ModelAct.Train, ModelAct.TakeIntoUse, ModelAct.Train }));
        using var again = registry.Open(models[1].Version);
        Assert.That(again.ScoreAll(market.At(Day)), Is.EqualTo(models[1].ScoreAll(market.At(Day))));
    }

    [Test]
    public void PromotionAndRollbackNeedTwoPersons()
    {
        var registry = Full();
        var (first, second) = (models[0].Version, models[1].Version);
        Refused(() => registry.Decide(second, ModelAct.Promote, By("bob")), "nobody proposed it");
        registry.Decide(second, ModelAct.ProposePromotion, By("ann.li"));
        Refused(() => registry.Decide(second, ModelAct.Promote, By("Ann.LI ")), "another person");
        Refused(() => registry.Decide(second, ModelAct.RollBack, By("bob")), "never was champion");
        var promoted = registry.Decide(second, ModelAct.Promote, By("bob")).Decision;
        Assert.That((promoted.By, promoted.ProposedBy, promoted.Report.Length), Is.EqualTo(("bob", "ann.li", 64)));
        Assert.That(States(registry), Is.EqualTo($"{first} Challenger, {second} Champion, {models[2].Version} Challenger".Split(", ").Order()));
        Refused(() => registry.Decide(second, ModelAct.Retire, By("bob")), "champion");
        registry.Decide(first, ModelAct.ProposeRollback, By("bob"));
        registry.Decide(first, ModelAct.RollBack, By("ann"));
        Assert.That(registry.Read().Champion!.Version, Is.EqualTo(first));
        registry.Decide(second, ModelAct.Retire, By("ann"));
        Assert.That(registry.Read()[second].State, Is.EqualTo(ModelState.Retired));
        Refused(() => registry.Decide(second, ModelAct.ProposePromotion, By("ann")), "retired");
        registry.Decide(second, ModelAct.ProposeRollback, By("ann"));
        registry.Decide(second, ModelAct.RollBack, By("bob"));
        Assert.That(registry.Read().Champion!.Version, Is.EqualTo(second), "any former champion can come back");
    }

    /// <summary>Figures of the same rows stand behind a promotion; what is worse beyond chance needs a reason that stays on record.</summary>
    [Test]
    public async Task AWorseChallengerIsRefusedUnlessTheReasonIsRecorded()
    {
        var registry = Full();
        var history = new TrainingHistory(market.At(Day), DateTimeOffset.MinValue, (day, _, _) => new(market.At(day)));
        var judged = (await PairedJudgement.OfAsync(models[1], models[0], history))!;
        Assert.That((judged.Champion, judged.Quarters), Is.EqualTo((models[0].Version, models[0].Card.TestQuarters)));
        Assert.That((judged.Auc, judged.ChampionAuc), Is.EqualTo((models[1].Card.OutOfTime.Auc!.Value, models[0].Card.OutOfTime.Auc!.Value)).Within(1e-12), "both tested on these quarters");
        Assert.That((judged.AucGain.Lower + judged.AucGain.Upper) / 2, Is.EqualTo(judged.Auc - judged.ChampionAuc).Within(1e-12));
        Assert.That((judged.BrierGain.Lower + judged.BrierGain.Upper) / 2, Is.EqualTo(judged.ChampionBrier - judged.Brier).Within(1e-12));

        var worse = judged with { AucGain = new Interval(-0.2, -0.01) };
        var second = models[1].Version;
        Refused(() => registry.Decide(second, ModelAct.ProposePromotion, By("ann") with { Judgement = worse }), "worse than the champion on the same");
        Refused(() => registry.Decide(second, ModelAct.ProposePromotion, By("ann") with { Judgement = worse with { Champion = "other" } }), "judge it anew");
        registry.Decide(second, ModelAct.ProposePromotion, By("ann") with { Judgement = worse, Override = "the champion reads a source that ends" });
        registry.Decide(second, ModelAct.Promote, By("bob"));
        var promoted = registry.History()[^1];
        Assert.That((promoted.Act, promoted.Override, promoted.Judgement!.AucGain), Is.EqualTo((ModelAct.Promote, "the champion reads a source that ends", worse.AucGain)));
        Assert.That(registry.Read().Champion!.Version, Is.EqualTo(second));
    }

    [Test]
    public void GradesOfTwoModelsAreCountedAndThoseFarApartNamed()
    {
        string[] grades = ["A", "B", "C", "D", "E"];
        ScoreLine[] Lines(params string[] given) => [.. given.Select((grade, node) => new ScoreLine(node, true, 0.1, 500, grade, 0, 0, 0))];
        var moved = GradeMigration.Of(grades, grades, Lines("A", "A", "A", "E", "C"), Lines("A", "C", "D", "A", "C"));
        Assert.That(moved.Counts[0], Is.EqualTo(new[] { 1, 0, 1, 1, 0 }));
        Assert.That(moved.Unmoved, Is.EqualTo(2));
        Assert.That(moved.Far, Is.EqualTo(new[] { new GradeMove(3, "E", "A", -4), new GradeMove(2, "A", "D", 3) }));
    }

    [TestCase("ａｎｎ", TestName = "FullWidth")]
    [TestCase("ann\u200b", TestName = "AnInvisibleSpace")]
    [TestCase("an\u00adn", TestName = "ASoftHyphen")]
    [TestCase("\u0430nn", TestName = "ACyrillicLetter")]
    [TestCase("an n", TestName = "ABlankInside")]
    public void NoSpellingMakesOnePersonTwo(string other)
    {
        var registry = Full();
        registry.Decide(models[1].Version, ModelAct.ProposePromotion, By("ann"));
        Refused(() => registry.Decide(models[1].Version, ModelAct.Promote, By(other)), "names no person");
        Refused(() => registry.Decide(models[1].Version, ModelAct.Promote, By("ANN")), "another person");
    }

    [Test]
    public void AProposalIsNotReplacedByAnotherPersons()
    {
        var registry = Full();
        registry.Decide(models[1].Version, ModelAct.ProposePromotion, By("bob"));
        Refused(() => registry.Decide(models[1].Version, ModelAct.ProposePromotion, By("ann")), "bob proposed");
        registry.Decide(models[1].Version, ModelAct.ProposePromotion, By("bob"));
        Refused(() => registry.Decide(models[1].Version, ModelAct.Promote, By("bob")), "another person");
    }

    [Test]
    public void ADecisionThatWasNeverAllowedIsNotBelievedThoughItsHashIsRight()
    {
        var registry = Full();
        using (var log = HashedLog.Open(registry.Path, out _))
            log.Append([$$"""{"at":"2026-01-05T08:00:00+00:00","act":"promote","version":"{{models[1].Version}}","by":"bob","reason":"r","report":"x","proposedBy":"ann"}"""]);
        Refused(() => registry.Read(), "never allowed");
    }

    [Test]
    public void WhatWasNotWrittenToItsEndCountsAsNotWritten()
    {
        var registry = Full();
        var before = File.ReadAllBytes(registry.Path);
        registry.Decide(models[1].Version, ModelAct.ProposePromotion, By("ann"));
        var after = File.ReadAllBytes(registry.Path);
        foreach (var length in (int[])[before.Length + 1, before.Length + 40, after.Length - 40, after.Length - 1])
        {
            File.WriteAllBytes(registry.Path, after[..length]);
            Assert.That(registry.Read()[models[1].Version].Open, Is.Null, $"{length} bytes");
        }

        registry.Decide(models[1].Version, ModelAct.ProposePromotion, By("ann"));
        Assert.That(File.ReadAllBytes(registry.Path), Is.EqualTo(after));
    }

    [Test]
    public void OnlyFoldersNamedLikeAVersionAreModels()
    {
        var registry = Full();
        Directory.CreateDirectory(Path.Combine(LastShelf, "lost+found"));
        Assert.That(registry.Read().Models, Has.Count.EqualTo(3));
        var old = Shelf();
        Directory.CreateDirectory(LastShelf);
        File.WriteAllText(Path.Combine(LastShelf, "in-use"), "../x");
        Refused(() => old.Read(), "names no model");
    }

    [Test]
    public void AProposalEndsWhereTheChampionChanges()
    {
        var registry = Full();
        registry.Decide(models[1].Version, ModelAct.ProposePromotion, By("ann"));
        registry.Decide(models[2].Version, ModelAct.ProposePromotion, By("ann"));
        registry.Decide(models[1].Version, ModelAct.Promote, By("bob"));
        Refused(() => registry.Decide(models[2].Version, ModelAct.Promote, By("bob")), "nobody proposed it");
    }

    [Test]
    public void DamageIsNamedAndNothingDamagedIsUsed()
    {
        var registry = Full();
        var path = Path.Combine(LastShelf, models[1].Version, "card.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("Indication", "Proof", StringComparison.Ordinal));
        Refused(() => registry.Open(models[1].Version), "card");
        Refused(() => registry.Decide(models[1].Version, ModelAct.ProposePromotion, By("ann")), "card");
        Refused(() => registry.Open("../secret"), "there is no model");
        var record = Path.Combine(LastShelf, "decisions.ndjson");
        var lines = File.ReadAllLines(record);
        File.WriteAllLines(record, lines.Where((_, i) => i != 1));
        Refused(() => registry.Read(), "line 2");
        File.WriteAllText(record, File.ReadAllText(record).Replace("ann", "bob", StringComparison.Ordinal));
        Refused(() => registry.OpenChampion(), "line 1");
    }

    [Test]
    public void AnOldShelfIsReadAndItsFileCountsUntilTheFirstDecision()
    {
        var registry = Shelf();
        foreach (var model in models) model.Save(Path.Combine(LastShelf, model.Version));
        var inUse = Path.Combine(LastShelf, "in-use");
        File.WriteAllText(inUse, models[1].Version + "\n");
        Assert.That(registry.Read().Champion!.Version, Is.EqualTo(models[1].Version));
        registry.Decide(models[0].Version, ModelAct.ProposePromotion, By("ann"));
        File.WriteAllText(inUse, models[2].Version);
        Assert.That(registry.Read().Champion!.Version, Is.EqualTo(models[1].Version));
        registry.Decide(models[0].Version, ModelAct.Promote, By("bob"));
        Assert.That(registry.Read().Champion!.Version, Is.EqualTo(models[0].Version));
    }

    /// <summary>1,200 scores of three families, after the past was corrected, the market went on, records were judged one and models changed places.</summary>
    [Test]
    public async Task FiledScoresComeOutAgainToTheLastBitWhateverWasRecordedSince()
    {
        var registry = Full();
        var file = new ScoreFile(folder.PathOf("filed.ndjson"));
        var before = await ReadAsync();
        var filed = models.SelectMany(model => ScoredMarket.Of(model, before).Filed()).ToList();
        file.Append(filed);
        await RecordAsync("later", Now.AddDays(1), Later());
        registry.Decide(models[1].Version, ModelAct.ProposePromotion, By("ann"));
        registry.Decide(models[1].Version, ModelAct.Promote, By("bob"));
        registry.Decide(models[0].Version, ModelAct.ProposeRollback, By("ann"));
        registry.Decide(models[0].Version, ModelAct.RollBack, By("bob"));
        var after = ScoredMarket.Of(models[0], await ReadAsync()).Filed().ToDictionary(score => score.Client);
        Assert.That(filed.Take(400).Count(score => !after.TryGetValue(score.Client, out var now) || score.DifferencesFrom(now).Any(what => what.StartsWith("probability", StringComparison.Ordinal))), Is.GreaterThan(50), "what is known now gives others");

        var found = await file.VerifyAsync(registry, store);
        Assert.That(found.Lines, Is.EqualTo(1200));
        Assert.That(found.Faults, Is.Empty);

        var lines = File.ReadAllLines(folder.PathOf("filed.ndjson"));
        lines[16] = lines[16].Replace("\"score\":", "\"score\":1", StringComparison.Ordinal);
        File.WriteAllLines(folder.PathOf("changed.ndjson"), lines);
        var changed = await new ScoreFile(folder.PathOf("changed.ndjson")).VerifyAsync(registry, store);
        Assert.That(changed.Faults.Select(fault => fault.Line).Distinct(), Is.EqualTo(new[] { 17 }));
        Assert.That(string.Join(' ', changed.Faults.Select(fault => fault.What)), Does.Contain("altered").And.Contain("score is filed as 1"));
        Assert.That(() => new ScoreFile(folder.PathOf("changed.ndjson")).Append(filed), Throws.TypeOf<InvalidDataException>().With.Message.Contains("line 17"));
    }

    /// <summary>Whoever hashes a forged file anew is caught by the computation alone.</summary>
    [Test]
    public async Task EveryForgedFieldIsCaughtThoughTheFileHangsTogether()
    {
        var registry = Full();
        var market = await ReadAsync();
        var true1 = ScoredMarket.Of(models[1], market).Filed().First();
        var other = ScoredMarket.Of(models[1], market).Filed().First(score => score.Probability != true1.Probability);
        FiledScore[] forged =
        [
            true1 with { Probability = double.BitIncrement(true1.Probability) }, true1 with { Score = true1.Score + 1 }, true1 with { Grade = "Z" },
            true1 with { Own = double.BitDecrement(true1.Own) }, true1 with { Features = other.Features }, true1 with { Client = other.Client },
            true1 with { Model = models[0].Version }, true1 with { Model = "none" }, true1 with { Store = 999 }, true1 with { AsOf = new(2024, 6, 30) },
            true1 with { KnownAt = true1.KnownAt.AddTicks(1) }, true1 with { Client = "Person/nobody" }, true1 with { Client = "no id" },
        ];
        var file = new ScoreFile(folder.PathOf("forged.ndjson"));
        file.Append([true1, .. forged]);
        var found = await file.VerifyAsync(registry, store);
        Assert.That(found.Faults.Select(fault => fault.Line), Is.EqualTo(Enumerable.Range(2, forged.Length)), string.Join('\n', found.Faults));
    }

    private string LastShelf => folder.PathOf("shelf" + shelves.ToString(CultureInfo.InvariantCulture));

    private ModelRegistry Shelf()
    {
        shelves++;
        return new ModelRegistry(LastShelf);
    }

    private ModelRegistry Full()
    {
        var registry = Shelf();
        foreach (var model in models) registry.Keep(model, By("ann"));
        return registry;
    }

    private static IEnumerable<string> States(ModelRegistry registry) => registry.Read().Models.Select(model => $"{model.Version} {model.State}");

    private static ModelVerdict By(string person) => new(person, "tested", Now);

    private static void Refused(TestDelegate act, string why) => Assert.That(act, Throws.TypeOf<ModelException>().With.Message.Contains(why));

    private async Task<MarketReading> ReadAsync() =>
        new(await SnapshotBuilder.BuildAsync(store, await store.GetVersionAsync(), Validity.CloseOf(Day)));

    private async Task RecordAsync(string id, DateTimeOffset at, IEnumerable<Fact> facts) =>
        await store.AppendAsync(new ChangeSet(id, at, "test", [.. facts.Where(fact => fact.Validity.From < fact.Validity.To).Select(Change.Assert)]));

    /// <summary>Every debt restated, a further quarter, a default of many, and two clients judged to be one.</summary>
    private List<Fact> Later()
    {
        var more = new FactSketch();
        var clients = market.Facts.OfType<RelationshipFact>().Where(fact => fact.Type == "CLIENT_OF").Select(fact => fact.From.ToString()).ToArray();
        foreach (var client in clients) more.Margin(client, Day, 1_900, 1.15m);
        foreach (var client in clients.Take(40)) more.Event(client, Day.AddDays(-3), "DEFAULT").Margin(client, Day.AddDays(90), 10, 3);
        var persons = clients.Where(client => client.StartsWith("Person", StringComparison.Ordinal)).ToArray();
        more.Facts.Add(new RelationshipFact(
            "SAME_AS", NodeId.Parse(persons[50]), NodeId.Parse(persons[51]), "",
            Properties.Of(("verdict", PropertyValue.OfEnum("MATCH")), ("judge", PropertyValue.Of("test"))), Validity.Always, new Provenance("test", "j", 1)));
        return more.Facts;
    }
}
