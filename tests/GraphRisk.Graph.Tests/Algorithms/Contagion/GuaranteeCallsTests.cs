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

    [Test]
    public void WhatAJointGuarantorCannotPayFallsOnTheOthers()
    {
        // D lacks 90 of 100, guaranteed wholly by A, B and C: 30 each. A has nothing and C 20 beside its own 10, of which it can pay
        // (20)/(40) of all: its call is half unpaid. B has 200. So A's 30 and C's 15 move to B, which pays 75; C's own creditor loses 5.
        var coverage = WeightedGraph.Build(4, [(0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0)]);
        double[] assets = [10, 0, 200, 20], debt = [100, 0, 0, 10];
        var joint = GuaranteeCalls.Find(coverage, assets, debt, joint: coverage);
        Assert.That(joint.Calls, Is.EqualTo(new[] { 0.0, 0.0, 75.0, 15.0 }).Within(1e-9));
        Assert.That(joint.Residual, Is.EqualTo(new[] { 0.0, 0.0, 0.0, 5.0 }).Within(1e-9));
        Assert.That(joint.Recourse.Of(2), Is.EqualTo(new[] { new EdgeLoss(1, 2, 30), new EdgeLoss(3, 2, 15) }));
        Assert.That(joint.Unpaid.WholeOf(3), Is.EqualTo(0).Within(1e-9));
        var byShares = GuaranteeCalls.Find(coverage, assets, debt);
        Assert.That(byShares.Calls, Is.EqualTo(new[] { 0.0, 30.0, 30.0, 30.0 }).Within(1e-9));
        Assert.That(byShares.Residual, Is.EqualTo(new[] { 0.0, 30.0, 0.0, 20.0 }).Within(1e-9));
        Assert.That(byShares.Unpaid.WholeOf(3), Is.EqualTo(15).Within(1e-9));
        // B alone is joint and several with A; C answers for its share only.
        var two = GuaranteeCalls.Find(coverage, assets, debt, joint: WeightedGraph.Build(4, [(0, 1, 1.0), (0, 2, 1.0)]));
        Assert.That(two.Calls, Is.EqualTo(new[] { 0.0, 0.0, 60.0, 30.0 }).Within(1e-9));
    }

    [Test]
    public void JointCallsLoseNothingAndAskNobodyForMoreThanItHasOrGuaranteed()
    {
        foreach (var drawn in RandomNetwork.Draw())
        {
            var (assets, debt) = (drawn.Money(200), drawn.Money(200));
            var graph = WeightedGraph.Build(drawn.Count, Enumerable.Range(0, drawn.Count).SelectMany(from => Enumerable.Range(0, drawn.Graph.Out.Degree(from))
                .Select(i => (from, drawn.Graph.Out.Neighbours(from)[i], Math.Min(1, drawn.Graph.OutWeightsOf(from)[i] / 30)))));
            var joint = WeightedGraph.Build(drawn.Count, Enumerable.Range(0, drawn.Count).SelectMany(from => Enumerable.Range(0, graph.Out.Degree(from))
                .Select(i => (from, graph.Out.Neighbours(from)[i], (from + i) % 3 == 0 ? 0 : graph.OutWeightsOf(from)[i]))));
            var (before, found) = (GuaranteeCalls.Find(graph, assets, debt), GuaranteeCalls.Find(graph, assets, debt, joint: joint));
            Assert.That(found.Calls.Sum(), Is.EqualTo(found.Shortfalls.Sum() - found.Residual.Sum()).Within(1e-9), drawn.ToString);
            for (var i = 0; i < drawn.Count; i++)
            {
                Assert.That(found.Residual[i], Is.InRange(0, before.Residual[i] + 1e-9), drawn.ToString);
                Assert.That(found.Attribution.WholeOf(i), Is.EqualTo(found.Calls[i]).Within(1e-9), drawn.ToString);
                Assert.That(found.CallRounds[i], Is.EqualTo(before.CallRounds[i]), drawn.ToString);
                var (gives, gets) = (found.Recourse.CausedBy(i), found.Recourse.WholeOf(i));
                Assert.That(found.Calls[i] - before.Calls[i], Is.EqualTo(gets - gives).Within(1e-9), drawn.ToString);
                if (gets > 0) Assert.That(debt[i] + found.Calls[i], Is.LessThanOrEqualTo(assets[i] + 1e-9), drawn.ToString);
                Assert.That(found.Unpaid.WholeOf(i), Is.LessThanOrEqualTo(found.Residual[i] + 1e-9), drawn.ToString);
            }
        }
    }
}
