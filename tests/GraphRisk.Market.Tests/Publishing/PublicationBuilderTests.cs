using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Market;
using GraphRisk.Market.Publishing;
using GraphRisk.TestKit;

namespace GraphRisk.Market.Tests.Publishing;

/// <summary>What is published of small graphs.</summary>
public sealed class PublicationBuilderTests
{
    [Test]
    public void EveryHoldingIsATieAndOnlyLargeOnesAreLinks()
    {
        var ties = Of("(X:Person)-[HOLDS share=0.3]->(A:Company); (Y:Person)-[HOLDS share=0.1]->(A)").Ties;
        Assert.That(ties.Select(tie => (tie.Type, tie.From.Key, tie.Share, tie.Strength)), Is.EquivalentTo(new (string, string, decimal?, double?)[]
        {
            ("OWNS", "X", 0.3m, 0.3), ("OWNS", "Y", 0.1m, null),
        }));
    }

    [Test]
    public void WhoControlsThroughAChainIsUltimateAndTheCompanyBetweenIsNot()
    {
        var ties = Of("(X:Person)-[HOLDS share=0.6]->(A:Company)-[HOLDS share=0.7]->(B:Company)").Ties.Where(tie => tie.Type == TieTypes.Controls);
        Assert.That(ties.Select(tie => (tie.From.Key, tie.To.Key, tie.Votes, tie.IsUltimate)), Is.EquivalentTo(new (string, string, decimal?, bool?)[]
        {
            ("X", "A", 0.6m, true), ("X", "B", 0.7m, true), ("A", "B", 0.7m, false),
        }));
    }

    [Test]
    public void CompaniesThatControlEachOtherAreBothUltimate()
    {
        var ties = Of("(A:Company)-[HOLDS share=0.6]->(B:Company)-[HOLDS share=0.6]->(A)").Ties.Where(tie => tie.Type == TieTypes.Controls);
        Assert.That(ties.Select(tie => tie.IsUltimate), Is.EqualTo(new bool?[] { true, true }));
    }

    [Test]
    public void PartiesOfAnAgreementControlTogetherWhatNoneControlsAlone()
    {
        var publication = Of("""
            (X:Person)-[HOLDS share=0.3]->(A:Company)
            (Y:Person)-[HOLDS share=0.3]->(A)
            (X)-[BOUND_BY]->(G:Agreement kind=ACTING_IN_CONCERT)-[VOTES_IN]->(A)
            (Y)-[BOUND_BY]->(G)
            (A)-[HOLDS share=0.8]->(B:Company)
            """);
        Assert.That(
            publication.Ties.Where(tie => tie.Type == TieTypes.Controls).Select(tie => (tie.From.Key, tie.To.Key, tie.IsUltimate)), Is.EqualTo(new (string, string, bool?)[] { ("A", "B", false) }),
            "who is controlled jointly is not ultimate");
        var joint = publication.Ties.Where(tie => tie.Type == TieTypes.JointlyControls).ToList();
        Assert.That(joint.Select(tie => (tie.From.Key, tie.To.Key, tie.Votes, tie.Via?.Key, tie.IsUltimate)), Is.EquivalentTo(new (string, string, decimal?, string?, bool?)[]
        {
            ("X", "A", 0.6m, "G", true), ("Y", "A", 0.6m, "G", true), ("X", "B", 0.8m, "G", true), ("Y", "B", 0.8m, "G", true),
        }));
        Assert.That(publication.Ties.Count(tie => tie.Type == TieTypes.Of(LinkKind.Agreement)), Is.EqualTo(1), "a tie without direction is there once");
        Assert.That(publication.Groups.Select(group => group.Kind), Is.EquivalentTo(new[] { "CONCERT", "CONTROL" }));
    }

    [Test]
    public void ParallelGuaranteesAreToldApart()
    {
        var ties = Of("(A:Company)-[GUARANTEES amount=10]->(B:Company); (A)-[GUARANTEES amount=20]->(B)").Ties;
        Assert.That(ties.Select(tie => (tie.Amount, tie.Key)), Is.EquivalentTo(new (decimal?, string)[] { (10m, ""), (20m, "2") }));
        Assert.That(ties.Select(tie => (tie.Type, tie.From, tie.To, tie.Key)), Is.Unique);
    }

    [Test]
    public void ACircleOfGuaranteesIsOneFindingAboutAllItsPartiesAndAGroup()
    {
        var publication = Of("(A:Company)-[GUARANTEES]->(B:Company)-[GUARANTEES]->(C:Company)-[GUARANTEES]->(A); (X:Person)-[GUARANTEES]->(A)");
        Assert.That(publication.Findings.Select(finding => (finding.Kind, string.Join("", finding.Parties.Select(id => id.Key)))), Is.EqualTo(new[] { ("GUARANTEE_CIRCLE", "ABC") }));
        Assert.That(publication.Groups.Select(group => (group.Kind, group.Members.Length)), Is.EqualTo(new[] { ("GUARANTEE", 4) }));
    }

    [Test]
    public void PartsAboveTheWholeAndPartsThatComeBackAreFindings()
    {
        var publication = Of("(X:Person)-[HOLDS share=0.9]->(A:Company)-[HOLDS share=0.4]->(B:Company)-[HOLDS share=0.3]->(A)");
        Assert.That(publication.Findings.Select(finding => (finding.Kind, finding.Amount)), Is.EqualTo(new (string, decimal?)[]
        {
            ("SHARES_ABOVE_ONE", 1.2m), ("CROSS_HOLDING", null),
        }));
    }

    [Test]
    public void OnlyPartiesThatABrokerKeepsOrLendsToAreClients()
    {
        var parties = Of("(X:Person name=X)-[CLIENT_OF]->(B1:Broker code=B1); (Y:Person)-[HOLDS share=0.3]->(A:Company)").Parties;
        Assert.That(parties.ToDictionary(party => party.Id.Key, party => party.IsClient), Is.EqualTo(new Dictionary<string, bool> { ["X"] = true, ["Y"] = false, ["A"] = false }));
        Assert.That(parties[0].Believed.TryGet("name", out var name) ? name.AsString() : null, Is.EqualTo("X"));
    }

    private static Publication Of(string text) => PublicationBuilder.Of(new MarketReading(GraphText.Draw(text).Snapshot));
}
