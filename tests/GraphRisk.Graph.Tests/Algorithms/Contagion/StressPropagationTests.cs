using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Contagion;

public sealed class StressPropagationTests
{
    private static readonly StressParameters Parameters = new(Guarantee: 0.6, UnknownMeans: 0.5, Holding: 0.4, Controller: 0.4, 1e-12, 10_000);

    [Test]
    public void TheGuarantorTakesTheGuaranteedPartysStressByTheAmountOverItsMeans()
    {
        var drawn = GraphText.Draw("""
            (A:Company registeredCapital=100)-[GUARANTEES amount=50]->(B:Person)
            (P:Person)-[GUARANTEES coverage=0.5]->(B)
            """);
        var answer = Spread(drawn, "B", 0.8);
        Assert.That(answer.Stress[drawn["A"]], Is.EqualTo(0.6 * 0.5 * 0.8).Within(1e-12));
        Assert.That(answer.Stress[drawn["P"]], Is.EqualTo(0.6 * 0.5 * 0.5 * 0.8).Within(1e-12));
        Assert.That(answer.ContagionOf(drawn["B"]), Is.Zero);
    }

    [Test]
    public void TheHolderTakesByItsShareAndTheControlledCompanyFromItsController()
    {
        var drawn = GraphText.Draw("""
            (H:Person)-[HOLDS share=0.3]->(C:Company)
            (M:Person)-[HOLDS share=0.7]->(C)
            """);
        Assert.That(Spread(drawn, "C", 1).Stress[drawn["H"]], Is.EqualTo(0.4 * 0.3).Within(1e-12));
        Assert.That(Spread(drawn, "H", 1).Stress[drawn["C"]], Is.Zero);
        // A part of the controller's distress comes back to it through its holding, and goes down once more.
        Assert.That(Spread(drawn, "M", 0.5).Stress[drawn["C"]], Is.EqualTo(0.4 * 0.5 / (1 - (0.4 * 0.4 * 0.7))).Within(1e-9));
    }

    [Test]
    public void SourcesNameWhoAddsMostAndAlongWhat()
    {
        var drawn = GraphText.Draw("""
            (A:Company registeredCapital=100)-[GUARANTEES amount=50]->(B:Person)
            (A)-[HOLDS share=0.2]->(C:Company)
            """);
        var own = new double[drawn.Snapshot.Nodes.Count];
        own[drawn["B"]] = own[drawn["C"]] = 1;
        var sources = Prepare(drawn.Snapshot).Spread(own).SourcesOf(drawn["A"], 5);
        Assert.That(sources.Select(source => (drawn.LabelOf(source.From), source.Channel)), Is.EqualTo(new[] { ("B", StressChannel.Guarantee), ("C", StressChannel.Holding) }));
        Assert.That(sources.Sum(source => source.Amount), Is.EqualTo((0.6 * 0.5) + (0.4 * 0.2)).Within(1e-12));
    }

    [Test]
    public void StressEqualsTheDenseOracleOnRandomMarkets()
    {
        for (var seed = 1; seed <= 1000; seed++)
        {
            var market = RandomMarket.Draw(seed);
            var snapshot = GraphText.SnapshotOf(market.Facts);
            var random = new Random(seed);
            double[] own = [.. Enumerable.Range(0, snapshot.Nodes.Count).Select(_ => random.Next(3) == 0 ? random.NextDouble() : 0)];
            var found = Prepare(snapshot).Spread(own);
            var (stress, _) = ContagionOracle.DebtRank(Impacts(market, snapshot), own, DebtRankRule.Linear);
            Assert.That(found.Stress.ToArray(), Is.EqualTo(stress).Within(1e-8), market.ToString);
            Assert.That(found.Converged, market.ToString);
        }
    }

    /// <summary>Fact by fact: nobody in these markets has known means, and every guarantee states no coverage.</summary>
    private static double[,] Impacts(RandomMarket market, Snapshot snapshot)
    {
        var impacts = new double[snapshot.Nodes.Count, snapshot.Nodes.Count];
        foreach (var fact in market.Of("GUARANTEES").Where(fact => fact.From != fact.To))
            impacts[snapshot.Nodes.Find(fact.From), snapshot.Nodes.Find(fact.To)] += Parameters.Guarantee * Parameters.UnknownMeans;
        foreach (var pair in market.Of("HOLDS").Where(fact => fact.From != fact.To).GroupBy(fact => (fact.From, fact.To)))
        {
            var share = pair.Sum(fact => fact.Properties.TryGet("share", out var value) ? value.AsDecimal() : 0);
            var (holder, company) = (snapshot.Nodes.Find(pair.Key.From), snapshot.Nodes.Find(pair.Key.To));
            impacts[holder, company] += Parameters.Holding * Math.Min(1, (double)share);
            if (share > 0.5m) impacts[company, holder] += Parameters.Controller;
        }

        return impacts;
    }

    private static StressAnswer Spread(DrawnGraph drawn, string from, double distress)
    {
        var own = new double[drawn.Snapshot.Nodes.Count];
        own[drawn[from]] = distress;
        return Prepare(drawn.Snapshot).Spread(own);
    }

    private static StressPropagation Prepare(Snapshot snapshot) => new(snapshot, HoldingGraph.Of(snapshot), Parameters);
}
