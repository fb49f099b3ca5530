using GraphRisk.Market;
using GraphRisk.Market.Stress;
using GraphRisk.Scoring.Capital;
using GraphRisk.Workflow.Stress;

namespace GraphRisk.Workflow.Tests.Stress;

public class CorrelatedDefaultsTests
{
    [TestCase(0.02, 0.15, 0.99)]
    [TestCase(0.05, 0.25, 0.95)]
    public void AManyOfAKindReachVasiceksQuantile(double probability, double correlation, double confidence)
    {
        // Of 2,000 alike the part that defaults is, in the limit, the conditional probability of the year: its quantile is known.
        const int Many = 2000;
        var clients = Enumerable.Range(0, Many).Select(i => new DefaultRisk(probability, [(i % 2, 1.0 / Many)])).ToList();
        var losses = CorrelatedDefaults.Draw(clients, 2, new DrawParameters { Draws = 4000, Correlation = correlation, Confidence = confidence });
        var expected = ConditionalDefault.Probability(probability, correlation, confidence);
        Assert.That(losses.Market.ValueAtRisk, Is.EqualTo(expected).Within(0.1 * expected));
        Assert.That(losses.Market.Expected, Is.EqualTo(probability).Within(0.1 * probability));
    }

    [Test]
    public void ContributionsSumToTheExpectedShortfall()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var clients = Enumerable.Range(0, 40).Select(_ => new DefaultRisk(
                random.Next(10) switch { 0 => 1, 1 => 0, _ => random.NextDouble() / 5 }, [(random.Next(3), random.NextDouble() * 1e6), (random.Next(3), random.NextDouble() * 1e6)])).ToList();
            var losses = CorrelatedDefaults.Draw(clients, 3, new DrawParameters { Draws = 500, Confidence = 0.95, Seed = (ulong)seed });
            var shortfall = losses.Market.ExpectedShortfall;
            Assert.That(losses.BrokerContributions.Sum() / shortfall, Is.EqualTo(1).Within(1e-9), $"seed {seed}");
            Assert.That(losses.ClientContributions.Sum() / shortfall, Is.EqualTo(1).Within(1e-9), $"seed {seed}");
            Assert.That(losses.Brokers.Sum(broker => broker.ExpectedShortfall), Is.GreaterThanOrEqualTo(shortfall * (1 - 1e-12)), "together is no worse than apart");
            Assert.That(shortfall, Is.GreaterThanOrEqualTo(losses.Market.ValueAtRisk));
        }
    }

    [Test]
    public void TheSameSeedDrawsTheSameYearsAndAnotherOthers()
    {
        var clients = Enumerable.Range(0, 30).Select(i => new DefaultRisk(0.1, [(0, i + 1.0)])).ToList();
        double Mean(ulong seed) => CorrelatedDefaults.Draw(clients, 1, new DrawParameters { Draws = 200, Seed = seed }).Market.Expected;
        var (first, again, other) = (Mean(1), Mean(1), Mean(2));
        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    [Test]
    public void ADefaultCostsWhatIsOpenOrThePartOfWhatIsOwed()
    {
        // Li owes B1 1,000,000 against 1,300,000 and B2 7,000,000; with LGD 0.5 and certain default B1 and B2 lose half of all they lent.
        var graph = MarketDrawing.Draw();
        var answer = StressTest.Run(new Scenario { Name = "nothing" }, new MarketReading(graph.Snapshot));
        var certain = answer.Market.Parties.Clients().ToDictionary(client => client, _ => 1.0);
        var drawn = StressedDefaults.Draw(answer, certain, 0.5, new DrawParameters { Draws = 3 });
        var owed = StressTable.Of(answer, StressDivision.Market).Single().After;
        Assert.That(drawn.Losses.Market.ValueAtRisk, Is.GreaterThanOrEqualTo((double)owed.Debt / 2).And.LessThanOrEqualTo((double)(owed.Debt + owed.Losses)));
        Assert.That(drawn.Brokers.Select(graph.LabelOf), Is.EqualTo(new[] { "B1", "B2" }));
        Assert.That(StressedDefaults.Draw(answer, new Dictionary<int, double>(), 0.5, new DrawParameters { Draws = 3 }).Losses.Market.Expected, Is.LessThan(drawn.Losses.Market.Expected));
    }
}
