using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Contagion;

/// <summary>DebtRank under every rule against the rounds over all pairs.</summary>
public sealed class DebtRankTests
{
    [TestCase(DebtRankRule.Linear, 0.0, 0.008)]
    [TestCase(DebtRankRule.Linear, 0.0, 0.03)]
    [TestCase(DebtRankRule.SingleHit, 0.0, 0.02)]
    [TestCase(DebtRankRule.Threshold, 0.0, 0.02)]
    [TestCase(DebtRankRule.Differential, 0.0, 0.01)]
    [TestCase(DebtRankRule.Differential, 2.0, 0.02)]
    public void ItEqualsTheRoundsOverAllPairsAndTermsAddUp(DebtRankRule rule, double alpha, double scale)
    {
        foreach (var drawn in RandomNetwork.Draw())
        {
            var impacts = Impacts(drawn, scale);
            var shock = drawn.Shocks();
            var found = DebtRank.Find(impacts, shock, new DebtRankParameters(rule, 1e-13, Alpha: alpha));
            var (losses, passed) = ContagionOracle.DebtRank(drawn.Owed, scale, shock, rule, alpha);
            Assert.That(found.Losses, Is.EqualTo(losses).Within(1e-9), drawn.ToString);
            Assert.That(found.Converged, drawn.ToString);
            var pairs = drawn.Pairs(found.Attribution);
            for (var i = 0; i < drawn.Count; i++)
            {
                var whole = Enumerable.Range(0, drawn.Count).Sum(j => scale * drawn.Owed[j, i] * passed[j]);
                Assert.That(found.UncappedOf(i), Is.EqualTo(shock[i] + whole).Within(1e-8), drawn.ToString);
                for (var j = 0; j < drawn.Count; j++)
                    Assert.That(pairs[j, i], Is.EqualTo(whole == 0 ? 0 : scale * drawn.Owed[j, i] * passed[j] / whole * (losses[i] - shock[i])).Within(1e-8), drawn.ToString);
                Assert.That(Enumerable.Range(0, drawn.Count).Sum(j => pairs[j, i]), Is.EqualTo(found.ContagionOf(i)).Within(1e-9), drawn.ToString);
            }
        }
    }

    [Test]
    public void WhatDebtorsAreWorthLessTheirCreditorsLoseInsideAndOutside()
    {
        foreach (var drawn in RandomNetwork.Draw(outsideUpTo: 30, assetsUpTo: 150))
        {
            var found = DebtRank.Find(drawn.Network, drawn.Shocks(), DebtRankParameters.Default);
            var pairs = drawn.Pairs(found.Claims(drawn.Graph));
            var (inside, worthLess) = (pairs.Cast<double>().Sum(), 0.0);
            for (var node = 0; node < drawn.Count; node++)
            {
                worthLess += found.Passed[node] * drawn.Network.Total[node];
                inside += found.Passed[node] * drawn.Outside[node];
                var equity = drawn.Network.Equity[node];
                if (!(equity > 0)) Assert.That(found.Losses[node], Is.EqualTo(1), "without equity in default from the start");
                else Assert.That(found.Losses[node], Is.EqualTo(Math.Min(1, found.Shocks[node] + (Enumerable.Range(0, drawn.Count).Sum(j => pairs[j, node]) / equity))).Within(1e-9), drawn.ToString);
            }

            Assert.That(inside, Is.EqualTo(worthLess).Within(1e-9 * Math.Max(1, worthLess)), drawn.ToString);
        }
    }

    [Test]
    public void TermsOfKindsOfTiesAddUpToTheLossByAllKinds()
    {
        foreach (var drawn in RandomNetwork.Draw(1000))
        {
            var edges = Edges(drawn, 0.012).ToList();
            var layers = edges.GroupBy(edge => (edge.From + (edge.To * 3)) % 3).Select(kind => WeightedGraph.Build(drawn.Count, kind)).ToList();
            var found = DebtRank.Find(WeightedGraph.Build(drawn.Count, edges), drawn.Shocks(), DebtRankParameters.Default);
            for (var node = 0; node < drawn.Count; node++)
                Assert.That(layers.Sum(layer => found.AttributionOver(layer).Of(node).Sum(term => term.Amount)), Is.EqualTo(found.ContagionOf(node)).Within(1e-9), drawn.ToString);
        }
    }

    [TestCase(0.008)]
    [TestCase(0.03)]
    public void FewShockedNodesAmongManyPushWhatManyWouldSweep(double scale)
    {
        const int bystanders = 1000;
        foreach (var drawn in RandomNetwork.Draw(1000))
        {
            var edges = Edges(drawn, scale).ToList();
            var shock = new double[drawn.Count + bystanders];
            shock[drawn.Random.Next(drawn.Count)] = 0.5;
            var swept = DebtRank.Find(WeightedGraph.Build(drawn.Count, edges), shock.AsSpan(0, drawn.Count), DebtRankParameters.Default);
            var pushed = DebtRank.Find(WeightedGraph.Build(shock.Length, edges), shock, DebtRankParameters.Default);
            Assert.That(pushed.Losses.Take(drawn.Count), Is.EqualTo(swept.Losses).Within(1e-9), drawn.ToString);
            Assert.That(pushed.Losses.Skip(drawn.Count).Sum(), Is.Zero);
        }
    }

    [TestCase(0.008)]
    [TestCase(0.03)]
    public void ACloseNetworkOfSomeHundredIsSolvedByLeapsAsByRounds(double scale)
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            var edges = Enumerable.Range(0, 2000).Select(_ => (random.Next(300), random.Next(300), 18 * scale * random.NextDouble())).ToList();
            double[] shock = [.. Enumerable.Range(0, 300).Select(_ => random.Next(20) == 0 ? 0.1 * random.NextDouble() : 0)];
            var graph = WeightedGraph.Build(300, edges);
            var solved = DebtRank.Find(graph, shock, DebtRankParameters.Default);
            var rounds = DebtRank.Find(graph, shock, DebtRankParameters.Default with { MaxRounds = 1_000_000 });
            Assert.That(rounds.Converged);
            Assert.That(solved.Losses, Is.EqualTo(rounds.Losses).Within(1e-9), $"seed {seed}");
        }
    }

    [Test]
    public void RoundsStopWhereTheyAreToldTo()
    {
        var chain = WeightedGraph.Build(4, [(0, 1, 0.5), (1, 2, 0.5), (2, 3, 0.5)]);
        var two = DebtRank.Find(chain, [1, 0, 0, 0], DebtRankParameters.Default with { MaxRounds = 2 });
        Assert.That(two.Losses, Is.EqualTo(new[] { 1, 0.5, 0.25, 0 }));
        Assert.That(two.Converged, Is.False);
    }

    [Test]
    public void ANodeWithoutEquityIsNotDividedBy()
    {
        var network = new LiabilityNetwork(WeightedGraph.Build(2, [(0, 1, 10.0), (1, 0, 10.0)]), [0, 0], [0, 0], [0, 5]);
        var impacts = DebtRank.Impacts(network);
        Assert.That(impacts.OutWeights.ToArray(), Is.EqualTo(new[] { 2.0 }));
        Assert.That(impacts.Out.Neighbours(0).ToArray(), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void PersonalisedPageRankSolvesItsEquationAndItsTermsAddUp()
    {
        foreach (var drawn in RandomNetwork.Draw())
        {
            var seed = drawn.Random.Next(drawn.Count);
            var found = PersonalisedPageRank.Find(drawn.Graph, [seed], PageRankParameters.Default);
            Assert.That(found.Scores, Is.EqualTo(ContagionOracle.PageRank(drawn.Owed, seed, 0.85)).Within(1e-9), drawn.ToString);
            Assert.That(found.Scores.Sum(), Is.EqualTo(1).Within(1e-12));
            for (var node = 0; node < drawn.Count; node++)
                if (node != seed) Assert.That(found.Attribution.Of(node).Sum(term => term.Amount), Is.EqualTo(found.Scores[node]).Within(1e-9));
        }
    }

    private static WeightedGraph Impacts(RandomNetwork drawn, double scale) => WeightedGraph.Build(drawn.Count, Edges(drawn, scale));

    private static IEnumerable<(int From, int To, double Weight)> Edges(RandomNetwork drawn, double scale) =>
        Enumerable.Range(0, drawn.Count).SelectMany(from => Enumerable.Range(0, drawn.Graph.Out.Degree(from)).Select(i =>
            (from, drawn.Graph.Out.Neighbours(from)[i], scale * drawn.Graph.OutWeightsOf(from)[i])));
}
