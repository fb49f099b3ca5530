using GraphRisk.Graph.Schema;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Tests.Security;

public class AccessPolicyTests
{
    private static Viewer Of(Role role, string? reason = null) =>
        new(role, "x", PurposeCatalog.Default.For(role).FirstOrDefault(), reason);

    private static Viewer For(Role role, string purpose) => new(role, "x", PurposeCatalog.Default.Find(purpose));

    private static AccessDecision Decide(
        Viewer viewer, Standing standing, Sensitivity level, ValueKind kind = ValueKind.Other, Grant grant = Grant.NotNeeded) =>
        AccessPolicy.Decide(viewer, new AccessQuestion(standing, level, kind, grant));

    [Test]
    public void AnAnonymousViewerReadsNothing()
    {
        foreach (var question in AccessTable.Questions)
            Assert.That(AccessPolicy.Decide(Viewer.Anonymous, question).Code, Is.EqualTo(AccessCodes.Unauthenticated));
    }

    [Test]
    public void FromLevelThreeOnNobodyReadsWithoutAPurpose()
    {
        foreach (var role in Enum.GetValues<Role>())
            foreach (var question in AccessTable.Questions.Where(question => question.Level >= AccessPolicy.Filed))
                Assert.That(AccessPolicy.Decide(new Viewer(role, "x"), question).Access, Is.EqualTo(Access.Deny), $"{role} {question}");
    }

    [Test]
    public void WhatIsUnknownToABrokerOrClientIsNotFoundAtEveryLevelAndForEveryPurpose()
    {
        foreach (var role in (Role[])[Role.Broker, Role.Client])
            foreach (var purpose in PurposeCatalog.Default.Purposes.Cast<Purpose?>().Append(null))
                foreach (var question in AccessTable.Questions.Where(question => question.Standing == Standing.Unknown))
                    Assert.That(AccessPolicy.Decide(new Viewer(role, "x", purpose), question).Code, Is.EqualTo("NOT_FOUND"), $"{role} {question}");
    }

    [Test]
    public void APurposeOfAnotherRoleOpensNothingAndTheRefusalNamesThoseThatWould()
    {
        var refusal = Decide(For(Role.Analyst, "supervision"), Standing.Visible, Sensitivity.Confidential);
        Assert.That(refusal.Code, Is.EqualTo(AccessCodes.PurposeNotAllowed));
        Assert.That(refusal.Purposes, Is.EqualTo(new[] { "data-quality", "model-validation" }));
    }

    [Test]
    public void ALevelThatIsNotInTheTableIsDeniedToEveryone()
    {
        foreach (var role in Enum.GetValues<Role>())
            Assert.That(Decide(Of(role), Standing.Own, (Sensitivity)5).Access, Is.EqualTo(Access.Deny));
    }

    [TestCase(Role.Client, Standing.Own, Access.Allow)]
    [TestCase(Role.Client, Standing.Visible, Access.Deny)]
    [TestCase(Role.Broker, Standing.Own, Access.Mask)]
    [TestCase(Role.Broker, Standing.Visible, Access.Deny)]
    [TestCase(Role.Analyst, Standing.Visible, Access.Pseudonym)]
    [TestCase(Role.Regulator, Standing.Visible, Access.Mask)]
    public void IdentityIsReadByThoseItConcernsAndMaskedByDefault(Role role, Standing standing, Access expected) =>
        Assert.That(Decide(Of(role), standing, Sensitivity.Confidential, ValueKind.Identity).Access, Is.EqualTo(expected));

    [TestCase(Role.Broker, "court order", Access.Allow)]
    [TestCase(Role.Broker, null, Access.Mask)]
    [TestCase(Role.Client, "court order", Access.Deny)]
    [TestCase(Role.Analyst, "court order", Access.Pseudonym)]
    public void ABrokerReadsTheNamesThatOpenSourcesTellForAReason(Role role, string? reason, Access expected) =>
        Assert.That(Decide(Of(role, reason), Standing.Visible, Sensitivity.Confidential, ValueKind.Name).Access, Is.EqualTo(expected));

    [TestCase(Role.Regulator, Standing.Visible, true)]
    [TestCase(Role.Broker, Standing.Own, true)]
    [TestCase(Role.Analyst, Standing.Visible, false)]
    public void AReasonUnmasksOnlyForRolesThatMayUnmask(Role role, Standing standing, bool unmasks)
    {
        var decision = Decide(Of(role, "court order"), standing, Sensitivity.Confidential, ValueKind.Identity);
        Assert.That((decision.Access == Access.Allow, decision.Revealed), Is.EqualTo((unmasks, unmasks)));
    }

    [Test]
    public void AnAnalystReadsAmountsToTwoDigitsUnlessItValidatesAModel()
    {
        Assert.That(Decide(For(Role.Analyst, "data-quality"), Standing.Visible, Sensitivity.Confidential, ValueKind.Amount).Access, Is.EqualTo(Access.Round));
        Assert.That(Decide(For(Role.Analyst, "model-validation"), Standing.Visible, Sensitivity.Confidential, ValueKind.Amount).Access, Is.EqualTo(Access.Allow));
    }

    [TestCase(Grant.Score, null)]
    [TestCase(Grant.Facts, null)]
    [TestCase(Grant.NoScore, "AUTHORISATION_REQUIRED")]
    [TestCase(Grant.NoFacts, "AUTHORISATION_REQUIRED")]
    public void WhatNeedsAnAuthorisationIsReadOfOnesClientWhileItIsInForce(Grant grant, string? code)
    {
        var decision = Decide(Of(Role.Broker), Standing.Own, Sensitivity.Confidential, ValueKind.Amount, grant);
        Assert.That(decision.Code, Is.EqualTo(code));
        if (code is not null) Assert.That(decision.Row!.OpenedBy, Does.Contain("authorisation of the client"));
    }

    [TestCase(Role.Regulator, "supervision", Standing.Visible, Grant.NotNeeded, null)]
    [TestCase(Role.Regulator, "supervision", Standing.Aggregate, Grant.NotNeeded, null)]
    [TestCase(Role.Client, "own-record", Standing.Own, Grant.NotNeeded, null)]
    [TestCase(Role.Broker, "admission", Standing.Own, Grant.Facts, null)]
    [TestCase(Role.Broker, "default-disposal", Standing.Own, Grant.Facts, null)]
    [TestCase(Role.Broker, "kyc", Standing.Own, Grant.Facts, "PURPOSE_NOT_ALLOWED")]
    [TestCase(Role.Broker, "admission", Standing.Own, Grant.NoFacts, "AUTHORISATION_REQUIRED")]
    [TestCase(Role.Broker, "admission", Standing.Own, Grant.NotNeeded, "FORBIDDEN")]
    [TestCase(Role.Broker, "admission", Standing.Visible, Grant.Facts, "FORBIDDEN")]
    [TestCase(Role.Analyst, "model-validation", Standing.Visible, Grant.NotNeeded, "FORBIDDEN")]
    public void CrossBrokerPositionsAreReadByTheRegulatorTheClientAndABrokerWithFacts(
        Role role, string purpose, Standing standing, Grant grant, string? code) =>
        Assert.That(Decide(For(role, purpose), standing, Sensitivity.Restricted, ValueKind.Amount, grant).Code, Is.EqualTo(code));

    [Test]
    public void WhatIsShownHiddenOrUnderAnotherNameIsNotSoughtButByThoseWhoCouldHaveItShown()
    {
        Assert.That(Decide(Of(Role.Regulator), Standing.Visible, Sensitivity.Confidential, ValueKind.Identity).MayBeSought, Is.True);
        Assert.That(Decide(Of(Role.Broker), Standing.Own, Sensitivity.Confidential, ValueKind.Identity).MayBeSought, Is.True);
        Assert.That(Decide(Of(Role.Analyst), Standing.Visible, Sensitivity.Confidential, ValueKind.Identity).MayBeSought, Is.False);
        Assert.That(Decide(Of(Role.Analyst), Standing.Visible, Sensitivity.Public, ValueKind.Text).MayBeSought, Is.False);
    }

    [TestCase(Role.Analyst, "data-quality", Act.Judge, null)]
    [TestCase(Role.Analyst, "model-validation", Act.Judge, "PURPOSE_NOT_ALLOWED")]
    [TestCase(Role.Regulator, "complaint", Act.Judge, null)]
    [TestCase(Role.Broker, "kyc", Act.Judge, "FORBIDDEN")]
    [TestCase(Role.Regulator, "supervision", Act.Import, null)]
    [TestCase(Role.Client, "own-record", Act.Import, "FORBIDDEN")]
    [TestCase(Role.Client, "own-record", Act.AskExposure, "FORBIDDEN")]
    public void CommandsAreInTheTableToo(Role role, string purpose, Act act, string? code) =>
        Assert.That(AccessPolicy.Decide(For(role, purpose), act).Code, Is.EqualTo(code));

    [Test]
    public void EveryRoleButAnonymousHasAPurposeToDeclare()
    {
        foreach (var role in Enum.GetValues<Role>().Where(role => role != Role.Anonymous))
            Assert.That(PurposeCatalog.Default.For(role), Is.Not.Empty, role.ToString());
    }
}
