using GraphRisk.Graph.Algorithms.Ownership;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>Control with votes taken out that companies have in those that control them.</summary>
public sealed class ReciprocalVotesTests
{
    private static readonly ControlParameters Cancelled = ControlParameters.Default with { Reciprocal = ReciprocalVotes.Cancelled };

    [Test]
    public void ASubsidiarysVotesInItsParentDoNotCount()
    {
        // 0 has 40% of the parent 1, 3 has 30%; the parent has 60% of 2, which has 30% of the parent: 40 of 70 control it.
        var graph = HoldingGraph.Build(4, [Holding.Of(0, 1, 0.4m), Holding.Of(3, 1, 0.3m), Holding.Of(1, 2, 0.6m), Holding.Of(2, 1, 0.3m)]);
        Assert.That(new CompanyControl(graph).ControlledNodes(0), Is.Empty);
        Assert.That(new CompanyControl(graph, parameters: Cancelled).ControlledNodes(0), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(new CompanyControl(graph, parameters: Cancelled).ControlledBy(0)[0].Votes, Is.EqualTo(0.4m / 0.7m));
        // Where the parent has no majority of it, its votes count.
        var minority = HoldingGraph.Build(4, [Holding.Of(0, 1, 0.4m), Holding.Of(3, 1, 0.3m), Holding.Of(1, 2, 0.5m), Holding.Of(2, 1, 0.3m)]);
        Assert.That(new CompanyControl(minority, parameters: Cancelled).ControlledNodes(0), Is.Empty);
    }

    [Test]
    public void APartsOfItselfByWayOfItsSubsidiaryDoesNotControlIt()
    {
        // 0 controls 2 directly and has 30% of 1 by itself; 2 has 30% of 1 and is no subsidiary of 1: 60% count. Under 1 they do not.
        var beside = HoldingGraph.Build(3, [Holding.Of(0, 1, 0.3m), Holding.Of(0, 2, 0.6m), Holding.Of(2, 1, 0.3m)]);
        Assert.That(new CompanyControl(beside, parameters: Cancelled).ControlledNodes(0), Is.EqualTo(new[] { 1, 2 }));
        var under = HoldingGraph.Build(3, [Holding.Of(0, 1, 0.3m), Holding.Of(0, 2, 0.4m), Holding.Of(1, 2, 0.6m), Holding.Of(2, 1, 0.3m)]);
        Assert.That(new CompanyControl(under, parameters: Cancelled).ControlledNodes(0), Is.Empty, "30 of 70");
    }

    [TestCase(TreasuryShares.Counted)]
    [TestCase(TreasuryShares.Cancelled)]
    public void ControlIsTheFixpointOverWhatIsLeft(TreasuryShares treasury)
    {
        var (parameters, changed) = (Cancelled with { Treasury = treasury }, 0);
        foreach (var sketch in OwnershipSketch.Draw(1_000))
        {
            // A holding without a number is a range; here all is known.
            var edges = sketch.Edges.GroupBy(edge => (edge.From, edge.To)).Select(same => (same.Key.From, same.Key.To, Share: same.Sum(edge => edge.Share))).ToList();
            var graph = HoldingGraph.Build(sketch.Nodes, edges.Select(edge => Holding.Of(edge.From, edge.To, edge.Share)));
            var (control, counted) = (new CompanyControl(graph, parameters: parameters), new CompanyControl(graph, parameters: parameters with { Reciprocal = ReciprocalVotes.Counted }));
            var whole = Enumerable.Range(0, sketch.Nodes).Select(_ => 1m).ToArray();
            var left = edges.Where(_ => true).ToList();
            foreach (var company in Enumerable.Range(0, sketch.Nodes))
            {
                var below = Naive(edges, Enumerable.Range(0, sketch.Nodes).Select(_ => 1m).ToArray(), company, treasury == TreasuryShares.Cancelled);
                var taken = edges.Where(edge => edge.To == company && ((edge.From == company && treasury == TreasuryShares.Cancelled) || (edge.From != company && below.Contains(edge.From)))).ToList();
                if (taken.Sum(edge => edge.Share) >= 1) continue;
                whole[company] -= taken.Sum(edge => edge.Share);
                left.RemoveAll(taken.Contains);
            }

            for (var party = 0; party < sketch.Nodes; party++)
            {
                var wanted = Naive(left, whole, party, withoutTreasury: false);
                Assert.That(control.ControlledNodes(party), Is.EqualTo(wanted), () => $"party {party}, {sketch}");
                if (!wanted.SetEquals(counted.ControlledNodes(party))) changed++;
            }
        }

        Assert.That(changed, Is.GreaterThan(20));
        TestContext.Out.WriteLine($"{changed} parties control other companies");
    }

    [Test]
    public void EveryTurnOfWhatIsNotKnownLiesBetweenCertainAndPossible()
    {
        var met = 0;
        foreach (var sketch in OwnershipSketch.DrawLoose(300))
        {
            var (certain, possible) = (new CompanyControl(sketch.Graph, parameters: Cancelled), new CompanyControl(sketch.Graph, parameters: Cancelled with { Bound = ShareBound.Upper }));
            for (var turn = 0; turn < 5; turn++)
            {
                var completed = new CompanyControl(HoldingGraph.Build(sketch.Nodes, Completion.Of(sketch.Graph, sketch.Seed + (1000 * turn), (_, _) => null, turn == 0 ? 0 : 1)), parameters: Cancelled);
                for (var party = 0; party < sketch.Nodes; party++)
                {
                    var found = completed.ControlledNodes(party);
                    Assert.That(certain.ControlledNodes(party), Is.SubsetOf(found), () => $"certain, party {party}, turn {turn}, {sketch}");
                    Assert.That(found, Is.SubsetOf(possible.ControlledNodes(party)), () => $"possible, party {party}, turn {turn}, {sketch}");
                    met += found.Length;
                }
            }
        }

        Assert.That(met, Is.GreaterThan(1_000));
    }

    /// <summary>What a party controls, found by trying again until nothing changes.</summary>
    private static SortedSet<int> Naive(List<(int From, int To, decimal Share)> edges, decimal[] whole, int party, bool withoutTreasury)
    {
        var controlled = new SortedSet<int>();
        for (var isSettled = false; !isSettled;)
        {
            isSettled = true;
            for (var company = 0; company < whole.Length; company++)
            {
                if (controlled.Contains(company)) continue;
                var own = edges.Where(edge => edge.To == company && edge.From == company).Sum(edge => edge.Share);
                var isOut = withoutTreasury && own < 1;
                var votes = edges.Where(edge => edge.To == company && (edge.From == party || controlled.Contains(edge.From)) && (!isOut || edge.From != company)).Sum(edge => edge.Share);
                if (votes <= 0.5m * (isOut ? whole[company] - own : whole[company])) continue;
                controlled.Add(company);
                isSettled = false;
            }
        }

        controlled.Remove(party);
        return controlled;
    }
}
