using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership.Rules;

/// <summary>Groups of clients by a definition of law.</summary>
public sealed class RuleGroupTests
{
    /// <summary>P has A and B, A has C; D is nobody's; S has P and D by majority, and joins without what else it has.</summary>
    [Test]
    public void AGroupGoesOnFromMemberToMemberAndNotThroughAPublicBody()
    {
        const string Drawn = """
            (S:Company kind=PUBLIC_BODY)-[HOLDS share=0.8]->(P:Company)-[HOLDS share=0.6]->(A:Company)-[HOLDS share=0.6]->(C:Company)
            (P)-[HOLDS share=0.6]->(B:Company)
            (S)-[HOLDS share=0.6]->(D:Company)
            """;
        Assert.That(Members(Drawn, "C"), Is.EqualTo("A B C P S"));
        Assert.That(Members(Drawn, "D"), Is.EqualTo("D S"));
    }

    /// <summary>H and K control A together by an agreement: A is in both their groups, and what else K has is not in H's.</summary>
    [Test]
    public void JointControlJoinsTheCompanyToBothAndNotTheTwo()
    {
        const string Drawn = """
            (H:Company)-[HOLDS share=0.3]->(A:Company)
            (K:Company)-[HOLDS share=0.3]->(A)
            (K)-[HOLDS share=0.9]->(L:Company)
            (H)-[BOUND_BY]->(G:Agreement kind=ACTING_IN_CONCERT)-[VOTES_IN]->(A)
            (K)-[BOUND_BY]->(G)
            """;
        Assert.That(Members(Drawn, "A"), Is.EqualTo("A H K"));
        Assert.That(Members(Drawn, "H"), Is.EqualTo("A H K"));
        Assert.That(Members(Drawn, "L"), Is.EqualTo("A H K L"), "K is gone on from, A is not");
    }

    [Test]
    public void LinksThatAreNoMoreThanPossibleJoinWhereThatIsAsked()
    {
        const string Drawn = "(H:Company)-[HOLDS shareMin=0.4 shareMax=0.6]->(A:Company)";
        Assert.That(Members(Drawn, "A"), Is.EqualTo("A"));
        Assert.That(Members(Drawn, "A", RuleHolding.Possible), Is.EqualTo("A H"));
    }

    private static string Members(string text, string asked, RuleHolding least = RuleHolding.Certain)
    {
        var drawn = GraphText.Draw(text);
        var facts = RuleFacts.Of(
            drawn.Snapshot, HoldingGraph.Of(drawn.Snapshot), ConcertAgreement.InForce(drawn.Snapshot), ties: true, [], ControlParameters.Default with { Treasury = TreasuryShares.Cancelled });
        var reading = new RuleReading(facts, RuleBook.Shipped.Find("cn-group-client")!, new DateOnly(2024, 6, 30), WorkMeter.Unlimited);
        var group = RuleGroup.Of(facts, reading, drawn[asked], least);
        Assert.That(group.IsComplete);
        return drawn.Labels(group.Members.OrderBy(drawn.LabelOf, StringComparer.Ordinal));
    }
}
