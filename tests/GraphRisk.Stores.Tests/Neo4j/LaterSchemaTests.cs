using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Replica;
using GraphRisk.Stores.Tests.Sqlite;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Neo4j;

/// <summary>A program whose schema is earlier, beside a later one in one database.</summary>
[NonParallelizable]
public sealed class LaterSchemaTests
{
    private static readonly DateTimeOffset Noon = new(2024, 6, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly Provenance Registry = new("registry", "1", 0.9m);
    private static readonly NodeId Owner = new("Person", "registry:P1"), Ship = new("Ship", "registry:S1"), Broker = new("Broker", "B077");
    private static readonly string[] New = ["Broker.website", "OWNS_SHIP", "Ship", "Ship.name"];
    private Neo4jGraphStore earlier = null!, later = null!;

    [SetUp]
    public async Task Open()
    {
        var options = Neo4jServer.Require();
        await Neo4jServer.EmptyAsync();
        earlier = await Neo4jGraphStore.OpenAsync(options, SchemaCatalog.LoadEmbedded(), TimeProvider.System);
        await AppendAsync(earlier, "a", Node(Owner, Registry, ("name", "张三")));
        later = await Neo4jGraphStore.OpenAsync(options, SchemaChangeTests.New, TimeProvider.System);
        await AppendAsync(
            later, "b", Node(Ship, Registry, ("name", "海洋号")), new RelationshipFact("OWNS_SHIP", Owner, Ship, "", Properties.None, Validity.Always, Registry),
            Node(Broker, Registry, ("name", "某证券"), ("website", "www.example.com")));
        await AppendAsync(later, "c", Node(Broker, Registry with { Source = "list", Reliability = 1m }, ("name", "某证券公司")));
        await later.AppendAsync(new ChangeSet("d", Noon, "test", [Change.Retract(Node(Ship, Registry, ("name", "海洋号")))]));
    }

    [TearDown]
    public async Task Close()
    {
        if (earlier is not null) await earlier.DisposeAsync();
        if (later is not null) await later.DisposeAsync();
    }

    [Test]
    public async Task TheEarlierOneAnswersForWhatItKnowsAndNamesWhatItDoesNot()
    {
        var version = await earlier.GetVersionAsync();
        Assert.That((version.Number, earlier.Unknown, later.Unknown), Is.EqualTo((4L, New, Array.Empty<string>())).Using<IEnumerable<string>>((left, right) => left.SequenceEqual(right)));
        Assert.That((await earlier.ReadAsync(ReadScope.All(version.Number)).ToListAsync()).Select(recorded => recorded.Fact.Type), Is.EqualTo((string[])["Person", "Broker", "Broker"]));
        Assert.That(await earlier.FindAsync(Owner, version.Number, withRelationships: true), Has.Count.EqualTo(1));
        Assert.That(await earlier.ReadChangesAsync(0).CountAsync(), Is.EqualTo(3));
        var snapshot = await SnapshotBuilder.BuildAsync(earlier, version, Noon);
        Assert.That(snapshot.Nodes.GetString(snapshot.Nodes.Find(Broker), "name"), Is.EqualTo("某证券公司"));
        var seen = await new StoreWatch(earlier, TimeProvider.System).LookAsync();
        Assert.That((seen.IsAway, seen.IsBeyondSchema), Is.EqualTo((false, true)));
        Assert.That(async () => await ContentHash.ComputeAsync(earlier), Throws.InstanceOf<StoreUnavailableException>().With.Message.Contains("Ship"), "no hash of a part is given as the whole's");
        await using var again = await Neo4jGraphStore.OpenAsync(Neo4jServer.Require(), SchemaCatalog.LoadEmbedded(), TimeProvider.System);
        Assert.That(again.Unknown, Is.EqualTo(New), "and after a restart");
    }

    [Test]
    public async Task TheEarlierOneChangesNothingOfWhichItDoesNotKnowAll()
    {
        var before = await ContentHash.ComputeAsync(later);
        Assert.That(
            async () => await AppendAsync(earlier, "e", Node(Broker, Registry with { Source = "other" }, ("name", "某券商"))),
            Throws.InstanceOf<StoreUnavailableException>().With.Property(nameof(StoreUnavailableException.IsRefusal)).True.And.Message.Contains("Broker.website"));
        Assert.That(await ContentHash.ComputeAsync(later), Is.EqualTo(before));
        Assert.That(await AskAsync("MATCH (b:Broker) RETURN b.website"), Is.EqualTo("www.example.com"));
        await AskAsync("MATCH (p:Person) SET p.ownRank = 7 RETURN 1");
        Assert.That((await AppendAsync(earlier, "f", Node(Owner, Registry with { Source = "other", Reliability = 1m }, ("name", "张三丰")))).Asserted, Is.EqualTo(1), "whatever else it may change");
        Assert.That(await AskAsync("MATCH (p:Person) RETURN p.name + p.ownRank"), Is.EqualTo("张三丰7"), "what people added stays");
        Assert.That((await later.FindAsync(Broker, 5)).SelectMany(found => found.Fact.Properties).Select(property => property.Name), Does.Contain("website"));
    }

    [Test]
    public async Task AReplicaOfTheEarlierOneIsNotKeptUpAndGoesOnWithTheLater()
    {
        using var folder = new TemporaryFolder();
        var (path, reports) = (folder.PathOf("replica.db"), new List<string>());
        await using (var store = await ReplicatedGraphStore.OpenAsync(await OpenAsync(SchemaCatalog.LoadEmbedded()), path, reports.Add))
            Assert.That(await store.ReadAsync(ReadScope.All(4)).CountAsync(), Is.EqualTo(3));
        Assert.That(reports, Has.One.Contains("Broker.website").And.None.Contains("somebody else"));
        await using var upgraded = await ReplicatedGraphStore.OpenAsync(await OpenAsync(SchemaChangeTests.New), path, reports.Add);
        Assert.That(await ContentHash.ComputeAsync(upgraded), Is.EqualTo(await ContentHash.ComputeAsync(later)));
    }

    private static async Task<IGraphStore> OpenAsync(SchemaCatalog catalog) => await Neo4jGraphStore.OpenAsync(Neo4jServer.Require(), catalog, TimeProvider.System);

    private static async Task<object?> AskAsync(string statement)
    {
        using var client = new QueryApiClient(Neo4jServer.Require(), TimeProvider.System);
        return (await client.RunAsync(statement, new Dictionary<string, object?>(), AccessMode.Write)).Rows[0][0];
    }

    private static ValueTask<AppendResult> AppendAsync(Neo4jGraphStore store, string id, params Fact[] facts) =>
        store.AppendAsync(new ChangeSet(id, Noon, "test", [.. facts.Select(Change.Assert)]));

    private static NodeFact Node(NodeId node, Provenance provenance, params (string Name, string Value)[] properties) =>
        new(node, Properties.Of([.. properties.Select(property => (property.Name, PropertyValue.Of(property.Value)))]), Validity.Always, provenance);
}
