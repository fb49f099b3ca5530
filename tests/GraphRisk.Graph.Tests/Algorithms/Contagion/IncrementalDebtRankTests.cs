using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Tests.Algorithms.Contagion;

public sealed class IncrementalDebtRankTests
{
    [TestCase(0.008)]
    [TestCase(0.03)]
    public void AfterEveryChangeItEqualsTheFullComputation(double scale)
    {
        foreach (var drawn in RandomNetwork.Draw())
        {
            var random = drawn.Random;
            var (impacts, shock) = (new double[drawn.Count, drawn.Count], drawn.Shocks());
            for (var i = 0; i < drawn.Count; i++)
                for (var j = 0; j < drawn.Count; j++) impacts[i, j] = scale * drawn.Owed[i, j];
            // Among bystanders few are due at a time and push; by themselves they are many and sweep.
            var bystanders = random.Next(2) * 400;
            var held = new IncrementalDebtRank(Graph(drawn, scale, bystanders), [.. shock, .. new double[bystanders]]);
            for (var change = 0; change < 8; change++)
            {
                var (from, to) = (random.Next(drawn.Count), random.Next(drawn.Count));
                var value = random.Next(2) == 0 ? 0 : random.NextDouble();
                if (change % 2 == 0) held.SetShock(from, shock[from] = value);
                else held.SetImpact(from, to, impacts[from, to] = value * 100 * scale);
                held.Settle();
                AssertEqual(held, impacts, shock, drawn.ToString());
            }
        }
    }

    [Test]
    public void ACircleThatNoShockReachesAnyMoreHoldsNothingUp()
    {
        // 0 → 1 ⇄ 2 → 3, the circle passing on more than it takes.
        var held = new IncrementalDebtRank(WeightedGraph.Build(4, [(0, 1, 0.1), (1, 2, 2), (2, 1, 2), (2, 3, 0.5)]), [0.5, 0, 0, 0]);
        Assert.That(Losses(held), Is.EqualTo(new[] { 0.5, 1, 1, 0.5 }));
        held.SetImpact(0, 1, 0);
        held.Settle();
        Assert.That(Losses(held), Is.EqualTo(new[] { 0.5, 0, 0, 0 }));
        held.SetShock(2, 1e-6);
        held.Settle();
        Assert.That(Losses(held), Is.EqualTo(new[] { 0.5, 1, 1, 0.5 }).Within(1e-9));
    }

    [Test]
    public void WorkThatWasEndedIsGoneOnWith()
    {
        foreach (var drawn in RandomNetwork.Draw(300))
        {
            var held = new IncrementalDebtRank(Graph(drawn, 0.01), new double[drawn.Count]);
            var shock = new double[drawn.Count];
            held.SetShock(0, shock[0] = 0.9);
            for (var budget = 0; ; budget++)
            {
                try
                {
                    held.Settle(new CountingMeter(budget, cancels: budget % 2 == 0));
                    break;
                }
                catch (Exception ended) when (ended is BudgetSpentException or OperationCanceledException)
                {
                    Assert.That(budget, Is.LessThan(100_000));
                }
            }

            var impacts = new double[drawn.Count, drawn.Count];
            for (var i = 0; i < drawn.Count; i++)
                for (var j = 0; j < drawn.Count; j++) impacts[i, j] = 0.01 * drawn.Owed[i, j];
            AssertEqual(held, impacts, shock, drawn.ToString());
        }
    }

    private static void AssertEqual(IncrementalDebtRank held, double[,] impacts, double[] shock, string drawn)
    {
        var edges = from i in Enumerable.Range(0, shock.Length) from j in Enumerable.Range(0, shock.Length) select (i, j, impacts[i, j]);
        var whole = DebtRank.Find(WeightedGraph.Build(shock.Length, edges), shock, DebtRankParameters.Default);
        Assert.That(Losses(held).Take(shock.Length), Is.EqualTo(whole.Losses).Within(1e-9), drawn);
        for (var node = 0; node < shock.Length; node++)
            Assert.That(held.TermsOf(node).Sum(term => term.Amount), Is.EqualTo(held.ContagionOf(node)).Within(1e-9), drawn);
    }

    private static double[] Losses(IncrementalDebtRank held) => [.. Enumerable.Range(0, held.Count).Select(held.LossOf)];

    private static WeightedGraph Graph(RandomNetwork drawn, double scale, int bystanders = 0) => WeightedGraph.Build(
        drawn.Count + bystanders, Enumerable.Range(0, drawn.Count).SelectMany(from => Enumerable.Range(0, drawn.Graph.Out.Degree(from)).Select(i =>
            (from, drawn.Graph.Out.Neighbours(from)[i], scale * drawn.Graph.OutWeightsOf(from)[i]))));
}
