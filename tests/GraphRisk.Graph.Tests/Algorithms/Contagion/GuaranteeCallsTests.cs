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
            var found = GuaranteeCalls.Find(GuaranteeSketch.Of(graph), assets, debt);
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
        var found = GuaranteeCalls.Find(GuaranteeSketch.Of(circle), [99.999999, 100, 100], [100, 100, 100]);
        Assert.That(found.Calls, Is.EqualTo(new[] { 100.0, 100.0, 100.0 }).Within(1e-9));
        Assert.That(found.Rounds, Is.LessThanOrEqualTo(3));
    }

    [Test]
    public void ACircleWithOneWhoCanPayEndsThere()
    {
        var circle = WeightedGraph.Build(3, [(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0)]);
        var found = GuaranteeCalls.Find(GuaranteeSketch.Of(circle), [90, 100, 115], [100, 100, 100]);
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
        var joint = GuaranteeCalls.Find(GuaranteeSketch.Of(coverage, coverage), assets, debt);
        Assert.That(joint.Calls, Is.EqualTo(new[] { 0.0, 0.0, 75.0, 15.0 }).Within(1e-9));
        Assert.That(joint.Residual, Is.EqualTo(new[] { 0.0, 0.0, 0.0, 5.0 }).Within(1e-9));
        Assert.That(joint.Recourse.Of(2), Is.EqualTo(new[] { new EdgeLoss(1, 2, 30), new EdgeLoss(3, 2, 15) }));
        Assert.That(joint.Unpaid.WholeOf(3), Is.EqualTo(0).Within(1e-9));
        var byShares = GuaranteeCalls.Find(GuaranteeSketch.Of(coverage), assets, debt);
        Assert.That(byShares.Calls, Is.EqualTo(new[] { 0.0, 30.0, 30.0, 30.0 }).Within(1e-9));
        Assert.That(byShares.Residual, Is.EqualTo(new[] { 0.0, 30.0, 0.0, 20.0 }).Within(1e-9));
        Assert.That(byShares.Unpaid.WholeOf(3), Is.EqualTo(15).Within(1e-9));
        // B alone is joint and several with A; C answers for its share only.
        var two = GuaranteeCalls.Find(GuaranteeSketch.Of(coverage, WeightedGraph.Build(4, [(0, 1, 1.0), (0, 2, 1.0)])), assets, debt);
        Assert.That(two.Calls, Is.EqualTo(new[] { 0.0, 0.0, 60.0, 30.0 }).Within(1e-9));
    }

    [TestCase(120, 100, new[] { 100.0 }, new[] { 20.0 }, 0)]
    [TestCase(120, 100, new[] { 15.0 }, new[] { 15.0 }, 5)]
    [TestCase(120, 20, new[] { 30.0, 40.0 }, new[] { 30.0, 40.0 }, 30)]
    [TestCase(120, 100, new[] { 30.0, 90.0 }, new[] { 5.0, 15.0 }, 0)]
    public void AnAmountCoversAllThatIsLackingUpToIt(double debt, double assets, double[] amounts, double[] called, double lost)
    {
        double[] debts = [debt, .. amounts.Select(_ => 0.0)];
        var found = GuaranteeCalls.Find(GuaranteeNetwork.Of(amounts.Select((amount, at) => new GuaranteeTerms(0, at + 1, null, amount)), debts), [assets, .. amounts.Select(_ => 500.0)], debts);
        Assert.That(found.Calls.Skip(1), Is.EqualTo(called).Within(1e-9));
        Assert.That(found.Residual[0], Is.EqualTo(lost).Within(1e-9));
    }

    [Test]
    public void OfTwoWithAmountsTheOneWhoCanPayAnswersForTheOtherUpToItsOwn()
    {
        // D lacks 100 of 120. B can pay 60 of its 75; A, called for 25 of its 30, pays 5 more. 10 are lost.
        double[] debts = [120, 0, 0];
        var found = GuaranteeCalls.Find(GuaranteeNetwork.Of([new(0, 1, null, 30, true), new(0, 2, null, 90, true)], debts), [20, 500, 60], debts);
        Assert.That(found.Calls, Is.EqualTo(new[] { 0.0, 30.0, 70.0 }).Within(1e-9));
        Assert.That(found.Residual.Sum(), Is.EqualTo(10).Within(1e-9));
        // A has nothing; C answers for all.
        var one = GuaranteeCalls.Find(GuaranteeNetwork.Of([new(0, 1, null, 100, true), new(0, 2, null, 100, true)], debts), [20, 0, 500], debts);
        Assert.That((one.Calls[2], one.Residual.Sum()), Is.EqualTo((100.0, 0.0)).Within(1e-9));
    }

    [Test]
    public void CallsUpToAmountsAreTheLeastFixpoint()
    {
        foreach (var drawn in RandomNetwork.Draw())
        {
            var (assets, debt) = (drawn.Money(200), drawn.Money(200));
            var terms = Enumerable.Range(0, drawn.Count).SelectMany(from => Enumerable.Range(0, drawn.Graph.Out.Degree(from))
                .Select(i => new GuaranteeTerms(from, drawn.Graph.Out.Neighbours(from)[i], null, 3 * drawn.Graph.OutWeightsOf(from)[i]))).ToList();
            var network = GuaranteeNetwork.Of(terms, debt);
            var (coverage, most) = (new double[drawn.Count, drawn.Count], new double[drawn.Count]);
            foreach (var one in terms.Where(one => one.Debtor != one.Guarantor))
            {
                coverage[one.Debtor, one.Guarantor] += Math.Min(debt[one.Debtor], one.Amount!.Value);
                most[one.Debtor] += Math.Min(debt[one.Debtor], one.Amount!.Value);
            }

            for (var i = 0; i < drawn.Count; i++)
                for (var j = 0; j < drawn.Count; j++) coverage[i, j] = most[i] > 0 ? coverage[i, j] / most[i] : 0;
            var (calls, _) = ContagionOracle.Calls(coverage, assets, debt, most);
            var found = GuaranteeCalls.Find(network, assets, debt);
            Assert.That(found.Calls, Is.EqualTo(calls).Within(1e-7), drawn.ToString);
            Assert.That(found.Calls.Sum(), Is.EqualTo(found.Shortfalls.Sum() - found.Residual.Sum()).Within(1e-9), drawn.ToString);
        }
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
            var (before, found) = (GuaranteeCalls.Find(GuaranteeSketch.Of(graph), assets, debt), GuaranteeCalls.Find(GuaranteeSketch.Of(graph, joint), assets, debt));
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
