using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Contagion;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Tests.Features;
using GraphRisk.Scoring.Training;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Scores;

[TestFixture("lightgbm")]
[TestFixture("graph-network")]
public class ContagionAttributionTests(string family)
{
    private static readonly DateOnly Day = new(2025, 9, 30);
    private FactSketch market = null!;
    private Snapshot snapshot = null!;
    private CreditModel model = null!;

    [OneTimeSetUp]
    public async Task Train()
    {
        market = DrawnMarket.Draw(11, 400);
        snapshot = market.At(Day);
        model = await ModelTraining.RunAsync(
            new TrainingHistory(market.At(new(2025, 12, 31)), DateTimeOffset.MinValue, (day, _, _) => new(market.At(day))),
            (family == "lightgbm" ? new TrainingOptions() : new TrainingOptions { Family = ModelFamilies.Named(family) }) with { TestQuarters = 2, Folds = 3 }, new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));
    }

    [OneTimeTearDown]
    public void Close() => model?.Dispose();

    [Test]
    public void TermsRestAndInteractionAddUpToTheContagionPartOfTheScore()
    {
        var scorer = model.Open(new MarketReading(snapshot));
        foreach (var line in scorer.ScoreAll())
        {
            var answer = scorer.ContagionOf(line.Node);
            Assert.That(answer.ContagionPoints, Is.EqualTo(line.ContagionPoints).Within(1e-9));
            Assert.That(answer.Rest + answer.Interaction + answer.Terms.Sum(term => term.Points), Is.EqualTo(answer.ContagionPoints).Within(1e-9));
            Assert.That(answer.Terms.Select(term => term.Points), Is.Ordered);
        }
    }

    [Test]
    public void OneClientAndAllClientsGetTheSameBits()
    {
        var scorer = model.Open(new MarketReading(snapshot));
        foreach (var line in scorer.ScoreAll(threads: 2).Where(line => line.Grade != "D"))
        {
            var score = scorer.Score(line.Node);
            Assert.That((score.ProbabilityOfDefault, score.BaselinePoints, score.OwnPoints, score.ContagionPoints), Is.EqualTo((line.ProbabilityOfDefault, line.BaselinePoints, line.OwnPoints, line.ContagionPoints)));
        }
    }

    [Test]
    public void NoReasonMisleads() => Assert.That(HonestReasons.FaultsOf(model, new MarketReading(snapshot)), Is.Empty);

    /// <summary>Takes the tie of a kind that is named first out of the store, for every client that has one, and scores again.</summary>
    [TestCase(NeighbourTie.GuaranteedDebtor, "GUARANTEES", true, 10)]
    [TestCase(NeighbourTie.Guarantor, "GUARANTEES", false, 1)]
    [TestCase(NeighbourTie.HeldCompany, "HOLDS", true, 1)]
    [TestCase(NeighbourTie.Holder, "HOLDS", false, 1)]
    public void RemovingANamedTieMovesTheScoreByItsTermWithinAHundredth(NeighbourTie tie, string relationship, bool isOutward, int least)
    {
        var scorer = model.Open(new MarketReading(snapshot));
        var (tried, moved) = (0, 0);
        foreach (var line in scorer.ScoreAll().Where(line => line.Grade != "D"))
        {
            var answer = scorer.ContagionOf(line.Node);
            if (answer.Terms.SelectMany(one => one.Ties.Select(kind => (one.Party, kind.Tie, kind.Points))).Cast<(int Party, NeighbourTie Tie, double Points)?>()
                .FirstOrDefault(one => one!.Value.Tie == tie) is not { } term) continue;
            var (client, other) = (snapshot.Nodes.IdOf(line.Node), snapshot.Nodes.IdOf(term.Party));
            var (from, to) = isOutward ? (client, other) : (other, client);
            var score = Without(client, fact => fact is RelationshipFact edge && edge.Type == relationship && edge.From == from && edge.To == to);
            Assert.That(Points(line) - score.Points, Is.EqualTo(term.Points).Within(0.01 * Math.Abs(term.Points) + 1e-9), $"{client} without {from} {relationship} {to}");
            moved += Math.Abs(term.Points) > 1 ? 1 : 0;
            if (++tried == 60) break;
        }

        Assert.That(moved, Is.GreaterThanOrEqualTo(least), "the test must be able to fail");
    }

    /// <summary>Takes the neighbour named first out, with everything that ties it to the client.</summary>
    [Test]
    public void RemovingANeighbourMovesTheScoreByItsTermWithinAHundredth()
    {
        var scorer = model.Open(new MarketReading(snapshot));
        var several = 0;
        foreach (var line in scorer.ScoreAll().Where(line => line.Grade != "D").Take(60))
        {
            if (scorer.ContagionOf(line.Node).Terms is not [var term, ..] || term.Ties.Any(tie => tie.Tie is NeighbourTie.SharedDevice)) continue;
            var (client, other) = (snapshot.Nodes.IdOf(line.Node), snapshot.Nodes.IdOf(term.Party));
            var score = Without(client, fact => fact is RelationshipFact edge && ((edge.From == client && edge.To == other) || (edge.From == other && edge.To == client)));
            Assert.That(Points(line) - score.Points, Is.EqualTo(term.Points).Within(0.01 * Math.Abs(term.Points) + 1e-9), $"{client} without {other}");
            several += term.Ties.Count > 1 ? 1 : 0;
        }

        Assert.That(several, Is.GreaterThan(2), "neighbours with several ties are among them");
    }

    private CreditScore Without(NodeId client, Func<Fact, bool> isGone)
    {
        var without = new FactSketch();
        without.Facts.AddRange(market.Facts.Where(fact => !isGone(fact)));
        var later = without.At(Day);
        return model.Open(new MarketReading(later)).Score(later.Nodes.Find(client));
    }

    private static double Points(ScoreLine line) => line.BaselinePoints + line.OwnPoints + line.ContagionPoints;
}
