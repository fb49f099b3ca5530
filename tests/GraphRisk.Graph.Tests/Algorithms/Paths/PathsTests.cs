using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Paths;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Paths;

/// <summary>Searches held against walks written out one by one, over graphs of every shape, each direction and filter.</summary>
public sealed class PathsTests
{
    private const int Hops = 4;
    private static readonly PathLimits Unbounded = new(Hops, int.MaxValue);

    private static IEnumerable<(PathOracle Oracle, EdgeWalk Walk, Func<DrawnStep, bool> Open)> Draw(int count, bool bothWays = true)
    {
        foreach (var drawn in RandomGraphs.Draw(count, largest: 6))
        {
            var oracle = new PathOracle(drawn);
            var directions = bothWays ? Enum.GetValues<WalkDirection>() : [WalkDirection.Out, WalkDirection.In];
            var (walk, open) = oracle.Draw(directions[drawn.Seed / 7 % directions.Length], drawn.Seed % 3 == 0);
            yield return (oracle, walk, open);
        }
    }

    [Test]
    public void ANeighbourhoodIsTheNodesWithAWalkAndTheirFewestSteps()
    {
        foreach (var (oracle, walk, open) in Draw(1500))
        {
            var found = Neighbourhood.Find(walk, 0, new PathLimits(3, int.MaxValue), WorkMeter.Unlimited);
            var wanted = oracle.Walks(0, 3, open).Where(steps => steps[^1].To != 0).GroupBy(steps => steps[^1].To).ToDictionary(group => group.Key, group => group.Min(steps => steps.Length));
            Assert.That(found.Nodes.ToDictionary(one => one.Node, one => one.Hops), Is.EquivalentTo(wanted), oracle.ToString);
            Assert.That(found.IsComplete);
            Assert.That(found.Nodes.Select(one => one.Hops), Is.Ordered);
            foreach (var one in found.Nodes) Assert.That(one.By.To == one.Node && (one.By.From == 0 ? 0 : wanted[one.By.From]) == one.Hops - 1, oracle.ToString);
        }
    }

    [Test]
    public void ShortestPathsAreTheSimpleOnesOfLeastLength()
    {
        foreach (var (oracle, walk, open) in Draw(1500))
            for (var to = 1; to < oracle.NodeCount; to++)
            {
                var paths = oracle.SimplePaths(0, to, Hops, open).ToList();
                var wanted = paths.Where(path => path.Length == paths.Min(other => other.Length)).Select(PathOracle.Spell);
                var found = ShortestPaths.Find(walk, 0, to, Unbounded, WorkMeter.Unlimited);
                Assert.That(found.Paths.Select(oracle.Spell), Is.EquivalentTo(wanted), () => $"{to} in {oracle}");
                Assert.That(found.IsComplete);
            }
    }

    [Test]
    public void SimplePathsAreAllShortestFirst()
    {
        foreach (var (oracle, walk, open) in Draw(1500))
            for (var to = 1; to < oracle.NodeCount; to++)
            {
                var found = SimplePaths.Between(walk, 0, to, Unbounded, WorkMeter.Unlimited);
                Assert.That(found.Paths.Select(oracle.Spell), Is.EquivalentTo(oracle.SimplePaths(0, to, Hops, open).Select(PathOracle.Spell)), () => $"{to} in {oracle}");
                Assert.That(found.Paths.Select(path => path.Steps.Length), Is.Ordered);
                Assert.That(found.IsComplete);
            }
    }

    [Test]
    public void CyclesThroughANodeAreAllEachOnce()
    {
        foreach (var (oracle, walk, open) in Draw(1500))
        {
            var found = SimplePaths.CyclesThrough(walk, 0, Unbounded, WorkMeter.Unlimited);
            Assert.That(found.Paths.Select(path => EdgesOf(oracle.Spell(path))), Is.EquivalentTo(WantedCycles(oracle, 0, walk, open)), oracle.ToString);
            Assert.That(found.Paths.Select(path => path.Steps.Length), Is.Ordered);
        }
    }

    [Test]
    public void CirclesAreTheCyclesThroughEachNodeAndNoSmallerOne()
    {
        foreach (var (oracle, walk, open) in Draw(1500, bothWays: false))
        {
            var wanted = Enumerable.Range(0, oracle.NodeCount).SelectMany(node => oracle.Cycles(node, Hops, open).Where(cycle => cycle.Min(step => step.To) == node)).Select(PathOracle.Spell);
            var found = Circles.Find(walk, Unbounded, WorkMeter.Unlimited);
            Assert.That(found.Paths.Select(oracle.Spell), Is.EquivalentTo(wanted), oracle.ToString);
            Assert.That(found.Paths.Select(path => path.Start), Is.Ordered);
        }
    }

    [TestCase(TimeOrder.Ascending)]
    [TestCase(TimeOrder.Descending)]
    public void TimesOfATemporalPathAscendOrDescendStrictly(TimeOrder order)
    {
        var sign = order == TimeOrder.Ascending ? 1 : -1;
        foreach (var (oracle, walk, open) in Draw(1500))
            for (var to = -1; to < oracle.NodeCount; to++)
            {
                int? end = to < 0 ? null : to;
                var wanted = oracle.Walks(0, Hops, step => open(step) && step.Edge.Kind == "GUARANTEES")
                    .Where(steps => Enumerable.Range(1, steps.Length - 1).All(i => sign * steps[i].Edge.At > sign * steps[i - 1].Edge.At))
                    .Where(steps => end is null || (steps[^1].To == end && steps.SkipLast(1).All(step => step.To != end)));
                var found = TemporalPaths.Find(walk, 0, end, order, Unbounded, WorkMeter.Unlimited);
                Assert.That(found.Paths.Select(oracle.Spell), Is.EquivalentTo(wanted.Select(steps => PathOracle.Spell(steps))), () => $"{end} in {oracle}");
                Assert.That(found.Paths.Select(path => path.Steps.Length), Is.Ordered);
            }
    }

    [TestCase(ChainWorth.Product, "share")]
    [TestCase(ChainWorth.Least, "amount")]
    public void TheBestChainsAreTheMostValuableOfAll(ChainWorth worth, string field)
    {
        const int Best = 4;
        foreach (var (oracle, walk, open) in Draw(1500))
            for (var to = 1; to < oracle.NodeCount; to++)
            {
                decimal? NumberOf(DrawnStep step) => field == "amount" ? step.Edge.Amount : step.Edge.Kind == "HOLDS" && step.Edge.Share > 0 ? step.Edge.Share : null;
                decimal ValueOf(IEnumerable<DrawnStep> path) => worth == ChainWorth.Product ? path.Aggregate(1m, (value, step) => value * NumberOf(step)!.Value) : path.Min(step => NumberOf(step)!.Value);
                var all = oracle.SimplePaths(0, to, Hops, step => open(step) && NumberOf(step) is not null)
                    .ToDictionary(path => PathOracle.Spell(path), path => ValueOf(path));
                var found = BestChains.Find(walk, 0, to, field, worth, new PathLimits(Hops, Best), WorkMeter.Unlimited);
                Assert.That(found.Paths.Select(path => path.Value!.Value), Is.EqualTo(all.Values.OrderDescending().Take(Best)), () => $"{to} in {oracle}");
                foreach (var path in found.Paths) Assert.That(path.Value, Is.EqualTo(all[oracle.Spell(path)]));
                Assert.That(found.Paths.Select(oracle.Spell), Is.Unique);
                Assert.That(found.IsComplete, Is.EqualTo(all.Count <= Best));
            }
    }

    [Test]
    public void CommonNeighboursComeWithAllStepsFromBoth()
    {
        foreach (var (oracle, walk, open) in Draw(1000))
        {
            var (nodes, isComplete) = CommonNeighbours.Find(walk, 0, 1, Unbounded, WorkMeter.Unlimited);
            string[] Steps(int from, int to) => [.. oracle.Walks(from, 1, open).Where(steps => steps[0].To == to).Select(steps => PathOracle.Spell(steps))];
            var wanted = Enumerable.Range(2, oracle.NodeCount - 2).Where(node => Steps(0, node).Length > 0 && Steps(1, node).Length > 0).ToList();
            Assert.That(nodes.Select(one => one.Node), Is.EqualTo(wanted), oracle.ToString);
            Assert.That(isComplete);
            foreach (var one in nodes)
            {
                Assert.That(one.FromFirst.Select(step => oracle.Spell(new GraphPath(0, [step]))), Is.EquivalentTo(Steps(0, one.Node)));
                Assert.That(one.FromSecond.Select(step => oracle.Spell(new GraphPath(1, [step]))), Is.EquivalentTo(Steps(1, one.Node)));
            }
        }
    }

    [Test]
    public void ALimitGivesTheFirstAndSaysThatThereAreMore()
    {
        var cut = 0;
        foreach (var (oracle, walk, _) in Draw(300, bothWays: false))
            foreach (var search in Searches(walk, oracle.NodeCount - 1))
            {
                var all = search(Unbounded).Paths.Select(oracle.Spell).ToList();
                for (var most = 0; most <= all.Count; most++)
                {
                    var found = search(Unbounded with { Paths = most });
                    Assert.That(found.Paths.Select(oracle.Spell), Is.EqualTo(all.Take(most)), oracle.ToString);
                    Assert.That(found.IsComplete, Is.EqualTo(most == all.Count), oracle.ToString);
                    cut += found.IsComplete ? 0 : 1;
                }
            }

        Assert.That(cut, Is.GreaterThan(1000));
    }

    [Test]
    public void ASearchThatRunsOutOfEdgesGivesPathsOfTheGraphAndSaysSo()
    {
        var cut = 0;
        foreach (var (oracle, walk, _) in Draw(300, bothWays: false))
            foreach (var search in Searches(walk, oracle.NodeCount - 1))
            {
                var all = search(Unbounded).Paths.Select(oracle.Spell).ToHashSet();
                for (var edges = 0; edges < 30; edges += 3)
                {
                    var found = search(Unbounded with { Edges = edges });
                    Assert.That(found.Paths.Select(oracle.Spell), Is.SubsetOf(all));
                    if (found.IsComplete) Assert.That(found.Paths.Select(oracle.Spell), Is.EquivalentTo(all), oracle.ToString);
                    else cut++;
                }
            }

        Assert.That(cut, Is.GreaterThan(1000));
    }

    [Test]
    public void ANeighbourhoodThatIsCutSaysSo()
    {
        foreach (var (oracle, walk, _) in Draw(300))
        {
            var all = Neighbourhood.Find(walk, 0, Unbounded, WorkMeter.Unlimited).Nodes;
            for (var most = 0; most <= all.Length; most++)
            {
                var found = Neighbourhood.Find(walk, 0, Unbounded with { Paths = most }, WorkMeter.Unlimited);
                Assert.That(found.Nodes, Is.EqualTo(all.Take(most)), oracle.ToString);
                Assert.That(found.IsComplete, Is.EqualTo(most == all.Length), oracle.ToString);
            }
        }
    }

    [Test]
    public void EverySearchEndsWithItsMeter()
    {
        foreach (var (oracle, walk, _) in Draw(60, bothWays: false))
        {
            var to = oracle.NodeCount - 1;
            Action<WorkMeter>[] searches =
            [
                meter => Neighbourhood.Find(walk, 0, Unbounded, meter), meter => ShortestPaths.Find(walk, 0, to, Unbounded, meter),
                meter => SimplePaths.Between(walk, 0, to, Unbounded, meter), meter => SimplePaths.CyclesThrough(walk, 0, Unbounded, meter),
                meter => TemporalPaths.Find(walk, 0, null, TimeOrder.Ascending, Unbounded, meter), meter => Circles.Find(walk, Unbounded, meter),
                meter => BestChains.Find(walk, 0, to, "amount", ChainWorth.Least, Unbounded, meter), meter => CommonNeighbours.Find(walk, 0, 1, Unbounded, meter),
            ];
            foreach (var search in searches)
            {
                var whole = new CountingMeter();
                search(whole);
                for (var most = 0; most < whole.Charges; most += 1 + ((int)whole.Charges / 5))
                    Assert.That(() => search(new CountingMeter(most)), Throws.TypeOf<BudgetSpentException>(), oracle.ToString);
            }
        }
    }

    [Test]
    public void AGuaranteeCircleIsGivenOnceAndAWayBackIsNoCircle()
    {
        var drawn = GraphText.Draw("""
            (A:Company)-[GUARANTEES amount=100]->(B:Company)-[GUARANTEES amount=80]->(C:Company)-[GUARANTEES amount=60]->(A)
            (A)-[GUARANTEES amount=7]->(A)
            (C)-[GUARANTEES amount=5]->(D:Company)-[GUARANTEES amount=5]->(E:Company)
            (B)-[GUARANTEES amount=9]->(C)
            """);
        EdgeWalk Walk(WalkDirection direction) => new(drawn.Snapshot, new WalkParameters { Kinds = [new WalkKind(GraphText.Catalog.Relationship("GUARANTEES"))], Direction = direction });
        string Spell(GraphPath path) => drawn.Labels(path.Steps.Select(step => step.From));
        Assert.That(Circles.Find(Walk(WalkDirection.Out), new PathLimits(6, 100), WorkMeter.Unlimited).Paths.Select(Spell), Is.EqualTo(new[] { "A", "A B C", "A B C" }));
        Assert.That(Circles.Find(Walk(WalkDirection.Out), new PathLimits(2, 100), WorkMeter.Unlimited).Paths.Select(Spell), Is.EqualTo(new[] { "A" }));
        // Either way round: the loop, B and C by both their guarantees, and each circle of three once.
        Assert.That(SimplePaths.CyclesThrough(Walk(WalkDirection.Both), drawn["B"], new PathLimits(6, 100), WorkMeter.Unlimited).Paths.Select(path => path.Steps.Length), Is.EqualTo(new[] { 2, 3, 3 }));
        Assert.That(SimplePaths.CyclesThrough(Walk(WalkDirection.Both), drawn["D"], new PathLimits(6, 100), WorkMeter.Unlimited).Paths, Is.Empty);
    }

    private static IEnumerable<Func<PathLimits, PathsFound>> Searches(EdgeWalk walk, int to) =>
    [
        limits => ShortestPaths.Find(walk, 0, to, limits, WorkMeter.Unlimited),
        limits => SimplePaths.Between(walk, 0, to, limits, WorkMeter.Unlimited),
        limits => SimplePaths.CyclesThrough(walk, 0, limits, WorkMeter.Unlimited),
        limits => TemporalPaths.Find(walk, 0, to, TimeOrder.Ascending, limits, WorkMeter.Unlimited),
        limits => BestChains.Find(walk, 0, to, "amount", ChainWorth.Least, limits, WorkMeter.Unlimited),
        limits => Circles.Find(walk, limits, WorkMeter.Unlimited),
    ];

    private static IEnumerable<string> WantedCycles(PathOracle oracle, int node, EdgeWalk walk, Func<DrawnStep, bool> open)
    {
        var all = oracle.Cycles(node, Hops, open).Select(cycle => EdgesOf(PathOracle.Spell(cycle)));
        // Walked either way, each cycle of two or more is written out both ways round.
        return walk.Direction == WalkDirection.Both ? all.Distinct() : all;
    }

    private static string EdgesOf(string spelt) => string.Join(' ', spelt.Split(' ').Select(step => step[..^1]).Order(StringComparer.Ordinal));
}
