using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Ownership;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>Without a proof's decisive holdings the verdict falls, with its sufficient ones alone it stands, and no smaller set does either.</summary>
public sealed class OwnershipProofTests
{
    private const int Sketches = 1_000;

    [TestCase(OwnershipSemantics.Walk)]
    [TestCase(OwnershipSemantics.Corrected)]
    [TestCase(OwnershipSemantics.SimplePath)]
    public void AStakeStandsAndFallsWithItsProof(OwnershipSemantics semantics)
    {
        var proved = 0;
        var question = new LookThroughQuestion(semantics) { Threshold = 0.25m };
        foreach (var sketch in OwnershipSketch.Draw(Sketches))
        {
            var graph = sketch.Graph;
            // The largest and the least by turns: few chains and many.
            var stakes = new OwnershipLookThrough(graph).AllPairs(question).Stakes;
            foreach (var stake in sketch.Seed % 2 == 0 ? stakes.Take(1) : stakes.TakeLast(1))
            {
                Check(graph, OwnershipProofs.OfStake(graph, stake.Holder, stake.Company, question)!, left =>
                    new OwnershipLookThrough(left).HoldingsOf(stake.Holder, question).Stakes.Any(one => one.Company == stake.Company), $"{stake.Holder} of {stake.Company}, {sketch}");
                proved++;
            }
        }

        Assert.That(proved, Is.GreaterThan(800));
        TestContext.Out.WriteLine($"{proved} proofs under {semantics}");
    }

    [TestCase(TreasuryShares.Counted)]
    [TestCase(TreasuryShares.Cancelled)]
    public void ControlStandsAndFallsWithItsProof(TreasuryShares treasury)
    {
        var proved = 0;
        var parameters = ControlParameters.Default with { Treasury = treasury };
        foreach (var sketch in OwnershipSketch.Draw(Sketches))
        {
            var graph = sketch.Graph;
            var (first, second) = (new Random(sketch.Seed).Next(sketch.Nodes), sketch.Seed % sketch.Nodes);
            ImmutableArray<ConcertAgreement> agreements = first == second ? [] : [new(-2 + sketch.Nodes + 10, [Math.Min(first, second), Math.Max(first, second)], [])];
            var control = new CompanyControl(graph, agreements, parameters);
            foreach (var one in Enumerable.Range(0, sketch.Nodes).SelectMany(party => control.ControlledBy(party)).Concat(agreements.SelectMany(agreement => control.ControlledBy(agreement))))
            {
                Check(graph, OwnershipProofs.OfControl(graph, agreements, parameters, one)!, left => Controlled(new CompanyControl(left, agreements, parameters), one), $"{one.Controller.Members[0]} of {one.Company}, {sketch}");
                proved++;
            }

            bool Controlled(CompanyControl left, ControlledCompany one) => one.Controller.IsConcert
                ? left.ControlledBy(agreements[0]).Any(other => other.Company == one.Company)
                : left.ControlledNodes(one.Controller.Members[0]).Contains(one.Company);
        }

        Assert.That(proved, Is.GreaterThan(1_500));
        TestContext.Out.WriteLine($"{proved} proofs of control, treasury shares {treasury}");
    }

    [Test]
    public void TheLargeHoldingsAreNamed()
    {
        // 0 has 60% of 1, 1 has 30% of 2, 0 has 25% of 2 and 4% of 3, which has 10% of 2.
        var graph = HoldingGraph.Build(4, [Holding.Of(0, 1, 0.6m), Holding.Of(1, 2, 0.3m), Holding.Of(0, 2, 0.25m), Holding.Of(0, 3, 0.04m), Holding.Of(3, 2, 0.1m)]);
        var proof = OwnershipProofs.OfControl(graph, [], ControlParameters.Default, new CompanyControl(graph).ControlledBy(0).Single(one => one.Company == 2))!;
        Assert.That(proof.Sufficient.Select(one => (one.Holder, one.Company)), Is.EqualTo(new[] { (0, 1), (0, 2), (1, 2) }));
        Assert.That(proof.Decisive.Select(one => (one.Holder, one.Company)), Is.EqualTo(new[] { (0, 1) }));
        var stake = OwnershipProofs.OfStake(graph, 0, 2, new LookThroughQuestion(OwnershipSemantics.Corrected) { Threshold = 0.4m })!;
        Assert.That(stake.Sufficient.Select(one => (one.Holder, one.Company)), Is.EqualTo(new[] { (0, 1), (0, 2), (1, 2) }), "18% and 25%");
        Assert.That(OwnershipProofs.OfStake(graph, 0, 2, new LookThroughQuestion(OwnershipSemantics.Corrected) { Threshold = 0.5m }), Is.Null, "43.4%");
        Assert.That(OwnershipProofs.OfStake(graph, 2, 0, new LookThroughQuestion(OwnershipSemantics.Corrected)), Is.Null);
    }

    private static void Check(HoldingGraph graph, OwnershipProof proof, Func<HoldingGraph, bool> stands, string what)
    {
        var all = graph.Holdings.ToArray();
        Assert.That(stands(Only(_ => false)), Is.False, what);
        Assert.That(stands(Without(proof.Decisive)), Is.False, what);
        foreach (var one in proof.Decisive) Assert.That(stands(Without(proof.Decisive.Remove(one))), Is.True, () => $"with {one} left in place, {what}");
        foreach (var one in proof.Sufficient) Assert.That(stands(Only(other => proof.Sufficient.Contains(other) && other != one)), Is.False, () => $"without {one}, {what}");
        Assert.That(stands(Only(proof.Sufficient.Contains)), Is.True, what);

        HoldingGraph Without(ImmutableArray<Holding> left) => Only(one => !left.Contains(one));
        HoldingGraph Only(Func<Holding, bool> keeps) => HoldingGraph.Build(graph.NodeCount, all.Where(keeps));
    }
}
