using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Tests.Features;
using GraphRisk.Scoring.Tests.Scores;
using GraphRisk.Scoring.Training;
using GraphRisk.TestKit;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Tests.Training;

/// <summary>One market of 600 clients, one model, and what must hold of it.</summary>
public class ModelTrainingTests
{
    private static readonly DateTimeOffset TrainedAt = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly TrainingOptions Options = new()
    {
        TestQuarters = 2, Folds = 3, Family = new BoostedTreesFamily([new TreeParameters { LearningRate = 0.08, Leaves = 8, MinimumRowsPerLeaf = 40 }], [20, 40, 80]),
    };
    private FactSketch market = null!;
    private Snapshot latest = null!;
    private CreditModel model = null!;

    [OneTimeSetUp]
    public async Task Train()
    {
        market = DrawnMarket.Draw(seed: 11, clients: 600);
        latest = market.At(new(2025, 12, 31));
        model = await RunAsync();
    }

    [OneTimeTearDown]
    public void Free() => model.Dispose();

    [Test]
    public void TheModelSeparatesOutOfTimeAndGraphFeaturesAdd()
    {
        TestContext.Out.WriteLine($"AUC {model.Card.OutOfTime.Auc:F3}, own only {model.Card.OutOfTimeOwnOnly.Auc:F3}");
        Assert.That(model.Card.OutOfTime.Auc, Is.GreaterThan(0.7));
        Assert.That(model.Card.GraphLift, Is.GreaterThan(0.03));
        Assert.That(model.Card.OutOfTimeByClientType.Keys, Is.EqualTo(new[] { "company", "person" }));
        Assert.That(model.Card.OutOfTimeByClientType.Values.Sum(p => p.Defaults), Is.EqualTo(model.Card.OutOfTime.Defaults));
    }

    [Test]
    public void StatedProbabilitiesComeTrueOnAverage()
    {
        var bins = model.Card.Calibration;
        var promised = bins.Sum(bin => bin.Count * bin.MeanProbability) / bins.Sum(bin => bin.Count);
        var came = bins.Sum(bin => bin.Count * bin.DefaultRate) / bins.Sum(bin => bin.Count);
        Assert.That(promised, Is.EqualTo(came).Within(0.03));
    }

    [Test]
    public async Task TheSameHistoryGivesTheSameModelToTheByte()
    {
        using var again = await RunAsync();
        Assert.That(again.Version, Is.EqualTo(model.Version));
        Assert.That(JsonSerializer.Serialize(again.Card), Is.EqualTo(JsonSerializer.Serialize(model.Card)));
    }

    [Test]
    public void ReasonsAddUpToTheScore()
    {
        var scorer = model.Open(new MarketReading(latest));
        foreach (var node in FeatureSet.Open(new MarketReading(latest)).Parties.Clients().Take(100))
        {
            var score = scorer.Score(node);
            Assert.That(score.BaselinePoints + score.OwnPoints + score.ContagionPoints, Is.EqualTo(score.Points).Within(1e-9));
            Assert.That(score.Reasons.Where(r => r.Scope == FeatureScope.Own).Sum(r => r.Points), Is.EqualTo(score.OwnPoints).Within(1e-9));
            Assert.That(score.Groups.Sum(g => g.Points), Is.EqualTo(score.OwnPoints + score.ContagionPoints).Within(1e-9));
            Assert.That(score.Score, Is.EqualTo(Math.Round(Math.Clamp(score.Points, 300, 850))));
            var odds = Math.Log(score.ProbabilityOfDefault / (1 - score.ProbabilityOfDefault));
            Assert.That(score.Points, Is.EqualTo(score.Default is null ? model.Definition.Scaling.Points(odds) : 300).Within(1e-6));
        }
    }

    [Test]
    public void NoReasonMisleadsInThisMarketOrInOthers()
    {
        Assert.That(HonestReasons.FaultsOf(model, new MarketReading(latest)), Is.Empty);
        for (var seed = 1; seed <= 5; seed++)
            Assert.That(HonestReasons.FaultsOf(model, new MarketReading(DrawnMarket.Draw(seed, clients: 150).At(new(2025, 6, 30)))), Is.Empty, $"seed {seed}");
    }

    [Test]
    public void AWholeMarketsScoresAreThoseOfItsClients()
    {
        var scorer = model.Open(new MarketReading(latest));
        var lines = scorer.ScoreAll().ToList();
        Assert.That(lines.Select(line => line.Node), Is.Ordered.And.Unique);
        Assert.That(lines, Has.Count.EqualTo(600));
        Assert.That(lines.Select(line => line.HasDebt), Is.All.True);
        Assert.That(scorer.ScoreAll(threads: 2), Is.EqualTo(lines));
        foreach (var line in lines.Take(50))
        {
            var score = scorer.Score(line.Node);
            Assert.That((line.Score, line.Grade, line.ProbabilityOfDefault), Is.EqualTo((score.Score, score.Grade.Name, score.ProbabilityOfDefault)));
        }
    }

    [Test]
    public void ADebtorsDefaultShowsAsContagionNotAsOwnRisk()
    {
        var day = new DateOnly(2025, 12, 31);
        var guarantor = FeatureSet.Open(new MarketReading(latest)).Parties.Clients()
            .First(node => FeatureReadings.Read(market, day, latest.Nodes.IdOf(node).ToString()) is var f && f["guaranteed_debtors"] == 1 && f["failed_debtors"] == 0 && f["defaults_before"] == 0);
        var edge = latest.Relationship("GUARANTEES").Out.Neighbours(guarantor)[0];
        var before = model.Score(latest, guarantor);

        var troubled = new FactSketch();
        troubled.Facts.AddRange(market.Facts);
        troubled.Event(latest.Nodes.IdOf(edge).ToString(), day, "DEFAULT");
        var snapshot = troubled.At(day);
        var after = model.Score(snapshot, snapshot.Nodes.Find(before.Client));

        Assert.That(after.ContagionPoints, Is.LessThan(before.ContagionPoints - 5));
        Assert.That(after.Adverse(5).Select(reason => reason.Feature), Has.Some.Matches("debtor|guarantee"));
        Assert.That(after.Score, Is.LessThan(before.Score));
    }

    [Test]
    public void AClientWithoutDebtStandsAtTheSafeEndOfEveryRatio()
    {
        var market = new FactSketch();
        market.Facts.AddRange(this.market.Facts);
        market.Client("Person/t:newcomer");
        var snapshot = market.At(new(2025, 12, 31));
        var scorer = model.Open(new MarketReading(snapshot));
        var newcomer = scorer.Score(snapshot.Nodes.Find(NodeId.Parse("Person/t:newcomer")));
        Assert.That(newcomer.HasDebt, Is.False);
        Assert.That(newcomer.Reasons.Single(reason => reason.Feature == "ratio_worst").Points, Is.GreaterThanOrEqualTo(0));
        Assert.That(newcomer.Score, Is.GreaterThan(scorer.ScoreAll().Where(line => line.HasDebt).Average(line => line.Score)));
    }

    [TestCase("2025-06-30", false, TestName = "AFileOfExactlySixMonthsIsNotThin")]
    [TestCase("2025-07-01", true, TestName = "AFileOfLessThanSixMonthsIsThinAndItsGradeNoBetterThanTheMiddle")]
    public void AFileIsThinWhereNothingReachesSixMonthsBack(string opened, bool thin)
    {
        var market = new FactSketch();
        market.Facts.AddRange(this.market.Facts);
        var since = DateOnly.Parse(opened);
        market.Node("Person/t:young", since, ("name", PropertyValue.Of("young"))).Edge("CLIENT_OF", "Person/t:young", "Broker/B1", since, null, ("openedOn", PropertyValue.Of(since)));
        market.Margin("Person/t:young", new(2025, 9, 30), 1, 9m);
        var snapshot = market.At(new(2025, 12, 31));
        var lenient = new CreditModel(model.Model, model.Definition with { Grades = [new("A", 0.9, ""), new("B", 0.95, ""), new("C", 1, ""), new("D", 2, "")] }, model.Card);
        var scorer = lenient.Open(new MarketReading(snapshot));
        var young = scorer.Score(snapshot.Nodes.Find(NodeId.Parse("Person/t:young")));
        Assert.That((young.ThinFile is not null, young.IsGradeCapped, young.Grade.Name), Is.EqualTo((thin, thin, thin ? "B" : "A")));
        Assert.That(scorer.ScoreAll().Single(line => line.Node == snapshot.Nodes.Find(young.Client)).Grade, Is.EqualTo(young.Grade.Name));
        if (thin) Assert.That(ReasonText.English.Thin(young.ThinFile!, withDays: true), Does.Contain("statements since 2025-09-30, events not known").And.Contain("client since 2025-07-01"));
    }

    [Test]
    public void TheIntervalHoldsTheProbabilityAndIsWiderTheLessIsKnown()
    {
        var (scorer, drawn) = (model.Open(new MarketReading(latest)), new Random(5));
        var clients = FeatureSet.Open(new MarketReading(latest)).Parties.Clients();
        foreach (var node in clients.Take(200))
        {
            var (score, range) = (scorer.Score(node), scorer.RangeOf(node, []));
            Assert.That(score.ProbabilityOfDefault, Is.InRange(range.Lower, range.Upper));
            if (score.Default is not null) continue;
            var other = clients[drawn.Next(clients.Length)];
            var doubted = scorer.RangeOf(node, [other]);
            Assert.That(doubted.Lower, Is.LessThanOrEqualTo(range.Lower));
            Assert.That(doubted.Upper, Is.GreaterThanOrEqualTo(range.Upper));
        }
    }

    [Test]
    public void AThinFileAndSharesKnownByBoundsWidenTheInterval()
    {
        Interval Range(Action<FactSketch> draw)
        {
            var market = new FactSketch();
            market.Facts.AddRange(this.market.Facts);
            draw(market);
            var snapshot = market.At(new(2025, 12, 31));
            return model.Open(new MarketReading(snapshot)).RangeOf(snapshot.Nodes.Find(NodeId.Parse("Person/t:young")), []);
        }
        void Young(FactSketch market, string opened) => market
            .Node("Person/t:young", FactSketch.Start, ("name", PropertyValue.Of("young")))
            .Edge("CLIENT_OF", "Person/t:young", "Broker/B1", FactSketch.Start, null, ("openedOn", PropertyValue.Of(DateOnly.Parse(opened))))
            .Margin("Person/t:young", new(2025, 9, 30), 500, 1.5m);
        var (old, thin) = (Range(market => Young(market, "2025-06-30")), Range(market => Young(market, "2025-07-01")));
        Assert.That(thin.Upper - thin.Lower, Is.GreaterThan(old.Upper - old.Lower));
        void Holding(FactSketch market, decimal most)
        {
            Young(market, "2025-06-30");
            market.Client("Company/t:failed").Margin("Company/t:failed", new(2025, 12, 30), 900, 1.01m).Event("Company/t:failed", new(2025, 12, 30), "DEFAULT")
                .Edge("HOLDS", "Person/t:young", "Company/t:failed", FactSketch.Start, null, ("shareMin", PropertyValue.Of(0.01m)), ("shareMax", PropertyValue.Of(most)));
        }
        var (sure, open) = (Range(market => Holding(market, 0.01m)), Range(market => Holding(market, 0.9m)));
        Assert.That(open.Upper, Is.GreaterThan(sure.Upper));
        Assert.That(model.Definition.Band.Of(0).Upper, Is.GreaterThan(model.Definition.Band.Of(0).Lower));
    }

    [Test]
    public void AModelReadBackScoresAlikeAndAnAlteredOneIsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("graphrisk-model-").FullName;
        try
        {
            model.Save(folder);
            using (var loaded = CreditModel.Load(folder))
            {
                Assert.That(loaded.Version, Is.EqualTo(model.Version));
                Assert.That(JsonSerializer.Serialize(loaded.Card), Is.EqualTo(JsonSerializer.Serialize(model.Card)));
                Assert.That(loaded.ScoreAll(latest), Is.EqualTo(model.ScoreAll(latest)));
            }
            var definition = Path.Combine(folder, "model.json");
            File.WriteAllText(definition, File.ReadAllText(definition).Replace("\"baseScore\": 600", "\"baseScore\": 700", StringComparison.Ordinal));
            Assert.That(() => CreditModel.Load(folder), Throws.TypeOf<ModelException>().With.Message.Contains(model.Version));
            Assert.That(() => CreditModel.Load(Path.Combine(folder, "none")), Throws.TypeOf<ModelException>());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void AHistoryWithoutDefaultsTeachesNothing()
    {
        var quiet = new FactSketch();
        quiet.Facts.AddRange(market.Facts.Where(fact => fact.Type is not ("CreditEvent" or "BEFELL")));
        Assert.That(
            async () => await ModelTraining.RunAsync(new TrainingHistory(quiet.At(new(2025, 12, 31)), DateTimeOffset.MinValue, (day, _, _) => new(quiet.At(day))), Options, TrainedAt),
            Throws.InvalidOperationException.With.Message.Contains("too few"));
    }

    private ValueTask<CreditModel> RunAsync() =>
        ModelTraining.RunAsync(new TrainingHistory(latest, DateTimeOffset.MinValue, (day, _, _) => new(market.At(day))), Options, TrainedAt);
}
