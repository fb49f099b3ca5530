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

    private static byte[] Bytes(FactSketch market)
    {
        var features = FeatureSet.Open(new MarketReading(market.At(Day)));
        return MemoryMarshal.AsBytes(features.Compute(features.Parties.Clients()).Values).ToArray();
    }
}
