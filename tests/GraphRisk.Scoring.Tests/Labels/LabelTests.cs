using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.Scoring.Labels;
using GraphRisk.Scoring.Tests.Features;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Labels;

public class LabelTests
{
    private static readonly NodeId Ann = NodeId.Parse("Person/t:ann");

    [TestCase("2024-03-31", "2024-06-30", true)]
    [TestCase("2024-05-10", "2024-06-30", false, TestName = "ADefaultOnTheAsOfDateItselfIsPastNotFuture")]
    [TestCase("2024-03-31", "2024-05-10", true, TestName = "ADefaultOnTheLastDayOfTheWindowCounts")]
    [TestCase("2024-03-31", "2024-05-09", false)]
    public void ADefaultCountsAfterTheAsOfDateUpToTheEndOfTheWindow(string after, string until, bool expected)
    {
        var market = new FactSketch().Client("Person/t:ann").Event("Person/t:ann", new(2024, 5, 10), "FORCED_LIQUIDATION");
        var history = new DefaultHistory(new MarketReading(market.At(new(2025, 1, 1))));
        Assert.That(history.DefaultsWithin(Ann, DateOnly.Parse(after), DateOnly.Parse(until)), Is.EqualTo(expected));
    }

    [Test]
    public void AMarginCallIsNoDefaultAndAnUnknownClientHasNone()
    {
        var market = new FactSketch().Client("Person/t:ann").Event("Person/t:ann", new(2024, 5, 10), "MARGIN_CALL");
        var history = new DefaultHistory(new MarketReading(market.At(new(2025, 1, 1))));
        Assert.That(history.DefaultsWithin(Ann, new(2024, 1, 1), new(2024, 12, 31)), Is.False);
        Assert.That(history.DefaultsWithin(NodeId.Parse("Person/t:nobody"), new(2024, 1, 1), new(2024, 12, 31)), Is.False);
    }

    [TestCase("2024-01-01", "2024-03-31")]
    [TestCase("2024-03-31", "2024-03-31")]
    [TestCase("2024-10-01", "2024-12-31")]
    public void AQuarterEndsOnItsLastDay(string day, string end) =>
        Assert.That(Quarters.EndOf(DateOnly.Parse(day)), Is.EqualTo(DateOnly.Parse(end)));

    [Test]
    public void QuartersShiftAcrossYears()
    {
        Assert.That(Quarters.Shift(new(2024, 12, 31), 1), Is.EqualTo(new DateOnly(2025, 3, 31)));
        Assert.That(Quarters.Shift(new(2024, 3, 31), -2), Is.EqualTo(new DateOnly(2023, 9, 30)));
        Assert.That(Quarters.EndsWithin(new(2024, 2, 1), new(2024, 9, 29)), Is.EqualTo(new[] { new DateOnly(2024, 3, 31), new DateOnly(2024, 6, 30) }));
    }
}
