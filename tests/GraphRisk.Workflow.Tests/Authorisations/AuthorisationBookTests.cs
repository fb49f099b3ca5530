using GraphRisk.TestKit;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Workflow.Tests.Authorisations;

public class AuthorisationBookTests
{
    private static readonly DateOnly Today = new(2024, 6, 30);

    [TestCase("givenOn=2024-06-30", AuthorisationState.InForce)]
    [TestCase("givenOn=2024-07-01", AuthorisationState.NotYet)]
    [TestCase("givenOn=2024-01-01 expiresOn=2024-06-30", AuthorisationState.InForce)]
    [TestCase("givenOn=2024-01-01 expiresOn=2024-06-29", AuthorisationState.Expired)]
    [TestCase("givenOn=2024-01-01 withdrawnOn=2024-07-01", AuthorisationState.InForce)]
    [TestCase("givenOn=2024-01-01 withdrawnOn=2024-06-30", AuthorisationState.Withdrawn)]
    [TestCase("givenOn=2024-01-01 expiresOn=2024-02-01 withdrawnOn=2024-03-01", AuthorisationState.Withdrawn)]
    [TestCase("givenOn=2024-07-05 withdrawnOn=2024-06-01", AuthorisationState.Withdrawn)]
    public void FirstAndLastDayCountAndTheDayOfWithdrawalDoesNot(string days, AuthorisationState state)
    {
        var graph = Draw($"(A:Authorisation scope=SCORE purposes=kyc {days})");
        var book = AuthorisationBook.Of(graph.Snapshot);
        Assert.That(book.Read(graph["A"])!.StateOn(Today, Today), Is.EqualTo(state));
        Assert.That(InForce(graph, AuthorisationScope.Score, "kyc") is not null, Is.EqualTo(state == AuthorisationState.InForce));
    }

    [Test]
    public void FactsIncludeTheScoreAndTheScoreNoFacts()
    {
        var facts = Draw("(A:Authorisation scope=FACTS purposes=kyc givenOn=2024-01-01)");
        var score = Draw("(A:Authorisation scope=SCORE purposes=kyc givenOn=2024-01-01)");
        Assert.That(InForce(facts, AuthorisationScope.Score, "kyc"), Is.Not.Null);
        Assert.That(InForce(facts, AuthorisationScope.Facts, "kyc"), Is.Not.Null);
        Assert.That(InForce(score, AuthorisationScope.Score, "kyc"), Is.Not.Null);
        Assert.That(InForce(score, AuthorisationScope.Facts, "kyc"), Is.Null);
    }

    [TestCase("purposes=kyc|admission", "admission", true)]
    [TestCase("purposes=kyc|admission", "monitoring", false)]
    [TestCase("purposes=kyc", null, false)]
    [TestCase("", "kyc", false)]
    public void OnlyAPurposeItNamesIsCovered(string purposes, string? purpose, bool covered) => Assert.That(
        InForce(Draw($"(A:Authorisation scope=FACTS {purposes} givenOn=2024-01-01)"), AuthorisationScope.Score, purpose) is not null, Is.EqualTo(covered));

    [Test]
    public void WithoutScopeOrFirstDayItOpensNothing()
    {
        Assert.That(InForce(Draw("(A:Authorisation purposes=kyc withdrawnOn=2025-01-01)"), AuthorisationScope.Score, "kyc"), Is.Null);
        Assert.That(InForce(Draw(""), AuthorisationScope.Score, "kyc"), Is.Null);
    }

    [Test]
    public void ItIsGivenByOneClientToOneBroker()
    {
        var graph = Draw("(A:Authorisation scope=FACTS purposes=kyc givenOn=2024-01-01)");
        var book = AuthorisationBook.Of(graph.Snapshot);
        Assert.That(book.InForce(graph["Li"], "B2", AuthorisationScope.Score, "kyc", Today, Today), Is.Null);
        Assert.That(book.InForce(graph["Wang"], "B1", AuthorisationScope.Score, "kyc", Today, Today), Is.Null);
        Assert.That((book.ClientOf(graph["A"]), book.BrokerOf(graph["A"])), Is.EqualTo((graph["Li"], graph["B1"])));
        Assert.That(book.OfClient(graph["Li"]).Select(one => one.Node), Is.EqualTo(new[] { graph["A"] }));
        Assert.That((book.IsGivenTo(graph["A"], "B1"), book.IsGivenTo(graph["A"], "B2")), Is.EqualTo((true, false)));
    }

    [Test]
    public void WithdrawingOneOfTwoLeavesTheOtherAndOfSeveralTheLongestCounts()
    {
        var graph = Draw("""
            (A:Authorisation scope=FACTS purposes=kyc givenOn=2024-01-01 withdrawnOn=2024-02-01 reference=one)
            (C:Authorisation scope=SCORE purposes=kyc givenOn=2024-01-01 expiresOn=2024-12-31 reference=two)-[AUTHORISED_BY]->(Li)
            (D:Authorisation scope=SCORE purposes=kyc givenOn=2024-01-01 expiresOn=2025-12-31 reference=three)-[AUTHORISED_BY]->(Li)
            (C)-[AUTHORISES]->(B1)
            (D)-[AUTHORISES]->(B1)
            """);
        Assert.That(InForce(graph, AuthorisationScope.Score, "kyc")!.Reference, Is.EqualTo("three"));
        Assert.That(InForce(graph, AuthorisationScope.Facts, "kyc"), Is.Null);
    }

    /// <summary>Li authorises B1 by A; Wang and B2 stand by.</summary>
    private static DrawnGraph Draw(string authorisation) => GraphText.Draw($"""
        (B1:Broker code=B1)
        (B2:Broker code=B2)
        (Li:Person name=李雷)-[CLIENT_OF]->(B1)
        (Wang:Person name=王芳)-[CLIENT_OF]->(B1)
        {authorisation}
        {(authorisation.Length == 0 ? "" : "(A)-[AUTHORISED_BY]->(Li)\n(A)-[AUTHORISES]->(B1)")}
        """);

    private static Authorisation? InForce(DrawnGraph graph, AuthorisationScope scope, string? purpose) =>
        AuthorisationBook.Of(graph.Snapshot).InForce(graph["Li"], "B1", scope, purpose, Today, Today);
}
