using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Tests.Sessions;

/// <summary>What is kept of what was derived, and what goes.</summary>
public class RecentValuesTests
{
    [Test]
    public void WhatIsAskedForStaysAndTheRestGoesOnceTwoGenerationsAreFull()
    {
        var (values, made) = (new RecentValues<string>(bound: 4), new Dictionary<int, int>());
        string Ask(int key) => values.Of(key, () =>
        {
            made[key] = made.GetValueOrDefault(key) + 1;
            return $"value {key}";
        });

        for (var key = 1; key <= 100; key++)
        {
            Assert.That(Ask(key), Is.EqualTo($"value {key}"));
            Assert.That(Ask(0), Is.EqualTo("value 0"));
        }

        Assert.That(made[0], Is.EqualTo(1), "asked for all the time");
        Ask(100);
        Ask(1);
        Assert.That((made[100], made[1]), Is.EqualTo((1, 2)), "the newest is there, the oldest made again");
    }

    [Test]
    public void AFailureIsNotKept()
    {
        var values = new RecentValues<string>(bound: 4);
        Assert.That(() => values.Of("key", () => throw new InvalidOperationException("once")), Throws.InvalidOperationException);
        Assert.That(values.Of("key", () => "then"), Is.EqualTo("then"));
    }
}
