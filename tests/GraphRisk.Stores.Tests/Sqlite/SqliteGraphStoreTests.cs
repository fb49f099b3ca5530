using GraphRisk.Graph.Store;
using GraphRisk.Stores.Sqlite;
using GraphRisk.Stores.Tests.Contract;
using GraphRisk.TestKit;
using Microsoft.Data.Sqlite;

namespace GraphRisk.Stores.Tests.Sqlite;

/// <summary>The embedded store, with sizes so small that entries move between memory and file all the time.</summary>
[TestFixture(40)]
[TestFixture(1_000_000)]
public sealed class SqliteGraphStoreTests(int minimumTail) : GraphStoreContract
{
    private readonly TemporaryFolder folder = new();
    private int count;

    [OneTimeTearDown]
    public void DeleteFiles() => folder.Dispose();

    [Test]
    public async Task AReopenedStoreAnswersTheSame()
    {
        var random = new RandomChanges(11);
        var path = folder.PathOf("reopened.db");
        var before = new List<RecordedFact>();
        for (var round = 0; round < 5; round++)
        {
            await using var store = Open(path);
            Assert.That(await store.ReadChangesAsync(0).ToListAsync(), Is.EqualTo(before));
            for (var i = 0; i < 6; i++) await store.AppendAsync(random.Next(40));
            before = await store.ReadChangesAsync(0).ToListAsync();
            Assert.That(await store.CheckAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task TwoOpeningsOfOneFileSeeEachOthersSets()
    {
        var path = folder.PathOf("shared.db");
        await using var one = Open(path);
        await using var two = Open(path);
        await using var alone = Open(folder.PathOf("alone.db"));
        var random = new RandomChanges(12);
        for (var i = 0; i < 30; i++)
        {
            var set = random.Next(30);
            await (i % 2 == 0 ? one : two).AppendAsync(set);
            await alone.AppendAsync(set);
            if (i % 5 != 0) continue;
            var node = set.Changes[0].Fact is Graph.Facts.NodeFact fact ? fact.Node : ((Graph.Facts.RelationshipFact)set.Changes[0].Fact).From;
            var version = (await alone.GetVersionAsync()).Number;
            Assert.That(
                await two.FindAsync(node, version, withRelationships: true),
                Is.EqualTo(await alone.FindAsync(node, version, withRelationships: true)));
        }

        Assert.That(await ContentHash.ComputeAsync(one), Is.EqualTo(await ContentHash.ComputeAsync(alone)));
        Assert.That(await two.CheckAsync(), Is.Empty);
    }

    [Test]
    public async Task AFileMadeBeforeOriginsWereNotedReadsByOwnerAndNotesThemFromThenOn()
    {
        var path = folder.PathOf("old.db");
        var changes = new RandomChanges(13, parties: 400) { Sources = RandomChanges.SeveralBrokers };
        await using (var store = Open(path))
            for (var i = 0; i < 30; i++) await store.AppendAsync(changes.Next(50));
        Execute(path, "ALTER TABLE block DROP COLUMN origins; DROP TABLE identity; DROP TABLE erasure; ALTER TABLE version DROP COLUMN mark; DELETE FROM migration WHERE number > 1; PRAGMA user_version = 1");
        await using (var store = Open(path))
        {
            await AssertOwnersAreReadApartAsync(store, 13);
            for (var i = 0; i < 60; i++) await store.AppendAsync(changes.Next(50));
            await AssertOwnersAreReadApartAsync(store, 14);
        }

        await using (var store = Open(path))
        {
            await AssertOwnersAreReadApartAsync(store, 15);
            Assert.That(await store.CheckAsync(), Is.Empty);
        }

        Assert.That(Count(path, "SELECT count(*) FROM block WHERE origins IS NULL"), Is.Positive);
        Assert.That(Count(path, "SELECT count(*) FROM block WHERE origins IS NOT NULL"), Is.Positive);
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Count(string path, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    protected override Task<IGraphStore> OpenEmptyAsync() => Task.FromResult<IGraphStore>(Open(folder.PathOf($"{count++}.db")));

    private SqliteGraphStore Open(string path) =>
        GraphStores.OpenSqlite(path, Catalog, new SqliteStoreOptions { MinimumTail = minimumTail, GroupChanges = 200 });
}
