using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>The commands one after another on one data folder, as a user would type them.</summary>
public sealed class CommandLineTests
{
    private readonly TemporaryFolder folder = new();

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task FromSourcesToScoresCommandByCommand()
    {
        var (market, data) = (folder.PathOf("market"), folder.PathOf("data"));
        await DoneAsync("generate", "--clients", "600", "--seed", "3", "--out", market);
        using var import = await JsonAsync("import", market, "--data", data, "--json");
        Assert.That(import.RootElement.GetProperty("quarantined").GetInt64(), Is.Zero);
        Assert.That(import.RootElement.GetProperty("asserted").GetInt64(), Is.GreaterThan(5_000));
        using var again = await JsonAsync("import", market, "--data", data, "--json");
        Assert.That(again.RootElement.GetProperty("asserted").GetInt64(), Is.Zero, "importing again changes nothing");
        using var resolution = await JsonAsync(
            "resolve", "--data", data, "--truth", Path.Combine(market, "truth", "entities.csv"), "--json");
        Assert.That(resolution.RootElement.GetProperty("quality").GetProperty("precision").GetDouble(), Is.GreaterThan(0.99));
        var scores = folder.PathOf("scores.csv");
        Assert.That((await CommandRun.OfAsync("score", "--data", data, "--out", scores)).Error, Does.Contain("--purpose"));
        await DoneAsync("score", "--data", data, "--out", scores, "--purpose", "model-validation");
        if (!OperatingSystem.IsWindows()) Assert.That(File.GetUnixFileMode(scores), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        using var filed = await JsonAsync("audit", "show", "--data", data, "--json");
        Assert.That(filed.RootElement.EnumerateArray().Select(record => record.GetProperty("entry")).Select(entry => $"{entry.GetProperty("act")} {entry.GetProperty("stage")}"), Is.EqualTo(
            new[] { "Import Begun", "Import Done", "Import Begun", "Import Done", "Command Begun", "Command Done", "Command Begun", "Command Done", "Export Begun", "Export Done" }));
        Assert.That(File.ReadLines(scores).Count(), Is.GreaterThan(500));
    }

    [Test]
    public async Task TheDemoEndsAfterItsSummaryAndGoesOnFromThereTheSecondTime()
    {
        var data = folder.PathOf("demo");
        using var first = await JsonAsync("demo", "--once", "--json", "--clients", "800", "--data", data, "--port", "0");
        using var second = await JsonAsync("demo", "--once", "--json", "--clients", "800", "--data", data, "--port", "0");
        var (one, two) = (first.RootElement.GetProperty("outcome"), second.RootElement.GetProperty("outcome"));
        Assert.Multiple(() =>
        {
            Assert.That(first.RootElement.GetProperty("address").GetString(), Does.Match(@"^http://127\.0\.0\.1:\d+/graphql$"));
            Assert.That(one.GetProperty("import").GetProperty("asserted").GetInt64(), Is.Positive);
            Assert.That(two.GetProperty("import").GetProperty("asserted").GetInt64(), Is.Zero);
            Assert.That(two.GetProperty("clients").GetInt32(), Is.EqualTo(one.GetProperty("clients").GetInt32()));
            Assert.That(two.GetProperty("model").GetProperty("version").GetString(), Is.EqualTo(one.GetProperty("model").GetProperty("version").GetString()));
        });
    }

    [TestCase("intensity", true)]
    [TestCase("clearing", true)]
    [TestCase("none", false)]
    public async Task AMarketHasTheContagionAskedFor(string contagion, bool carries)
    {
        var market = folder.PathOf(contagion);
        await DoneAsync("generate", "--clients", "600", "--seed", "3", "--contagion", contagion, "--out", market);
        Assert.That(File.ReadLines(Path.Combine(market, "truth", "contagion.csv")).Skip(1).Any(), Is.EqualTo(carries));
    }

    [Test]
    public async Task AWrongCommandLineIsAUsageError()
    {
        Assert.That((await CommandRun.OfAsync("frobnicate")).ExitCode, Is.EqualTo(2));
        Assert.That((await CommandRun.OfAsync("generate")).ExitCode, Is.EqualTo(2));
        var plague = await CommandRun.OfAsync("generate", "--contagion", "plague", "--out", folder.PathOf("plague"));
        Assert.That((plague.ExitCode, plague.Error.Contains("intensity, clearing, none")), Is.EqualTo((2, true)));
    }

    [Test]
    public async Task WhatAUserCanMendIsToldInOneLineWithoutAStackTrace()
    {
        var run = await CommandRun.OfAsync("import", "/no/such/file", "--data", folder.PathOf("none"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error.Trim().Split('\n')[^1], Does.StartWith("graphrisk: ").And.Contain("/no/such/file"));
        Assert.That(run.Error, Does.Not.Contain("   at "));
    }

    [TestCase("publish")]
    [TestCase("score", "--publish")]
    public async Task WhatIsDerivedIsPublishedIntoNeo4jOnly(params string[] command)
    {
        await CommandRun.OfAsync("init", "--data", folder.PathOf("embedded"));
        var run = await CommandRun.OfAsync([.. command, "--data", folder.PathOf("embedded")]);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("GRAPHRISK_NEO4J_URL"));
    }

    [Test]
    public async Task AFileThatIsNoStoreIsRefusedWithACodeOfItsOwn()
    {
        var data = folder.PathOf("broken");
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(Path.Combine(data, "store.db"), new string('x', 10_000));
        var run = await CommandRun.OfAsync("resolve", "--data", data);
        Assert.That(run.ExitCode, Is.EqualTo(4), run.Error);
    }

    [Test]
    public async Task ATokenOfABrokerNamesTheBrokerAndAPurposeOfItsRole()
    {
        var data = folder.PathOf("tokens");
        Assert.That((await CommandRun.OfAsync("token", "--role", "broker", "--purpose", "kyc", "--data", data)).Error, Does.Contain("--of"));
        Assert.That((await CommandRun.OfAsync("token", "--role", "client", "--of", "Person/x:1", "--purpose", "kyc", "--data", data)).ExitCode, Is.EqualTo(1));
        Assert.That(
            (await CommandRun.OfAsync("token", "--role", "broker", "--of", "Broker/B001", "--purpose", "kyc", "--data", data)).Error,
            Does.Contain("There is no store"));
    }

    [Test]
    public async Task TheSchemaPrintedIsTheGoldenOne()
    {
        var printed = (await CommandRun.OfAsync("schema")).Out;
        Assert.That(printed, Does.Contain("type Query").And.Contain("ownershipLookThrough"));
    }

    [Test]
    public async Task EveryCommandHasHelpWithExamples()
    {
        foreach (var command in (string[])["demo", "generate", "import", "resolve", "score", "score verify", "model evaluate", "model list", "model show", "model propose", "model promote", "model rollback", "model retire", "serve", "query", "schema", "token", "audit", "contagion", "ownership", "ownership history", "ownership chart"])
            Assert.That((await CommandRun.OfAsync([.. command.Split(' '), "--help"])).Out, Does.Contain($"Examples:{Environment.NewLine}  graphrisk {command}"));
    }

    private static async Task DoneAsync(params string[] args)
    {
        var run = await CommandRun.OfAsync(args);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
    }

    private static async Task<JsonDocument> JsonAsync(params string[] args)
    {
        var run = await CommandRun.OfAsync(args);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return JsonDocument.Parse(run.Out);
    }

    [TestCase("markdown", "# Who sees what")]
    [TestCase("csv", "type,field,level,kind,role,standing,purpose,authorisation,reason,access,code")]
    public async Task TheAccessMatrixIsPrintedAsADocumentAndCellByCell(string format, string head) =>
        Assert.That((await CommandRun.OfAsync("access", "matrix", "--format", format)).Out, Does.StartWith(head));
}
