using System.Text.Json;
using System.Xml.Linq;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>Charts of ownership of a data folder as files for other programs.</summary>
public sealed class OwnershipChartCommandTests
{
    private const string Register = """
        [{"statementId": "1", "recordId": "A", "recordType": "entity", "recordDetails": {"entityType": {"type": "registeredEntity"}, "name": "=A"}},
         {"statementId": "2", "recordId": "H", "recordType": "entity", "recordDetails": {"entityType": {"type": "registeredEntity"}, "name": "H"}},
         {"statementId": "3", "recordId": "X", "recordType": "person", "recordDetails": {"personType": "knownPerson", "names": [{"fullName": "X"}]}},
         {"statementId": "4", "recordId": "r1", "recordType": "relationship", "recordDetails": {"interestedParty": "X", "subject": "H", "interests": [{"type": "shareholding", "directOrIndirect": "direct", "share": {"exact": 60}}]}},
         {"statementId": "5", "recordId": "r2", "recordType": "relationship", "recordDetails": {"interestedParty": "H", "subject": "A", "interests": [{"type": "shareholding", "directOrIndirect": "direct", "share": {"exclusiveMinimum": 25, "maximum": 50}}]}}]
        """;

    private readonly TemporaryFolder folder = new();

    [OneTimeSetUp]
    public async Task Import()
    {
        File.WriteAllText(folder.PathOf("register.json"), Register);
        Assert.That((await CommandRun.OfAsync("import", folder.PathOf("register.json"), "--data", folder.PathOf("data"))).ExitCode, Is.Zero);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task RowsHaveBothEndsAndAllThatIsStated()
    {
        var lines = (await WrittenAsync("csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0], Does.StartWith("holder,holderName,company,companyName,share,shareMin,shareMinOpen,shareMax"));
        Assert.That(lines[1..].Order(StringComparer.Ordinal), Is.EqualTo(new[] { "Company/bods:H,H,Company/bods:A,\"'=A\",,0.25,true,0.5,,,,,,,,,,,,DIRECT,", "Person/bods:X,X,Company/bods:H,H,0.6,,,,,,,,,,,,,,,DIRECT," }));
    }

    [Test]
    public async Task GraphMlAndDotDrawPartiesAndHoldings()
    {
        var graph = XDocument.Parse(await WrittenAsync("graphml")).Root!;
        Assert.That((graph.Descendants().Count(one => one.Name.LocalName == "node"), graph.Descendants().Count(one => one.Name.LocalName == "edge")), Is.EqualTo((3, 2)));
        Assert.That(await WrittenAsync("dot"), Does.StartWith("digraph").And.Contain("\"Company/bods:H\" -> \"Company/bods:A\""));
    }

    [Test]
    public async Task StatementsAreImportedToTheSamePairs()
    {
        await WrittenAsync("bods");
        File.Copy(folder.PathOf("chart.bods"), folder.PathOf("again.json"), overwrite: true);
        Assert.That((await CommandRun.OfAsync("import", folder.PathOf("again.json"), "--data", folder.PathOf("copy"))).ExitCode, Is.Zero);
        async Task<string> Pairs(string data) => JsonDocument.Parse((await CommandRun.OfAsync("ownership", "--data", folder.PathOf(data), "--semantics", "corrected", "--at-least", "0.01", "--bound", "possible", "--json")).Out)
            .RootElement.GetProperty("first").GetRawText().Replace("bods:Company/", "", StringComparison.Ordinal).Replace("bods:Person/", "", StringComparison.Ordinal);
        Assert.That(await Pairs("copy"), Is.EqualTo(await Pairs("data")));
    }

    [Test]
    public async Task WhatIsWrittenIsFiledAndWhatIsLeftOutIsTold()
    {
        var run = await RunAsync("bods", "--levels", "1", "--json");
        using var answer = JsonDocument.Parse(run.Out);
        Assert.That((answer.RootElement.GetProperty("isComplete").GetBoolean(), answer.RootElement.GetProperty("holdings").GetInt32()), Is.EqualTo((false, 1)));
        Assert.That(answer.RootElement.GetProperty("unsaid").EnumerateArray().Select(one => one.GetString()), Has.Some.Contains("limit of what was asked for").And.Some.Contains("since when is left out"));
        Assert.That(File.ReadAllText(folder.PathOf("chart.bods")), Does.Contain("limit of what was asked for"));
        Assert.That((await CommandRun.OfAsync("audit", "show", "--data", folder.PathOf("data"))).Out, Does.Contain("ownership chart"));
    }

    [TestCase("Company/bods:none", "is the id of nothing there is")]
    [TestCase("Company/bods:A", "is no purpose", "--purpose", "fun")]
    [TestCase("Company/bods:A", "--levels is 1 or more", "--purpose", "supervision", "--levels", "0")]
    public async Task WhatCannotBeWrittenIsRefused(string party, string reason, params string[] more)
    {
        var run = await CommandRun.OfAsync(["ownership", "chart", party, "--data", folder.PathOf("data"), "--output", folder.PathOf("none.xml"), .. more.Length > 0 ? more : ["--purpose", "supervision"]]);
        Assert.That((run.ExitCode, run.Error.Contains(reason, StringComparison.Ordinal), File.Exists(folder.PathOf("none.xml"))), Is.EqualTo((1, true, false)), run.Error);
    }

    private async Task<string> WrittenAsync(string format)
    {
        await RunAsync(format);
        return await File.ReadAllTextAsync(folder.PathOf($"chart.{format}"));
    }

    private async Task<CommandRun> RunAsync(string format, params string[] more)
    {
        var run = await CommandRun.OfAsync([
            "ownership", "chart", "Company/bods:A", "--format", format, "--output", folder.PathOf($"chart.{format}"), "--purpose", "supervision", "--as-of", "2024-06-30", "--data", folder.PathOf("data"), .. more]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return run;
    }
}
