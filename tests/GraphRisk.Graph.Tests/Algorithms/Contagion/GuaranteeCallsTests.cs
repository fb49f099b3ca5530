using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Tests.Algorithms.Contagion;

public sealed class GuaranteeCallsTests
{
    [TestCase(1.0)]
    [TestCase(3.0)]
    public void CallsAreTheLeastFixpointAndNothingIsLost(double scale)
    {
        foreach (var drawn in RandomNetwork.Draw())
        {
            var (assets, debt) = (drawn.Money(200), drawn.Money(200));
            var part = scale / 100;
            var coverage = new double[drawn.Count, drawn.Count];
            for (var i = 0; i < drawn.Count; i++)
                for (var j = 0; j < drawn.Count; j++) coverage[i, j] = i == j ? 0 : part * drawn.Owed[i, j];
            var graph = WeightedGraph.Build(drawn.Count, Enumerable.Range(0, drawn.Count).SelectMany(from => Enumerable.Range(0, drawn.Graph.Out.Degree(from))
                .Select(i => (from, drawn.Graph.Out.Neighbours(from)[i], part * drawn.Graph.OutWeightsOf(from)[i]))));
            var found = GuaranteeCalls.Find(graph, assets, debt);
            var (calls, taken) = ContagionOracle.Calls(coverage, assets, debt);
            Assert.That(found.Calls, Is.EqualTo(calls).Within(1e-7), drawn.ToString);
            Assert.That(found.Calls.Sum(), Is.EqualTo(found.Shortfalls.Sum() - found.Residual.Sum()).Within(1e-9), drawn.ToString);
            var pairs = drawn.Pairs(found.Attribution);
            for (var i = 0; i < drawn.Count; i++)
            {
                Assert.That(Enumerable.Range(0, drawn.Count).Sum(j => pairs[j, i]), Is.EqualTo(found.Calls[i]).Within(1e-9), drawn.ToString);
                var whole = Math.Max(1, Enumerable.Range(0, drawn.Count).Sum(j => coverage[i, j]));
                for (var j = 0; j < drawn.Count; j++)
                    Assert.That(pairs[i, j], Is.EqualTo(taken[i] * coverage[i, j] / whole).Within(1e-7), drawn.ToString);
            }
        }
    }

    [Test]
    public void ACircleThatIsALittleShortIsCalledToTheEndInAFewRounds()
    {
        // Each covers the next wholly; the first lacks a millionth, and nobody has anything to spare: all debts are called.
        var circle = WeightedGraph.Build(3, [(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0)]);
        var found = GuaranteeCalls.Find(circle, [99.999999, 100, 100], [100, 100, 100]);
        Assert.That(found.Calls, Is.EqualTo(new[] { 100.0, 100.0, 100.0 }).Within(1e-9));
        Assert.That(found.Rounds, Is.LessThanOrEqualTo(3));
    }

    [Test]
    public void ACircleWithOneWhoCanPayEndsThere()
    {
        var circle = WeightedGraph.Build(3, [(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0)]);
        var found = GuaranteeCalls.Find(circle, [90, 100, 115], [100, 100, 100]);
        Assert.That(found.Calls, Is.EqualTo(new[] { 0.0, 10.0, 10.0 }).Within(1e-9));
        Assert.That(found.Residual, Is.EqualTo(new[] { 0.0, 0.0, 0.0 }).Within(1e-9));
    }
}
