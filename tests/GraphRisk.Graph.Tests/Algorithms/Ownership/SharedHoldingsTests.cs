using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Facts;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>Look-through and control on the shared data, held against counts stated with it and against brute force.</summary>
public sealed class SharedHoldingsTests
{
    [TestCase(OwnershipSemantics.Walk)]
    [TestCase(OwnershipSemantics.Corrected)]
    [TestCase(OwnershipSemantics.SimplePath)]
    public void TheBelgianHoldingsHave342PairsAtAQuarter(OwnershipSemantics semantics)
    {
        var answer = new OwnershipLookThrough(GraphOf(SharedHoldings.Belgian())).AllPairs(semantics, 0.25m);
        Assert.That(answer.Stakes, Has.Length.EqualTo(342));
    }

    [Test]
    public void TheBelgianHoldingsHave225ControlPairs()
    {
        var named = SharedHoldings.Belgian();
        var control = new CompanyControl(GraphOf(named));
        Assert.That(Enumerable.Range(0, named.Names.Length).Sum(party => control.ControlledNodes(party).Length), Is.EqualTo(225));
    }

    [Test]
    public void FinBenchHoldersAtAQuarterEqualTheSeriesSummedTermByTerm()
    {
        var (snapshot, nodes, named) = FinBenchSnapshot();
        var lookThrough = new OwnershipLookThrough(HoldingGraph.Of(snapshot));
        var answer = lookThrough.AllPairs(new LookThroughQuestion(OwnershipSemantics.Walk) { Threshold = 0.25m, SelfPairs = true });
        var wanted = SeriesPairs(named, 0.25m).Select(pair => (nodes[pair.Holder], nodes[pair.Company])).ToHashSet();
        Assert.That(answer.Stakes.Select(stake => (stake.Holder, stake.Company)), Is.EquivalentTo(wanted));
        Assert.That(wanted, Has.Count.EqualTo(786));
        Assert.That(lookThrough.AllPairs(OwnershipSemantics.Walk, 0.25m).Stakes, Has.Length.EqualTo(785), "one company has a quarter of itself");
        Assert.That(answer.Residual, Is.LessThanOrEqualTo(1e-9));
        TestContext.Out.WriteLine($"{wanted.Count} ordered pairs, residual {answer.Residual:E2}");
    }

    [Test]
    public void TheFinBenchComponentOf457CompaniesIsSolvedExactly()
    {
        var (snapshot, _, _) = FinBenchSnapshot();
        var holdings = HoldingGraph.Of(snapshot);
        var components = StronglyConnectedComponents.Find(holdings.Out);
        var largest = Enumerable.Range(0, components.Count).MaxBy(components.SizeOf);
        Assert.That(components.SizeOf(largest), Is.EqualTo(457));
        var lookThrough = new OwnershipLookThrough(holdings);
        foreach (var company in components.Members(largest)[..20])
        {
            foreach (var semantics in new[] { OwnershipSemantics.Walk, OwnershipSemantics.Corrected })
            {
                var answer = lookThrough.OwnersOf(company, semantics);
                Assert.That(answer.Residual, Is.LessThanOrEqualTo(1e-9));
                Assert.That(answer.Stakes, Has.Length.GreaterThan(456));
            }
        }
    }

    /// <summary>The core of 457 has more simple paths than can be listed; what is left out is told, and nobody stands so near to a quarter that it matters.</summary>
    [Test]
    public void SimplePathsOfFinBenchAreKnownToWithinTheirRemainders()
    {
        var (snapshot, _, _) = FinBenchSnapshot();
        var lookThrough = new OwnershipLookThrough(HoldingGraph.Of(snapshot));
        var (open, largest, stakes) = (0, 0.0, 0);
        foreach (var company in Enumerable.Range(0, snapshot.Nodes.Count))
        {
            var answer = lookThrough.OwnersOf(company, OwnershipSemantics.SimplePath, 0.25m);
            open += answer.Findings.Count(finding => finding.Kind == OwnershipFindingKind.ThresholdUndecided);
            stakes += answer.Stakes.Length;
            largest = answer.Stakes.Aggregate(largest, (most, stake) => Math.Max(most, stake.Remainder ?? double.PositiveInfinity));
        }

        TestContext.Out.WriteLine($"{stakes} stakes at a quarter, largest remainder {largest:E2}, {open} undecided");
        Assert.That(open, Is.Zero);
        Assert.That(largest, Is.LessThan(1e-3));
    }

    /// <summary>Column by column: A + A² + A³ + ... applied to one company until the terms vanish, over plain lists of edges.</summary>
    private static IEnumerable<(int Holder, int Company)> SeriesPairs(NamedEdges named, decimal threshold)
    {
        var edges = named.Edges.Select(edge => (edge.From, edge.To, Share: (double)edge.Share)).ToArray();
        foreach (var company in named.Edges.Select(edge => edge.To).Distinct())
        {
            var sum = new double[named.Names.Length];
            var term = new double[named.Names.Length];
            term[company] = 1;
            while (term.Max() > 1e-14)
            {
                var next = new double[term.Length];
                foreach (var (from, to, share) in edges) next[from] += share * term[to];
                for (var i = 0; i < sum.Length; i++) sum[i] += next[i];
                term = next;
            }

            for (var holder = 0; holder < sum.Length; holder++)
                if (decimal.Round((decimal)sum[holder], 12) >= threshold) yield return (holder, company);
        }
    }

    /// <summary>The sample as facts of a source, through the builder; nodes by the edges' numbers.</summary>
    private static (Graph.Snapshots.Snapshot Snapshot, int[] Nodes, NamedEdges Named) FinBenchSnapshot()
    {
        var named = SharedHoldings.FinBench();
        NodeId[] ids = [.. named.Names.Select(NodeId.Parse)];
        var snapshot = GraphText.SnapshotOf(named.Edges.Select((edge, row) => new RelationshipFact(
            "HOLDS", ids[edge.From], ids[edge.To], $"{row}", Properties.Of(("share", PropertyValue.Of(edge.Share))),
            Validity.Always, new Provenance("finbench", $"{row}", 0.9m))));
        return (snapshot, Array.ConvertAll(ids, snapshot.Nodes.Find), named);
    }

    private static HoldingGraph GraphOf(NamedEdges named) => HoldingGraph.Build(
        named.Names.Length, named.Edges.Select(edge => Holding.Of(edge.From, edge.To, edge.Share)));
}
