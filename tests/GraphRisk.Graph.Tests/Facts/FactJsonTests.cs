using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Facts;

public sealed class FactJsonTests
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();

    [Test]
    public void PropertiesReadLikeAPersonWouldWriteThem()
    {
        var properties = Properties.Of(
            ("name", PropertyValue.Of("甲\"公司\"\n")), ("aliases", PropertyValue.Of(["b", "a"])), ("kind", PropertyValue.OfEnum("FUND")),
            ("registeredCapital", PropertyValue.Of(1.500m)), ("establishedOn", PropertyValue.Of(new DateOnly(2001, 2, 3))),
            ("blocked", PropertyValue.Of(true)));
        Assert.That(Encoding.UTF8.GetString(FactJson.Write(properties)), Is.EqualTo(
            """{"aliases":["b","a"],"blocked":true,"establishedOn":"2001-02-03","kind":"FUND","name":"甲\"公司\"\n","registeredCapital":1.5}"""));
    }

    [Test]
    public void RandomPropertiesComeBackEqualAndTheirTextTheSame()
    {
        var changes = new RandomChanges(4);
        for (var i = 0; i < 2000; i++)
        {
            var fact = changes.NextFact();
            ElementType type = fact is NodeFact ? Catalog.Node(fact.Type) : Catalog.Relationship(fact.Type);
            var text = FactJson.Write(fact.Properties);
            var back = FactJson.Read(type, text);
            Assert.That(back, Is.EqualTo(fact.Properties));
            Assert.That(FactJson.Write(back), Is.EqualTo(text));
        }
    }

    [TestCase("[]", "not a JSON object")]
    [TestCase("{\"name\":", "cannot be read")]
    [TestCase("{\"nom\":\"x\"}", "'nom' is not a field of Company")]
    [TestCase("{\"name\":1}", "cannot be read")]
    [TestCase("{\"blocked\":\"yes\"}", "cannot be read")]
    [TestCase("{\"registeredCapital\":1e99}", "")]
    [TestCase("{\"establishedOn\":\"2001-02-30\"}", "is not a Date")]
    [TestCase("{\"aliases\":\"a\"}", "is not a list")]
    [TestCase("{\"aliases\":[null]}", "holds a null")]
    [TestCase("{\"name\":\"a\",\"name\":\"b\"}", "given twice")]
    public void WhatIsNotTheFieldsOfTheTypeIsRefused(string text, string reason) => Assert.That(
        () => FactJson.Read(Catalog.Node("Company"), Encoding.UTF8.GetBytes(text)),
        Throws.TypeOf<FormatException>().With.Message.Contains(reason));
}
