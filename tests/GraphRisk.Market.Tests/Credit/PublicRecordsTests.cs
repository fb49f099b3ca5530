using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.TestKit;

namespace GraphRisk.Market.Tests.Credit;

public class PublicRecordsTests
{
    private const string Ann = "Person/t:ann";
    private static readonly DateOnly Day = new(2024, 6, 30);

    [Test]
    public void AnEntryNamedByTwoRecordsOfAPartyCountsOnce()
    {
        var market = Entry("DISHONEST_DEBTOR", Day.AddDays(-10)).Edge("LISTED_AS", Ann, "Listing/l", Day.AddDays(-5));
        Assert.That(Read(market).Records.Of(NodeOf(market)).DishonestEntries, Is.EqualTo(1));
    }

    [Test]
    public void AnEntryWithoutADayIsStillAFailure()
    {
        var market = Entry("ENFORCEMENT", null);
        var read = Read(market);
        Assert.That(read.Records.Of(NodeOf(market)).DaysSinceEntry, Is.NaN);
        Assert.That(read.Distress(WorkMeter.Unlimited).HasFailed(read.Parties.IndexOf(NodeOf(market))), Is.True);
    }

    [Test]
    public void AnotherListIsNoFailure()
    {
        var market = Entry("CONSUMPTION_RESTRICTION", Day.AddDays(-10));
        var read = Read(market);
        Assert.That(read.Records.Of(NodeOf(market)).OtherEntries, Is.EqualTo(1));
        Assert.That(read.Distress(WorkMeter.Unlimited).HasFailed(read.Parties.IndexOf(NodeOf(market))), Is.False);
    }

    private static FactSketch Entry(string kind, DateOnly? published)
    {
        var properties = new List<(string, PropertyValue)> { ("list", PropertyValue.Of("l")), ("kind", PropertyValue.OfEnum(kind)) };
        if (published is { } day) properties.Add(("publishedOn", PropertyValue.Of(day)));
        return new FactSketch().Client(Ann).Node("Listing/l", FactSketch.Start, [.. properties]).Edge("LISTED_AS", Ann, "Listing/l", FactSketch.Start);
    }

    private static MarketReading Read(FactSketch market) => new(market.At(Day));

    private static int NodeOf(FactSketch market) => market.At(Day).Nodes.Find(NodeId.Parse(Ann));
}
