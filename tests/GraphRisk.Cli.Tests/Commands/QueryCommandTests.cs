using System.Text.Json;
using System.Xml.Linq;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary><c>graphrisk query</c> over a data folder: whom it asks as, what it writes where, and what its exit code says.</summary>
public sealed class QueryCommandTests
{
    private const string Clients = "{ persons(first: 5) { nodes { name brokers { totalCount } } } }";

    private readonly TemporaryFolder folder = new();

    private string Data => folder.PathOf("data");

    private string Output => folder.PathOf("answer");

    [OneTimeSetUp]
    public async Task Import()
    {
        Assert.That((await CommandRun.OfAsync("generate", "--clients", "40", "--seed", "3", "--out", folder.PathOf("market"))).ExitCode, Is.Zero);
        Assert.That((await CommandRun.OfAsync("import", folder.PathOf("market"), "--data", Data)).ExitCode, Is.Zero);
    }

    [SetUp]
    public void Forget() => File.Delete(Output);

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task JsonIsAFormatAndMayGoToAFile()
    {
        var shown = await QueryAsync("{ store { stamp { asOf version } } }", "--format", "json");
        Assert.That((shown.ExitCode, shown.Error), Is.EqualTo((0, "")));
        Assert.That((await QueryAsync("{ store { stamp { asOf version } } }", "--output", Output)).Out, Is.Empty);
        Assert.That(JsonDocument.Parse(File.ReadAllText(Output)).RootElement.GetProperty("data").ToString(), Is.EqualTo(JsonDocument.Parse(shown.Out).RootElement.GetProperty("data").ToString()));
    }

    [Test]
    public async Task AQuestionIsExplainedAndNotAsked()
    {
        var explained = await QueryAsync(Clients, "--explain", "--format", "csv");
        Assert.That((explained.ExitCode, explained.Error), Is.EqualTo((0, "")));
        using var told = JsonDocument.Parse(explained.Out);
        Assert.That(told.RootElement.GetProperty("data").ValueKind, Is.EqualTo(JsonValueKind.Null));
        var fields = told.RootElement.GetProperty("extensions").GetProperty("explain").GetProperty("fields");
        Assert.That(fields.EnumerateArray().Select(field => field.GetProperty("path").GetString()), Is.EqualTo(new[] { "persons", "persons.nodes.brokers" }));
    }

    [Test]
    public async Task WhatIsNoTableIsToldOnStandardErrorAlone()
    {
        var run = await QueryAsync("{ store { stamp { asOf version } } }", "--format", "csv", "--output", Output);
        Assert.That((run.ExitCode, run.Out, File.Exists(Output)), Is.EqualTo((1, "", false)));
        Assert.That(run.Error, Does.StartWith("graphrisk: The answer is no table").And.Contain("(BAD_USER_INPUT)"));
    }

    [Test]
    public async Task AColumnThatIsRefusedIsATableOnlyForWhoeverTakesItSo()
    {
        string[] asked = ["--role", "analyst", "--purpose", "data-quality", "--format", "csv", "--output", Output];
        const string Facts = "{ persons(first: 5) { nodes { name marketFacts { debt } } } }";
        var refused = await QueryAsync(Facts, asked);
        Assert.That((refused.ExitCode, File.Exists(Output)), Is.EqualTo((1, false)));
        Assert.That(refused.Error, Does.Contain("\"marketFacts.debt\";code=FORBIDDEN").And.Contain("--allow-partial"));
        var taken = await QueryAsync(Facts, [.. asked, "--allow-partial"]);
        Assert.That(taken.ExitCode, Is.Zero, taken.Error);
        Assert.That(File.ReadLines(Output).Count(), Is.EqualTo(6));
    }

    [Test]
    public async Task AColumnThatIsNotAsItIsHeldIsToldAndTaken()
    {
        var run = await QueryAsync("{ persons(first: 3) { nodes { name } } }", "--role", "analyst", "--purpose", "data-quality", "--format", "csv", "--output", Output);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Does.Contain("not shown as they are held: \"name\";as=pseudonym"));
    }

    [TestCase("csv")]
    [TestCase("parquet")]
    public async Task RowsThatLackSomethingAreCounted(string format)
    {
        string[] asked = ["--role", "broker", "--of", "B001", "--purpose", "kyc", "--format", format, "--output", Output];
        var run = await QueryAsync(Clients.Replace("5", "200", StringComparison.Ordinal), asked);
        Assert.That((run.ExitCode, File.Exists(Output)), Is.EqualTo((1, true)), run.Error);
        Assert.That(run.Error, Does.Match("(?m)^graphrisk: [1-9][0-9]* rows lack cells"));
        Assert.That((await QueryAsync(Clients, [.. asked, "--allow-partial"])).ExitCode, Is.Zero);
    }

    [Test]
    public async Task AGraphIsWrittenByItsFormat()
    {
        var run = await QueryAsync("{ companies(first: 5) { nodes { name holders(first: 50) { edges { share } } } } }", "--format", "graphml", "--output", Output);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(XDocument.Load(Output).Descendants().Count(element => element.Name.LocalName == "node"), Is.GreaterThan(4));
    }

    [TestCase("broker", "B001", "kyc")]
    [TestCase("broker", "Broker/B001", "kyc")]
    public async Task AShortNameIsTakenWhereOnlyOneIsMeant(string role, string of, string purpose)
    {
        var run = await CommandRun.OfAsync("token", "--role", role, "--of", of, "--purpose", purpose, "--data", Data, "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(JsonDocument.Parse(run.Out).RootElement.GetProperty("viewer").GetProperty("of").GetString(), Is.EqualTo("Broker/B001"));
    }

    [Test]
    public async Task AShortNameThatSeveralHaveNamesThem()
    {
        // Two brokers may number their clients alike.
        var twice = folder.PathOf("twice");
        foreach (var broker in (string[])["B001", "B002"])
        {
            Directory.CreateDirectory(Path.Combine(twice, "brokers", broker));
            var source = Directory.GetFiles(folder.PathOf("market"), "clients.csv", SearchOption.AllDirectories)[0];
            var lines = File.ReadAllLines(source);
            var cells = lines[1].Split(',');
            cells[0] = "SHARED1";
            File.WriteAllLines(Path.Combine(twice, "brokers", broker, "clients.csv"), [lines[0], string.Join(',', cells)]);
        }

        Assert.That((await CommandRun.OfAsync("import", twice, "--data", Data)).ExitCode, Is.Zero);
        var run = await CommandRun.OfAsync("token", "--role", "client", "--of", "SHARED1", "--purpose", "own-record", "--data", Data);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("broker-B001:SHARED1").And.Contain("broker-B002:SHARED1"));
    }

    private Task<CommandRun> QueryAsync(string query, params string[] options)
    {
        var file = folder.PathOf("question.graphql");
        File.WriteAllText(file, query);
        return CommandRun.OfAsync(["query", file, "--data", Data, .. options]);
    }
}
