using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

public sealed class OwnershipChainsTests
{
    [Test]
    public void TheBestChainsAreTheLargestProductsOfAllSimplePaths()
    {
        var compared = 0;
        foreach (var drawn in RandomGraphs.Draw(1200, largest: 7))
        {
            var holdings = HoldingGraph.Build(drawn.NodeCount, drawn.Edges.Select(edge => Holding.Of(edge.From, edge.To, edge.Share)));
            var (holder, company) = (drawn.Seed % drawn.NodeCount, (drawn.Seed / 7) % drawn.NodeCount);
            var wanted = Products(OwnershipOracle.Matrix(drawn.NodeCount, drawn.Edges), [holder], company, 1)
                .OrderByDescending(product => Math.Min(1, product)).Take(4).ToList();
            var found = OwnershipChains.Best(holdings, holder, company, 4);
            Assert.That(found.Chains.Select(chain => chain.Share).ToList(), Is.EqualTo(wanted.OrderDescending().ToList()).Within(1e-9), drawn.ToString);
            Assert.That(found.Chains.All(chain => chain.Parties.Distinct().Count() == chain.Parties.Length), drawn.ToString);
            compared += wanted.Count;
        }

        Assert.That(compared, Is.GreaterThan(500));
    }

    [Test]
    public void ChainsSayWhoHoldsWhatOfWhom()
    {
        var drawn = GraphText.Draw("""
            (X:Person)-[HOLDS share=0.5]->(A:Company)-[HOLDS share=0.6]->(D:Company)
            (X)-[HOLDS share=0.5]->(B:Company)-[HOLDS share=0.4]->(D)
            """);
        var found = OwnershipChains.Best(HoldingGraph.Of(drawn.Snapshot), drawn["X"], drawn["D"], 5);
        Assert.That(found.Chains.Select(chain => drawn.Labels(chain.Parties)), Is.EqualTo(new[] { "X A D", "X B D" }));
        Assert.That(found.Chains[0].Shares, Is.EqualTo(new[] { 0.5m, 0.6m }));
        Assert.That(found.IsComplete, Is.True);
    }

    [Test]
    public void AGraphLargerThanTheLimitIsSearchedInPartAndSaysSo()
    {
        var drawn = GraphText.Draw("(X:Person)-[HOLDS share=0.5]->(A:Company)-[HOLDS share=0.6]->(D:Company)");
        Assert.That(OwnershipChains.Best(HoldingGraph.Of(drawn.Snapshot), drawn["X"], drawn["D"], 5, nodeLimit: 2).IsComplete, Is.False);
    }

    private static IEnumerable<double> Products(double[,] shares, List<int> path, int company, double product)
    {
        if (path[^1] == company)
        {
            if (path.Count > 1) yield return product;
            yield break;
        }

        for (var next = 0; next < shares.GetLength(0); next++)
            if (shares[path[^1], next] > 0 && !path.Contains(next))
                foreach (var more in Products(shares, [.. path, next], company, product * shares[path[^1], next]))
                    yield return more;
    }
}
