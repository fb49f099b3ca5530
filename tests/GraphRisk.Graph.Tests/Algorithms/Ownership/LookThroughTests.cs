using System.Globalization;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

public sealed class LookThroughTests
{
    private const OwnershipSemantics Walk = OwnershipSemantics.Walk;
    private const OwnershipSemantics Corrected = OwnershipSemantics.Corrected;
    private const OwnershipSemantics SimplePath = OwnershipSemantics.SimplePath;

    [TestCase(Walk)]
    [TestCase(Corrected)]
    [TestCase(SimplePath)]
    public void EverySemanticsEqualsItsOracleOnRandomGraphs(OwnershipSemantics semantics)
    {
        var compared = 0;
        foreach (var drawn in RandomGraphs.Draw(1500))
        {
            var shares = OwnershipOracle.Matrix(drawn.NodeCount, drawn.Edges);
            if (semantics != SimplePath && OwnershipOracle.Walk(shares) is null) continue;
            var wanted = semantics switch
            {
                Walk => OwnershipOracle.Walk(shares)!,
                Corrected => OwnershipOracle.Corrected(shares)!,
                _ => OwnershipOracle.SimplePath(shares),
            };
            var found = new double[drawn.NodeCount, drawn.NodeCount];
            var answer = LookThrough(drawn).AllPairs(new LookThroughQuestion(semantics) { SelfPairs = true });
            foreach (var stake in answer.Stakes) found[stake.Holder, stake.Company] = stake.Share;
            Assert.That(found, Is.EqualTo(wanted).Within(1e-9), drawn.ToString);
            Assert.That(answer.Residual, Is.LessThanOrEqualTo(1e-9));
            compared++;
        }

        Assert.That(compared, Is.GreaterThan(1000));
    }

    [TestCase(Walk)]
    [TestCase(Corrected)]
    [TestCase(SimplePath)]
    public void OneHoldersAnswerAndOneCompanysAnswerAgreeWithAllPairs(OwnershipSemantics semantics)
    {
        foreach (var drawn in RandomGraphs.Draw(1000))
        {
            var lookThrough = LookThrough(drawn);
            var all = lookThrough.AllPairs(semantics, 0).Stakes.ToDictionary(stake => (stake.Holder, stake.Company), stake => stake.Share);
            for (var node = 0; node < drawn.NodeCount; node++)
            {
                foreach (var stake in lookThrough.HoldingsOf(node, semantics).Stakes)
                    Assert.That(stake.Share, Is.EqualTo(all[(node, stake.Company)]).Within(1e-9), drawn.ToString);
                Assert.That(lookThrough.HoldingsOf(node, semantics).Stakes, Has.Length.EqualTo(all.Keys.Count(pair => pair.Holder == node)), drawn.ToString);
                Assert.That(lookThrough.OwnersOf(node, semantics).Stakes, Has.Length.EqualTo(all.Keys.Count(pair => pair.Company == node)), drawn.ToString);
            }
        }
    }

    [Test]
    public void SweepsOverALargeComponentGiveWhatEliminationGives()
    {
        foreach (var drawn in RandomGraphs.Draw(1000))
        {
            var swept = LookThrough(drawn, LookThroughParameters.Default with { CoreLimit = 0 });
            var dense = LookThrough(drawn);
            foreach (var semantics in new[] { Walk, Corrected })
            {
                var (one, other) = (swept.AllPairs(semantics, 0.001m), dense.AllPairs(semantics, 0.001m));
                Assert.That(one.Findings.Select(finding => finding.Kind), Is.EqualTo(other.Findings.Select(finding => finding.Kind)), drawn.ToString);
                var found = one.Stakes.ToDictionary(stake => (stake.Holder, stake.Company), stake => stake.Share);
                foreach (var stake in other.Stakes)
                    Assert.That(found[(stake.Holder, stake.Company)], Is.EqualTo(stake.Share).Within(1e-9 * Math.Max(1, stake.Share)), drawn.ToString);
            }
        }
    }

    [Test]
    public void CyclesThatOwnThemselvesFullyAreRefusedWithAFindingAndTheRestIsAnswered()
    {
        var drawn = GraphText.Draw("""
            (X:Person)-[HOLDS share=0.5]->(A:Company)-[HOLDS share=1]->(B:Company)-[HOLDS share=1]->(A)
            (A)-[HOLDS share=0.4]->(C:Company)
            (D:Person)-[HOLDS share=0.6]->(C)
            """);
        var answer = new OwnershipLookThrough(HoldingGraph.Of(drawn.Snapshot)).OwnersOf(drawn["C"], Walk);
        Assert.That(drawn.Labels(answer.Stakes.Select(stake => stake.Holder)), Is.EqualTo("D"));
        var refused = answer.Findings.Single(finding => finding.Kind == OwnershipFindingKind.WalkDiverges);
        Assert.That(drawn.Labels(refused.Companies), Is.EqualTo("A B"));
    }

    /// <summary>A holds all of itself and all of T; A and B hold all of each other, and A half of C: none of the walks comes back to who is asked about.</summary>
    [Test]
    public void WhatNeverComesBackToItsHolderHasAnEndThoughTheWalksHaveNone()
    {
        var lookThrough = new OwnershipLookThrough(HoldingGraph.Build(3, [Holding.Of(0, 0, 1), Holding.Of(0, 1, 1), Holding.Of(2, 0, 0)]));
        Assert.That(lookThrough.OwnersOf(1, Corrected).Stakes.Single(), Has.Property("Holder").Zero.And.Property("Share").EqualTo(1.0));
        Assert.That(lookThrough.HoldingsOf(0, Corrected).Stakes.Single(), Has.Property("Company").EqualTo(1).And.Property("Share").EqualTo(1.0));
        Assert.That(lookThrough.OwnersOf(1, Corrected).Findings, Is.Empty);
        var mutual = new OwnershipLookThrough(HoldingGraph.Build(4, [Holding.Of(0, 1, 1), Holding.Of(1, 0, 1), Holding.Of(0, 2, 0.5m), Holding.Of(3, 0, 0.2m)]));
        var answer = mutual.OwnersOf(2, Corrected);
        Assert.That(answer.Stakes.Select(stake => (stake.Holder, stake.Share)), Is.EqualTo(new[] { (0, 0.5), (1, 0.5) }));
        Assert.That(answer.Findings.Select(finding => finding.Kind), Is.EqualTo(new[] { OwnershipFindingKind.SharesAboveOne, OwnershipFindingKind.WalkDiverges }), "3 stands outside the circle");
        Assert.That(mutual.HoldingsOf(1, Corrected).Stakes.Select(stake => (stake.Company, stake.Share)), Is.EqualTo(new[] { (0, 1.0), (2, 0.5) }));
    }

    [Test]
    public void DivergenceIsFoundExactlyWhereTheSeriesHasNoSum()
    {
        var diverging = 0;
        foreach (var drawn in RandomGraphs.Draw(1500))
        {
            var diverges = OwnershipOracle.Walk(OwnershipOracle.Matrix(drawn.NodeCount, drawn.Edges)) is null;
            var found = LookThrough(drawn).AllPairs(new LookThroughQuestion(Walk) { SelfPairs = true }).Findings.Any(finding => finding.Kind == OwnershipFindingKind.WalkDiverges);
            Assert.That(found, Is.EqualTo(diverges), drawn.ToString);
            diverging += diverges ? 1 : 0;
        }

        Assert.That(diverging, Is.GreaterThan(10));
    }

    [Test]
    public void OwnersThatSumAboveOneAreAFindingAndKeepTheirShares()
    {
        var drawn = GraphText.Draw("""
            (X:Person)-[HOLDS share=1]->(A:Company)
            (Y:Person)-[HOLDS share=1]->(A)
            (Z:Person)-[HOLDS share=0.01]->(A)
            """);
        var answer = new OwnershipLookThrough(HoldingGraph.Of(drawn.Snapshot)).OwnersOf(drawn["A"], Walk);
        Assert.That(answer.Stakes.Sum(stake => stake.Rounded), Is.EqualTo(2.01m));
        Assert.That(answer.Findings.Single(), Has.Property("Kind").EqualTo(OwnershipFindingKind.SharesAboveOne).And.Property("Amount").EqualTo(2.01m));
    }

    /// <summary>Nine companies that hold parts of each other have some hundred thousand simple paths; with few of them listed the rest is bounded, however few.</summary>
    [TestCase(0.05, 0L)]
    [TestCase(0.05, 1_000L)]
    [TestCase(0.11, 20_000L)]
    [TestCase(0.125, 1_000L)]
    [TestCase(0.13, 1_000L)]
    public void OfMorePathsThanTheBudgetTheBestAreCountedAndTheRestIsBounded(double part, long budget)
    {
        var companies = Enumerable.Range(0, 9).ToList();
        ShareEdge[] edges = [.. companies.SelectMany(i => companies.Where(j => j != i).Select(j => new ShareEdge(i, j, (decimal)part))), new ShareEdge(9, 0, 0.04m), new ShareEdge(8, 10, 0.3m)];
        var holdings = HoldingGraph.Build(11, edges.Select(edge => Holding.Of(edge.From, edge.To, edge.Share)));
        var lookThrough = new OwnershipLookThrough(holdings, LookThroughParameters.Default with { PathBudget = budget });
        var wanted = OwnershipOracle.SimplePath(OwnershipOracle.Matrix(11, edges));
        foreach (var (answer, count) in new[] { (lookThrough.OwnersOf(0, SimplePath), 9), (lookThrough.OwnersOf(10, SimplePath), 10), (lookThrough.HoldingsOf(9, SimplePath), 10), (lookThrough.HoldingsOf(8, SimplePath), 9) })
        {
            Assert.That(answer.Stakes, Has.Length.EqualTo(count));
            Assert.That(answer.Findings.Select(finding => finding.Kind), Does.Contain(OwnershipFindingKind.PathBudgetExceeded));
            foreach (var stake in answer.Stakes)
            {
                var share = wanted[stake.Holder, stake.Company];
                Assert.That(stake.Share, Is.AtLeast((double)stake.Direct - 1e-12).And.AtMost(share + 1e-12), "direct stakes always, and no path that is none");
                if (part > 0.125) Assert.That(stake.Remainder is null || stake.Share + stake.Remainder >= share - 1e-12);
                else Assert.That(stake.Share + stake.Remainder, Is.AtLeast(share - 1e-12));
                Assert.That(stake.Upper, Is.EqualTo(stake.Share + stake.Remainder));
            }
        }
    }

    /// <summary>Whether 0.3 is reached hangs on paths that were not counted: it is said, and who may be above is among what is possible.</summary>
    [Test]
    public void WhatHangsOnPathsNotCountedIsUndecidedAndPossible()
    {
        var companies = Enumerable.Range(0, 9).ToList();
        var edges = companies.SelectMany(i => companies.Where(j => j != i).Select(j => Holding.Of(i, j, 0.11m)));
        var lookThrough = new OwnershipLookThrough(HoldingGraph.Build(9, edges), LookThroughParameters.Default with { PathBudget = 500 });
        var certain = lookThrough.OwnersOf(0, new LookThroughQuestion(SimplePath) { Threshold = 0.3m });
        Assert.That(certain.Stakes, Is.Empty);
        Assert.That(certain.Findings.Single(finding => finding.Kind == OwnershipFindingKind.ThresholdUndecided).Holders, Has.Length.EqualTo(8));
        Assert.That(lookThrough.OwnersOf(0, new LookThroughQuestion(SimplePath) { Threshold = 0.3m, Bound = ShareBound.Upper }).Stakes, Has.Length.EqualTo(8));
    }

    [Test]
    public void BoundsOfAHoldingBoundTheLookThrough()
    {
        var drawn = GraphText.Draw("""
            (X:Person)-[HOLDS shareMin=0.25 shareMax=0.5]->(A:Company)-[HOLDS share=0.8]->(B:Company)
            (Y:Person)-[HOLDS share=0.6]->(A)
            """);
        var stake = new OwnershipLookThrough(HoldingGraph.Of(drawn.Snapshot)).OwnersOf(drawn["B"], Walk)
            .Stakes.Single(stake => stake.Holder == drawn["X"]);
        Assert.That((stake.Lower, stake.Share, stake.Upper), Is.EqualTo((0.2, 0.3, 0.32)).Using<(double?, double, double?), (double, double, double)>(
            (found, wanted) => Math.Abs(found.Item1!.Value - wanted.Item1) + Math.Abs(found.Item2 - wanted.Item2) + Math.Abs(found.Item3!.Value - wanted.Item3) < 1e-12));
    }

    [Test]
    public void TheLowerBoundIsTheAnswerOnTheLowerShares()
    {
        foreach (var drawn in RandomGraphs.Draw(1000))
        {
            var random = new Random(drawn.Seed);
            var chosen = drawn.Edges.Select(edge => edge with { Share = edge.Share * random.Next(0, 101) / 100 }).ToList();
            var loose = drawn.Edges.Select((edge, i) => new Holding(
                edge.From, edge.To, new ShareInterval(chosen[i].Share, edge.Share, edge.Share), ShareInterval.Exactly(edge.Share)));
            var bounded = new OwnershipLookThrough(HoldingGraph.Build(drawn.NodeCount, loose)).AllPairs(Corrected, 0);
            var exact = new OwnershipLookThrough(HoldingGraph.Build(drawn.NodeCount, chosen.Select(edge => Holding.Of(edge.From, edge.To, edge.Share))))
                .AllPairs(Corrected, 0).Stakes.ToDictionary(stake => (stake.Holder, stake.Company), stake => stake.Share);
            foreach (var stake in bounded.Stakes)
            {
                if (stake.Lower is not { } low) continue;
                Assert.That(low, Is.EqualTo(exact.GetValueOrDefault((stake.Holder, stake.Company))).Within(1e-9), drawn.ToString);
                Assert.That(low, Is.LessThanOrEqualTo(stake.Share + 1e-12), drawn.ToString);
            }
        }
    }

    /// <summary>A circle of two with parts p and q: all chains from one to the other sum to p / (1 - p q).</summary>
    [TestCase("0.999999", "0.999999", 499999.749999875)]
    [TestCase("0.9999999999999", "0.9999999999999", 4999999999999.75)]
    [TestCase("0.99999999999999999999", "1", 1e20)]
    public void ACircleThatHardlyLeavesAnythingIsSummedToTheLastDigits(string first, string second, double wanted)
    {
        var (p, q) = (decimal.Parse(first, CultureInfo.InvariantCulture), decimal.Parse(second, CultureInfo.InvariantCulture));
        var answer = new OwnershipLookThrough(HoldingGraph.Build(3, [Holding.Of(0, 1, p), Holding.Of(1, 0, q), Holding.Of(2, 0, 1 - q)])).OwnersOf(1, Walk);
        Assert.That(answer.Findings, Is.Empty);
        Assert.That(answer.Stakes.Single(stake => stake.Holder == 0).Share, Is.EqualTo(wanted).Within(1e-13).Percent);
    }

    /// <summary>Companies above one take from pivots by a difference; a few are then solved in fractions.</summary>
    [TestCase("0.25", "3.9999999999999", 10000000000000.0)]
    [TestCase("0.25", "4", null)]
    [TestCase("0.25", "4.0000000000001", null)]
    public void ACircleAboveOneIsDecidedInFractions(string first, string second, double? wanted)
    {
        var (p, q) = (decimal.Parse(first, CultureInfo.InvariantCulture), decimal.Parse(second, CultureInfo.InvariantCulture));
        var answer = new OwnershipLookThrough(HoldingGraph.Build(2, [Holding.Of(0, 1, p), Holding.Of(1, 0, q)])).OwnersOf(1, Walk);
        Assert.That(answer.Findings.Any(finding => finding.Kind == OwnershipFindingKind.WalkDiverges), Is.EqualTo(wanted is null));
        if (wanted is { } sum) Assert.That(answer.Stakes.Single(stake => stake.Holder == 0).Share, Is.EqualTo(sum).Within(1e-13).Percent);
    }

    /// <summary>A component too large for elimination by rows of all: what is left of it sparse, and the diagonal of its inverse, against sweeps.</summary>
    [Test]
    public void AComponentOfHundredsIsWhatSweepsGive()
    {
        var random = new Random(7);
        var edges = Enumerable.Range(0, 400).Select(i => Holding.Of(i, (i + 1) % 400, 0.3m))
            .Concat(Enumerable.Range(0, 700).Select(_ => Holding.Of(random.Next(400), random.Next(400), 0.1m))).ToList();
        var holdings = HoldingGraph.Build(400, edges);
        foreach (var semantics in new[] { Walk, Corrected })
        {
            var swept = new OwnershipLookThrough(holdings, LookThroughParameters.Default with { CoreLimit = 0 });
            var eliminated = new OwnershipLookThrough(holdings);
            foreach (var company in new[] { 0, 17, 399 })
            {
                var wanted = swept.OwnersOf(company, semantics).Stakes.ToDictionary(stake => stake.Holder, stake => stake.Share);
                var found = eliminated.OwnersOf(company, semantics).Stakes;
                Assert.That(found, Has.Length.EqualTo(wanted.Count).And.Length.GreaterThan(390));
                foreach (var stake in found) Assert.That(stake.Share, Is.EqualTo(wanted[stake.Holder]).Within(1e-11));
            }
        }
    }

    [Test]
    public void AQuarterByWayOfTwoHalvesReachesAQuarter()
    {
        var drawn = GraphText.Draw("(X:Person)-[HOLDS share=0.5]->(A:Company)-[HOLDS share=0.5]->(B:Company)");
        var answer = new OwnershipLookThrough(HoldingGraph.Of(drawn.Snapshot)).OwnersOf(drawn["B"], Walk, 0.25m);
        Assert.That(drawn.Labels(answer.Stakes.Select(stake => stake.Holder)), Is.EqualTo("A X"));
        Assert.That(answer.Stakes.Select(stake => stake.IsUltimate), Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public void IndirectStatementsAreNotCountedBesideTheChainTheyRepeat()
    {
        var drawn = GraphText.Draw("""
            (X:Person)-[HOLDS share=0.5]->(A:Company)-[HOLDS share=0.5]->(B:Company)
            (X)-[HOLDS share=0.25 directness=INDIRECT]->(B)
            """);
        var answer = new OwnershipLookThrough(HoldingGraph.Of(drawn.Snapshot)).OwnersOf(drawn["B"], Walk);
        Assert.That(answer.Stakes.Single(stake => stake.Holder == drawn["X"]).Rounded, Is.EqualTo(0.25m));
    }

    private static OwnershipLookThrough LookThrough(RandomGraph drawn, LookThroughParameters? parameters = null) => new(
        HoldingGraph.Build(drawn.NodeCount, drawn.Edges.Select(edge => Holding.Of(edge.From, edge.To, edge.Share))), parameters);
}
