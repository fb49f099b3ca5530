using System.Text.Json;
using GraphRisk.Scoring.Metrics;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Metrics;

public class PopulationStabilityTests
{
    [Test]
    public void TheSharedCasePasses()
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(SharedData.Require("cases/contagion.json")));
        foreach (var item in cases.RootElement.GetProperty("populationStability").EnumerateArray())
        {
            var expected = item.GetProperty("expected").EnumerateArray().Select(e => e.GetDouble()).ToArray();
            var actual = item.GetProperty("actual").EnumerateArray().Select(e => e.GetDouble()).ToArray();
            Assert.That(PopulationStability.Index(expected, actual), Is.EqualTo(item.GetProperty("psi").GetDouble()).Within(1e-9));
        }
    }

    [Test]
    public void TheSamePopulationHasNotMoved()
    {
        var values = Enumerable.Range(0, 1000).Select(i => (double)(i * 37 % 1000)).ToArray();
        Assert.That(PopulationStability.OfSamples(values, values), Is.Zero);
    }

    [Test]
    public void AShiftedPopulationHasMoved()
    {
        var values = Enumerable.Range(0, 1000).Select(i => (double)i).ToArray();
        Assert.That(PopulationStability.OfSamples(values, [.. values.Select(v => v + 300)]), Is.GreaterThan(0.25));
    }

    [Test]
    public void AnEmptyBandCostsMuchButNotInfinity() =>
        Assert.That(PopulationStability.Index([0.5, 0.5], [1, 0]), Is.InRange(1, 10));

    [Test]
    public void SharesThatDoNotSumToOneAreRefused() =>
        Assert.That(() => PopulationStability.Index([0.5, 0.4], [0.5, 0.5]), Throws.ArgumentException);

    /// <summary>One in fifty has what the others have not: that it becomes one in five shows, and that nothing changed shows too.</summary>
    [TestCase(0f)]
    [TestCase(float.NegativeInfinity)]
    public void AShiftOfTheFewThatHaveSomethingShows(float none)
    {
        float[] Having(int every) => [.. Enumerable.Range(0, 1000).Select(i => i % every == 0 ? 1f + i % 7 : none)];
        Assert.That(CharacteristicStability.Index(Having(50), Having(50)), Is.Zero);
        Assert.That(CharacteristicStability.Index(Having(50), Having(5)), Is.GreaterThan(0.4));
    }
}
