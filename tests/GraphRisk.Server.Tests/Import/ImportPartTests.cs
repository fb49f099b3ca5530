using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Server.Import;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Import;

public sealed class ImportPartTests
{
    private const string Companies =
        "uscc,name,legal_form,industry,region,address,registered_capital,established\\n"
        + "91310000MA1FL0000A,上海甲乙有限公司,有限责任公司,制造,31,,1000000.00,2010-01-01\\n"
        + "91310000MA1FL0001B,上海丙丁有限公司,有限责任公司,制造,31,,not a number,2010-01-01\\n"
        + ",没有代码的公司,有限责任公司,制造,31,,1000000.00,2010-01-01\\n";

    private TemporaryFolder folder = null!;
    private QuarantineLog quarantine = null!;
    private ServedGraph served = null!;

    [SetUp]
    public void Serve()
    {
        folder = new TemporaryFolder();
        quarantine = QuarantineLog.Open(folder.PathOf("quarantine"));
        served = Serving(TimeSpan.FromMinutes(5), "import");
    }

    private ServedGraph Serving(TimeSpan grace, string inbox) => ServedGraph.Over(new InMemoryGraphStore(MarketSketch.Catalog), dependencies => dependencies with
    {
        Import = new ImportDependencies(MappingSet.Load(MarketSketch.Catalog), quarantine, folder.PathOf(inbox)) { Grace = grace },
    });

    [TearDown]
    public async Task Close()
    {
        await served.DisposeAsync();
        quarantine.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task RecordsSentInlineLandAndBrokenOnesGoToQuarantine()
    {
        var answer = await Import("registry/companies.csv");
        Assert.That(answer.At("importRecords.files.0.rows").GetInt64(), Is.EqualTo(3));
        Assert.That(answer.At("importRecords.files.0.landed").GetInt64(), Is.EqualTo(2), "one of them without the capital that is no number");
        Assert.That(answer.At("importRecords.files.0.flagged").GetInt64(), Is.EqualTo(2), "both: neither credit code passes its own check");
        Assert.That(answer.At("importRecords.quarantined").GetInt64(), Is.EqualTo(1));
        Assert.That(answer.TextAt("importRecords.files.0.source"), Is.EqualTo("registry"));
        var company = await served.Ask(ServedGraph.Regulator, """{ company(uscc: "91310000MA1FL0000A") { name } }""");
        Assert.That(company.TextAt("company.name"), Is.EqualTo("上海甲乙有限公司"));
        Assert.That(Directory.GetFiles(folder.PathOf("import"), "*", SearchOption.AllDirectories), Is.Empty, "what was laid down for it is taken away");
    }

    [Test]
    public async Task SendingRecordsTwiceChangesNothing()
    {
        var first = await Import("registry/companies.csv");
        var second = await Import("registry/companies.csv");
        Assert.That(second.At("importRecords.asserted").GetInt64(), Is.Zero);
        Assert.That(second.At("importRecords.stamp.version").GetInt64(), Is.EqualTo(first.At("importRecords.stamp.version").GetInt64()));
    }

    [TestCase("../registry/companies.csv")]
    [TestCase("/etc/passwd")]
    [TestCase("registry/../../companies.csv")]
    [TestCase("registry\\\\companies.csv")]
    [TestCase("")]
    public async Task AFileOutsideTheFolderIsRefused(string file)
    {
        Assert.That(await served.Codes(ServedGraph.Regulator, Command(file)), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
        Assert.That(await served.Codes(ServedGraph.Regulator, $$"""mutation { importFiles(paths: ["{{file}}"]) { asserted } }"""), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
    }

    [Test]
    public async Task AFileBehindALinkIsRefused()
    {
        Directory.CreateDirectory(folder.PathOf("import"));
        File.WriteAllText(folder.PathOf("secret.csv"), "a\n1\n");
        File.CreateSymbolicLink(folder.PathOf("import", "link.csv"), folder.PathOf("secret.csv"));
        Assert.That(
            await served.Codes(ServedGraph.Regulator, """mutation { importFiles(paths: ["link.csv"]) { asserted } }"""), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
    }

    [Test]
    public async Task FilesOfTheFolderAreImported()
    {
        Directory.CreateDirectory(folder.PathOf("import", "registry"));
        File.WriteAllText(folder.PathOf("import", "registry", "companies.csv"), Companies.Replace("\\n", "\n", StringComparison.Ordinal));
        var answer = await served.Ask(ServedGraph.Regulator, """mutation { importFiles(paths: ["registry"]) { files { landed quarantined } } }""");
        Assert.That(answer.At("importFiles.files.0.landed").GetInt64(), Is.EqualTo(2));
    }

    [Test]
    public async Task AMappingThatDoesNotReadTheFileIsRefused() => Assert.That(
        await served.Codes(ServedGraph.Regulator, Command("registry/companies.csv", ", mapping: \"no-such-mapping\"")), Is.EqualTo(new[] { "BAD_USER_INPUT" }));

    [Test]
    public async Task OnlyTheRegulatorImports()
    {
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), Command("registry/companies.csv")), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That(await served.Codes(ServedGraph.Analyst, Command("registry/companies.csv")), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That((await served.Store.GetVersionAsync()).Number, Is.Zero);
    }

    [Test]
    public async Task AnImportThatTakesLongerThanTheGraceGoesOnAsAJob()
    {
        await using var slow = Serving(grace: TimeSpan.Zero, "slow");
        var begun = await slow.Ask(ServedGraph.Regulator, """mutation { importRecords(file: "registry/companies.csv", text: "TEXT") { asserted job { id state command } } }""".Replace("TEXT", Companies, StringComparison.Ordinal));
        Assert.That(begun.TextAt("importRecords.job.command"), Is.EqualTo("importRecords"));
        var id = begun.TextAt("importRecords.job.id");
        var question = $$"""{ job(id: "{{id}}") { state progress { files rows } result { asserted quarantined judged files { landed } } error { code } } }""";
        var job = await slow.Ask(ServedGraph.Regulator, question);
        while (job.TextAt("job.state") is "WAITING" or "RUNNING") job = await slow.Ask(ServedGraph.Regulator, question);
        Assert.That(job.TextAt("job.state"), Is.EqualTo("DONE"));
        Assert.That(job.At("job.result.files.0.landed").GetInt64(), Is.EqualTo(2));
        Assert.That(job.At("job.progress.rows").GetInt64(), Is.EqualTo(3));
        Assert.That(await slow.Codes(ServedGraph.As(Role.Regulator, "another office", "supervision"), question), Is.EqualTo(new[] { "NOT_FOUND" }));
        Assert.That(await slow.Codes(ServedGraph.Broker("B001"), question), Is.EqualTo(new[] { "NOT_FOUND" }));
    }

    [Test]
    public async Task AnImportThatEndsSoonHasItsResultInTheAnswerAndInItsJob()
    {
        var answer = await served.Ask(ServedGraph.Regulator, """mutation { importRecords(file: "registry/companies.csv", text: "TEXT") { asserted job { state result { asserted } } } }""".Replace("TEXT", Companies, StringComparison.Ordinal));
        Assert.That(answer.TextAt("importRecords.job.state"), Is.EqualTo("DONE"));
        Assert.That(answer.At("importRecords.job.result.asserted").GetInt64(), Is.EqualTo(answer.At("importRecords.asserted").GetInt64()));
    }

    [Test]
    public async Task AServerWithoutAnImportFolderSaysSo()
    {
        await using var other = ServedGraph.Over(new InMemoryGraphStore(MarketSketch.Catalog));
        Assert.That(await other.Codes(ServedGraph.Regulator, Command("registry/companies.csv")), Is.EqualTo(new[] { "UNAVAILABLE" }));
    }

    private Task<System.Text.Json.JsonElement> Import(string file) => served.Ask(ServedGraph.Regulator, Command(file));

    private static string Command(string file, string more = "") =>
        $$"""mutation { importRecords(file: "{{file}}", text: "{{Companies}}"{{more}}) { asserted quarantined judged stamp { version } files { rows landed flagged source mapping quarantined } } }""";
}
