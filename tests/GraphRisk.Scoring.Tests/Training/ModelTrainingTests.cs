using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Tests.Features;
using GraphRisk.Scoring.Training;

namespace GraphRisk.Scoring.Tests.Training;

/// <summary>One market of 600 clients, one model, and what must hold of it.</summary>
public class ModelTrainingTests
{
    private static readonly DateTimeOffset TrainedAt = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly TrainingOptions Options = new() { TestQuarters = 2, RoundsTried = [20, 40, 80], Folds = 3 };
    private MarketSketch _market = null!;
    private Snapshot _latest = null!;
    private CreditModel _model = null!;

    [OneTimeSetUp]
    public async Task Train()
    {
        _market = RandomMarket.Draw(seed: 11, clients: 600);
        _latest = _market.At(new(2025, 12, 31));
        _model = await RunAsync();
    }

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [Test]
    public void TheModelSeparatesOutOfTimeAndGraphFeaturesAdd()
    {
        TestContext.Out.WriteLine($"AUC {_model.Card.OutOfTime.Auc:F3}, own only {_model.Card.OutOfTimeOwnOnly.Auc:F3}, Microsoft.ML {_model.Card.ChallengerAuc:F3}");
        Assert.That(_model.Card.OutOfTime.Auc, Is.GreaterThan(0.7));
        Assert.That(_model.Card.GraphLift, Is.GreaterThan(0.03));
        Assert.That(_model.Card.OutOfTimeByClientType.Keys, Is.EqualTo(new[] { "company", "person" }));
        Assert.That(_model.Card.OutOfTimeByClientType.Values.Sum(p => p.Defaults), Is.EqualTo(_model.Card.OutOfTime.Defaults));
    }

    [Test]
    public void StatedProbabilitiesComeTrueOnAverage()
    {
        var bins = _model.Card.Calibration;
        var promised = bins.Sum(bin => bin.Count * bin.MeanProbability) / bins.Sum(bin => bin.Count);
        var came = bins.Sum(bin => bin.Count * bin.DefaultRate) / bins.Sum(bin => bin.Count);
        Assert.That(promised, Is.EqualTo(came).Within(0.03));
    }

    [Test]
    public async Task TheSameHistoryGivesTheSameModelToTheByte()
    {
        using var again = await RunAsync();
        Assert.That(again.Version, Is.EqualTo(_model.Version));
        Assert.That(JsonSerializer.Serialize(again.Card), Is.EqualTo(JsonSerializer.Serialize(_model.Card)));
    }

    [Test]
    public void ReasonsAddUpToTheScore()
    {
        var scorer = _model.Open(_latest);
        foreach (var node in FeatureSet.Open(_latest).Parties.Clients().Take(100))
        {
            var score = scorer.Score(node);
            Assert.That(score.BaselinePoints + score.OwnPoints + score.ContagionPoints, Is.EqualTo(score.Points).Within(1e-9));
            Assert.That(score.Reasons.Where(r => r.Scope == FeatureScope.Own).Sum(r => r.Points), Is.EqualTo(score.OwnPoints).Within(1e-9));
            Assert.That(score.Groups.Sum(g => g.Points), Is.EqualTo(score.OwnPoints + score.ContagionPoints).Within(1e-9));
            Assert.That(score.Score, Is.EqualTo(Math.Round(Math.Clamp(score.Points, 300, 850))));
            Assert.That(score.Points, Is.EqualTo(_model.Definition.Scaling.Points(score.LogOdds)).Within(1e-6));
        }
    }

    [Test]
    public void AWholeMarketsScoresAreThoseOfItsClients()
    {
        var scorer = _model.Open(_latest);
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
        var guarantor = FeatureSet.Open(_latest).Parties.Clients()
            .First(node => FeatureReadings.Read(_market, day, _latest.Nodes.IdOf(node).ToString()) is var f && f["guaranteed_debtors"] == 1 && f["debtor_defaults"] < 0.01);
        var edge = _latest.Relationship("GUARANTEES").Out.Neighbours(guarantor)[0];
        var before = _model.Score(_latest, guarantor);

        var troubled = new MarketSketch();
        troubled.Facts.AddRange(_market.Facts);
        troubled.Event(_latest.Nodes.IdOf(edge).ToString(), day, "DEFAULT");
        var snapshot = troubled.At(day);
        var after = _model.Score(snapshot, snapshot.Nodes.Find(before.Client));

        Assert.That(after.ContagionPoints, Is.LessThan(before.ContagionPoints - 5));
        Assert.That(after.Adverse(5).Select(reason => reason.Feature), Has.Some.StartsWith("debtor_"));
        Assert.That(after.Score, Is.LessThan(before.Score));
    }

    [Test]
    public void AClientWithoutDebtStandsAtTheSafeEndOfEveryRatio()
    {
        var market = new MarketSketch();
        market.Facts.AddRange(_market.Facts);
        market.Client("Person/t:newcomer");
        var snapshot = market.At(new(2025, 12, 31));
        var scorer = _model.Open(snapshot);
        var newcomer = scorer.Score(snapshot.Nodes.Find(NodeId.Parse("Person/t:newcomer")));
        Assert.That(newcomer.HasDebt, Is.False);
        Assert.That(newcomer.Reasons.Single(reason => reason.Feature == "ratio_worst").Points, Is.GreaterThanOrEqualTo(0));
        Assert.That(newcomer.Score, Is.GreaterThan(scorer.ScoreAll().Where(line => line.HasDebt).Average(line => line.Score)));
    }

    [Test]
    public void AModelReadBackScoresAlikeAndAnAlteredOneIsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("graphrisk-model-").FullName;
        try
        {
            _model.Save(folder);
            using (var loaded = CreditModel.Load(folder))
            {
                Assert.That(loaded.Version, Is.EqualTo(_model.Version));
                Assert.That(JsonSerializer.Serialize(loaded.Card), Is.EqualTo(JsonSerializer.Serialize(_model.Card)));
                Assert.That(loaded.ScoreAll(_latest), Is.EqualTo(_model.ScoreAll(_latest)));
            }
            var definition = Path.Combine(folder, "model.json");
            File.WriteAllText(definition, File.ReadAllText(definition).Replace("\"baseScore\": 600", "\"baseScore\": 700", StringComparison.Ordinal));
            Assert.That(() => CreditModel.Load(folder), Throws.TypeOf<ModelException>().With.Message.Contains(_model.Version));
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
        var quiet = new MarketSketch();
        quiet.Facts.AddRange(_market.Facts.Where(fact => fact.Type is not ("CreditEvent" or "BEFELL")));
        Assert.That(
            async () => await ModelTraining.RunAsync(quiet.At(new(2025, 12, 31)), (day, _) => new(quiet.At(day)), Options, TrainedAt),
            Throws.InvalidOperationException.With.Message.Contains("too few"));
    }

    private ValueTask<CreditModel> RunAsync() =>
        ModelTraining.RunAsync(_latest, (day, _) => new(_market.At(day)), Options, TrainedAt);
}
