using GraphRisk.Market.Networks;

namespace GraphRisk.Market.Tests.Networks;

public sealed class GuaranteeKindsTests
{
    [TestCase("连带责任", true)]
    [TestCase("连带责任保证", true)]
    [TestCase("連帶責任", true)]
    [TestCase("Joint and several", true)]
    [TestCase("一般保证", true)]
    [TestCase("非连带责任保证", false)]
    [TestCase("不承担连带责任", false)]
    [TestCase("several, not joint", false)]
    [TestCase("non-joint", false)]
    [TestCase("按份保证", false)]
    [TestCase("several", false)]
    [TestCase("保证金", false)]
    [TestCase("抵押", false)]
    [TestCase("general", true)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void ASuretyWithoutSharesAnswersForTheWhole(string? kind, bool isWhole) => Assert.That(GuaranteeKinds.IsWhole(kind), Is.EqualTo(isWhole));
}
