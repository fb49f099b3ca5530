using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>Trusts and other arrangements are looked through: to those for whom they hold, those who vote, and those who may.</summary>
public sealed class ArrangementsTests
{
    [Test]
    public void WhatATrustHoldsIsItsBeneficiarysAndItsTrusteeVotes()
    {
        var drawn = GraphText.Draw("""
            (T:Company kind=ARRANGEMENT)-[HOLDS share=0.6]->(C:Company)
            (B:Person)-[RELATED_TO kind=beneficiaryOfLegalArrangement]->(T)
            (V:Person)-[RELATED_TO kind=trustee]->(T)
            """);
        Assert.That(Stakes(drawn, "C"), Is.EqualTo("B 0.6 0.6 0.6"));
        Assert.That(Controllers(drawn, ShareBound.Lower), Is.EqualTo("V"));
        Assert.That(HoldingGraph.Of(drawn.Snapshot).Findings, Is.Empty);
    }

    [TestCase("settlor")]
    [TestCase("protector")]
    [TestCase("委托人")]
    public void WhereThereAreOthersWithPowersNobodysVoteIsCertain(string role)
    {
        var drawn = GraphText.Draw($"""
            (T:Company kind=ARRANGEMENT)-[HOLDS share=0.6]->(C:Company)
            (B:Person)-[RELATED_TO kind=beneficiary]->(T)
            (V:Person)-[RELATED_TO kind=trustee]->(T)
            (S:Person)-[RELATED_TO kind={role}]->(T)
            """);
        Assert.That(Controllers(drawn, ShareBound.Lower), Is.Empty);
        Assert.That(Controllers(drawn, ShareBound.Stated), Is.EqualTo("V"));
        Assert.That(Controllers(drawn, ShareBound.Upper), Is.EqualTo("S V"));
        Assert.That(Stakes(drawn, "C"), Is.EqualTo("B 0.6 0.6 0.6"));
    }

    [Test]
    public void SeveralBeneficiariesHaveAnythingUpToTheWhole()
    {
        var drawn = GraphText.Draw("""
            (T:Company kind=ARRANGEMENT)-[HOLDS share=0.6]->(C:Company)-[HOLDS share=0.5]->(D:Company)
            (A:Person)-[RELATED_TO kind=受益人]->(T)
            (B:Person)-[RELATED_TO kind=受益人]->(T)
            """);
        Assert.That(Stakes(drawn, "C"), Is.EqualTo("A 0.3 0 0.6; B 0.3 0 0.6"));
        Assert.That(Stakes(drawn, "D"), Is.EqualTo("A 0.15 0 0.3; B 0.15 0 0.3; C 0.5 0.5 0.5"));
        var finding = HoldingGraph.Of(drawn.Snapshot).Findings.Single();
        Assert.That((finding.Kind, finding.Amount), Is.EqualTo((OwnershipFindingKind.ArrangementShared, (decimal?)1)));
    }

    [Test]
    public void WithoutBeneficiariesItIsTheSettlors()
    {
        var drawn = GraphText.Draw("""
            (T:Company kind=ARRANGEMENT)-[HOLDS share=0.6]->(C:Company)
            (S:Person)-[RELATED_TO kind=Settlor]->(T)
            """);
        Assert.That(Stakes(drawn, "C"), Is.EqualTo("S 0.6 0.6 0.6"));
    }

    [Test]
    public void ATrustForNobodyStandsForItselfAndIsTold()
    {
        var drawn = GraphText.Draw("""
            (T:Company kind=ARRANGEMENT)-[HOLDS share=0.6]->(C:Company)
            (X:Person)-[RELATED_TO kind=unknownInterest]->(T)
            """);
        Assert.That(Stakes(drawn, "C"), Is.EqualTo("T 0.6 0.6 0.6"));
        Assert.That(HoldingGraph.Of(drawn.Snapshot).Findings.Single().Kind, Is.EqualTo(OwnershipFindingKind.ArrangementUnknown));
    }

    [Test]
    public void ATrustWithinATrustIsLookedThroughAndACircleOfThemEnds()
    {
        var drawn = GraphText.Draw("""
            (T:Company kind=ARRANGEMENT)-[HOLDS share=0.6]->(C:Company)
            (U:Company kind=ARRANGEMENT)-[RELATED_TO kind=beneficiary]->(T)
            (P:Person)-[RELATED_TO kind=beneficiary]->(U)
            (V:Company kind=ARRANGEMENT)-[HOLDS share=0.2]->(C)
            (W:Company kind=ARRANGEMENT)-[RELATED_TO kind=beneficiary]->(V)
            (V)-[RELATED_TO kind=beneficiary]->(W)
            """);
        Assert.That(Stakes(drawn, "C"), Does.StartWith("P 0.6 0.6 0.6"));
    }

    [Test]
    public void HoldersOfPartsKeepTheirPartsAndTheTrusteeVotes()
    {
        var drawn = GraphText.Draw("""
            (A:Person)-[HOLDS share=0.7]->(T:Company kind=ARRANGEMENT)-[HOLDS share=0.6]->(C:Company)
            (V:Company)-[OFFICER_OF role=Trustee]->(T)
            """);
        Assert.That(Stakes(drawn, "C"), Is.EqualTo("A 0.42 0.42 0.42; T 0.6 0.6 0.6"));
        Assert.That(Controllers(drawn, ShareBound.Lower), Is.EqualTo("V"));
    }

    [TestCase("", "B")]
    [TestCase("kind=UNKNOWN", "B")]
    [TestCase("kind=COMPANY", "T")]
    public void WhatHasABeneficiaryIsAnArrangementWhereNothingElseIsSaid(string kind, string owner)
    {
        var drawn = GraphText.Draw($"""
            (T:Company {kind})-[HOLDS share=0.6]->(C:Company)
            (B:Person)-[RELATED_TO kind="discretionary beneficiary"]->(T)
            """);
        Assert.That(Stakes(drawn, "C"), Is.EqualTo($"{owner} 0.6 0.6 0.6"));
    }

    [Test]
    public void ANomineeOfATrustHoldsForThoseBehindTheTrust()
    {
        var drawn = GraphText.Draw("""
            (N:Person)-[HOLDS share=1 nominee=true]->(C:Company)
            (T:Company kind=ARRANGEMENT)-[RELATED_TO kind=nominator]->(N)
            (B:Person)-[RELATED_TO kind=beneficiary]->(T)
            """);
        Assert.That(Stakes(drawn, "C"), Is.EqualTo("B 1 1 1"));
    }

    private static string Stakes(DrawnGraph drawn, string company) => string.Join("; ", new OwnershipLookThrough(HoldingGraph.Of(drawn.Snapshot)).OwnersOf(drawn[company], OwnershipSemantics.Corrected, 0).Stakes
        .OrderBy(stake => drawn.LabelOf(stake.Holder), StringComparer.Ordinal)
        .Select(stake => FormattableString.Invariant($"{drawn.LabelOf(stake.Holder)} {stake.Rounded:0.##} {stake.Lower:0.##} {stake.Upper:0.##}")));

    private static string Controllers(DrawnGraph drawn, ShareBound bound) =>
        string.Join(' ', new CompanyControl(HoldingGraph.Of(drawn.Snapshot), default, ControlParameters.Default with { Bound = bound }).ControllersOf(drawn["C"])
            .Select(one => drawn.LabelOf(one.Controller.Members[0])).Order(StringComparer.Ordinal));
}
