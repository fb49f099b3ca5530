using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Tests.Algorithms.Contagion;

internal sealed class ContagionMeterTests
{
    private static IEnumerable<TestCaseData> Methods
    {
        get
        {
            yield return Case("clearing", (drawn, meter) => ClearingVector.Find(drawn.Network, BankruptcyCosts.None, meter));
            yield return Case("cascade", (drawn, meter) => DefaultCascade.Find(drawn.Network, 0, [0], meter));
            foreach (var rule in Enum.GetValues<DebtRankRule>())
                yield return Case($"DebtRank {rule}", (drawn, meter) => DebtRank.Find(drawn.Network, drawn.Shocks(), new DebtRankParameters(rule, 1e-13), meter));
            yield return Case("incremental DebtRank", (drawn, meter) => new IncrementalDebtRank(DebtRank.Impacts(drawn.Network), drawn.Shocks(), meter: meter));
            yield return Case("guarantee calls", (drawn, meter) => GuaranteeCalls.Find(GuaranteeSketch.Of(drawn.Graph), drawn.Assets, drawn.Outside, meter));
            yield return Case("PageRank", (drawn, meter) => PersonalisedPageRank.Find(drawn.Graph, [0], PageRankParameters.Default, meter));
            yield return Case("fire sale", (drawn, meter) => FireSale.After(
                new FireSaleMarket(Held(drawn), drawn.Money(20), [.. drawn.Assets.Select(_ => 0.001)]), [.. drawn.Assets.Select(_ => -0.1)], 3, meter));
            yield return Case("margin spiral", (drawn, meter) => MarginSpiral.After(
                new MarginAccounts(Held(drawn), drawn.Money(60), [.. drawn.Assets.Select(_ => 1.3)], [.. drawn.Assets.Select(_ => 1.4)]),
                new SecurityMarket([.. drawn.Assets.Select(_ => 200.0)], new bool[drawn.Count]), [.. drawn.Assets.Select(_ => -0.1)], meter: meter));
        }
    }

    [TestCaseSource(nameof(Methods))]
    public void WorkEndsAtAnyChargeAndIsChargedNoMore(Method method)
    {
        var charged = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            RandomNetwork Drawn() => RandomNetwork.Draw(seed + 1).Last();
            var whole = new CountingMeter();
            method(Drawn(), whole);
            charged += whole.Charges > 0 ? 1 : 0;
            for (var most = 0L; most < whole.Charges; most += 1 + (whole.Charges / 6))
            {
                var meter = new CountingMeter(most, cancels: most % 2 == 0);
                Assert.That(() => method(Drawn(), meter), Throws.InstanceOf<OperationCanceledException>().Or.InstanceOf<BudgetSpentException>());
                Assert.That(meter.Refused, Is.Zero, "the charge that fails is the last");
            }
        }

        Assert.That(charged, Is.GreaterThan(20), "of sixty networks; in some there is nothing to do");
    }

    private static Portfolios Held(RandomNetwork drawn) => Portfolios.Build(drawn.Count, drawn.Count, Enumerable.Range(0, drawn.Count)
        .SelectMany(holder => Enumerable.Range(0, drawn.Count).Select(security => (holder, security, drawn.Owed[holder, security]))));

    private static TestCaseData Case(string name, Method method) => new TestCaseData(method).SetArgDisplayNames(name);

    internal delegate object Method(RandomNetwork drawn, WorkMeter meter);
}
