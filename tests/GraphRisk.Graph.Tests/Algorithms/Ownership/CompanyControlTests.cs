using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

public sealed class CompanyControlTests
{
    [Test]
    public void AHolderAboveHalfControlsTheSubsidiary()
    {
        var drawn = GraphText.Draw("(X:Person)-[HOLDS share=0.51]->(A:Company)");
        Assert.That(Controlled(drawn, "X"), Is.EqualTo("A"));
    }

    [Test]
    public void ExactlyHalfDoesNotControl()
    {
        var drawn = GraphText.Draw("""
            (X:Person)-[HOLDS share=0.3]->(A:Company)
            (X)-[HOLDS share=0.2]->(A)
            """);
        Assert.That(Controlled(drawn, "X"), Is.Empty);
    }

    [Test]
    public void SubsidiariesVotesAddToTheParents()
    {
        var drawn = GraphText.Draw("""
            (X:Person)-[HOLDS share=0.6]->(A:Company)-[HOLDS share=0.3]->(C:Company)
            (X)-[HOLDS share=0.6]->(B:Company)-[HOLDS share=0.21]->(C)
            """);
        var control = Control(drawn).ControlledBy(drawn["X"]).Single(found => found.Company == drawn["C"]);
        Assert.That(control.Votes, Is.EqualTo(0.51m));
        Assert.That(drawn.Labels(control.Blocks.Select(block => block.Holder)), Is.EqualTo("A B"));
    }

    [Test]
    public void VotesCountBeforeEquityWhereBothAreStated()
    {
        var drawn = GraphText.Draw("""
            (X:Person)-[HOLDS share=0.1 votes=0.6]->(A:Company)
            (Y:Person)-[HOLDS share=0.9 votes=0.4]->(A)
            """);
        Assert.That(Controlled(drawn, "X"), Is.EqualTo("A"));
        Assert.That(Controlled(drawn, "Y"), Is.Empty);
    }

    [Test]
    public void AnAgreementInForcePoolsVotesInTheCompanyItConcerns()
    {
        const string text = """
            (A:Person)-[HOLDS share=0.15]->(T:Company)-[HOLDS share=0.8]->(S:Company)
            (B:Person)-[HOLDS share=0.15]->(T)
            (C:Person)-[HOLDS share=0.15]->(T)
            (D:Person)-[HOLDS share=0.15]->(T)
            (A)-[HOLDS share=0.3]->(U:Company)
            (B)-[HOLDS share=0.3]->(U)
            (G:Agreement kind=ACTING_IN_CONCERT concludedOn=2024-01-01 endsOn=2024-12-31)-[VOTES_IN]->(T)
            (A)-[BOUND_BY]->(G);(B)-[BOUND_BY]->(G);(C)-[BOUND_BY]->(G);(D)-[BOUND_BY]->(G)
            """;
        var drawn = GraphText.Draw(text);
        var control = Control(drawn);
        var joint = control.ControllersOf(drawn["T"]).Single();
        Assert.That(drawn.Labels(joint.Controller.Members), Is.EqualTo("A B C D"));
        Assert.That(joint.Votes, Is.EqualTo(0.6m));
        Assert.That(control.ControllersOf(drawn["S"]).Select(found => found.Controller.Agreement), Is.EqualTo(new[] { -1, drawn["G"] }));
        Assert.That(control.ControllersOf(drawn["U"]), Is.Empty);
        Assert.That(Control(GraphText.Draw(text, new DateOnly(2025, 1, 1))).ControllersOf(drawn["T"]), Is.Empty);
    }

    [Test]
    public void TheControllerAboveIsUltimateTheOnesBetweenAreNot()
    {
        var drawn = GraphText.Draw("(X:Person)-[HOLDS share=0.6]->(A:Company)-[HOLDS share=0.6]->(B:Company)-[HOLDS share=0.6]->(C:Company)");
        var controllers = Control(drawn).ControllersOf(drawn["C"]);
        Assert.That(drawn.Labels(controllers.Select(found => found.Controller.Members[0])), Is.EqualTo("X A B"));
        Assert.That(drawn.Labels(controllers.Where(found => found.IsUltimate).Select(found => found.Controller.Members[0])), Is.EqualTo("X"));
    }

    [Test]
    public void BoundsOfVotesGiveCertainAndPossibleControl()
    {
        var drawn = GraphText.Draw("(X:Person)-[HOLDS votesMin=0.25 votesMax=0.75]->(A:Company)");
        var holdings = HoldingGraph.Of(drawn.Snapshot);
        Assert.That(new CompanyControl(holdings).ControlledNodes(drawn["X"]), Is.Empty);
        var possible = new CompanyControl(holdings, parameters: ControlParameters.Default with { Bound = ShareBound.Upper });
        Assert.That(possible.ControlledNodes(drawn["X"]), Is.EqualTo(new[] { drawn["A"] }));
    }

    [Test]
    public void ControlEqualsItsOracleOnRandomGraphs()
    {
        var pairs = 0;
        foreach (var drawn in RandomGraphs.Draw(1500))
        {
            var control = new CompanyControl(HoldingGraph.Build(
                drawn.NodeCount, drawn.Edges.Select(edge => Holding.Of(edge.From, edge.To, edge.Share))));
            var controllers = Enumerable.Range(0, drawn.NodeCount).Select(_ => new SortedSet<int>()).ToArray();
            for (var party = 0; party < drawn.NodeCount; party++)
            {
                var wanted = OwnershipOracle.Controlled(drawn.NodeCount, drawn.Edges, party);
                Assert.That(control.ControlledNodes(party), Is.EqualTo(wanted), drawn.ToString);
                foreach (var company in wanted) controllers[company].Add(party);
                pairs += wanted.Count;
            }

            for (var company = 0; company < drawn.NodeCount; company++)
            {
                var found = control.ControllersOf(company);
                Assert.That(found.Select(one => one.Controller.Members[0]), Is.EqualTo(controllers[company]), drawn.ToString);
                Assert.That(found.All(one => one.Votes > 0.5m && one.Votes == one.Blocks.Sum(block => block.Votes)), drawn.ToString);
            }
        }

        Assert.That(pairs, Is.GreaterThan(1000));
    }

    private static CompanyControl Control(DrawnGraph drawn) =>
        new(HoldingGraph.Of(drawn.Snapshot), ConcertAgreement.InForce(drawn.Snapshot));

    private static string Controlled(DrawnGraph drawn, string party) => drawn.Labels(Control(drawn).ControlledNodes(drawn[party]));
}
