using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>
/// Ranges and holdings without a number, completed: each part somewhere in its range, the parts of a company no more than the whole, or
/// than what is certain where that is more. Whatever the completion, it lies between the ends.
/// </summary>
public sealed class CompletionTests
{
    private const int Sketches = 150;
    private const int Completions = 6;

    [TestCase(OwnershipSemantics.Walk)]
    [TestCase(OwnershipSemantics.Corrected)]
    [TestCase(OwnershipSemantics.SimplePath)]
    public void EveryCompletionLiesBetweenTheEndsAndTheLowerOneIsReached(OwnershipSemantics semantics)
    {
        var compared = 0;
        foreach (var sketch in OwnershipSketch.DrawLoose(Sketches))
        {
            var holdings = sketch.Graph;
            var possible = new OwnershipLookThrough(holdings).AllPairs(new LookThroughQuestion(semantics) { Bound = ShareBound.Upper }).Stakes.ToDictionary(stake => (stake.Holder, stake.Company));
            foreach (var completion in (int[])[-1, .. Enumerable.Range(0, Completions)])
            {
                var edges = Completion.Of(holdings, sketch.Seed + (1000 * completion), (_, _) => null, completion < 0 ? 0 : 1);
                foreach (var stake in new OwnershipLookThrough(HoldingGraph.Build(sketch.Nodes, edges)).AllPairs(semantics, 0).Stakes)
                {
                    if (!possible.TryGetValue((stake.Holder, stake.Company), out var ends))
                    {
                        // Where the stated walks have no end nothing is listed.
                        Assert.That(semantics, Is.Not.EqualTo(OwnershipSemantics.SimplePath), () => $"{stake.Holder} of {stake.Company}, {sketch}");
                        continue;
                    }

                    var slack = 1e-9 * Math.Max(1, stake.Share);
                    Assert.That(ends.Lower, Is.AtMost(stake.Share + slack), () => $"{stake.Holder} of {stake.Company}, {sketch}");
                    if (ends.Upper is { } most) Assert.That(most, Is.AtLeast(stake.Share - slack), () => $"{stake.Holder} of {stake.Company}, {sketch}");
                    if (completion < 0) Assert.That(ends.Lower, Is.EqualTo(stake.Share).Within(slack), () => $"{stake.Holder} of {stake.Company}, {sketch}");
                    compared++;
                }
            }
        }

        Assert.That(compared, Is.GreaterThan(10_000));
    }

    [Test]
    public void ControlThatIsCertainHoldsInAllCompletionsAndWhatIsPossibleInOne()
    {
        var (reached, beyond) = (0, 0);
        foreach (var sketch in OwnershipSketch.DrawLoose(4 * Sketches))
        {
            var holdings = sketch.Graph;
            var certain = Controlled(holdings, ShareBound.Lower);
            var possible = Controlled(holdings, ShareBound.Upper);
            for (var completion = 0; completion < Completions; completion++)
            {
                var found = Controlled(HoldingGraph.Build(sketch.Nodes, Completion.Of(holdings, sketch.Seed + (1000 * completion), (_, _) => null, 1)), ShareBound.Stated);
                for (var party = 0; party < sketch.Nodes; party++)
                {
                    Assert.That(certain[party].IsSubsetOf(found[party]), () => $"{party}, {sketch}");
                    Assert.That(found[party].IsSubsetOf(possible[party]), () => $"{party}, {sketch}");
                }
            }

            Assert.That(Controlled(HoldingGraph.Build(sketch.Nodes, Completion.Of(holdings, 0, (_, _) => null, 0)), ShareBound.Stated), Is.EqualTo(certain), sketch.ToString);
            for (var party = 0; party < sketch.Nodes; party++)
            {
                // The completion that gives those who bring a company under control what they may have of it, and others what they must.
                var by = Possible(holdings, party);
                Assert.That(by.Keys, Is.EquivalentTo(possible[party]), () => $"{party}, {sketch}");
                var best = Completion.Of(holdings, 0, (holding, company) => by.TryGetValue(company, out var pool) && pool.Contains(holding.Holder) ? 1 : 0, 1);
                Assert.That(Controlled(HoldingGraph.Build(sketch.Nodes, best), ShareBound.Stated)[party], Is.EqualTo(possible[party]), () => $"{party}, {sketch}");
                reached += possible[party].Count;
                beyond += possible[party].Count - certain[party].Count;
            }
        }

        Assert.That(reached, Is.GreaterThan(500));
        Assert.That(beyond, Is.GreaterThan(100));
    }

    /// <summary>X has certainly nothing and possibly 60%: in the list of what is possible, in the finding, and with the part nobody is stated to hold.</summary>
    [Test]
    public void WhoseShareNobodyStatesIsNamed()
    {
        var drawn = GraphText.Draw("""
            (X:Person)-[HOLDS]->(C:Company)
            (Y:Person)-[HOLDS share=0.3]->(C)
            (Z:Person)-[HOLDS shareMin=0.1 shareMax=0.38]->(C)
            """);
        var lookThrough = new OwnershipLookThrough(HoldingGraph.Of(drawn.Snapshot));
        foreach (var semantics in Enum.GetValues<OwnershipSemantics>())
        {
            var question = new LookThroughQuestion(semantics) { Threshold = 0.25m };
            string Holders(ShareBound bound) => string.Join(' ', lookThrough.OwnersOf(drawn["C"], question with { Bound = bound }).Stakes.Select(stake => drawn.LabelOf(stake.Holder)).Order());
            Assert.That((Holders(ShareBound.Lower), Holders(ShareBound.Stated), Holders(ShareBound.Upper)), Is.EqualTo(("Y", "Y", "X Y Z")));
            var answer = lookThrough.OwnersOf(drawn["C"], question with { Bound = ShareBound.Upper });
            var possible = answer.Stakes.Single(stake => stake.Holder == drawn["X"]);
            Assert.That((possible.Share, possible.Lower, possible.Upper), Is.EqualTo((0.0, (double?)0, (double?)0.6)));
            Assert.That(answer.Findings.Single().Holders, Is.EqualTo(new[] { drawn["X"] }));
            Assert.That((answer.Unstated!.Least, answer.Unstated.Most), Is.EqualTo((0m, 0.6m)));
            Assert.That(drawn.Labels(answer.Unstated.Holders.OrderBy(drawn.LabelOf)), Is.EqualTo("X Z"));
        }
    }

    private static SortedSet<int>[] Controlled(HoldingGraph holdings, ShareBound bound)
    {
        var control = new CompanyControl(holdings, parameters: ControlParameters.Default with { Bound = bound });
        return [.. Enumerable.Range(0, holdings.NodeCount).Select(party => new SortedSet<int>(control.ControlledNodes(party)))];
    }

    /// <summary>By company, who brings it under a party's control at best: rounds over all companies.</summary>
    private static Dictionary<int, HashSet<int>> Possible(HoldingGraph holdings, int party)
    {
        var (group, by) = (new HashSet<int> { party }, new Dictionary<int, HashSet<int>>());
        for (var before = 0; before < group.Count;)
        {
            before = group.Count;
            for (var company = 0; company < holdings.NodeCount; company++)
            {
                if (group.Contains(company)) continue;
                var all = holdings.EdgesInto(company).ToArray().Select(edge => holdings[edge]).ToList();
                var certain = all.Sum(holding => holding.Votes.Lower);
                var others = all.Where(holding => !group.Contains(holding.Holder)).Sum(holding => holding.Votes.Lower);
                if (Math.Min(all.Where(holding => group.Contains(holding.Holder)).Sum(holding => holding.Votes.Upper), Math.Max(1, certain) - others) <= 0.5m) continue;
                by.Add(company, [.. group]);
                group.Add(company);
            }
        }

        return by;
    }
}
