using GraphRisk.Cli.Composition;

namespace GraphRisk.Cli.Tests.Composition;

/// <summary>Which server an address means and whose secrets it takes.</summary>
public sealed class StoreAddressTests
{
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal)
    {
        ["GRAPHRISK_NEO4J_URL"] = "http://127.0.0.1:7474",
        ["GRAPHRISK_NEO4J_PASSWORD"] = "of both",
        ["GRAPHRISK_NEO4J_DATABASE"] = "risk",
        ["GRAPHRISK_TO_NEO4J_PASSWORD"] = "of the target",
    };

    [TestCase("FROM_", "of both")]
    [TestCase("TO_", "of the target")]
    [TestCase("", "of both")]
    public void AServersOwnVariablesGoBeforeThoseOfBoth(string side, string password)
    {
        var server = StoreAddress.Parse("neo4j:https://example:7473", side, Variables.GetValueOrDefault).Server!;
        Assert.Multiple(() =>
        {
            Assert.That(server.Url, Is.EqualTo(new Uri("https://example:7473")));
            Assert.That(server.Password, Is.EqualTo(password));
            Assert.That(server.Database, Is.EqualTo("risk"));
        });
    }

    [Test]
    public void WithoutAUrlTheServerIsTheOneTheEnvironmentNames() =>
        Assert.That(StoreAddress.Parse("neo4j:", "", Variables.GetValueOrDefault).Server!.Url, Is.EqualTo(new Uri("http://127.0.0.1:7474")));

    [Test]
    public void WithoutAUrlAnywhereItIsRefused() =>
        Assert.That(() => StoreAddress.Parse("neo4j:", "", _ => null), Throws.InstanceOf<UserErrorException>());

    [Test]
    public void ASecretInTheUrlIsRefusedAndNotShown() => Assert.That(
        () => StoreAddress.Parse("neo4j:", "", name => name == "GRAPHRISK_NEO4J_URL" ? "http://neo4j:secret@127.0.0.1:7474" : null),
        Throws.InstanceOf<FormatException>().With.Message.Contains("GRAPHRISK_NEO4J_PASSWORD").And.Message.Not.Contains("secret"));

    [Test]
    public void WhatIsShownOfAServerHoldsNoSecret() =>
        Assert.That(StoreAddress.Parse("neo4j:", "TO_", Variables.GetValueOrDefault).Text, Is.EqualTo("neo4j:http://127.0.0.1:7474/"));
}
