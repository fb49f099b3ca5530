using GraphRisk.Graph.Facts;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Workflow.Tests.Authorisations;

public class AuthorisationFactsTests
{
    private static readonly DateOnly Today = new(2024, 6, 30);
    private static readonly DateTimeOffset Now = Validity.StartOf(Today).AddHours(9);
    private static readonly NodeId Client = new("Person", "broker-B001:C1");
    private static readonly AuthorisationTerms Terms = new(AuthorisationScope.Facts, ["kyc", "admission"], Today, new DateOnly(2025, 6, 29), "letter 7");

    [Test]
    public void WhatWasGivenIsReadBackAsItWasSaid()
    {
        var (id, changes) = AuthorisationFacts.Given(Client, "B001", Terms, Now, Today);
        var (book, client) = BookOf(changes.Select(change => change.Fact));
        var read = book.InForce(client, "B001", AuthorisationScope.Facts, "kyc", Today, Today)!;
        Assert.That(read.Id, Is.EqualTo(id));
        Assert.That(Terms.AreThoseOf(read));
        Assert.That((read.GivenOn, read.WithdrawnOn), Is.EqualTo((Today, (DateOnly?)null)));
        Assert.That(changes.Select(change => change.Fact.Provenance.Source), Is.All.EqualTo("broker-B001/platform"));
    }

    [Test]
    public void WithdrawnOnTheDayItWasGivenItKeepsWhatItSaidAndIsOver()
    {
        var (_, changes) = AuthorisationFacts.Given(Client, "B001", Terms, Now, Today);
        var given = changes.Select(change => change.Fact).ToList();
        var (book, client) = BookOf(given);
        var withdrawn = AuthorisationFacts.Withdrawn(book.OfClient(client).Single(), "B001", Today, Today).Fact;
        Assert.That(withdrawn.Id, Is.EqualTo(given[0].Id), "one fact, which a later recording replaces");
        var (after, _) = BookOf([withdrawn, .. given.Skip(1)]);
        var read = after.OfClient(client).Single();
        Assert.That((read.StateOn(Today, Today), Terms.AreThoseOf(read)), Is.EqualTo((AuthorisationState.Withdrawn, true)));
    }

    [Test]
    public void ADayToComeIsKnownTodayAndInForceOnlyThen()
    {
        var (_, changes) = AuthorisationFacts.Given(Client, "B001", Terms with { GivenOn = Today.AddDays(1) }, Now, Today);
        var (book, client) = BookOf(changes.Select(change => change.Fact));
        Assert.That(book.OfClient(client).Single().StateOn(Today, Today), Is.EqualTo(AuthorisationState.NotYet));
        Assert.That(book.InForce(client, "B001", AuthorisationScope.Score, "kyc", Today, Today), Is.Null);
        Assert.That(book.InForce(client, "B001", AuthorisationScope.Score, "kyc", Today.AddDays(1), Today.AddDays(1)), Is.Not.Null);
    }

    [Test]
    public void WhatIsDoneTodayCountsTodayWhereSourcesReachLessFar()
    {
        var clock = Today.AddYears(1);
        var (_, changes) = AuthorisationFacts.Given(Client, "B001", Terms with { GivenOn = clock, ExpiresOn = clock }, Now, Today);
        var (book, client) = BookOf(changes.Select(change => change.Fact));
        var given = book.OfClient(client).Single();
        Assert.That((given.StateOn(Today, Today), given.StateOn(Today, clock)), Is.EqualTo((AuthorisationState.NotYet, AuthorisationState.InForce)));
        Assert.That(book.InForce(client, "B001", AuthorisationScope.Score, "kyc", Today, clock), Is.Not.Null);
        Assert.That((given with { WithdrawnOn = clock }).StateOn(Today, clock), Is.EqualTo(AuthorisationState.Withdrawn));
    }

    [Test]
    public void ADeliveryAfterAWithdrawalRevivesNothing()
    {
        var filed = new NodeId("Authorisation", "broker-B001:A1");
        NodeFact Delivered(DateOnly expires) => new(
            filed,
            Properties.Of(
                ("scope", PropertyValue.OfEnum("SCORE")), ("givenOn", PropertyValue.Of(new DateOnly(2024, 1, 1))), ("expiresOn", PropertyValue.Of(expires)),
                ("purposes", PropertyValue.Of(["kyc"])), ("reference", PropertyValue.Of("A1"))),
            Validity.Since(new DateOnly(2024, 1, 1)), new Provenance("broker-B001", "A1", 0.8m));
        List<Fact> facts = [Delivered(new DateOnly(2025, 1, 1)), Edge("AUTHORISED_BY", filed, Client), Edge("AUTHORISES", filed, new NodeId("Broker", "B001"))];
        var (book, client) = BookOf(facts);
        var withdrawn = AuthorisationFacts.Withdrawn(book.InForce(client, "B001", AuthorisationScope.Score, "kyc", Today, Today)!, "B001", Today, Today).Fact;
        var (after, _) = BookOf([.. facts, withdrawn, Delivered(new DateOnly(2030, 1, 1))]);
        Assert.That(after.InForce(client, "B001", AuthorisationScope.Score, "kyc", Today, Today), Is.Null);
        Assert.That(after.OfClient(client).Single().StateOn(Today.AddYears(1), Today.AddYears(1)), Is.EqualTo(AuthorisationState.Withdrawn));
    }

    [Test]
    public void TheSameTermsAtAnotherInstantAreAnotherAuthorisation() => Assert.That(
        AuthorisationFacts.Given(Client, "B001", Terms, Now.AddMilliseconds(1), Today).Id,
        Is.Not.EqualTo(AuthorisationFacts.Given(Client, "B001", Terms, Now, Today).Id));

    private static RelationshipFact Edge(string type, NodeId from, NodeId to) => new(
        type, from, to, "", Properties.None, Validity.Always, new Provenance("broker-B001", "A1", 0.8m));

    private static (AuthorisationBook Book, int Client) BookOf(IEnumerable<Fact> facts)
    {
        var origin = new Provenance("broker-B001", "C1", 0.8m);
        var snapshot = GraphText.SnapshotOf(
        [
            new NodeFact(Client, Properties.Of(("name", PropertyValue.Of("李雷"))), Validity.Always, origin),
            new NodeFact(new NodeId("Broker", "B001"), Properties.Of(("code", PropertyValue.Of("B001"))), Validity.Always, origin with { Source = "association" }),
            .. facts,
        ]);
        return (AuthorisationBook.Of(snapshot), snapshot.Nodes.Find(Client));
    }
}
