using GraphRisk.Server.Composition;

namespace GraphRisk.Server.Tests.Composition;

public sealed class SealerTests
{
    private static readonly Sealer Sealer = new("0123456789abcdef"u8);

    [TestCase("")]
    [TestCase("Person/registry:P1")]
    [TestCase("Account/6200 0000 0000 1234 张三")]
    public void WhatWasSealedIsOpened(string text) => Assert.That(Sealer.Open(Sealer.Seal(text)), Is.EqualTo(text));

    [Test]
    public void TheSameTextSealsAlike() =>
        Assert.That(Enumerable.Repeat("Person/registry:P1", 3).Select(Sealer.Seal).Distinct(), Has.Exactly(1).Items);

    [Test]
    public void AnotherKeyOpensNothing() => Assert.That(new Sealer("another key of 16"u8).Open(Sealer.Seal("Person/registry:P1")), Is.Null);

    [Test]
    public void EveryChangedCharacterIsNoticed()
    {
        var seal = Sealer.Seal("Person/registry:P1");
        for (var at = 0; at < seal.Length; at++)
        {
            var forged = seal[..at] + (seal[at] == 'A' ? 'B' : 'A') + seal[(at + 1)..];
            Assert.That(Sealer.Open(forged), Is.Null, $"changed at {at}");
        }
    }

    [TestCase("")]
    [TestCase("AAAA")]
    [TestCase("not base64!")]
    [TestCase("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo")]
    public void WhatIsNoSealIsNotOpened(string text) => Assert.That(Sealer.Open(text), Is.Null);

    [Test]
    public void AShortKeyIsRefused() => Assert.That(() => new Sealer("short"u8), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
