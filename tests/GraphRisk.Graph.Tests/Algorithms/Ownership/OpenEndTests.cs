using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>Ends of ranges that are excluded: more than a quarter, less than a half.</summary>
public sealed class OpenEndTests
{
    private const int Sketches = 400;

    // Below the last digit of any share of a sketch, and what a nudge of an end is.
    private const decimal Hair = 0.00000000000001m;

    /// <summary>A band "less than 25%" cannot be a quarter; one "up to 25%" can, and one "less than 25%" beside another chain of a hair can be as well.</summary>
    [TestCase(OwnershipSemantics.Walk)]
    [TestCase(OwnershipSemantics.Corrected)]
    [TestCase(OwnershipSemantics.SimplePath)]
    public void LessThanAQuarterIsNoQuarter(OwnershipSemantics semantics)
    {
        foreach (var (isOpen, beside, reaches) in new[] { ("true", "0", false), ("false", "0", true), ("true", "0.000000000001", true) })
        {
            var drawn = GraphText.Draw($"""
                (X:Person)-[HOLDS share=1]->(A:Company)-[HOLDS shareMax=0.25 shareMaxOpen={isOpen}]->(C:Company)
                (X)-[HOLDS share=1]->(B:Company)-[HOLDS share={beside}]->(C)
                """);
            var lookThrough = new OwnershipLookThrough(HoldingGraph.Of(drawn.Snapshot));
            var possible = new LookThroughQuestion(semantics) { Threshold = 0.25m, Bound = ShareBound.Upper };
            Assert.That(lookThrough.OwnersOf(drawn["C"], possible).Stakes.Any(stake => stake.Holder == drawn["X"]), Is.EqualTo(reaches), $"{isOpen} {beside}");
            Assert.That(lookThrough.OwnersOf(drawn["C"], possible).Stakes.Any(stake => stake.Holder == drawn["A"]), Is.EqualTo(isOpen == "false"), $"{isOpen} {beside}");
        }
    }

    /// <summary>Where Y has more than 40% for certain, less than 60% is left for X; where Y has 40%, 60% is.</summary>
    [Test]
    public void WhatOthersHaveMoreThanLeavesLess()
    {
        foreach (var isOpen in new[] { true, false })
        {
            var drawn = GraphText.Draw($"(X:Person)-[HOLDS]->(C:Company);(Y:Person)-[HOLDS shareMin=0.4 shareMinOpen={(isOpen ? "true" : "false")}]->(C)");
            var holding = HoldingGraph.Of(drawn.Snapshot).Find(drawn["X"], drawn["C"])!.Value;
            Assert.That((holding.Equity.Upper, holding.Equity.UpperOpen, holding.Votes.UpperOpen), Is.EqualTo((0.6m, isOpen, isOpen)));
        }
    }

    /// <summary>An excluded end counts as one that lies a hair beside it: sums in fractions of the ends, and of the ends nudged.</summary>
    [TestCase(OwnershipSemantics.Walk)]
    [TestCase(OwnershipSemantics.Corrected)]
    [TestCase(OwnershipSemantics.SimplePath)]
    public void AnExcludedEndLiesBesideItsNumber(OwnershipSemantics semantics)
    {
        var (compared, atThreshold) = (0, 0);
        foreach (var sketch in Draw())
        {
            // Where the stated walks have no end nothing is listed.
            var stated = new RationalOracle(sketch.NodeCount, Ends(sketch, ShareBound.Stated, 0));
            foreach (var bound in new[] { ShareBound.Lower, ShareBound.Upper })
            {
                var ends = new RationalOracle(sketch.NodeCount, Ends(sketch, bound, 0));
                var nudged = new RationalOracle(sketch.NodeCount, Ends(sketch, bound, bound == ShareBound.Upper ? -Hair : Hair));
                foreach (var comparison in Enum.GetValues<ThresholdOperator>())
                    foreach (var threshold in new[] { 0.0625m, 0.125m, 0.25m, 0.5m })
                    {
                        var answer = new OwnershipLookThrough(sketch).AllPairs(new LookThroughQuestion(semantics) { Threshold = threshold, Operator = comparison, Bound = bound });
                        var found = answer.Stakes.Where(stake => stake.Holder != stake.Company).Select(stake => (stake.Holder, stake.Company)).ToHashSet();
                        for (var holder = 0; holder < sketch.NodeCount; holder++)
                            for (var company = 0; company < sketch.NodeCount; company++)
                            {
                                if (holder == company || SumOf(stated, semantics, holder, company) is null || SumOf(ends, semantics, holder, company) is not { } sum || SumOf(nudged, semantics, holder, company) is not { } beside) continue;
                                var order = sum.CompareTo(Fraction.Of(threshold));
                                if (order == 0) order = beside.CompareTo(Fraction.Of(threshold));
                                atThreshold += sum.CompareTo(Fraction.Of(threshold)) == 0 ? 1 : 0;
                                Assert.That(found.Contains((holder, company)), Is.EqualTo(sum.Top.Sign > 0 && (comparison == ThresholdOperator.Above ? order > 0 : order >= 0)),
                                    () => $"{holder} of {company}, {bound}, {comparison}, {threshold}: {string.Join(' ', sketch.Holdings.ToArray())}");
                                compared++;
                            }
                    }
            }
        }

        Assert.That((compared > 100_000, atThreshold > 300), Is.EqualTo((true, true)), $"{compared} compared, {atThreshold} at the threshold");
    }

    /// <summary>Votes that come near to half and do not reach it, and such as are more than half: as if each end lay a hair beside.</summary>
    [TestCase(ShareBound.Lower)]
    [TestCase(ShareBound.Upper)]
    public void VotesThatDoNotReachAHalfDoNotControlByIt(ShareBound bound)
    {
        var (differs, controlled) = (0, 0);
        foreach (var graph in Draw())
        {
            // Of upper ends only those are excluded here, of lower ones only those.
            var sketch = HoldingGraph.Build(graph.NodeCount, graph.Holdings.ToArray().Select(one => Only(one, bound)));
            var nudged = HoldingGraph.Build(sketch.NodeCount, sketch.Holdings.ToArray().Select(one => Nudged(one, bound)));
            var closed = HoldingGraph.Build(sketch.NodeCount, sketch.Holdings.ToArray().Select(one => one with { Votes = one.Votes with { LowerOpen = false, UpperOpen = false } }));
            foreach (var treasury in Enum.GetValues<TreasuryShares>())
                foreach (var comparison in Enum.GetValues<ThresholdOperator>())
                {
                    var parameters = ControlParameters.Default with { Bound = bound, Operator = comparison, Treasury = treasury };
                    var found = Controlled(sketch, parameters);
                    Assert.That(found, Is.EqualTo(Controlled(nudged, parameters)), () => $"{parameters}: {string.Join(' ', sketch.Holdings.ToArray())}");
                    differs += found.SequenceEqual(Controlled(closed, parameters)) ? 0 : 1;
                    controlled += found.Count;
                }
        }

        Assert.That((differs > 20, controlled > 1000), Is.EqualTo((true, true)), $"{differs} differ, {controlled} controlled");
    }

    private static IEnumerable<HoldingGraph> Draw()
    {
        for (var seed = 1; seed <= Sketches; seed++)
        {
            var random = new Random(seed);
            var nodes = random.Next(3, 8);
            var statements = new List<Holding>();
            for (var i = random.Next(nodes, 2 * nodes); i > 0; i--)
            {
                var (low, high) = (random.Next(0, 5) * 0.125m, random.Next(1, 9) * 0.125m);
                low = Math.Min(low, high);
                var part = ShareInterval.Read(low == high ? low : null, low, high, low > 0 && random.Next(2) == 0, random.Next(2) == 0);
                statements.Add(new Holding(random.Next(nodes), random.Next(nodes), part, part));
            }

            yield return HoldingGraph.Build(nodes, statements);
        }
    }

    private static IEnumerable<(int From, int To, decimal Share)> Ends(HoldingGraph holdings, ShareBound bound, decimal nudge) =>
        holdings.Holdings.ToArray().Select(one => (one.Holder, one.Company, one.Equity.At(bound) + (one.Equity.IsOpen(bound) ? nudge : 0)));

    private static Fraction? SumOf(RationalOracle oracle, OwnershipSemantics semantics, int holder, int company) => semantics switch
    {
        OwnershipSemantics.Walk => oracle.Walk(holder, company),
        OwnershipSemantics.Corrected => oracle.Corrected(holder, company),
        _ => oracle.SimplePaths(holder)[company],
    };

    private static Holding Only(Holding one, ShareBound bound) =>
        one with { Votes = one.Votes with { LowerOpen = bound == ShareBound.Lower && one.Votes.LowerOpen, UpperOpen = bound == ShareBound.Upper && one.Votes.UpperOpen } };

    private static Holding Nudged(Holding one, ShareBound bound)
    {
        var votes = one.Votes.IsOpen(bound) ? bound == ShareBound.Upper ? one.Votes with { Upper = one.Votes.Upper - Hair, UpperOpen = false } : one.Votes with { Lower = one.Votes.Lower + Hair, LowerOpen = false } : one.Votes;
        return one with { Votes = votes with { Share = Math.Clamp(votes.Share, votes.Lower, Math.Max(votes.Lower, votes.Upper)) } };
    }

    private static List<(int, int)> Controlled(HoldingGraph holdings, ControlParameters parameters)
    {
        var control = new CompanyControl(holdings, parameters: parameters);
        return [.. Enumerable.Range(0, holdings.NodeCount).SelectMany(party => control.ControlledNodes(party).Select(company => (party, company)))];
    }
}
