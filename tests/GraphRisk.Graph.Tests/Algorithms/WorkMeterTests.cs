using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Tests.Algorithms.Linkage;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms;

public sealed class WorkMeterTests
{
    private static IEnumerable<TestCaseData> Questions
    {
        get
        {
            foreach (var semantics in Enum.GetValues<OwnershipSemantics>())
            {
                yield return Case($"owners by {semantics}", (prepared, node, meter) => prepared.LookThrough.OwnersOf(node, semantics, 0, meter).Stakes);
                yield return Case($"holdings by {semantics}", (prepared, node, meter) => prepared.LookThrough.HoldingsOf(node, semantics, 0, meter).Stakes);
            }

            yield return Case("controllers", (prepared, node, meter) => prepared.Control.ControllersOf(node, meter).Select(one => (one.Company, one.Votes)));
            yield return Case("controlled", (prepared, node, meter) => prepared.Control.ControlledBy(node, meter).Select(one => (one.Company, one.Votes)));
            yield return Case("chains", (prepared, node, meter) => OwnershipChains.Best(prepared.Holdings, 0, node, 3, meter: meter).Chains.Select(chain => chain.Share));
        }
    }

    [TestCaseSource(nameof(Questions))]
    public void WorkThatWasEndedAtAnyChargeLeavesTheNextAnswerAsItWas(Question ask)
    {
        foreach (var drawn in RandomGraphs.Draw(60, largest: 14))
        {
            for (var node = 0; node < drawn.NodeCount; node += 3)
            {
                var whole = new CountingMeter();
                var wanted = ask(new Prepared(drawn), node, whole).Cast<object>().ToList();
                for (var most = 0; most < whole.Charges; most += 1 + (most / 4))
                {
                    var prepared = new Prepared(drawn);
                    var meter = new CountingMeter(most, cancels: most % 2 == 0);
                    Assert.That(() => ask(prepared, node, meter).Cast<object>().ToList(), Throws.InstanceOf<OperationCanceledException>().Or.InstanceOf<BudgetSpentException>(), drawn.ToString);
                    Assert.That(meter.Refused, Is.Zero, "the charge that fails is the last");
                    Assert.That(ask(prepared, node, WorkMeter.Unlimited).Cast<object>(), Is.EqualTo(wanted), drawn.ToString);
                }
            }
        }
    }

    [Test]
    public void LinkedPartiesEndAtAnyChargeInPreparationAndInSearch()
    {
        for (var seed = 1; seed <= 30; seed++)
        {
            var market = RandomMarket.Draw(seed);
            var snapshot = GraphText.SnapshotOf(market.Facts);
            var holdings = HoldingGraph.Of(snapshot);
            var control = new CompanyControl(holdings, ConcertAgreement.InForce(snapshot));
            LinkedParties Prepare(WorkMeter meter) => new(snapshot, holdings, control, null, meter);
            AssertEnds(meter => Prepare(meter));
            var linked = Prepare(WorkMeter.Unlimited);
            AssertEnds(meter => linked.Of(seed % snapshot.Nodes.Count, meter));
        }
    }

    [Test]
    public void ABroadComponentIsBrokenOffWhileItIsFactored()
    {
        // Everybody holds a little of everybody: one component, solved by dense elimination.
        const int Count = 400;
        var holdings = HoldingGraph.Build(Count, from holder in Enumerable.Range(0, Count)
                                                 from company in Enumerable.Range(0, Count)
                                                 where (holder + company) % 7 == 0
                                                 select Holding.Of(holder, company, 0.01m));
        var look = new OwnershipLookThrough(holdings);
        var whole = new CountingMeter();
        look.OwnersOf(3, OwnershipSemantics.Walk, 0, whole);
        Assert.That(whole.Charges, Is.GreaterThan(Count), "each row of the elimination is charged");
        var fresh = new OwnershipLookThrough(holdings);
        var meter = new CountingMeter(whole.Charges / 2, cancels: true);
        Assert.That(() => fresh.OwnersOf(3, OwnershipSemantics.Walk, 0, meter), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(meter.Spent, Is.LessThan(whole.Spent));
    }

    [Test]
    public void SimplePathsWithoutEndAreBrokenOffWithinSomeHundredSteps()
    {
        const int Count = 24;
        var holdings = HoldingGraph.Build(Count, from holder in Enumerable.Range(0, Count)
                                                 from company in Enumerable.Range(0, Count)
                                                 where holder != company
                                                 select Holding.Of(holder, company, 0.04m));
        var look = new OwnershipLookThrough(holdings, LookThroughParameters.Default with { PathBudget = long.MaxValue });
        var meter = new CountingMeter(500, cancels: true);
        Assert.That(() => look.OwnersOf(0, OwnershipSemantics.SimplePath, 0, meter), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(meter.Spent, Is.LessThan(501 * 1024));
    }

    private static void AssertEnds(Func<WorkMeter, object> work)
    {
        var whole = new CountingMeter();
        work(whole);
        for (var most = 0L; most < whole.Charges; most += 1 + (whole.Charges / 8))
        {
            var meter = new CountingMeter(most);
            Assert.That(() => work(meter), Throws.InstanceOf<BudgetSpentException>());
            Assert.That(meter.Refused, Is.Zero);
        }
    }

    private static TestCaseData Case(string name, Func<Prepared, int, WorkMeter, System.Collections.IEnumerable> ask) =>
        new TestCaseData(new Question(ask)).SetArgDisplayNames(name);

    public delegate System.Collections.IEnumerable Question(Prepared prepared, int node, WorkMeter meter);

    public sealed class Prepared
    {
        public Prepared(RandomGraph drawn)
        {
            Holdings = HoldingGraph.Build(drawn.NodeCount, drawn.Edges.Select(edge => Holding.Of(edge.From, edge.To, edge.Share)));
            LookThrough = new OwnershipLookThrough(Holdings);
            Control = new CompanyControl(Holdings);
        }

        public HoldingGraph Holdings { get; }

        public OwnershipLookThrough LookThrough { get; }

        public CompanyControl Control { get; }
    }
}
