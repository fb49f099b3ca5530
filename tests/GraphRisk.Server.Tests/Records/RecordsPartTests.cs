using GraphRisk.Graph.Facts;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Records;

public sealed class RecordsPartTests
{
    [Test]
    public async Task AClientShowsEveryRecordJoinedInIt()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var answer = await served.Ask(ServedGraph.Regulator, $$"""{ client(id: "{{SmallMarket.Zhang}}") { records { source recordKey reliability recordedAt validFrom } } }""");
        Assert.That(answer.TextsAt("client.records", "source"), Is.EqualTo(new[] { "registry", "broker-B001", "broker-B002" }));
        Assert.That(answer.TextsAt("client.records", "recordKey"), Is.EqualTo(new[] { "P1", "C1", "C7" }));
    }

    [Test]
    public async Task ABrokerIsNotToldOfAnothersRecord()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var answer = await served.Ask(ServedGraph.Broker("B001"), $$"""{ client(id: "{{SmallMarket.Zhang}}") { records { source } } }""");
        Assert.That(answer.TextsAt("client.records", "source"), Is.EqualTo(new[] { "registry", "broker-B001" }));
    }

    [TestCase("B001", 1)]
    [TestCase("B002", 0)]
    public async Task APartOfABrokersDataIsThatBrokersToo(string broker, int seen)
    {
        var statement = new NodeFact(
            NodeId.Parse(SmallMarket.Zhang), Properties.Of(("name", PropertyValue.Of("张三"))), Validity.Always, new Provenance("broker-B001/margin", "M1", 0.8m));
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        await served.Record([Change.Assert(statement)]);
        var answer = await served.Ask(ServedGraph.Broker(broker), $$"""{ client(id: "{{SmallMarket.Zhang}}") { records { source } } }""");
        Assert.That(answer.TextsAt("client.records", "source").Count(source => source == "broker-B001/margin"), Is.EqualTo(seen));
    }

    [Test]
    public async Task ARelationshipShowsTheTextItWasReadFrom()
    {
        var mention = new RelationshipFact(
            "MENTIONS", new NodeId("Document", "court:D1"), new NodeId("Company", "registry:1"), "", Properties.Of(("role", PropertyValue.Of("被告"))),
            Validity.Always, new Provenance("court", "D1", 0.8m, new TextSpan(12, 20)));
        await using var served = await ServedGraph.Of(new MarketSketch().Node("Company/registry:1", ("name", "甲公司")));
        await served.Record([Change.Assert(mention)]);
        var answer = await served.Ask(ServedGraph.Regulator, """
            { company(id: "Company/registry:1") { mentionedIn { edges { role records { source spanStart spanEnd } } } } }
            """);
        Assert.That(answer.TextAt("company.mentionedIn.edges.0.records.0.source"), Is.EqualTo("court"));
        Assert.That(answer.At("company.mentionedIn.edges.0.records.0.spanStart").GetInt32(), Is.EqualTo(12));
        Assert.That(answer.At("company.mentionedIn.edges.0.records.0.spanEnd").GetInt32(), Is.EqualTo(20));
    }
}
