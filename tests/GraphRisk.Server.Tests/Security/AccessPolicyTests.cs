using GraphRisk.Graph.Schema;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Tests.Security;

public class AccessPolicyTests
{
    private static Viewer Of(Role role, string? reason = null) =>
        new(role, "x", PurposeCatalog.Default.For(role).FirstOrDefault(), reason);

    private static IEnumerable<(Role, Standing, Sensitivity)> Everything() =>
        from role in Enum.GetValues<Role>()
        from standing in Enum.GetValues<Standing>()
        from level in Enum.GetValues<Sensitivity>()
        select (role, standing, level);

    [Test]
    public void AnAnonymousViewerReadsNothing()
    {
        foreach (var (_, standing, level) in Everything())
            Assert.That(AccessPolicy.Decide(Viewer.Anonymous, level, standing).Code, Is.EqualTo(AccessCodes.Unauthenticated));
    }

    [Test]
    public void LevelFourIsReadByTheRegulatorAsAnAggregateAndByNobodyElse()
    {
        var readers = Everything()
            .Where(cell => cell.Item3 == Sensitivity.Restricted && AccessPolicy.Decide(Of(cell.Item1, "why"), cell.Item3, cell.Item2).Access != Access.Deny)
            .Select(cell => (cell.Item1, cell.Item2));
        Assert.That(readers, Is.EqualTo(new[] { (Role.Regulator, Standing.Aggregate) }));
    }

    [Test]
    public void FromLevelThreeOnNobodyReadsWithoutAPurpose()
    {
        foreach (var (role, standing, level) in Everything().Where(cell => cell.Item3 >= Sensitivity.Confidential))
            Assert.That(AccessPolicy.Decide(new Viewer(role, "x"), level, standing).Access, Is.EqualTo(Access.Deny), $"{role} {standing} {level}");
    }

    [Test]
    public void APurposeOfAnotherRoleOpensNothing()
    {
        var borrowed = new Viewer(Role.Analyst, "x", PurposeCatalog.Default.Find("supervision"));
        Assert.That(AccessPolicy.Decide(borrowed, Sensitivity.Confidential, Standing.Other).Code, Is.EqualTo(AccessCodes.PurposeNotAllowed));
    }

    [Test]
    public void ALevelThatIsNotInTheTableIsDeniedToEveryone()
    {
        foreach (var (role, standing, _) in Everything())
            Assert.That(AccessPolicy.Decide(Of(role), (Sensitivity)5, standing).Access, Is.EqualTo(Access.Deny));
    }

    [TestCase(Role.Client, Standing.Own, Access.Allow)]
    [TestCase(Role.Client, Standing.Other, Access.Deny)]
    [TestCase(Role.Broker, Standing.Own, Access.Mask)]
    [TestCase(Role.Broker, Standing.Disclosed, Access.Mask)]
    [TestCase(Role.Broker, Standing.Other, Access.Deny)]
    [TestCase(Role.Analyst, Standing.Other, Access.Mask)]
    [TestCase(Role.Regulator, Standing.Other, Access.Mask)]
    public void IdentityIsReadByThoseItConcernsAndMaskedByDefault(Role role, Standing standing, Access expected) =>
        Assert.That(AccessPolicy.Decide(Of(role), Sensitivity.Confidential, standing).Access, Is.EqualTo(expected));

    [TestCase(Role.Regulator, Standing.Other, true)]
    [TestCase(Role.Broker, Standing.Own, true)]
    [TestCase(Role.Broker, Standing.Disclosed, false)]
    [TestCase(Role.Analyst, Standing.Other, false)]
    public void AReasonUnmasksOnlyForRolesThatMayUnmask(Role role, Standing standing, bool unmasks)
    {
        var decision = AccessPolicy.Decide(Of(role, "court order"), Sensitivity.Confidential, standing);
        Assert.That((decision.Access == Access.Allow, decision.Revealed), Is.EqualTo((unmasks, unmasks)));
    }

    [Test]
    public void EveryRoleButAnonymousHasAPurposeToDeclare()
    {
        foreach (var role in Enum.GetValues<Role>().Where(role => role != Role.Anonymous))
            Assert.That(PurposeCatalog.Default.For(role), Is.Not.Empty, role.ToString());
    }
}
