using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Composition;

/// <summary>A data folder whose store is missing, empty, older or another's gives no answers, and no question makes a store.</summary>
public sealed class OtherStoreTests
{
    private static readonly string[][] Questions =
    [
        ["serve", "--port", "0"], ["store", "check"], ["store", "hash"], ["query", "QUESTION"], ["score"], ["resolve"], ["review", "list"],
    ];

    private readonly TemporaryFolder folder = new();
    private string data = "";
    private string question = "";

    [OneTimeSetUp]
    public async Task Import()
    {
        data = folder.PathOf("data");
        question = Write("question.graphql", """query Q($name: String!) { search(text: $name) { edges { node { id } } } store { stamp { version } } }""");
        await ImportAsync("first", "先行公司");
        File.Copy(Store, folder.PathOf("backup.db"));
        await ImportAsync("second", "后来公司");
        Assert.That((await AskAsync("后来公司")).Hits, Is.EqualTo(1));
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    private string Store => Path.Combine(data, "store.db");

    [Test]
    public async Task AMistypedFolderIsNotMade()
    {
        foreach (var words in Questions)
        {
            var mistyped = folder.PathOf("dta");
            var run = await AskedAsync(words, mistyped);
            Assert.That((run.ExitCode, Directory.Exists(mistyped)), Is.EqualTo((1, false)), string.Join(' ', words));
            Assert.That(run.Error, Does.Contain("There is no store").And.Contain("graphrisk init").And.Not.Contain("   at "), string.Join(' ', words));
        }
    }

    [Test]
    public async Task InitMakesAStoreOnceAndOnlyInAFolderOfItsOwn()
    {
        var fresh = folder.PathOf("fresh");
        Assert.That((await CommandRun.OfAsync("init", "--data", fresh)).ExitCode, Is.Zero);
        Assert.That((await CommandRun.OfAsync("store", "check", "--data", fresh)).Out, Does.StartWith("Sound at version 0"));
        Assert.That((await CommandRun.OfAsync("init", "--data", fresh)).Error, Does.Contain("already"));
        var remains = Copy("remains");
        File.Delete(Path.Combine(remains, "store.db"));
        foreach (var words in (string[][])[["init"], ["import", folder.PathOf("first.ndjson")]])
        {
            var run = await CommandRun.OfAsync([.. words, "--data", remains]);
            Assert.That((run.ExitCode, File.Exists(Path.Combine(remains, "store.db"))), Is.EqualTo((ExitCode.StoreUnavailable, false)), run.Out);
        }
    }

    [TestCase("missing", "is missing", "snapshots", "the search index", "audit trail")]
    [TestCase("empty", "is empty", "snapshots", "audit trail")]
    [TestCase("older", "ends at version", "store accept")]
    [TestCase("foreign", "another store", "store accept")]
    public async Task AStoreThatIsNotTheOneThatWasThereIsRefused(string how, params string[] said)
    {
        var copy = Copy(how);
        var store = Path.Combine(copy, "store.db");
        File.Delete(store);
        if (how == "empty") File.WriteAllBytes(store, []);
        if (how == "older") File.Copy(folder.PathOf("backup.db"), store);
        if (how == "foreign")
        {
            Assert.That((await CommandRun.OfAsync("import", folder.PathOf("first.ndjson"), folder.PathOf("second.ndjson"), "--data", folder.PathOf("elsewhere"))).ExitCode, Is.Zero);
            File.Copy(folder.PathOf("elsewhere", "store.db"), store);
        }

        foreach (var words in Questions)
        {
            var run = await AskedAsync(words, copy);
            Assert.That(run.ExitCode, Is.EqualTo(ExitCode.StoreUnavailable), $"{string.Join(' ', words)}: {run.Out}{run.Error}");
            foreach (var word in said) Assert.That(run.Error, Does.Contain(word), string.Join(' ', words));
            Assert.That(File.Exists(store), Is.EqualTo(how != "missing"));
        }
    }

    [Test]
    public async Task ABackupPutBackAndWrittenToAnswersForItself()
    {
        var copy = Copy("restored");
        File.Copy(folder.PathOf("backup.db"), Path.Combine(copy, "store.db"), overwrite: true);
        Assert.That((await CommandRun.OfAsync("store", "accept", "--data", copy)).ExitCode, Is.EqualTo(ExitCode.Usage), "a reason is asked for");
        var taken = await CommandRun.OfAsync("store", "accept", "--reason", "the disk failed", "--data", copy);
        Assert.That(taken.ExitCode, Is.Zero, taken.Error);
        Assert.That((await CommandRun.OfAsync("audit", "show", "--data", copy, "--json")).Out, Does.Contain("store accept").And.Contain("the disk failed"));
        var before = (await AskAsync("先行公司")).Version;
        await ImportAsync("third", "重来公司", copy);
        var (hits, version, error) = await AskAsync("重来公司", copy);
        Assert.Multiple(() =>
        {
            Assert.That(hits, Is.EqualTo(1), error);
            Assert.That(version, Is.EqualTo(before), "the numbers are the same");
            Assert.That(error, Does.Contain("made again").And.Contain("built anew"));
        });
        Assert.That((await AskAsync("后来公司", copy)).Hits, Is.Zero, "what was recorded after the backup is gone");
        Assert.That((await AskAsync("先行公司", copy)).Hits, Is.EqualTo(1));
    }

    private string Copy(string name)
    {
        var copy = folder.PathOf(name);
        foreach (var file in Directory.GetFiles(data, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(data, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(folder.PathOf(name), text);
        return folder.PathOf(name);
    }

    private async Task ImportAsync(string id, string name, string? into = null)
    {
        var entity = JsonSerializer.Serialize(new { id, schema = "Company", properties = new { name = new[] { name } } });
        var run = await CommandRun.OfAsync("import", Write($"{id}.ndjson", entity + "\n"), "--data", into ?? data);
        Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
    }

    private Task<CommandRun> AskedAsync(string[] words, string from) => CommandRun.OfAsync([.. words.Select(word => word == "QUESTION" ? question : word), "--data", from]);

    private async Task<(int Hits, long Version, string Error)> AskAsync(string name, string? of = null)
    {
        var run = await CommandRun.OfAsync("query", question, "--variables", JsonSerializer.Serialize(new { name }), "--data", of ?? data);
        Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
        using var answer = JsonDocument.Parse(run.Out);
        var found = answer.RootElement.GetProperty("data");
        return (found.GetProperty("search").GetProperty("edges").GetArrayLength(), found.GetProperty("store").GetProperty("stamp").GetProperty("version").GetInt64(), run.Error);
    }
}
