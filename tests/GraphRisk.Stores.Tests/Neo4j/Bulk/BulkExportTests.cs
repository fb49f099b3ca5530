using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Neo4j.Bulk;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Neo4j.Bulk;

/// <summary>What an export writes, without a server.</summary>
public sealed class BulkExportTests
{
    private readonly TemporaryFolder folder = new();

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task TheSameStoreIsWrittenToTheSameBytes()
    {
        await using var store = await FilledAsync();
        var reports = new List<BulkReport>();
        foreach (var name in (string[])["one", "two"]) reports.Add(await BulkExport.RunAsync(store, folder.PathOf(name)));
        Assert.That(reports[0] with { Script = "" }, Is.EqualTo(reports[1] with { Script = "" }));
        var files = Directory.GetFileSystemEntries(folder.PathOf("one")).Select(path => Path.GetFileName(path)!).ToList();
        Assert.That(files, Is.EquivalentTo(Directory.GetFileSystemEntries(folder.PathOf("two")).Select(path => Path.GetFileName(path)!)));
        foreach (var file in files)
            Assert.That(File.ReadAllBytes(folder.PathOf("one", file)).SequenceEqual(File.ReadAllBytes(folder.PathOf("two", file))), file);
    }

    [Test]
    public async Task EveryFileIsNamedOnTheCommandLineAndEveryRowHasTheColumnsOfItsHeader()
    {
        await using var store = await FilledAsync();
        var report = await BulkExport.RunAsync(store, folder.PathOf("columns"));
        var script = await File.ReadAllTextAsync(report.Script);
        foreach (var header in Directory.GetFiles(folder.PathOf("columns"), "*-header.csv"))
        {
            var data = header.Replace("-header.csv", ".csv", StringComparison.Ordinal);
            Assert.That(script, Does.Contain($"={Path.GetFileName(header)},{Path.GetFileName(data)}"));
            var columns = (await File.ReadAllTextAsync(header)).Split(',').Length;
            var rows = Rows(await File.ReadAllTextAsync(data)).ToList();
            Assert.That(rows, Is.Not.Empty.And.All.EqualTo(columns), Path.GetFileName(data));
        }

        Assert.That(script, Does.Contain(report.ContentHash));
        Assert.That(report.ContentHash, Is.EqualTo(await ContentHash.ComputeAsync(store)));
    }

    [Test]
    public async Task AFolderThatHoldsSomethingIsLeftAlone()
    {
        await using var store = await FilledAsync();
        Directory.CreateDirectory(folder.PathOf("taken"));
        await File.WriteAllTextAsync(folder.PathOf("taken", "letter.txt"), "x");
        Assert.That(async () => await BulkExport.RunAsync(store, folder.PathOf("taken")), Throws.InstanceOf<IOException>());
        Assert.That(Directory.GetFiles(folder.PathOf("taken")), Has.Length.EqualTo(1));
    }

    /// <summary>Number of columns of each row.</summary>
    private static IEnumerable<int> Rows(string text)
    {
        var (columns, quoted) = (1, false);
        foreach (var letter in text)
        {
            if (letter == '"') quoted = !quoted;
            else if (letter == ',' && !quoted) columns++;
            else if (letter == '\n' && !quoted)
            {
                yield return columns;
                columns = 1;
            }
        }
    }

    private static async Task<InMemoryGraphStore> FilledAsync()
    {
        var store = new InMemoryGraphStore(SchemaCatalog.LoadEmbedded());
        var random = new RandomChanges(5);
        for (var i = 0; i < 30; i++) await store.AppendAsync(random.Next(30));
        return store;
    }
}
