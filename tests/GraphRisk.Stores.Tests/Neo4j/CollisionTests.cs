using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Neo4j.Publishing;

namespace GraphRisk.Stores.Tests.Neo4j;

/// <summary>A database that holds others' data under the names of the store and of what is derived.</summary>
[NonParallelizable]
public sealed class CollisionTests
{
    private static readonly string[] Cleared =
    [
        "DROP CONSTRAINT own_name IF EXISTS", "DROP INDEX own_recorded IF EXISTS", "DROP INDEX Person_seq IF EXISTS", "DROP INDEX own_harmless IF EXISTS",
    ];

    [SetUp]
    public async Task Clear()
    {
        Neo4jServer.Require();
        await Neo4jServer.EmptyAsync();
        foreach (var statement in Cleared) await RunAsync(statement);
    }

    [TearDown]
    public async Task ClearAgain() => await Clear();

    [Test]
    public async Task AFirstStoreIsRefusedWholeWithAListAndMadeOnceThatIsResolved()
    {
        await RunAsync("DROP INDEX ChangeSet_recorded IF EXISTS");
        await RunAsync("CREATE CONSTRAINT own_name FOR (n:Company) REQUIRE n.name IS UNIQUE");
        await RunAsync("CREATE INDEX own_recorded FOR (n:ChangeSet) ON (n.recordedAt)");
        await RunAsync("CREATE INDEX Person_seq FOR (n:Own) ON (n.place)");
        await RunAsync("CREATE INDEX own_harmless FOR (n:Company) ON (n.website)");
        await RunAsync("CREATE (:Device {key: 'D1', mine: true})-[:HOLDS {mine: true}]->(:Own)");
        Assert.That(OpenAsync, Throws.InstanceOf<StoreUnavailableException>().With.Message.Contains("'own_name'").And.Message.Contains("DROP CONSTRAINT `own_name`")
            .And.Message.Contains("'own_recorded'").And.Message.Contains("'Person_seq'").And.Message.Contains("1 of others' nodes have the label Device")
            .And.Message.Contains("type HOLDS").And.Message.Contains("GRAPHRISK_NEO4J_DATABASE").And.Message.Not.Contains("harmless"));
        Assert.That(await CountAsync("MATCH (n) RETURN count(n)"), Is.EqualTo(2), "nothing was written");
        foreach (var statement in Cleared[..3]) await RunAsync(statement);
        await RunAsync("MATCH (n:Device) SET n:OwnDevice REMOVE n:Device");
        await RunAsync("MATCH (a)-[r:HOLDS]->(b) DELETE r");
        await using (var store = await Neo4jGraphStore.OpenAsync(Neo4jServer.Require(), SchemaCatalog.LoadEmbedded(), TimeProvider.System))
            Assert.That(await store.CheckAsync(), Is.Empty);
        Assert.That(await CountAsync("MATCH (n:OwnDevice {mine: true}) RETURN count(n)"), Is.EqualTo(1));
    }

    [Test]
    public async Task AConstraintThatComesLaterIsNamedByTheCheckAndAtTheNextStart()
    {
        await using (var store = await Neo4jGraphStore.OpenAsync(Neo4jServer.Require(), SchemaCatalog.LoadEmbedded(), TimeProvider.System))
        {
            await RunAsync("CREATE CONSTRAINT own_name FOR (n:Company) REQUIRE n.name IS UNIQUE");
            Assert.That(await store.CheckAsync(), Has.One.Contains("own_name"));
        }

        Assert.That(OpenAsync, Throws.InstanceOf<StoreUnavailableException>().With.Message.Contains("own_name"));
    }

    [Test]
    public async Task APublicationIsRefusedWhereOthersUseItsNamesAndTouchesNothingOfTheirs()
    {
        await RunAsync("CREATE (:Client {isClient: false, mine: true}), (:Party {id: 'Company/registry:A'})");
        Assert.That(
            async () => await Neo4jPublisher.OpenAsync(Neo4jServer.Require(), SchemaCatalog.LoadEmbedded(), TimeProvider.System),
            Throws.InstanceOf<StoreUnavailableException>().With.Message.Contains("label Client").And.Message.Contains("label Party"));
        Assert.That(await CountAsync("MATCH (n:Client {mine: true}) RETURN count(n)"), Is.EqualTo(1));
    }

    private static async Task OpenAsync() =>
        await (await Neo4jGraphStore.OpenAsync(Neo4jServer.Require(), SchemaCatalog.LoadEmbedded(), TimeProvider.System)).DisposeAsync();

    private static async Task<long> CountAsync(string statement) => (long)(await RunAsync(statement)).Rows[0][0]!;

    private static async Task<QueryAnswer> RunAsync(string statement)
    {
        using var client = new QueryApiClient(Neo4jServer.Require(), TimeProvider.System);
        return await client.RunAsync(statement, new Dictionary<string, object?>(), AccessMode.Write);
    }
}
