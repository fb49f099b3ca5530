using GraphRisk.Market.Networks;

namespace GraphRisk.Market.Tests.Networks;

public sealed class GuaranteeKindsTests
{
    [TestCase("连带责任", true)]
    [TestCase("连带责任保证", true)]
    [TestCase("連帶責任", true)]
    [TestCase("Joint and several", true)]
    [TestCase("一般保证", false)]
    [TestCase("非连带责任保证", false)]
    [TestCase("不承担连带责任", false)]
    [TestCase("several, not joint", false)]
    [TestCase("non-joint", false)]
    [TestCase("按份", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void OnlyWhatSaysSoIsJointAndSeveral(string? kind, bool isJoint) => Assert.That(GuaranteeKinds.IsJoint(kind), Is.EqualTo(isJoint));
}
