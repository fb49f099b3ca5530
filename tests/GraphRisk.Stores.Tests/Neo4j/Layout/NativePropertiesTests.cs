using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Tests.Neo4j.Layout;

/// <summary>What Neo4j's own types say exactly, and what they do not.</summary>
public sealed class NativePropertiesTests
{
    private static readonly NodeType Company = SchemaCatalog.LoadEmbedded().Node("Company");

    [TestCase("0", true)]
    [TestCase("0.1", true)]
    [TestCase("123456789012.345", true)]
    [TestCase("1234567890123456.7", false)]
    [TestCase("0.3333333333333333333333333333", false)]
    [TestCase("79228162514264337593543950335", false)]
    [TestCase("-0.0000000000000000000000000001", true)]
    public void ADecimalIsExactUpToFifteenDigits(string text, bool exact) =>
        Assert.That(NativeProperties.AreExact(Capital(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture))), Is.EqualTo(exact));

    [Test]
    public void WhatIsExactComesBackAsItWas()
    {
        var random = new Random(3);
        var exact = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var number = new decimal(random.Next(), i % 3 == 0 ? random.Next() : 0, i % 7 == 0 ? random.Next() : 0, i % 2 == 0, (byte)random.Next(29));
            var said = Capital(number);
            if (!NativeProperties.AreExact(said)) continue;
            exact++;
            Assert.That(NativeProperties.Read(Company, NativeProperties.Of(said)!), Is.EqualTo(said), $"{number}");
        }

        Assert.That(exact, Is.InRange(4_000, 9_000), "both sorts are tried");
    }

    [TestCase("", false)]
    [TestCase("a|", true)]
    [TestCase("a\u001Fb", false)]
    public void ListsThatAnImportsFilesCannotTellApartAreNotExact(string joined, bool exact) =>
        Assert.That(NativeProperties.AreExact(Properties.Of(("aliases", PropertyValue.Of(joined.Split('|'))))), Is.EqualTo(exact));

    private static Properties Capital(decimal number) => Properties.Of(("registeredCapital", PropertyValue.Of(number)));
}
