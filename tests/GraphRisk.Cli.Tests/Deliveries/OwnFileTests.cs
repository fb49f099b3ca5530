using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Deliveries;

/// <summary>The worked example of the guide to imports runs as it is written.</summary>
internal sealed class OwnFileTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "samples", "deliveries");

    private DeliveryBench bench = null!;

    private static string Delivery => Path.Combine(Folder, "kehu.csv");

    private static string Mapping => Path.Combine(Folder, "kehu.yaml");

    [SetUp]
    public void Open() => bench = new DeliveryBench();

    [TearDown]
    public void Close() => bench.Dispose();

    [Test]
    public async Task AFileNoMappingIsForIsNamed()
    {
        var explained = await CommandRun.OfAsync("import", Delivery, "--explain");
        Assert.That(explained.ExitCode, Is.EqualTo(1));
        Assert.That(explained.Out, Does.Contain("mapping new"));
        var imported = await CommandRun.OfAsync("import", Delivery, "--data", bench.Data);
        Assert.That(imported.Out, Does.Contain("no mapping is for"));
    }

    [Test]
    public async Task TheDraftReadsTheFileAsTheGuideDoes()
    {
        var draft = await CommandRun.OfAsync("mapping", "new", Delivery);
        Assert.That(draft.ExitCode, Is.Zero, draft.Error);
        async Task<string> Facts(string mapping) => string.Join('\n', (await CommandRun.OfAsync("import", Delivery, "--mapping", mapping, "--explain")).Out
            .Split('\n').Where(line => line.TrimStart().StartsWith("Person/", StringComparison.Ordinal) || line.TrimStart().StartsWith("Company/", StringComparison.Ordinal)));
        Assert.That(await Facts(bench.Write("draft.yaml", draft.Out)), Is.EqualTo((await Facts(Mapping)).Replace("/desk:", "/kehu:", StringComparison.Ordinal)).And.Not.Empty, draft.Out);
    }

    [Test]
    public async Task TheExampleIsExplainedAndImported()
    {
        var explained = await CommandRun.OfAsync("import", Delivery, "--mapping", Mapping, "--explain");
        Assert.That(explained.ExitCode, Is.Zero, explained.Error);
        Assert.That(explained.Out, Does.Contain("GB18030").And.Contain("备注").And.Contain("ignored").And.Contain("registeredCapital: 12000000").And.Contain("registeredCapital: 3000000"));
        var report = await bench.Import(Delivery, "--mapping", Mapping);
        Assert.That(report.GetProperty("files")[0].GetProperty("landed").GetInt64(), Is.EqualTo(3));
        Assert.That(report.GetProperty("files")[0].GetProperty("unread")[0].GetString(), Is.EqualTo("备注"));
    }
}
