using GraphRisk.Graph.Facts;
using GraphRisk.Server.Search;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;
using Lucene.Net.Store;

namespace GraphRisk.Server.Tests.Search;

/// <summary>After a full disk, damage or another history the index finds what one made from nothing finds.</summary>
public sealed class SearchIndexFaultTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task AFullDiskWhileItCatchesUpLosesNoText()
    {
        await using var store = await FilledAsync(versions: 6, each: 5);
        using var folder = new TemporaryFolder();
        using var sound = SearchIndex.Open(MarketSketch.Catalog, folder.PathOf("sound"));
        var expected = await NamesAsync(sound, store);
        var failed = 0;
        for (var room = 0; room < 9_000; room += 1_000)
        {
            using var directory = new FailingDirectory(new RAMDirectory());
            using var index = SearchIndex.Over(MarketSketch.Catalog, directory, "index", null);
            await index.CatchUpAsync(store, 6);
            await AppendMoreAsync(store);
            expected = await NamesAsync(sound, store);
            (directory.Room, directory.FailuresUntilRoom) = (room, 1 + (room / 1_000 % 2));
            while (true)
            {
                try
                {
                    Assert.That(await NamesAsync(index, store), Is.EqualTo(expected), $"room {room}");
                    break;
                }
                catch (IOException error)
                {
                    Assert.That(error.Message, Does.Contain("No space left"));
                    failed++;
                }
            }
        }

        Assert.That(failed, Is.GreaterThan(4), "the disk was full in the middle");
    }

    [Test]
    public async Task AnyFileFlippedCutOrDeletedMakesTheIndexAgain()
    {
        await using var store = await FilledAsync(versions: 3, each: 8);
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("search");
        string[] expected;
        using (var sound = SearchIndex.Open(MarketSketch.Catalog, path)) expected = await NamesAsync(sound, store);
        var files = System.IO.Directory.GetFiles(path).Where(file => !file.EndsWith("write.lock", StringComparison.Ordinal)).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);
        var random = new Random(5);
        var made = 0;
        for (var i = 0; i < 40; i++)
        {
            var at = folder.PathOf($"damaged{i}");
            System.IO.Directory.CreateDirectory(at);
            foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(at, name), bytes);
            var victim = Path.Combine(at, files.Keys.ElementAt(i % files.Count));
            Damage(victim, random);
            var said = new List<string>();
            using (var index = SearchIndex.Open(MarketSketch.Catalog, at, said.Add)) Assert.That(await NamesAsync(index, store), Is.EqualTo(expected), victim);
            made += said.Count;
            Assert.That(said, Has.Count.LessThanOrEqualTo(1).And.All.Contains(at).And.All.Contains("made again"));
        }

        Assert.That(made, Is.GreaterThan(25));
    }

    [Test]
    public async Task AnIndexCutShortUnderARunningServerIsMadeAgainAndAnswers()
    {
        await using var store = await FilledAsync(versions: 3, each: 200);
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("search");
        var said = new List<string>();
        using var index = SearchIndex.Open(MarketSketch.Catalog, path, said.Add);
        var expected = await NamesAsync(index, store);
        foreach (var file in System.IO.Directory.GetFiles(path).Where(file => !file.EndsWith("write.lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            stream.SetLength(stream.Length / 3);
        }

        Assert.That(await NamesAsync(index, store), Is.EqualTo(expected));
        Assert.That(said, Has.Count.EqualTo(1).And.All.Contains(path));
    }

    [Test]
    public async Task AnIndexOfAnotherHistoryIsMadeAgain()
    {
        using var folder = new TemporaryFolder();
        await using var first = new InMemoryGraphStore(MarketSketch.Catalog);
        await using var other = new InMemoryGraphStore(MarketSketch.Catalog);
        foreach (var store in new[] { first, other }) await AppendAsync(store, 1, "共同公司");
        await AppendAsync(first, 2, "前史公司");
        await AppendAsync(other, 3, "后史公司");
        using (var index = SearchIndex.Open(MarketSketch.Catalog, folder.PathOf("search"))) Assert.That(await NamesAsync(index, first, "前史公司"), Is.Not.Empty);
        var said = new List<string>();
        using var again = SearchIndex.Open(MarketSketch.Catalog, folder.PathOf("search"), said.Add);
        Assert.That(await NamesAsync(again, other, "前史公司"), Is.Empty);
        Assert.That(await NamesAsync(again, other, "后史公司"), Is.Not.Empty);
        Assert.That(said, Has.Count.EqualTo(1).And.All.Contains("another history"));
    }

    private static void Damage(string file, Random random)
    {
        var bytes = File.ReadAllBytes(file);
        switch (random.Next(3))
        {
            case 0:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(file, bytes);
                break;
            case 1:
                File.WriteAllBytes(file, bytes[..random.Next(bytes.Length)]);
                break;
            default:
                File.Delete(file);
                break;
        }
    }

    private static async Task<InMemoryGraphStore> FilledAsync(int versions, int each)
    {
        var store = new InMemoryGraphStore(MarketSketch.Catalog);
        for (var version = 1; version <= versions; version++) await AppendAsync(store, version, [.. Enumerable.Range(0, each).Select(at => $"公司{version}乙{at}")]);
        return store;
    }

    private static async Task AppendMoreAsync(InMemoryGraphStore store)
    {
        var version = (int)(await store.GetVersionAsync()).Number + 1;
        await AppendAsync(store, version, [.. Enumerable.Range(0, 3).Select(at => $"公司{version}丙{at}")]);
    }

    private static async Task AppendAsync(InMemoryGraphStore store, int number, params string[] names) => await store.AppendAsync(new ChangeSet(
        $"s{number}", Start.AddMinutes(number), "test", [.. names.Select(name => Change.Assert(Named(name)))]));

    private static NodeFact Named(string name) => new(
        new NodeId("Company", $"a:{name}"), Properties.Of(("name", PropertyValue.Of(name))), Validity.Always, new Provenance("a", name, 0.9m));

    private static async Task<string[]> NamesAsync(SearchIndex index, InMemoryGraphStore store, string text = "公司")
    {
        var version = (await store.GetVersionAsync()).Number;
        var found = await index.FindAsync(store, new SearchRequest(text, version, Start.AddDays(1)) { Ways = [SearchMatch.Prefix, SearchMatch.Exact], Limit = 10_000 });
        return [.. found.Select(hit => hit.Text)];
    }
}
