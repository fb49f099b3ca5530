using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Records;

/// <summary>Contradictions between equally reliable sources are told to who may know both sides, shown as the field itself would be.</summary>
public sealed class ContradictionsPartTests
{
    private const string Asked = """contradictions { field believed { value source since } others { value source recordKey reliability since } }""";

    [Test]
    public async Task TheValueThatLostIsReadWithItsSourceAndDay()
    {
        await using var served = await Serving();
        var answer = await served.Ask(ServedGraph.Regulator, $$"""{ company(id: "{{SmallMarket.Huaxin}}") { industry {{Asked}} } }""");
        Assert.That(answer.TextAt("company.industry"), Is.EqualTo("贸易"));
        Assert.That(answer.TextAt("company.contradictions.0.field"), Is.EqualTo("industry"));
        Assert.That(answer.TextAt("company.contradictions.0.believed.source"), Is.EqualTo("bureau"));
        Assert.That(answer.TextAt("company.contradictions.0.believed.since"), Does.StartWith("2021-05-06"));
        Assert.That(answer.TextAt("company.contradictions.0.others.0.value"), Is.EqualTo("制造"));
        Assert.That(answer.TextAt("company.contradictions.0.others.0.recordKey"), Is.EqualTo("91310000MA1FL0000A"));
    }

    [Test]
    public async Task WhoMayKnowOneSideAloneIsToldOfNoContradiction()
    {
        await using var served = await Serving();
        var query = $$"""{ client(id: "{{SmallMarket.Zhang}}") { ... on Person { {{Asked}} } } }""";
        Assert.That((await served.Ask(ServedGraph.Regulator, query)).TextsAt("client.contradictions", "field"), Does.Contain("address"));
        foreach (var broker in (string[])["B001", "B002"])
        {
            var told = await served.AskText(ServedGraph.Broker(broker), query);
            Assert.That(told, Does.Not.Contain("\"address\",\"believed\"").And.Not.Contain("errors"), broker);
        }
    }

    [Test]
    public async Task BothSidesAreMaskedAsTheFieldIs()
    {
        await using var served = await Serving();
        var query = $$"""{ client(id: "{{SmallMarket.Zhang}}") { ... on Person { {{Asked}} } } }""";
        var masked = await served.AskText(ServedGraph.RegulatorMasked, query);
        Assert.That(masked, Does.Contain("上海市***").And.Contain("北京市***").And.Not.Contain("世纪大道").And.Not.Contain("长安街"));
        Assert.That(await served.AskText(ServedGraph.Regulator, query), Does.Contain("世纪大道1号").And.Contain("长安街2号"));
        Assert.That(await served.AskText(ServedGraph.Analyst, query), Does.Not.Contain("世纪大道").And.Not.Contain("长安街"));
    }

    [Test]
    public async Task AHoldingOfTwoNumbersIsToldOnTheEdgeAndInTheAnswerOnOwnership()
    {
        await using var served = await Serving();
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { company(id: "{{SmallMarket.Dongfang}}") { holders { edges { share {{Asked}} node { id } } } owners { findings { kind amount companies { ... on Company { uscc } } } } } }
            """);
        var text = answer.ToString();
        Assert.That(answer.TextAt("company.owners.findings.0.kind"), Is.EqualTo("SOURCES_DISAGREE"));
        Assert.That(text, Does.Contain("\"share\":0.35").And.Contain("\"value\":\"0.25\"").And.Contain("bureau"));
    }

    /// <summary>A chain of more companies than are read: how many were not is said.</summary>
    [Test]
    public async Task WhatWasNotComparedIsSaid()
    {
        var sketch = new MarketSketch().Node("Person/registry:P", ("name", "赵"));
        for (var at = 0; at < 24; at++)
            sketch = sketch.Node($"Company/registry:C{at}", ("name", $"公司{at}")).Edge("HOLDS", at == 0 ? "Person/registry:P" : $"Company/registry:C{at - 1}", $"Company/registry:C{at}", ("share", "1"));
        await using var served = await ServedGraph.Of(sketch);
        var answer = await served.Ask(ServedGraph.Regulator, """{ company(id: "Company/registry:C23") { owners { findings { kind amount } } } }""");
        Assert.That(answer.TextAt("company.owners.findings.0.kind"), Is.EqualTo("SOURCES_NOT_COMPARED"));
        Assert.That(answer.At("company.owners.findings.0.amount").GetDecimal(), Is.EqualTo(4));
    }

    private static async Task<ServedGraph> Serving()
    {
        var served = await ServedGraph.Of(SmallMarket.Sketch());
        var since = Validity.Since(new DateOnly(2021, 5, 6));
        NodeFact Said(string node, string source, string key, string field, string value, Validity validity) =>
            new(NodeId.Parse(node), Properties.Of((field, PropertyValue.Of(value))), validity, new Provenance(source, key, 0.9m));
        await served.Record(
        [
            Change.Assert(Said(SmallMarket.Huaxin, "registry", "91310000MA1FL0000A", "industry", "制造", Validity.Since(new DateOnly(2019, 1, 1)))),
            Change.Assert(Said(SmallMarket.Huaxin, "bureau", "7", "industry", "贸易", since)),
            Change.Assert(Said(SmallMarket.ZhangAtB002, "broker-B002", "C7", "address", "北京市长安街2号", since)),
            Change.Assert(new RelationshipFact(
                "HOLDS", NodeId.Parse(SmallMarket.Wang), NodeId.Parse(SmallMarket.Dongfang), "", Properties.Of(("share", PropertyValue.Of(0.35m))), since, new Provenance("bureau", "8", 0.9m))),
        ]);
        return served;
    }
}
