using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Tests.Randomness;

public class DrawsTests
{
    [Test]
    public void EqualNamesGiveEqualSequences()
    {
        var one = new Draws(7, DrawStream.Prices, 3);
        var other = new Draws(7, DrawStream.Prices, 3);
        Assert.That(First(one), Is.EqualTo(First(other)));
    }

    [Test]
    public void SeedStreamAndIndexEachChangeTheSequence()
    {
        var sequences = new[]
        {
            new Draws(7, DrawStream.Prices, 3), new Draws(8, DrawStream.Prices, 3),
            new Draws(7, DrawStream.Brokers, 3), new Draws(7, DrawStream.Prices, 4),
        }.Select(d => d.Next());
        Assert.That(sequences, Is.Unique);
    }

    [Test]
    public void WholeNumbersStayInTheirRangeAndReachBothEnds()
    {
        var draws = new Draws(1, DrawStream.Brokers, 0);
        var seen = Enumerable.Range(0, 2000).Select(_ => draws.Between(-2, 2)).Distinct().Order();
        Assert.That(seen, Is.EqualTo(new[] { -2, -1, 0, 1, 2 }));
    }

    [Test]
    public void NormalsHaveMeanZeroAndVarianceOne()
    {
        var draws = new Draws(5, DrawStream.Prices, 0);
        var values = Enumerable.Range(0, 50_000).Select(_ => draws.Normal()).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(values.Average(), Is.EqualTo(0).Within(0.02));
            Assert.That(values.Average(v => v * v), Is.EqualTo(1).Within(0.03));
        });
    }

    [Test]
    public void AWeightedTableGivesItemsInProportion()
    {
        var table = new WeightedTable<string>([("a", 1), ("never", 0), ("b", 3)]);
        var draws = new Draws(5, DrawStream.Prices, 1);
        var counts = Enumerable.Range(0, 20_000).Select(_ => table.Pick(draws)).CountBy(x => x).ToDictionary();
        Assert.Multiple(() =>
        {
            Assert.That(counts["b"] / 20_000.0, Is.EqualTo(0.75).Within(0.02));
            Assert.That(counts, Does.Not.ContainKey("never"));
        });
    }

    private static ulong[] First(Draws draws) => [.. Enumerable.Range(0, 20).Select(_ => draws.Next())];
}
