using GraphRisk.Cli.Output;

namespace GraphRisk.Cli.Tests.Output;

public sealed class CountedTests
{
    [TestCase(0, "chain", "0 chains")]
    [TestCase(1, "chain", "1 chain")]
    [TestCase(2, "entry", "2 entries")]
    [TestCase(1234, "piece", "1,234 pieces")]
    public void OneIsNotSeveral(long count, string noun, string said) => Assert.That(Counted.Of(count, noun), Is.EqualTo(said));
}
