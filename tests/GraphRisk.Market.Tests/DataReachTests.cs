using GraphRisk.Graph.Facts;
using GraphRisk.TestKit;

namespace GraphRisk.Market.Tests;

public class DataReachTests
{
    private static readonly DateOnly Spring = new(2024, 3, 31);
    private static readonly DateOnly Summer = new(2024, 6, 30);

    [Test]
    public void TheReachIsTheEarliestDayTheBrokersHaveStatedInFull()
    {
        var market = Market(5, "B1", Spring, Summer);
        Add(market, 3, "B2", Spring);
        Assert.That(Reach(market), Is.EqualTo(new DataReach(Spring, Spring)), "B2 has not delivered its summer");
        Add(market, 3, "B2", Summer);
        Assert.That(Reach(market), Is.EqualTo(new DataReach(Spring, Summer)));
    }

    [Test]
    public void ABrokerFarBehindTheOthersIsNamedAndNotWaitedFor()
    {
        var market = Market(3, "B1", Spring, Summer);
        Add(market, 3, "B2", Spring, Summer);
        Add(market, 3, "B3", Summer.AddDays(-DataReach.LongestWait));
        Assert.That(Reach(market)!.Value.Last, Is.EqualTo(Summer.AddDays(-DataReach.LongestWait)), "a month behind is waited for");
        Add(market, 3, "B4", Spring);
        var reading = new MarketReading(market.At(new(2035, 1, 1)));
        Assert.That(DataReach.Find(reading)!.Value.Last, Is.EqualTo(Summer.AddDays(-DataReach.LongestWait)));
        Assert.That(DataReach.Behind(reading).Select(one => (reading.Snapshot.Nodes.IdOf(one.Broker).Key, one.Last)), Is.EqualTo(new[] { ("B4", Spring) }));
    }

    [Test]
    public void OneRowDatedAheadNeverMovesIt()
    {
        var market = Market(5, "B1", Spring).Margin("Person/t:B1-0", new(2031, 1, 1), 5, 2);
        Assert.That(Reach(market)!.Value.Last, Is.EqualTo(Spring));
    }

    [Test]
    public void WhatIsClosedOrBeingDisposedOfIsStatedNoMoreAndDoesNotHoldItBack()
    {
        var market = Market(2, "B1", Spring, Summer)
            .Margin("Person/t:old", Spring.AddDays(-400), 5, 2, "DEFAULT_DISPOSAL").Edge("GRANTED_BY", "MarginContract/t:old", "Broker/B2", FactSketch.Start);
        Assert.That(Reach(market)!.Value.Last, Is.EqualTo(Summer));
    }

    [Test]
    public void WithoutALiveContractThereIsNone() => Assert.That(Reach(new FactSketch().Client("Person/t:ann")), Is.Null);

    private static FactSketch Market(int contracts, string broker, params DateOnly[] days) => Add(new FactSketch(), contracts, broker, days);

    private static FactSketch Add(FactSketch market, int contracts, string broker, params DateOnly[] days)
    {
        for (var i = 0; i < contracts; i++)
            foreach (var day in days)
                market.Client($"Person/t:{broker}-{i}").Margin($"Person/t:{broker}-{i}", day, 5, 2)
                    .Edge("GRANTED_BY", $"MarginContract/t:{broker}-{i}", $"Broker/{broker}", FactSketch.Start);
        return market;
    }

    private static DataReach? Reach(FactSketch market) => DataReach.Find(new MarketReading(market.At(new(2035, 1, 1))));
}
