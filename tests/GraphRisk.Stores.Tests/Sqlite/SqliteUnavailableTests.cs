using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;
using Microsoft.Data.Sqlite;

namespace GraphRisk.Stores.Tests.Sqlite;

/// <summary>What cannot be opened, read or written says so, and says why.</summary>
public sealed class SqliteUnavailableTests
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();

    private TemporaryFolder folder = null!;
    private string path = null!;

    [SetUp]
    public void MakeFolder()
    {
        folder = new TemporaryFolder();
        path = folder.PathOf("store.db");
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void AFileThatIsNoDatabaseIsRefused()
    {
        File.WriteAllText(path, new string('x', 10_000));
        AssertRefused("no store of this program");
    }

    [Test]
    public void ADatabaseOfAnotherProgramIsRefused()
    {
        Execute("CREATE TABLE other (a INTEGER)");
        AssertRefused("no store of this program");
    }

    [Test]
    public async Task AStoreOfALaterLayoutIsRefused()
    {
        await GraphStores.OpenSqlite(path, Catalog).DisposeAsync();
        Execute("PRAGMA user_version = 99");
        AssertRefused("layout 99");
    }

    [Test]
    public void AFolderThatIsNotThereIsRefused()
    {
        path = folder.PathOf("absent", "store.db");
        AssertRefused("cannot be opened");
    }

    [Test]
    public async Task AStoreWithFactsTheSchemaDoesNotKnowIsRefused()
    {
        await FillAsync(10);
        var smaller = SchemaCatalog.Load([("a.graphql", "type Person @node @classified(level: 1) { name: Decimal }")]);
        Assert.That(
            () => GraphStores.OpenSqlite(path, smaller),
            Throws.TypeOf<StoreUnavailableException>().With.Message.Contains("the schema does not have"));
    }

    [Test]
    public async Task WhileAnotherProcessWritesAnAppendFailsAndSucceedsAfterwards()
    {
        await using var store = GraphStores.OpenSqlite(path, Catalog, new SqliteStoreOptions { BusyTimeout = TimeSpan.FromMilliseconds(30) });
        var set = new RandomChanges(1).Next(10);
        using (var other = Connect())
        {
            Execute(other, "BEGIN IMMEDIATE");
            Assert.That(
                async () => await store.AppendAsync(set),
                Throws.TypeOf<StoreUnavailableException>().With.Message.Contains("Another process is writing"));
            Execute(other, "ROLLBACK");
        }

        Assert.That((await store.AppendAsync(set)).AlreadyKnown, Is.False);
    }

    [Test]
    public async Task AFullStoreRefusesReadsOnAndTakesUpAgainWhenThereIsRoom()
    {
        var sets = Sets(40);
        var landed = 0;
        await using (var store = GraphStores.OpenSqlite(path, Catalog, new SqliteStoreOptions { MaximumBytes = 400_000, MinimumTail = 300 }))
        {
            Assert.That(
                async () =>
                {
                    for (; landed < sets.Count; landed++) await store.AppendAsync(sets[landed]);
                },
                Throws.TypeOf<StoreUnavailableException>().With.Message.Contains("full"));
            Assert.That(landed, Is.Positive);
            Assert.That((await store.ReadSetsAsync(0).LastAsync()).Id, Is.EqualTo(sets[landed - 1].Id));
            Assert.That(await store.CheckAsync(), Is.Empty);
        }

        await using var again = GraphStores.OpenSqlite(path, Catalog);
        foreach (var set in sets) await again.AppendAsync(set);
        await using var undisturbed = new InMemoryGraphStore(Catalog);
        foreach (var set in sets) await undisturbed.AppendAsync(set);
        Assert.That(await ContentHash.ComputeAsync(again), Is.EqualTo(await ContentHash.ComputeAsync(undisturbed)));
        Assert.That(await again.CheckAsync(), Is.Empty);
    }

    [Test]
    public async Task ADamagedPageIsFoundByTheCheckOrRefusedByTheRead()
    {
        await FillAsync(40);
        var whole = await File.ReadAllBytesAsync(path);
        var random = new Random(6);
        var noticed = 0;
        for (var trial = 0; trial < 20; trial++)
        {
            var bytes = (byte[])whole.Clone();
            random.NextBytes(bytes.AsSpan(8192 * random.Next(1, bytes.Length / 8192), 8192));
            await File.WriteAllBytesAsync(path, bytes);
            try
            {
                await using var store = GraphStores.OpenSqlite(path, Catalog);
                noticed += (await store.CheckAsync()).Count > 0 ? 1 : 0;
            }
            catch (StoreUnavailableException error)
            {
                Assert.That(error.Message, Does.Contain("damaged").Or.Contain("store.db"));
                noticed++;
            }
        }

        Assert.That(noticed, Is.EqualTo(20));
    }

    [Test]
    public async Task RowsThatContradictEachOtherAreFoundByTheCheck()
    {
        await FillAsync(10);
        string[] harms =
        [
            "UPDATE recording SET version = version + 1 WHERE sequence = 5",
            "DELETE FROM recording WHERE sequence = 7",
            "DELETE FROM later WHERE sequence = (SELECT max(sequence) FROM later)",
            "UPDATE version SET recorded_at = 0 WHERE number = 3",
            "DELETE FROM change_set WHERE version = 2",
            "UPDATE recording SET properties = x'0101' WHERE sequence = 5",
            "UPDATE recording SET origin = 999 WHERE sequence = 5",
        ];
        var whole = await File.ReadAllBytesAsync(path);
        foreach (var harm in harms)
        {
            await File.WriteAllBytesAsync(path, whole);
            Execute(harm);
            await using var store = GraphStores.OpenSqlite(path, Catalog);
            Assert.That(await store.CheckAsync(), Is.Not.Empty, harm);
        }
    }

    [Test]
    public async Task AClosedStoreRefusesEverything()
    {
        var store = GraphStores.OpenSqlite(path, Catalog);
        await store.DisposeAsync();
        await store.DisposeAsync();
        Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.AppendAsync(new RandomChanges(1).Next(1)));
        Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.GetVersionAsync());
        Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.ReadChangesAsync(0).ToListAsync());
    }

    private static List<ChangeSet> Sets(int count)
    {
        var changes = new RandomChanges(21, parties: 300);
        return [.. Enumerable.Range(0, count).Select(_ => changes.Next(100))];
    }

    private async Task FillAsync(int sets)
    {
        await using var store = GraphStores.OpenSqlite(path, Catalog, new SqliteStoreOptions { MinimumTail = 200 });
        foreach (var set in Sets(sets)) await store.AppendAsync(set);
    }

    private void AssertRefused(string reason) => Assert.That(
        () => GraphStores.OpenSqlite(path, Catalog), Throws.TypeOf<StoreUnavailableException>().With.Message.Contains(reason));

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var connection = Connect();
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
