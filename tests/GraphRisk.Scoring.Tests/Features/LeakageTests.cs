using System.Runtime.InteropServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.Scoring.Features;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Features;

/// <summary>What happens after the as-of date must not show in any feature, however it is altered.</summary>
public class LeakageTests
{
    private static readonly DateOnly Day = new(2024, 12, 31);
    private static readonly DateTimeOffset AsOf = Validity.CloseOf(Day);

    [Test]
    public void ShiftingTheFutureChangesNoFeatureOnAThousandRandomMarkets() =>
        Hold(1000, clients: 12, (facts, random) => facts.Select(fact => ShiftFuture(fact, 1 + random.Next(300))));

    [Test]
    public void RemovingTheFutureChangesNoFeature() =>
        Hold(100, clients: 12, (facts, _) => facts.Where(fact => fact.Validity.From <= AsOf));

    [Test]
    public void RewritingTheFutureChangesNoFeature() =>
        Hold(100, clients: 12, (facts, random) => facts.Select(fact => fact.Validity.From > AsOf ? Rewrite(fact, random) : fact));

    /// <summary>The label's own neighbourhood: whoever defaults after the day, no figure of the day moves, of the client or of those tied to it.</summary>
    [Test]
    public void WhoFailsAfterTheDayMovesNoFeatureOfItsOwnNorOfAnyNeighbour() =>
        Hold(200, clients: 12, (facts, random) =>
        {
            var outcomes = new FactSketch();
            var clients = Clients(facts);
            foreach (var client in clients.Where(_ => random.Next(3) == 0))
                outcomes.Event(client, Day.AddDays(1 + random.Next(90)), "DEFAULT").Margin(client, Day.AddDays(1 + random.Next(90)), 5_000, 0.4m, "DEFAULT_DISPOSAL");
            return [.. facts.Where(fact => fact.Type is not ("CreditEvent" or "BEFELL") || fact.Validity.From <= AsOf), .. outcomes.Facts];
        });

    /// <summary>No echo: a client's own default on the day moves what the graph says of others, and nothing the graph says of itself.</summary>
    [Test]
    public void AClientsOwnFailureComesBackToItInNoFeatureOfTheGraph()
    {
        var (graph, moved) = (FeatureSet.Columns(FeatureScope.Graph), 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var market = DrawnMarket.Draw(seed, 12);
            var client = Clients(market.Facts)[seed % 12];
            var failed = new FactSketch();
            failed.Facts.AddRange(market.Facts);
            failed.Event(client, Day, "DEFAULT");
            var (before, after) = (FeatureSet.Open(new MarketReading(market.At(Day))), FeatureSet.Open(new MarketReading(failed.At(Day))));
            foreach (var node in before.Parties.Clients())
            {
                var id = before.Snapshot.Nodes.IdOf(node);
                var (one, other) = (before.Compute([node]).SelectColumns(graph), after.Compute([after.Snapshot.Nodes.Find(id)]).SelectColumns(graph));
                var isSame = one.Values.SequenceEqual(other.Values);
                if (id.ToString() == client) Assert.That(isSame, $"seed {seed}, {client}");
                else moved += isSame ? 0 : 1;
            }
        }
        Assert.That(moved, Is.GreaterThan(30), "others do feel it");
    }

    /// <summary>The test must be able to fail: what is altered on or before the day does show.</summary>
    [Test]
    public void RewritingThePastDoesChangeFeatures()
    {
        var market = DrawnMarket.Draw(1, 12);
        var random = new Random(1);
        var altered = new FactSketch();
        altered.Facts.AddRange(market.Facts.Select(fact => Rewrite(fact, random)));
        Assert.That(Bytes(altered), Is.Not.EqualTo(Bytes(market)));
    }

    private static void Hold(int seeds, int clients, Func<IEnumerable<Fact>, Random, IEnumerable<Fact>> alter)
    {
        for (var seed = 0; seed < seeds; seed++)
        {
            var market = DrawnMarket.Draw(seed, clients);
            var altered = new FactSketch();
            altered.Facts.AddRange(alter(market.Facts, new Random(seed)));
            Assert.That(Bytes(altered).AsSpan().SequenceEqual(Bytes(market)), $"seed {seed}");
        }
    }

    /// <summary>Beginnings, ends and stated days that lie after the as-of date move further away.</summary>
    private static Fact ShiftFuture(Fact fact, int days)
    {
        var from = fact.Validity.From > AsOf ? fact.Validity.From.AddDays(days) : fact.Validity.From;
        var to = fact.Validity.To > AsOf && fact.Validity.To < DateTimeOffset.MaxValue ? fact.Validity.To.AddDays(days) : fact.Validity.To;
        var properties = Properties.Of(fact.Properties.Select(property => property.Value.AsObject() is DateOnly day && day > Day
            ? property with { Value = PropertyValue.Of(day.AddDays(days)) }
            : property));
        return fact with { Validity = new Validity(from, to), Properties = properties };
    }

    private static Fact Rewrite(Fact fact, Random random) => fact with
    {
        Properties = Properties.Of(fact.Properties.Select(property => property.Value.AsObject() is decimal number
            ? property with { Value = PropertyValue.Of(property.Name == "share" ? 1 - number : number * random.Next(2, 9)) }
            : property)),
    };

    private static string[] Clients(IEnumerable<Fact> facts) =>
        [.. facts.OfType<RelationshipFact>().Where(fact => fact.Type == "CLIENT_OF").Select(fact => fact.From.ToString())];

    private static byte[] Bytes(FactSketch market)
    {
        var features = FeatureSet.Open(new MarketReading(market.At(Day)));
        return MemoryMarshal.AsBytes(features.Compute(features.Parties.Clients()).Values).ToArray();
    }
}
