using GraphRisk.Graph.Algorithms.Contagion;

namespace GraphRisk.Graph.Tests.Algorithms.Contagion;

/// <summary>Clearing and cascades against slow oracles; every loss along its edge, and none of it lost.</summary>
public sealed class ClearingTests
{
    [TestCase(1.0, 1.0)]
    [TestCase(0.5, 0.7)]
    public void TheClearingVectorIsTheGreatest(double onAssets, double onClaims)
    {
        var costs = new BankruptcyCosts(onAssets, onClaims);
        foreach (var drawn in RandomNetwork.Draw())
        {
            var answer = ClearingVector.Find(drawn.Network, costs);
            var payments = ContagionOracle.Clear(drawn.Owed, drawn.Outside, drawn.Assets, costs);
            Assert.That(answer.Payments, Is.EqualTo(payments).Within(1e-8), drawn.ToString);
            Assert.That(answer.Residual, Is.LessThan(1e-9), drawn.ToString);
        }
    }

    [TestCase(1.0, 1.0)]
    [TestCase(0.5, 0.7)]
    public void WhatADebtorDoesNotPayItsCreditorsLose(double onAssets, double onClaims)
    {
        foreach (var drawn in RandomNetwork.Draw())
        {
            var answer = ClearingVector.Find(drawn.Network, new BankruptcyCosts(onAssets, onClaims));
            var pairs = drawn.Pairs(answer.Attribution);
            for (var debtor = 0; debtor < drawn.Count; debtor++)
            {
                var (owed, unpaid) = (drawn.Network.Total[debtor], drawn.Network.Total[debtor] - answer.Payments[debtor]);
                var lostOnIt = answer.OutsideLosses[debtor];
                for (var creditor = 0; creditor < drawn.Count; creditor++)
                {
                    lostOnIt += pairs[debtor, creditor];
                    Assert.That(pairs[debtor, creditor], Is.EqualTo(owed == 0 ? 0 : drawn.Owed[debtor, creditor] * unpaid / owed).Within(1e-9), drawn.ToString);
                }

                Assert.That(lostOnIt, Is.EqualTo(unpaid).Within(1e-9), drawn.ToString);
                var lostByIt = Enumerable.Range(0, drawn.Count).Sum(other => pairs[other, debtor]);
                Assert.That(answer.Losses[debtor], Is.EqualTo(lostByIt).Within(1e-9), drawn.ToString);
                if (answer.DefaultRounds[debtor] >= 0)
                    Assert.That(unpaid, Is.EqualTo(lostByIt + answer.BankruptcyCosts[debtor] - drawn.Network.NetWorth(debtor)).Within(1e-9), "short by itself, by others, by bankruptcy");
            }

            Assert.That(answer.Losses.Sum() + answer.OutsideLosses.Sum(), Is.EqualTo(drawn.Network.Total.ToArray().Sum() - answer.Payments.Sum()).Within(1e-9), drawn.ToString);
        }
    }

    [TestCase(0.0, false)]
    [TestCase(0.4, false)]
    [TestCase(0.4, true)]
    public void TheCascadeFallsRoundByRoundAndEveryClaimOnADefaulterIsLost(double recovery, bool isStarted)
    {
        foreach (var drawn in RandomNetwork.Draw())
        {
            int[] initial = isStarted ? [drawn.Random.Next(drawn.Count)] : [];
            double[] equity = [.. Enumerable.Range(0, drawn.Count).Select(node => drawn.Network.NetWorth(node) * drawn.Random.Next(0, 3))];
            var network = new LiabilityNetwork(drawn.Graph, drawn.Outside, drawn.Assets, equity);
            var answer = DefaultCascade.Find(network, recovery, initial);
            var rounds = ContagionOracle.Cascade(drawn.Owed, equity, recovery, initial);
            Assert.That(Enumerable.Range(0, answer.Rounds).Select(answer.DefaultsAfter), Is.EqualTo(rounds), drawn.ToString);
            SortedSet<int> defaults = rounds.Count == 0 ? [] : rounds[^1];
            var pairs = drawn.Pairs(answer.Attribution);
            for (var i = 0; i < drawn.Count; i++)
            {
                for (var j = 0; j < drawn.Count; j++)
                    Assert.That(pairs[i, j], Is.EqualTo(defaults.Contains(i) ? (1 - recovery) * drawn.Owed[i, j] : 0).Within(1e-9), drawn.ToString);
                Assert.That(answer.Losses[i], Is.EqualTo(answer.Attribution.LossOf(i)).Within(1e-9));
            }

            Assert.That(answer.Losses.Sum() + answer.OutsideLosses.Sum(), Is.EqualTo((1 - recovery) * defaults.Sum(node => network.Total[node])).Within(1e-9), drawn.ToString);
        }
    }

    [Test]
    public void TwoThatOweEachOtherAllTheyHavePayEachOther()
    {
        var ring = GraphRisk.Graph.Algorithms.Structure.WeightedGraph.Build(3, [(0, 1, 1), (1, 2, 1), (2, 0, 1)]);
        var answer = ClearingVector.Find(new LiabilityNetwork(ring, [0, 0, 0], [0, 0, 0]), BankruptcyCosts.None);
        Assert.That(answer.Payments, Is.EqualTo(new[] { 1.0, 1.0, 1.0 }));
        Assert.That(answer.Defaults, Is.Empty);
    }
}
