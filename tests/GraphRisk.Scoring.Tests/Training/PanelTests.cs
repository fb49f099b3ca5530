using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Labels;
using GraphRisk.Scoring.Tests.Features;
using GraphRisk.Scoring.Training;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Training;

public class PanelTests
{
    private static readonly DateOnly Spring = new(2024, 3, 31);
    private static readonly DateOnly Summer = new(2024, 6, 30);
    private static readonly TrainingPlan Plan = new([Spring], [Summer], 1);

    [Test]
    public void OnlyThoseAtRiskAreObservedAndEachWithWhatCameAfter()
    {
        var market = new FactSketch().Client("Person/t:ann").Margin("Person/t:ann", Spring, 400, 2)
            .Client("Person/t:bob").Event("Person/t:ann", new(2024, 5, 1), "DEFAULT");
        var panel = Observe(market, Spring, Summer);
        Assert.That(panel.Observations.Select(row => (row.AsOf, row.Defaulted)), Is.EqualTo(new[] { (Spring, true) }), "in default in summer, nothing is left to foresee");
        Assert.That(panel.Matrix().Rows, Is.EqualTo(1));
    }

    [Test]
    public void WhoWasCuredIsAtRiskAgainAfterTheProbation()
    {
        var market = new FactSketch().Client("Person/t:ann").Margin("Person/t:ann", Spring, 400, 2)
            .Event("Person/t:ann", new(2024, 2, 1), "DEFAULT").Event("Person/t:ann", new(2024, 3, 1), "CURED").Event("Person/t:ann", new(2024, 7, 1), "DEFAULT");
        Assert.That(Observe(market, Spring, Summer).Observations.Select(row => (row.AsOf, row.Defaulted)), Is.EqualTo(new[] { (Summer, true) }));
    }

    [Test]
    public void AClientKeepsItsIdentityThoughAnEarlyQuarterKnewItByAnotherRecord()
    {
        var market = new FactSketch();
        market.Node("Person/late:1", new(2024, 5, 1), ("name", PropertyValue.Of("ann")));
        market.Client("Person/t:ann").Margin("Person/t:ann", Spring, 400, 2);
        market.Facts.Add(new RelationshipFact(
            "SAME_AS", NodeId.Parse("Person/late:1"), NodeId.Parse("Person/t:ann"), "",
            Properties.Of(("verdict", PropertyValue.OfEnum("MATCH")), ("judge", PropertyValue.Of("test"))), Validity.Always, new Provenance("test", "j", 1)));
        Assert.That(market.At(Spring).Nodes.IdOf(market.At(Spring).Nodes.OfType("Person")[0]).Key, Is.EqualTo("t:ann"));
        Assert.That(market.At(Summer).Nodes.IdOf(market.At(Summer).Nodes.OfType("Person")[0]).Key, Is.EqualTo("late:1"));
        Assert.That(Observe(market, Spring, Summer).Observations.Select(row => row.Client).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void ALargeMarketIsThinnedByWholeClients()
    {
        var market = DrawnMarket.Draw(3, 200);
        var panel = Observe(market, Spring, Summer, new TrainingOptions { MaximumRows = 100 });
        Assert.That(panel.Observations, Has.Count.InRange(60, 140));
        var whole = Observe(market, Spring, Summer).Observations.CountBy(row => row.Client).ToDictionary();
        Assert.That(panel.Observations.CountBy(row => row.Client), Is.All.Matches<KeyValuePair<ulong, int>>(client => client.Value == whole[client.Key]));
    }

    [Test]
    public void AQuarterOutsideThePlanIsRefused() => Assert.That(
        () => Observe(DrawnMarket.Draw(3, 20), new DateOnly(2024, 9, 30)), Throws.ArgumentException);

    private static Panel Observe(FactSketch market, params DateOnly[] days) => Observe(market, days, new TrainingOptions());

    private static Panel Observe(FactSketch market, DateOnly first, DateOnly second, TrainingOptions options) =>
        Observe(market, [first, second], options);

    private static Panel Observe(FactSketch market, DateOnly[] days, TrainingOptions options)
    {
        var panel = new Panel(new DefaultHistory(new MarketReading(market.At(new(2025, 12, 31)))), Plan, options);
        foreach (var day in days)
            panel.Add(FeatureSet.Open(new MarketReading(market.At(day))));
        return panel;
    }
}
