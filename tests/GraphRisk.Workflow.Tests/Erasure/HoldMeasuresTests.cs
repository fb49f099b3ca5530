using System.Collections.Immutable;
using GraphRisk.Market;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Erasure;

namespace GraphRisk.Workflow.Tests.Erasure;

/// <summary>What forbids to erase a client, each by a graph that a person can check.</summary>
public sealed class HoldMeasuresTests
{
    private static readonly DateOnly Today = new(2024, 6, 30);

    [TestCase("""(Li:Person name="Li")-[CONTRACTED]->(M:MarginContract status="OPEN" debt=100)""", "DEBT,OPEN_CONTRACT")]
    [TestCase("""(Li:Person name="Li")-[CONTRACTED]->(M:MarginContract status="OPEN" debt=0)""", "OPEN_CONTRACT")]
    [TestCase("""(Li:Person name="Li")-[CONTRACTED]->(M:MarginContract status="CLOSED" debt=0)""", "")]
    [TestCase("""(C:Complaint state="RECEIVED")-[CASE_OF]->(Li:Person name="Li")""", "OPEN_CASE")]
    [TestCase("""(C:Complaint state="CLASSIFIED")-[CASE_OF]->(Li:Person name="Li")""", "OPEN_CASE")]
    [TestCase("""(C:Complaint state="UPHELD_ARCHIVED")-[CASE_OF]->(Li:Person name="Li")""", "")]
    [TestCase("""(A:Application state="APPROVED")-[CASE_OF]->(Li:Person name="Li")""", "")]
    [TestCase("""(Li:Person name="Li")-[LISTED_AS]->(L:Listing kind="DISHONEST_DEBTOR" publishedOn="2024-01-01")""", "LISTED")]
    [TestCase("""(Li:Person name="Li")-[LISTED_AS]->(L:Listing kind="DISHONEST_DEBTOR" publishedOn="2020-01-01" expiresOn="2022-01-01")""", "")]
    [TestCase("""(Li:Person name="Li")-[GUARANTEES]->(Wu:Person name="Wu")-[CONTRACTED]->(M:MarginContract status="OPEN" debt=100)""", "GUARANTEE")]
    [TestCase("""(Li:Person name="Li")-[GUARANTEES]->(Wu:Person name="Wu")""", "")]
    public void EachMeasureFindsWhatItIsAbout(string graph, string measures)
    {
        var drawn = GraphText.Draw(graph);
        var found = HoldMeasures.Find(LegalHoldTable.Shipped(), new HeldClient(new MarketReading(drawn.Snapshot), drawn["Li"], ImmutableDictionary<string, DateTimeOffset>.Empty, Today));
        Assert.That(found.Select(one => one.Hold.Measure).Order(StringComparer.Ordinal), Is.EqualTo(measures.Split(',', StringSplitOptions.RemoveEmptyEntries)));
        Assert.That(found.Select(one => (one.Why.Length > 0, one.Hold.Basis.Length > 0)), Has.All.EqualTo((true, true)));
    }

    [TestCase(2019, 6, 30, true)]
    [TestCase(2019, 7, 1, false)]
    [TestCase(2009, 1, 1, true)]
    public void ATermEndsSoManyYearsAfterTheLastDay(int year, int month, int day, bool isFree)
    {
        var table = LegalHoldTable.Read("x.csv", "name,measure,of,years,basis\nkept,RETENTION,Account CreditEvent,5,a rule");
        var days = new Dictionary<string, DateTimeOffset> { ["Account"] = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero), ["CreditEvent"] = new(year, month, day, 0, 0, 0, TimeSpan.Zero), ["Person"] = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        var found = HoldMeasures.Find(table, new HeldClient(new MarketReading(GraphText.Draw("""(Li:Person name="Li")""").Snapshot), -1, days, Today));
        Assert.That(found, isFree ? Is.Empty : Has.Count.EqualTo(1));
        if (!isFree) Assert.That((found[0].Until, found[0].Why), Is.EqualTo((new DateOnly(2024, 7, 1), "the last CreditEvent is of 2019-07-01, kept until 2024-07-01")));
    }

    [TestCase("name,measure\n", "heading")]
    [TestCase("name,measure,of,years,basis\na,NEVER,,,b", "line 2")]
    [TestCase("name,measure,of,years,basis\na,RETENTION,Account,,b", "says no years")]
    [TestCase("name,measure,of,years,basis\na,DEBT,,3,b", "says some years")]
    [TestCase("name,measure,of,years,basis\na,OPEN_CASE,,,b", "names no types")]
    [TestCase("name,measure,of,years,basis\n# a note\na,DEBT,,,b\na,LISTED,,,b", "twice")]
    [TestCase("name,measure,of,years,basis\na,DEBT", "five cells")]
    public void ATableThatIsNoneIsRefusedWithItsLine(string text, string why) =>
        Assert.That(() => LegalHoldTable.Read("holds.csv", text), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("holds.csv").And.Message.Contains(why));
}
