using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;
using Microsoft.Data.Sqlite;

namespace GraphRisk.Stores.Tests.Sqlite;

/// <summary>A store knows itself and its history, and nothing else in its place is taken for it.</summary>
public sealed class StoreIdentityTests
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();

    private TemporaryFolder folder = null!;

    [SetUp]
    public void Make() => folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task MarksStayOverAReopeningAndPartWithTheFirstSetThatDiffers()
    {
        StoreMark?[] before;
        await using (var store = Open("a.db"))
        {
            await AppendAsync(store, 1, 2, 3);
            before = await MarksAsync(store);
        }

        File.Copy(folder.PathOf("a.db"), folder.PathOf("b.db"));
        await using var first = Open("a.db");
        await using var second = Open("b.db");
        Assert.That(await MarksAsync(first), Is.EqualTo(before).And.Unique);
        await AppendAsync(first, 4, 5);
        await AppendAsync(second, 4, 6);
        var (one, other) = (await MarksAsync(first), await MarksAsync(second));
        Assert.Multiple(() =>
        {
            Assert.That(one[..5], Is.EqualTo(other[..5]), "the same was recorded so far");
            Assert.That(one[5], Is.Not.EqualTo(other[5]), "version 5 of one history is not that of the other");
            Assert.That(one.Select(mark => mark!.Value.Store).Distinct().Count(), Is.EqualTo(1));
        });
        Assert.That(await first.GetMarkAsync(6), Is.Null);
        Assert.That(await first.CheckAsync(), Is.Empty);
    }

    [Test]
    public async Task TwoStoresWithTheSameSetsAreTwo()
    {
        await using var first = Open("a.db");
        await using var second = Open("b.db");
        await AppendAsync(first, 1, 2);
        await AppendAsync(second, 1, 2);
        Assert.That(await ContentHash.ComputeAsync(first), Is.EqualTo(await ContentHash.ComputeAsync(second)));
        Assert.That((await MarksAsync(first)).Intersect(await MarksAsync(second)), Is.Empty);
    }

    [Test]
    public async Task AStoreOfBeforeThereWereMarksGetsThemOnce()
    {
        await using (var store = Open("old.db")) await AppendAsync(store, 1, 2, 3);
        await using (var connection = new SqliteConnection($"Data Source={folder.PathOf("old.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE identity; DROP TABLE erasure; ALTER TABLE version DROP COLUMN mark; DELETE FROM migration WHERE number >= 3; PRAGMA user_version = 2";
            command.ExecuteNonQuery();
        }

        StoreMark?[] marks;
        await using (var store = Open("old.db"))
        {
            marks = await MarksAsync(store);
            await AppendAsync(store, 4);
        }

        await using var again = Open("old.db");
        Assert.That((await MarksAsync(again))[..4], Is.EqualTo(marks).And.Unique.And.All.Not.Null);
        Assert.That(await again.CheckAsync(), Is.Empty);
    }

    [Test]
    public async Task AnOlderAnotherOrAnEmptyStoreInItsPlaceIsRefusedUntilItIsTaken()
    {
        await using (var store = Open("store.db", Witnessed)) await AppendAsync(store, 1, 2);
        File.Copy(folder.PathOf("store.db"), folder.PathOf("backup.db"));
        await using (var store = Open("store.db", Witnessed)) await AppendAsync(store, 3);
        await using (var other = Open("other.db")) await AppendAsync(other, 1, 2, 3, 4);
        await using (var diverged = Open("diverged.db", from: "backup.db")) await AppendAsync(diverged, 8, 9);
        Refused("ends at version 2", from: "backup.db");
        Refused("another store, at version 4", from: "other.db");
        Refused("another was written into it", from: "diverged.db");
        File.WriteAllBytes(folder.PathOf("store.db"), []);
        Assert.That(() => Open("store.db", Witnessed with { MayMake = false }), Throws.TypeOf<StoreUnavailableException>().With.Message.Contains("empty"));
        File.Delete(folder.PathOf("store.db"));
        Assert.That(() => Open("store.db", Witnessed with { MayMake = false }), Throws.TypeOf<StoreUnavailableException>().With.Message.Contains("no store"));
        Assert.That(File.Exists(folder.PathOf("store.db")), Is.False, "asking made none");

        StoreMark? before, after;
        string hash;
        await using (var backup = Open("backup.db")) (before, hash) = (await backup.GetMarkAsync(2), await ContentHash.ComputeAsync(backup));
        File.Copy(folder.PathOf("backup.db"), folder.PathOf("store.db"));
        await using (var taken = Open("store.db", Witnessed with { TakesOther = true }))
        {
            after = await taken.GetMarkAsync(2);
            Assert.That(await ContentHash.ComputeAsync(taken), Is.EqualTo(hash));
        }

        Assert.That(after!.Value, Is.Not.EqualTo(before!.Value));
        Assert.That(after.Value.Store, Is.EqualTo(before.Value.Store));
        await using var usual = Open("store.db", Witnessed);
        Assert.That(await usual.GetMarkAsync(2), Is.EqualTo(after));
    }

    [TestCase("deleted")]
    [TestCase("replaced")]
    public async Task NothingIsAcknowledgedOnceTheFileIsTakenAway(string how)
    {
        await using var other = Open("other.db");
        await AppendAsync(other, 1, 2, 3);
        await using var store = Open("store.db", Witnessed);
        await AppendAsync(store, 1);
        if (how == "deleted") File.Delete(folder.PathOf("store.db"));
        else File.Copy(folder.PathOf("other.db"), folder.PathOf("copy.db"));
        if (how == "replaced") File.Move(folder.PathOf("copy.db"), folder.PathOf("store.db"), overwrite: true);
        for (var i = 2; i < 5; i++)
            Assert.That(async () => await AppendAsync(store, i), Throws.TypeOf<StoreUnavailableException>().With.Message.Contains("deleted, moved or replaced"));
        Assert.That(async () => await store.GetVersionAsync(), Throws.TypeOf<StoreUnavailableException>(), "nor is another read as if it were this one");
        Assert.That(File.Exists(folder.PathOf("store.db")), Is.EqualTo(how == "replaced"));
    }

    [Test]
    public async Task ASnapshotOfAnotherHistoryIsBuiltAnew()
    {
        var asOf = Validity.CloseOf(new DateOnly(2026, 6, 30));
        await using (var store = Open("store.db")) await AppendAsync(store, 1);
        File.Copy(folder.PathOf("store.db"), folder.PathOf("backup.db"));
        await using (var store = Open("store.db"))
        {
            await AppendAsync(store, 2);
            await Provider(store, []).GetAsync(asOf);
            await SavedAsync(store, asOf);
        }

        await using var restored = Open("restored.db", from: "backup.db");
        await AppendAsync(restored, 7);
        var said = new List<string>();
        var snapshot = await Provider(restored, said).GetAsync(asOf);
        Assert.That(snapshot.Nodes.Find(Node(7)), Is.GreaterThanOrEqualTo(0));
        Assert.That(snapshot.Nodes.Find(Node(2)), Is.Negative);
        Assert.That(said, Has.Count.EqualTo(1).And.All.Contains("another history"));
    }

    private SqliteStoreOptions Witnessed => new() { Witness = folder.PathOf("store.seen") };

    private async Task SavedAsync(SqliteGraphStore store, DateTimeOffset asOf)
    {
        var provider = Provider(store, []);
        await provider.GetAsync(asOf);
        await provider.SaveAsync();
    }

    private SnapshotProvider Provider(SqliteGraphStore store, List<string> said) =>
        new(store, new SnapshotProviderOptions { Folder = folder.PathOf("snapshots"), Report = said.Add });

    private void Refused(string why, string from)
    {
        Assert.That(() => Open("store.db", Witnessed, from), Throws.TypeOf<StoreUnavailableException>().With.Message.Contains(why).And.Message.Contains("store accept"));
    }

    private SqliteGraphStore Open(string name, SqliteStoreOptions? options = null, string? from = null)
    {
        if (from is not null) File.Copy(folder.PathOf(from), folder.PathOf(name), overwrite: true);
        return GraphStores.OpenSqlite(folder.PathOf(name), Catalog, options);
    }

    private static async Task<StoreMark?[]> MarksAsync(SqliteGraphStore store)
    {
        var marks = new List<StoreMark?>();
        for (var version = 0L; version <= (await store.GetVersionAsync()).Number; version++) marks.Add(await store.GetMarkAsync(version));
        return [.. marks];
    }

    private static NodeId Node(int number) => new("Company", $"a:{number}");

    private static async Task AppendAsync(SqliteGraphStore store, params int[] numbers)
    {
        foreach (var number in numbers)
        {
            var fact = new NodeFact(Node(number), Properties.Of(("name", PropertyValue.Of($"公司{number}"))), Validity.Always, new Provenance("a", $"{number}", 0.9m));
            await store.AppendAsync(new ChangeSet($"s{number}", new DateTimeOffset(2025, 1, 1, number, 0, 0, TimeSpan.Zero), "test", [Change.Assert(fact)]));
        }
    }
}
