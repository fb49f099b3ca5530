using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market;
using GraphRisk.Market.Publishing;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Neo4j.Publishing;

namespace GraphRisk.Stores.Tests.Neo4j.Publishing;

/// <summary>Captions and what is derived on a real server, which the tests empty.</summary>
[NonParallelizable]
public sealed class Neo4jPublisherTests
{
    private static readonly DateTimeOffset Noon = new(2024, 6, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly Provenance Registry = new("registry", "1", 0.9m);
    private static readonly Dictionary<string, object?> Nothing = [];
    private Neo4jGraphStore store = null!;
    private QueryApiClient client = null!;

    [SetUp]
    public async Task Open()
    {
        var options = Neo4jServer.Require();
        await Neo4jServer.EmptyAsync();
        client = new QueryApiClient(options, TimeProvider.System);
        store = await Neo4jGraphStore.OpenAsync(options, SchemaCatalog.LoadEmbedded(), TimeProvider.System);
        await store.AppendAsync(new ChangeSet("a", Noon, "test", [
            Change.Assert(Node("Company", "registry:A", ("name", PropertyValue.Of("甲有限公司")))),
            Change.Assert(Node("Company", "registry:B", ("name", PropertyValue.Of("乙有限公司")))),
            Change.Assert(Node("CreditEvent", "e1", ("kind", PropertyValue.OfEnum("DEFAULT")), ("occurredOn", PropertyValue.Of(new DateOnly(2024, 5, 1))))),
            Change.Assert(new RelationshipFact(
                "HOLDS", new NodeId("Company", "registry:A"), new NodeId("Company", "registry:B"), "",
                Properties.Of(("share", PropertyValue.Of(0.3m))), Validity.Always, Registry)),
        ]));
    }

    [TearDown]
    public async Task Close()
    {
        client?.Dispose();
        if (store is not null) await store.DisposeAsync();
    }

    [Test]
    public async Task ANodeIsCalledByTheFieldsItsSchemaMarks()
    {
        var names = await AskAsync("MATCH (n:CreditEvent|Company) RETURN n.name ORDER BY n.name");
        Assert.That(names, Is.EquivalentTo(new[] { "DEFAULT 2024-05-01", "乙有限公司", "甲有限公司" }));
    }

    [Test]
    public async Task WhatIsPublishedLeadsToItsRecordsAndIsNoFact()
    {
        var before = await ContentHash.ComputeAsync(store);
        var report = await PublishAsync(await PublicationAsync());
        Assert.That((report.Nodes, report.Relationships, report.Dropped), Is.EqualTo((2L, 3L, 0L)));
        Assert.That(
            await AskAsync("MATCH (r:Company)<-[:RECORDED_AS]-(p:Party)-[o:OWNS]->(q:Party)-[:RECORDED_AS]->(s) RETURN p.id + ' ' + toString(o.share) + ' ' + s.key"),
            Is.EqualTo(new[] { "Company/registry:A 0.3 registry:B" }));
        Assert.That(await ContentHash.ComputeAsync(store), Is.EqualTo(before));
        Assert.That(await store.FindAsync(new NodeId("Company", "registry:A"), 1, withRelationships: true), Has.Count.EqualTo(2));
        Assert.That(await store.CheckAsync(), Is.Empty);
    }

    [Test]
    public async Task PublishingAgainChangesNothingAndALaterOneDropsWhatItDoesNotSay()
    {
        var publication = await PublicationAsync();
        await PublishAsync(publication);
        Assert.That((await PublishAsync(publication)).Dropped, Is.Zero);
        var less = await PublishAsync(publication with { Parties = publication.Parties[..1], Ties = [] });
        Assert.That(less.Dropped, Is.EqualTo(3), "a party, its link to its record and the tie");
        Assert.That(await AskAsync("MATCH (n:Party) RETURN n.name"), Is.EqualTo(new[] { "甲有限公司" }));
        Assert.That(await AskAsync("MATCH (n:Company) RETURN n.key ORDER BY n.key"), Is.EqualTo(new[] { "registry:A", "registry:B" }));
    }

    [Test]
    public async Task WhoeverWritesAnEarlierPublicationIsRefusedOnceALaterOneHasBegun()
    {
        var publication = await PublicationAsync();
        await PublishAsync(publication);
        var begun = await WriteAsync("publish/begin", ("about", Nothing));
        var row = new Dictionary<string, object?> { ["id"] = "x", ["shown"] = Nothing };
        Assert.That(await WriteAsync("publish/put-nodes", ("run", (long)begun[0]![0]! - 1), ("rows", new[] { row })), Is.EqualTo(new[] { new object[] { 0L } }));
        Assert.That(await WriteAsync("publish/end", ("run", (long)begun[0]![0]! - 1)), Is.Empty);
        Assert.That(await AskAsync("MATCH (p:Publication) RETURN p.state"), Is.EqualTo(new[] { "WRITING" }));
        Assert.That((await PublishAsync(publication)).Dropped, Is.Zero);
        Assert.That(await AskAsync("MATCH (p:Publication) RETURN p.state"), Is.EqualTo(new[] { "COMPLETE" }));
    }

    [Test]
    public async Task WhatAnalystsPutBesideStaysAndWhatIsNoLongerBelievedGoes()
    {
        var publication = await PublicationAsync();
        var party = publication.Parties[0];
        await PublishAsync(publication with { Parties = [party with { Believed = Properties.Of(("name", PropertyValue.Of("甲")), ("address", PropertyValue.Of("上海"))) }, .. publication.Parties[1..]] });
        await client.RunAsync("MATCH (p:Party)-[r:OWNS]->() SET p.rank = 0.25, p:Watched, r.note = 'asked' CREATE (p)<-[:NOTED]-(:Note)", Nothing, AccessMode.Write);
        await using (var publisher = await Neo4jPublisher.OpenAsync(Neo4jServer.Require(), SchemaCatalog.LoadEmbedded(), TimeProvider.System))
        {
            await client.RunAsync("CREATE (:Client {isClient: false, name: 'mine'})", Nothing, AccessMode.Write);
            await publisher.PublishAsync(publication);
        }

        Assert.That(
            await AskAsync("MATCH (n:Note)-[:NOTED]->(p:Watched)-[r:OWNS]->() RETURN p.name + ' ' + toString(p.rank) + ' ' + coalesce(p.address, 'none') + ' ' + r.note"),
            Is.EqualTo(new[] { "甲有限公司 0.25 none asked" }));
        Assert.That(await AskAsync("MATCH (c:Client) WHERE c._run IS NULL RETURN c.name"), Is.EqualTo(new[] { "mine" }));
        await client.RunAsync("MATCH (c:Client {name: 'mine'}) DELETE c", Nothing, AccessMode.Write);
    }

    [Test]
    public async Task WhatAnalystsAskEndsInAnErrorWhileAPublicationIsNotWholeAndSaysHowFarItLiesBehind()
    {
        var market = new Dictionary<string, object?> { ["highRisk"] = 0.05 };
        async Task<IReadOnlyList<object?[]>> AskMarketAsync() => (await client.RunAsync(CypherText.Get("analysts/market").Text, market, AccessMode.Read)).Rows;
        await store.AppendAsync(new ChangeSet("broker", Noon, "test", [Change.Assert(Node("Broker", "B001", ("name", PropertyValue.Of("某证券"))))]));
        Assert.That(AskMarketAsync, Throws.InstanceOf<Neo4jException>().With.Message.Contains("MISSING"));
        await PublishAsync(await PublicationAsync());
        Assert.That((await AskMarketAsync())[0][^1], Is.EqualTo(0L));
        await store.AppendAsync(new ChangeSet("later", Noon, "test", [Change.Assert(Node("Broker", "B002", ("name", PropertyValue.Of("另证券"))))]));
        Assert.That((await AskMarketAsync())[0][^1], Is.EqualTo(1L));
        await WriteAsync("publish/begin", ("about", Nothing));
        Assert.That(AskMarketAsync, Throws.InstanceOf<Neo4jException>().With.Message.Contains("WRITING").And.Message.Contains("graphrisk publish"));
    }

    [Test]
    public void EveryQuestionOfAnalystsThatRestsOnAPublicationLooksAtItsStateFirst()
    {
        var first = string.Join('\n', CypherText.Get("analysts/picture").Text.Split('\n')[..6]);
        Assert.That(first, Does.Contain("published.state"));
        foreach (var text in CypherText.All.Values.Where(text => text.Name.StartsWith("analysts/", StringComparison.Ordinal) && text.Name != "analysts/fact-history"))
        {
            Assert.That(text.Text, Does.StartWith(first), text.Name);
            Assert.That(text.Name == "analysts/picture" || text.Text.Contains(" AS behind", StringComparison.Ordinal), Is.True, text.Name);
        }
    }

    [Test]
    public void NamesOfWhatIsDerivedAreNoneOfTheSchemas()
    {
        var names = store.Catalog.NodeTypes.Select(type => type.GraphName).Concat(store.Catalog.RelationshipTypes.Select(type => type.GraphName));
        Assert.That(DerivedNames.Labels.Concat(DerivedNames.Types).Concat([DerivedNames.Publication, DerivedNames.Client]).Intersect(names), Is.Empty);
    }

    private async Task<Publication> PublicationAsync() => PublicationBuilder.Of(new MarketReading(await new SnapshotProvider(store).GetAsync(Noon)));

    private static async Task<PublicationReport> PublishAsync(Publication publication)
    {
        await using var publisher = await Neo4jPublisher.OpenAsync(Neo4jServer.Require(), SchemaCatalog.LoadEmbedded(), TimeProvider.System);
        return await publisher.PublishAsync(publication);
    }

    private async Task<IReadOnlyList<object?[]>> WriteAsync(string text, params (string Name, object? Value)[] parameters) =>
        (await client.RunAsync(
            CypherText.Get(text).With(text == "publish/put-nodes" ? [("Label", DerivedNames.Party)] : []),
            parameters.ToDictionary(pair => pair.Name, pair => pair.Value), AccessMode.Write)).Rows;

    private async Task<string[]> AskAsync(string statement) =>
        [.. (await client.RunAsync(statement, Nothing, AccessMode.Read)).Rows.Select(row => (string)row[0]!)];

    private static NodeFact Node(string type, string key, params (string Name, PropertyValue Value)[] properties) =>
        new(new NodeId(type, key), Properties.Of(properties), Validity.Always, Registry);
}
