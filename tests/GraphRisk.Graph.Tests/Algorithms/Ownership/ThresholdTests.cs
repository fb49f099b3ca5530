using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>What counts at a threshold of law, and what options a question has.</summary>
public sealed class ThresholdTests
{
    [TestCase(OwnershipSemantics.Walk)]
    [TestCase(OwnershipSemantics.Corrected)]
    [TestCase(OwnershipSemantics.SimplePath)]
    public void ADirectPartThatMissesAQuarterByTheLastDigitIsNone(OwnershipSemantics semantics)
    {
        var lookThrough = new OwnershipLookThrough(HoldingGraph.Build(3, [Holding.Of(0, 2, 0.2499999999999m), Holding.Of(1, 2, 0.25m)]));
        Assert.That(lookThrough.OwnersOf(2, semantics, 0.25m).Stakes.Select(stake => stake.Holder), Is.EqualTo(new[] { 1 }));
        Assert.That(lookThrough.OwnersOf(2, semantics).Stakes.Select(stake => stake.Rounded), Is.EqualTo(new[] { 0.25m, 0.2499999999999m }), "as it stands");
        var above = new LookThroughQuestion(semantics) { Threshold = 0.25m, Operator = ThresholdOperator.Above };
        Assert.That(lookThrough.OwnersOf(2, above).Stakes, Is.Empty);
    }

    [Test]
    public void ACompanyIsAmongItsOwnHoldersOnlyWhereThatIsAsked()
    {
        var lookThrough = new OwnershipLookThrough(HoldingGraph.Build(2, [Holding.Of(0, 1, 0.5m), Holding.Of(1, 0, 0.5m)]));
        Assert.That(lookThrough.OwnersOf(1, OwnershipSemantics.Walk).Stakes.Select(stake => stake.Holder), Is.EqualTo(new[] { 0 }));
        var own = lookThrough.OwnersOf(1, new LookThroughQuestion(OwnershipSemantics.Walk) { SelfPairs = true }).Stakes.Single(stake => stake.Holder == 1);
        Assert.That(own.Share, Is.EqualTo(1 / 3.0).Within(1e-15));
    }

    /// <summary>T holds 20% of itself, X 45%: 56.25% of what is left, in look-through and in control alike.</summary>
    [Test]
    public void TreasurySharesAreTakenOutWhereThatIsAsked()
    {
        var holdings = HoldingGraph.Build(3, [Holding.Of(0, 1, 0.45m), Holding.Of(1, 1, 0.2m), Holding.Of(1, 2, 0.6m)]);
        var lookThrough = new OwnershipLookThrough(holdings);
        foreach (var semantics in Enum.GetValues<OwnershipSemantics>())
        {
            var cancelled = new LookThroughQuestion(semantics) { Treasury = TreasuryShares.Cancelled, Threshold = 0.5625m };
            Assert.That(lookThrough.OwnersOf(1, cancelled).Stakes.Select(stake => (stake.Holder, stake.Rounded)), Is.EqualTo(new[] { (0, 0.5625m) }), $"{semantics}");
            Assert.That(lookThrough.OwnersOf(2, cancelled with { Threshold = 0 }).Stakes.Select(stake => stake.Rounded), Is.EqualTo(new[] { 0.6m, 0.3375m }), $"{semantics}");
        }

        Assert.That(lookThrough.OwnersOf(1, OwnershipSemantics.SimplePath).Stakes.Single().Rounded, Is.EqualTo(0.45m));
        Assert.That(new CompanyControl(holdings).ControlledNodes(0), Is.Empty);
        var control = new CompanyControl(holdings, parameters: ControlParameters.Default with { Treasury = TreasuryShares.Cancelled }).ControlledBy(0);
        Assert.That(control.Select(one => (one.Company, one.Votes)), Is.EqualTo(new[] { (1, 0.5625m), (2, 0.6m) }));
    }

    /// <summary>A band of a register that is more than a quarter is above it for certain, through a chain too; one that begins at a quarter is not.</summary>
    [TestCase(OwnershipSemantics.Walk)]
    [TestCase(OwnershipSemantics.Corrected)]
    [TestCase(OwnershipSemantics.SimplePath)]
    public void ABandThatIsMoreThanItsLowerEndIsAboveIt(OwnershipSemantics semantics)
    {
        var band = new ShareInterval(0.25m, 0.375m, 0.5m);
        foreach (var isOpen in new[] { true, false })
        {
            var equity = band with { LowerOpen = isOpen };
            var lookThrough = new OwnershipLookThrough(HoldingGraph.Build(3, [Holding.Of(0, 1, 1), new Holding(1, 2, equity, equity)]));
            var above = new LookThroughQuestion(semantics) { Threshold = 0.25m, Operator = ThresholdOperator.Above, Bound = ShareBound.Lower };
            Assert.That(lookThrough.OwnersOf(2, above).Stakes.Select(stake => stake.Holder), Is.EquivalentTo(isOpen ? new[] { 0, 1 } : []));
        }
    }

    /// <summary>Hundreds of companies in one circle are too many for fractions: what rounding decides is said.</summary>
    [Test]
    public void WhatCannotBeDecidedInFractionsIsSaid()
    {
        var circle = Enumerable.Range(0, 100).Select(i => Holding.Of(i, (i + 1) % 100, 0.5m));
        var holdings = HoldingGraph.Build(102, [.. circle, Holding.Of(100, 0, 0.25m), Holding.Of(101, 100, 0.5m)]);
        var sum = (decimal)(0.125 / (1 - Math.Pow(0.5, 100)));
        var finding = new OwnershipLookThrough(holdings).OwnersOf(0, OwnershipSemantics.Corrected, sum).Findings.Single();
        Assert.That((finding.Kind, finding.Companies[0], finding.Holders.Single()), Is.EqualTo((OwnershipFindingKind.ThresholdUndecided, 0, 101)));
    }

    /// <summary>Two who may have 40% each, beside a third who has 50%, have 50% together at most.</summary>
    [Test]
    public void PossibleVotesThatCannotHoldTogetherAreNotAddedUp()
    {
        const string text = """
            (X:Person)-[HOLDS share=0.6]->(A:Company)-[HOLDS votesMin=0 votesMax=0.4]->(C:Company)
            (X)-[HOLDS share=0.6]->(B:Company)-[HOLDS votesMin=0 votesMax=0.4]->(C)
            (Y:Person)-[HOLDS share={0}]->(C)
            """;
        var possible = ControlParameters.Default with { Bound = ShareBound.Upper };
        foreach (var (held, controls) in new[] { ("0.5", "A B"), ("0.49", "A B C") })
        {
            var drawn = GraphText.Draw(text.Replace("{0}", held, StringComparison.Ordinal));
            var control = new CompanyControl(HoldingGraph.Of(drawn.Snapshot), parameters: possible);
            Assert.That(drawn.Labels(control.ControlledNodes(drawn["X"]).OrderBy(drawn.LabelOf)), Is.EqualTo(controls));
            if (controls.EndsWith('C')) Assert.That(control.ControlledBy(drawn["X"]).Single(one => one.Company == drawn["C"]).Votes, Is.EqualTo(0.51m));
        }
    }

    /// <summary>A and B control H together, and H controls C alone: H is not the end of it.</summary>
    [Test]
    public void WhoeverIsControlledJointlyIsNotUltimate()
    {
        var drawn = GraphText.Draw("""
            (A:Person)-[HOLDS share=0.3]->(H:Company)-[HOLDS share=0.8]->(C:Company)
            (B:Person)-[HOLDS share=0.3]->(H)
            (G:Agreement kind=ACTING_IN_CONCERT)-[VOTES_IN]->(H)
            (A)-[BOUND_BY]->(G);(B)-[BOUND_BY]->(G)
            """);
        var control = new CompanyControl(HoldingGraph.Of(drawn.Snapshot), ConcertAgreement.InForce(drawn.Snapshot));
        Assert.That(control.ControllersOf(drawn["C"]).Select(one => (one.Controller.IsConcert, one.IsUltimate)), Is.EqualTo(new[] { (false, false), (true, true) }));
        Assert.That(control.ControlledBy(drawn["H"]).Single().IsUltimate, Is.False);
        Assert.That(control.ControlledBy(control.Agreements[0]).Select(one => one.IsUltimate), Is.EqualTo(new[] { true, true }));
    }

    /// <summary>P controls both parties of an agreement: neither they together nor either of them is the end of it.</summary>
    [Test]
    public void AnAgreementOfCompaniesUnderOneParentIsNotUltimate()
    {
        var drawn = GraphText.Draw("""
            (P:Person)-[HOLDS share=0.9]->(A:Company)-[HOLDS share=0.3]->(H:Company)
            (P)-[HOLDS share=0.9]->(B:Company)-[HOLDS share=0.3]->(H)
            (G:Agreement kind=ACTING_IN_CONCERT)-[VOTES_IN]->(H)
            (A)-[BOUND_BY]->(G);(B)-[BOUND_BY]->(G)
            """);
        var control = new CompanyControl(HoldingGraph.Of(drawn.Snapshot), ConcertAgreement.InForce(drawn.Snapshot));
        Assert.That(control.ControllersOf(drawn["H"]).Where(one => one.IsUltimate).Select(one => drawn.Labels(one.Controller.Members)), Is.EqualTo(new[] { "P" }));
        Assert.That(control.ControlledBy(control.Agreements[0]).Single().IsUltimate, Is.False);
    }
}
