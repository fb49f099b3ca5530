using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Workflow.Tests.Warnings;

public sealed class WarningRuleShelfTests
{
    private const string Own = """
        { "version": "1", "rows": [ { "name": "a", "kind": "LEVEL", "figure": "ratio", "operator": "BELOW", "limit": 1, "severity": "NOTICE", "coolDownDays": 1, "team": "A", "escalatesTo": "B", "takeWithinDays": 1, "title": { "en": "A", "zh": "A" } } ] }
        """;

    [Test]
    public void ABrokersOwnRulesTakeThePlaceOfAllForItAlone()
    {
        var shelf = WarningRuleShelf.Shipped.With("B001.json", Own);
        Assert.That(shelf.For("B001").Rows.Select(rule => rule.Name), Is.EqualTo(new[] { "a" }));
        Assert.That(shelf.For("B002"), Is.SameAs(WarningRuleBook.Shipped));
        Assert.That(shelf.Together().Rows.Length, Is.EqualTo(WarningRuleBook.Shipped.Rows.Length + 1), "figures are read for both");
        Assert.That((shelf.Brokers, WarningRuleShelf.Shipped.Brokers), Is.EqualTo((new[] { "B001" }, Array.Empty<string>())), "the shipped ones are as they were");
    }

    [TestCase("B001.txt", Own, "B001.txt is named after no broker")]
    [TestCase(".json", Own, "named after no broker")]
    [TestCase("B001.json", "{", "B001.json: ")]
    [TestCase("B001.json", """{ "version": "1", "rows": [] }""", "B001.json: it has no rows")]
    public void WhatIsNoFileOfRulesIsNamed(string file, string text, string why) =>
        Assert.That(() => WarningRuleShelf.Shipped.With(file, text), Throws.InstanceOf<InvalidDataException>().With.Message.Contain(why));
}
