using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>Holdings with changes in a few companies answer as holdings built from nothing do, to the last bit.</summary>
public sealed class ChangedHoldingsTests
{
    private const int Sketches = 60;
    private const int Steps = 5;

    [TestCase(OwnershipSemantics.Walk)]
    [TestCase(OwnershipSemantics.Corrected)]
    [TestCase(OwnershipSemantics.SimplePath)]
    public void ARandomChangeIsAnsweredAsAFullSolveIs(OwnershipSemantics semantics)
    {
        var (compared, circles) = (0, 0);
        foreach (var sketch in OwnershipSketch.Draw(Sketches).Concat(OwnershipSketch.DrawLoose(Sketches)))
        {
            var random = new Random(sketch.Seed);
            var (root, statements, nodes, changed) = (sketch.Graph, sketch.Statements.ToList(), sketch.Nodes, new SortedSet<int>());
            OwnershipLookThrough.Of(root).AllPairs(semantics, 0);
            for (var step = 0; step < Steps; step++)
            {
                nodes += random.Next(4) == 0 ? 1 : 0;
                changed.UnionWith(Alter(statements, nodes, random));
                var patched = root.With(nodes, changed.ToDictionary(company => company, company => statements.Where(one => one.Company == company).ToList()));
                var built = HoldingGraph.Build(nodes, statements);
                Same(patched, built, () => $"step {step}, {sketch}");
                foreach (var bound in Enum.GetValues<ShareBound>())
                {
                    var question = new LookThroughQuestion(semantics) { Bound = bound, Threshold = step % 2 == 0 ? 0 : 0.25m };
                    var whole = new OwnershipLookThrough(built);
                    var (found, wanted) = (OwnershipLookThrough.Of(patched).AllPairs(question), whole.AllPairs(question));
                    Assert.That(found.Stakes, Is.EqualTo(wanted.Stakes), () => $"step {step}, {bound}, {sketch}");
                    Assert.That(found.Findings.Select(Told), Is.EqualTo(wanted.Findings.Select(Told)), () => $"step {step}, {bound}, {sketch}");
                    var holder = random.Next(nodes);
                    Assert.That(OwnershipLookThrough.Of(patched).HoldingsOf(holder, question).Stakes, Is.EqualTo(whole.HoldingsOf(holder, question).Stakes), () => $"{holder}, step {step}, {sketch}");
                    compared += wanted.Stakes.Length;
                }

                var components = GraphRisk.Graph.Algorithms.Structure.StronglyConnectedComponents.Find(built.Out);
                circles += Enumerable.Range(0, components.Count).Count(component => components.SizeOf(component) > 1);
            }
        }

        Assert.That((compared > 10_000, circles > 200), Is.EqualTo((true, true)), $"{compared} stakes, {circles} circles");
    }

    [Test]
    public void ControlAndRulesOfChangedHoldingsAreThoseOfAFullSolve()
    {
        var controlled = 0;
        foreach (var sketch in OwnershipSketch.DrawLoose(Sketches))
        {
            var random = new Random(sketch.Seed);
            var (root, statements) = (sketch.Graph, sketch.Statements.ToList());
            var changed = Alter(statements, sketch.Nodes, random).Concat(Alter(statements, sketch.Nodes, random)).ToHashSet();
            var patched = root.With(sketch.Nodes, changed.ToDictionary(company => company, company => statements.Where(one => one.Company == company).ToList()));
            var built = HoldingGraph.Build(sketch.Nodes, statements);
            Assert.That(patched.WithoutTreasury().Holdings.ToArray(), Is.EqualTo(built.WithoutTreasury().Holdings.ToArray()), sketch.ToString);
            foreach (var bound in Enum.GetValues<ShareBound>())
                for (var party = 0; party < sketch.Nodes; party++)
                {
                    var parameters = ControlParameters.Default with { Bound = bound, Treasury = TreasuryShares.Cancelled };
                    var (found, wanted) = (new CompanyControl(patched, parameters: parameters).ControlledBy(party), new CompanyControl(built, parameters: parameters).ControlledBy(party));
                    Assert.That(found.Select(Told), Is.EqualTo(wanted.Select(Told)), sketch.ToString);
                    controlled += wanted.Length;
                }
        }

        Assert.That(controlled, Is.GreaterThan(300));
    }

    /// <summary>The real path: a store to which single holdings, nominees, trusts and indirect statements are added, retracted and said again, version after version.</summary>
    [Test]
    public async Task ASnapshotOfALaterVersionSharesWhatIsPreparedAndHoldsWhatOneBuiltAnewHolds()
    {
        var (shared, steps) = (0, 0);
        for (var seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            await using var store = new InMemoryGraphStore(GraphText.Catalog);
            var number = 0;
            await AppendAsync(Enumerable.Range(0, 4).Select(node => Node($"Person/P{node}", null)).Concat(Enumerable.Range(0, 6).Select(node => Node($"Company/C{node}", node == 5 ? "ARRANGEMENT" : "COMPANY"))).Select(Change.Assert));
            await AppendAsync(Enumerable.Range(0, 12).Select(_ => Change.Assert(Holding(random))));
            var known = await BuildAsync(store);
            HoldingGraph.Of(known);
            for (var step = 0; step < 12; step++)
            {
                await AppendAsync([random.Next(12) switch
                {
                    0 => Change.Assert(new RelationshipFact("RELATED_TO", NodeId.Parse($"Person/P{random.Next(4)}"), NodeId.Parse("Company/C5"), "", Properties.Of(("kind", PropertyValue.Of("settlor"))), Validity.Always, Source("tie"))),
                    1 => Change.Assert(Node($"Company/C{random.Next(5)}", random.Next(2) == 0 ? "COMPANY" : "FUND")),
                    2 => Change.Assert(Node($"Person/N{step}", null)),
                    3 => Change.Assert(Node($"Company/N{step}", "COMPANY")),
                    4 => Change.Retract(Holding(random)),
                    _ => Change.Assert(Holding(random)),
                }]);
                var (updated, rebuilt) = (await SnapshotUpdater.TryUpdateAsync(known, store, await store.GetVersionAsync()), await BuildAsync(store));
                steps++;
                if (updated is null)
                {
                    HoldingGraph.Of(known = rebuilt);
                    continue;
                }

                // Now and then nothing is asked of a version, and the next one inherits what was prepared before it.
                if (random.Next(3) > 0)
                {
                    var (found, wanted) = (HoldingGraph.Of(updated), HoldingGraph.Of(rebuilt));
                    shared += ReferenceEquals(found.Root, found) ? 0 : 1;
                    Same(found, wanted, () => $"seed {seed}, step {step}");
                    Assert.That(
                        OwnershipLookThrough.Of(found).AllPairs(OwnershipSemantics.Corrected, 0).Stakes, Is.EqualTo(new OwnershipLookThrough(wanted).AllPairs(OwnershipSemantics.Corrected, 0).Stakes), $"seed {seed}, step {step}");
                }

                known = updated;
            }

            async Task AppendAsync(IEnumerable<Change> changes) =>
                await store.AppendAsync(new ChangeSet($"{++number}", Validity.StartOf(new DateOnly(2024, 1, 1)).AddHours(number), "test", [.. changes]));
        }

        Assert.That(shared, Is.GreaterThan(steps / 3), $"of {steps} versions; otherwise the test proves nothing");
    }

    private static void Same(HoldingGraph found, HoldingGraph wanted, Func<string> where)
    {
        Assert.That(found.Holdings.ToArray(), Is.EqualTo(wanted.Holdings.ToArray()), where);
        Assert.That((found.NodeCount, found.Out.EdgeCount, found.In.EdgeCount), Is.EqualTo((wanted.NodeCount, wanted.Out.EdgeCount, wanted.In.EdgeCount)), where);
        Assert.That(found.Findings.Select(Told), Is.EqualTo(wanted.Findings.Select(Told)), where);
        for (var node = 0; node < wanted.NodeCount; node++)
        {
            Assert.That(found.EdgesInto(node).ToArray().Select(edge => found[edge]), Is.EqualTo(wanted.EdgesInto(node).ToArray().Select(edge => wanted[edge])), where);
            Assert.That(found.In.Neighbours(node).ToArray(), Is.EqualTo(wanted.In.Neighbours(node).ToArray()), where);
        }
    }

    private static string Told(OwnershipFinding finding) => $"{finding.Kind} {string.Join(' ', finding.Companies)} {finding.Amount} {string.Join(' ', finding.Holders)} {finding.Detail}";

    private static string Told(ControlledCompany one) => $"{one.Company} {one.Votes} {one.IsUltimate} {string.Join(' ', one.Blocks)}";

    /// <summary>A statement more, less, or another part: gives the companies.</summary>
    private static int[] Alter(List<Holding> statements, int nodes, Random random)
    {
        var at = random.Next(statements.Count);
        var (company, part) = (statements[at].Company, ShareInterval.Exactly(random.Next(0, 1001) * 0.001m));
        if (random.Next(4) == 0) part = ShareInterval.Read(null, random.Next(0, 40) * 0.01m, random.Next(40, 101) * 0.01m, random.Next(2) == 0, random.Next(2) == 0);
        switch (random.Next(3))
        {
            case 0 when statements.Count > 1:
                statements.RemoveAt(at);
                return [company];
            case 1:
                statements[at] = statements[at] with { Equity = part, Votes = part };
                return [company];
            default:
                var added = new Holding(random.Next(nodes), random.Next(nodes), part, part);
                statements.Add(added);
                return [added.Company];
        }
    }

    private static async Task<Snapshot> BuildAsync(InMemoryGraphStore store) => await SnapshotBuilder.BuildAsync(store, await store.GetVersionAsync(), GraphText.DefaultAsOf);

    private static NodeFact Node(string id, string? kind) =>
        new(NodeId.Parse(id), kind is null ? Properties.Of(("name", PropertyValue.Of(id))) : Properties.Of(("name", PropertyValue.Of(id)), ("kind", PropertyValue.OfEnum(kind))), Validity.Always, Source(id));

    /// <summary>A holding of one of few pairs, so that many are said again.</summary>
    private static RelationshipFact Holding(Random random)
    {
        var holder = random.Next(3) == 0 ? $"Company/C{random.Next(6)}" : $"Person/P{random.Next(4)}";
        var company = $"Company/C{random.Next(random.Next(8) == 0 ? 6 : 5)}";
        List<(string, PropertyValue)> properties = [("directness", PropertyValue.OfEnum(random.Next(5) == 0 ? "INDIRECT" : "DIRECT"))];
        if (random.Next(5) > 0) properties.Add(("share", PropertyValue.Of(random.Next(1, 60) * 0.01m)));
        return new RelationshipFact("HOLDS", NodeId.Parse(holder), NodeId.Parse(company), "", Properties.Of(properties.ToImmutableArray().AsSpan()), Validity.Always, Source(holder + company));
    }

    private static Provenance Source(string key) => new("test", key, 0.9m);
}
