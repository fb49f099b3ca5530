using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Contagion;

/// <summary>Every measure of contagion against its slow oracle on random graphs.</summary>
public sealed class ContagionOracleTests
{
    [TestCase(1.0, 1.0)]
    [TestCase(0.5, 0.7)]
    public void TheClearingVectorIsTheGreatest(double onAssets, double onClaims)
    {
        var costs = new BankruptcyCosts(onAssets, onClaims);
        foreach (var drawn in RandomGraphs.Draw(1000))
        {
            var (owed, outside, assets) = Debts(drawn);
            var answer = ClearingVector.Find(NetworkOf(owed, outside, assets), costs);
            Assert.That(answer.Payments, Is.EqualTo(ContagionOracle.Clear(owed, outside, assets, costs)).Within(1e-8), drawn.ToString);
            Assert.That(answer.Residual, Is.LessThan(1e-9), drawn.ToString);
        }
    }

    [TestCase(0.0)]
    [TestCase(0.4)]
    public void TheCascadeFallsRoundByRound(double recovery)
    {
        foreach (var drawn in RandomGraphs.Draw(1000))
        {
            var (owed, outside, assets) = Debts(drawn);
            var network = NetworkOf(owed, outside, assets);
            double[] worth = [.. Enumerable.Range(0, assets.Length).Select(network.NetWorth)];
            Assert.That(DefaultCascade.Rounds(network, recovery), Is.EqualTo(ContagionOracle.Cascade(owed, worth, recovery)), drawn.ToString);
        }
    }

    [Test]
    public void DebtRankEqualsTheRoundsOverAllPairs([Values] DebtRankRule rule)
    {
        foreach (var drawn in RandomGraphs.Draw(1000))
        {
            var random = new Random(drawn.Seed);
            var impacts = new double[drawn.NodeCount, drawn.NodeCount];
            foreach (var edge in drawn.Edges) impacts[edge.To, edge.From] += (double)edge.Share * 0.9;
            double[] shock = [.. Enumerable.Range(0, drawn.NodeCount).Select(_ => random.Next(3) == 0 ? random.NextDouble() : 0)];
            var graph = WeightedGraph.Build(drawn.NodeCount, drawn.Edges.Select(edge => (edge.From, edge.To, (double)edge.Share * 0.9)));
            var found = DebtRank.Spread(graph, shock, DebtRankParameters.Default with { Rule = rule });
            var (stress, uncapped) = ContagionOracle.DebtRank(impacts, shock, rule);
            Assert.That(found.Stress, Is.EqualTo(stress).Within(1e-9), drawn.ToString);
            Assert.That(found.Uncapped, Is.EqualTo(uncapped).Within(1e-8), drawn.ToString);
            Assert.That(found.Converged, drawn.ToString);
        }
    }

    [Test]
    public void FewStressedNodesAmongManyPushWhatManyWouldPull()
    {
        const int bystanders = 1000;
        foreach (var drawn in RandomGraphs.Draw(1000))
        {
            var edges = drawn.Edges.Select(edge => (edge.From, edge.To, (double)edge.Share * 0.9)).ToList();
            var shock = new double[drawn.NodeCount + bystanders];
            shock[drawn.Seed % drawn.NodeCount] = 0.5;
            var pulled = DebtRank.Spread(WeightedGraph.Build(drawn.NodeCount, edges), shock.AsSpan(0, drawn.NodeCount), DebtRankParameters.Default);
            var pushed = DebtRank.Spread(WeightedGraph.Build(shock.Length, edges), shock, DebtRankParameters.Default);
            Assert.That(pushed.Stress.Take(drawn.NodeCount), Is.EqualTo(pulled.Stress).Within(1e-9), drawn.ToString);
            Assert.That(pushed.Stress.Skip(drawn.NodeCount).Sum(), Is.Zero);
        }
    }

    [Test]
    public void GuaranteeCallsAreTheLeastFixpointAndNothingIsLost()
    {
        foreach (var drawn in RandomGraphs.Draw(1000))
        {
            var random = new Random(drawn.Seed);
            double[] Money() => [.. Enumerable.Range(0, drawn.NodeCount).Select(_ => (double)random.Next(1, 200))];
            var (assets, debt) = (Money(), Money());
            var edges = drawn.Edges.Where(edge => edge.From != edge.To).ToList();
            var coverage = Matrix(drawn.NodeCount, edges);
            var graph = WeightedGraph.Build(drawn.NodeCount, edges.Select(edge => (edge.From, edge.To, (double)edge.Share)));
            var found = GuaranteeCalls.Find(graph, assets, debt);
            Assert.That(found.Converged, drawn.ToString);
            Assert.That(found.Calls, Is.EqualTo(ContagionOracle.Calls(coverage, assets, debt)).Within(1e-6), drawn.ToString);
            var passed = found.Shortfalls.Sum() - found.Residual.Sum();
            Assert.That(found.Calls.Sum(), Is.EqualTo(passed).Within(1e-6), drawn.ToString);
        }
    }

    [Test]
    public void PersonalisedPageRankSolvesItsEquation()
    {
        foreach (var drawn in RandomGraphs.Draw(1000))
        {
            var graph = WeightedGraph.Build(drawn.NodeCount, drawn.Edges.Select(edge => (edge.From, edge.To, (double)edge.Share)));
            var seed = drawn.Seed % drawn.NodeCount;
            var found = PersonalisedPageRank.Find(graph, [seed], PageRankParameters.Default);
            Assert.That(found, Is.EqualTo(ContagionOracle.PageRank(Matrix(drawn.NodeCount, drawn.Edges), seed, 0.85)).Within(1e-9), drawn.ToString);
            Assert.That(found.Sum(), Is.EqualTo(1).Within(1e-12));
        }
    }

    [Test]
    public void MarginAccountsEndAtOrAboveTheirLineOrWithNothing()
    {
        for (var seed = 1; seed <= 1000; seed++)
        {
            var random = new Random(seed);
            var count = random.Next(1, 8);
            double[] debt = [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(1, 1000))];
            double[] collateral = [.. debt.Select(amount => amount * (1.3 + random.NextDouble()))];
            var parameters = new MarginSpiralParameters(1.3, 1.4, debt.Sum() * (0.5 + (4 * random.NextDouble())));
            var answer = MarginSpiral.After(collateral, debt, -0.3 * random.NextDouble(), parameters);
            var sold = Enumerable.Range(0, count).Select(i => answer.Rounds.Sum(round => round.Sold[i])).ToArray();
            for (var i = 0; i < count; i++)
            {
                var rest = Math.Max(0, debt[i] - sold[i]);
                if (answer.Collateral[i] > 0)
                    Assert.That(answer.Collateral[i], Is.GreaterThanOrEqualTo((1.3 * rest) - 1e-9), $"seed {seed}");
                else
                    Assert.That(answer.ResidualDebt[i], Is.EqualTo(rest).Within(1e-9), $"seed {seed}");
            }

            var price = answer.Rounds.Aggregate(1.0, (factor, round) => factor * Math.Max(0, 1 - (round.Sold.Sum() / parameters.Depth)));
            Assert.That(answer.Rounds.IsEmpty ? 1 : answer.PriceFactor, Is.LessThanOrEqualTo(price + 1e-12));
            Assert.That(answer.Ended, Is.True);
        }
    }

    [Test]
    public void FireSaleFlowsAreSalesTimesHoldings()
    {
        for (var seed = 1; seed <= 1000; seed++)
        {
            var random = new Random(seed);
            var (investors, assets) = (random.Next(1, 6), random.Next(1, 6));
            double[] Draw(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * random.NextDouble())];
            double[][] holdings = [.. Enumerable.Range(0, investors).Select(_ => Draw(assets, 1)).Select(row => row.Select(part => part / row.Sum()).ToArray())];
            var market = new FireSaleMarket(holdings, Draw(investors, 100), Draw(investors, 20), Draw(assets, 0.001));
            double[] shock = [.. Draw(assets, 0.1).Select(move => -move)];
            var found = FireSale.After(market, shock);
            for (var i = 0; i < investors; i++)
            {
                var lost = -Enumerable.Range(0, assets).Sum(k => holdings[i][k] * shock[k]);
                Assert.That(found.Sales[i], Is.EqualTo(Math.Min(market.Total[i] * (1 - lost), market.Total[i] * market.Leverage[i] * lost)).Within(1e-9));
                var second = Enumerable.Range(0, assets).Sum(k => holdings[i][k] * market.PriceImpact[k]
                    * Enumerable.Range(0, investors).Sum(n => holdings[n][k] * found.Sales[n]));
                Assert.That(found.Losses[i], Is.EqualTo(market.Total[i] * second).Within(1e-9), $"seed {seed}");
            }
        }
    }

    [Test]
    public void ANodeWithoutEquityIsNotDividedBy()
    {
        var impacts = DebtRank.Impacts(WeightedGraph.Build(2, [(0, 1, 10.0), (1, 0, 10.0)]), [0, 5]);
        Assert.That(impacts.OutWeights.ToArray(), Is.EqualTo(new[] { 2.0 }));
        Assert.That(impacts.Out.Neighbours(0).ToArray(), Is.EqualTo(new[] { 1 }));
    }

    /// <summary>Debts in hundreds of the shares; assets around what is owed, so that about half are short.</summary>
    private static (double[,] Owed, double[] Outside, double[] Assets) Debts(RandomGraph drawn)
    {
        var random = new Random(drawn.Seed);
        var edges = drawn.Edges.Where(edge => edge.From != edge.To).Select(edge => edge with { Share = edge.Share * 100 }).ToList();
        double[] Money(int most) => [.. Enumerable.Range(0, drawn.NodeCount).Select(_ => (double)random.Next(0, most))];
        return (Matrix(drawn.NodeCount, edges), Money(60), Money(80));
    }

    private static double[,] Matrix(int nodes, IEnumerable<ShareEdge> edges)
    {
        var matrix = new double[nodes, nodes];
        foreach (var edge in edges) matrix[edge.From, edge.To] += (double)edge.Share;
        return matrix;
    }

    private static LiabilityNetwork NetworkOf(double[,] owed, double[] outside, double[] assets) => new(
        WeightedGraph.Build(outside.Length, from i in Enumerable.Range(0, outside.Length)
                                            from j in Enumerable.Range(0, outside.Length)
                                            select (i, j, owed[i, j])), outside, assets);
}
