using GraphRisk.Disclosure.Rules;
using GraphRisk.Disclosure.Statistics;

namespace GraphRisk.Disclosure.Tests.Statistics;

public class CellRuleTests
{
    private static readonly int[] TenClients = [.. Enumerable.Repeat(9, 10)];

    [Test]
    public void ACellNeedsThreeBrokersAndTenClients() => Assert.Multiple(() =>
    {
        Assert.That(Allows([30, 30, 30], TenClients), Is.True);
        Assert.That(Allows([45, 45], TenClients), Is.False, "two brokers");
        Assert.That(Allows([30, 30, 30], TenClients[1..]), Is.False, "nine clients");
    });

    [Test]
    public void NobodyMakesUpMoreThanSeventyInAHundred() => Assert.Multiple(() =>
    {
        Assert.That(Allows([80, 10, 10], TenClients), Is.False, "a broker");
        Assert.That(Allows([30, 30, 30], [400, .. TenClients]), Is.False, "a client");
    });

    [Test]
    public void NoBrokerEstimatesAnother() => Assert.That(Allows([60, 36, 4], TenClients), Is.False);

    private static bool Allows(int[] brokers, int[] clients) =>
        CellRule.Allows(new Cell(brokers.Sum(), Made(brokers), Made(clients)), DisclosureLimits.Default);

    private static Contributions Made(int[] parts) => Contributions.Of(parts.Select((part, who) => (who, (decimal)part)));
}
