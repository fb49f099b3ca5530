using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Sqlite;

/// <summary>A store that was written by one schema and is opened by another.</summary>
public sealed class SchemaChangeTests
{
    private static readonly SchemaCatalog Old = SchemaCatalog.LoadEmbedded();
    /// <summary>The schema of a later program: a field, a type and a relationship more.</summary>
    internal static readonly SchemaCatalog New = SchemaCatalog.Load(SchemaCatalog.EmbeddedTexts().Select(file => file.Name != "broker.graphql" ? file : (file.Name, file.Text.Replace(
        "type Broker @node @classified(level: 1) {", "type Broker @node @classified(level: 1) {\n  \"Web site.\"\n  website: String", StringComparison.Ordinal)))
        .Append(("vessel.graphql", """
            "A ship, as a register of ships describes it."
            type Ship @node @classified(level: 1) {
              "Name."
              name: String! @caption @searchable
            }

            "A party owns a ship."
            type OwnsShip @relationship(name: "OWNS_SHIP", from: "Party", to: "Ship") @classified(level: 1)
            """)));

    private TemporaryFolder folder = null!;

    [SetUp]
    public void Make() => folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task ANewFieldAndANewTypeNeedNoReload()
    {
        var (path, changes, origin) = (folder.PathOf("store.db"), new RandomChanges(3), new Provenance("registry", "S1", 0.9m));
        string hash;
        await using (var store = Open(path, Old))
        {
            for (var i = 0; i < 10; i++) await store.AppendAsync(changes.Next(20));
            hash = await ContentHash.ComputeAsync(store);
        }

        Assert.That(New.Hash, Is.Not.EqualTo(Old.Hash));
        await using (var store = Open(path, New))
        {
            var version = (await store.GetVersionAsync()).Number;
            Assert.That(await ContentHash.ComputeAsync(store), Is.EqualTo(hash), "nothing was written anew");
            var (ship, owner) = (new NodeId("Ship", "registry:S1"), (await store.ReadAsync(ReadScope.All(version)).ToListAsync()).Select(recorded => recorded.Fact).OfType<NodeFact>().First(fact => fact.Node.Type == "Person").Node);
            Fact[] facts =
            [
                new NodeFact(ship, Properties.Of(("name", PropertyValue.Of("海洋号"))), Validity.Always, origin), new RelationshipFact("OWNS_SHIP", owner, ship, "", Properties.None, Validity.Always, origin),
                new NodeFact(new NodeId("Broker", "B077"), Properties.Of(("name", PropertyValue.Of("某证券")), ("website", PropertyValue.Of("www.example.com"))), Validity.Always, origin),
            ];
            Assert.That((await store.AppendAsync(new ChangeSet("new", DateTimeOffset.UnixEpoch.AddYears(60), "test", [.. facts.Select(Change.Assert)]))).Asserted, Is.EqualTo(3));
            var snapshot = await SnapshotBuilder.BuildAsync(store, await store.GetVersionAsync(), new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
            Assert.That(snapshot.Nodes.GetString(snapshot.Nodes.Find(ship), "name"), Is.EqualTo("海洋号"));
            Assert.That(snapshot.Nodes.GetString(snapshot.Nodes.Find(new NodeId("Broker", "B077")), "website"), Is.EqualTo("www.example.com"));
            Assert.That(await store.CheckAsync(), Is.Empty);
        }
    }

    [TestCase("Ship", "name", "type 'Ship'")]
    [TestCase("Broker", "website", "field 'website'")]
    public async Task AStoreOfANewerSchemaIsRefusedInOneLineThatNamesWhatIsNew(string type, string field, string named)
    {
        var path = folder.PathOf("store.db");
        await using (var store = Open(path, New))
        {
            var properties = Properties.Of([("name", PropertyValue.Of("海洋号")), .. field == "name" ? Array.Empty<(string, PropertyValue)>() : [(field, PropertyValue.Of("www.example.com"))]]);
            await store.AppendAsync(new ChangeSet("new", DateTimeOffset.UnixEpoch.AddYears(60), "test", [Change.Assert(new NodeFact(new NodeId(type, "registry:1"), properties, Validity.Always, new Provenance("registry", "1", 0.9m)))]));
        }

        Assert.That(() => Open(path, Old), Throws.InstanceOf<StoreUnavailableException>().With.Message.Contains(named).And.Message.Contains("newer program").And.Message.Not.Contains("\n"));
        await using var again = Open(path, New);
        Assert.That((await again.GetVersionAsync()).Number, Is.EqualTo(1), "it was left as it is");
    }

    private static SqliteGraphStore Open(string path, SchemaCatalog catalog) => GraphStores.OpenSqlite(path, catalog);
}
