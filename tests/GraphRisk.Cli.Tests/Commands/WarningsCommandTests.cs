using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>Early warnings from the command line: filed once, worked by a desk, tried over days that have passed.</summary>
public sealed class WarningsCommandTests
{
    private readonly TemporaryFolder folder = new();

    private string Data => folder.PathOf("data");

    [OneTimeSetUp]
    public async Task Import()
    {
        Assert.That((await CommandRun.OfAsync("generate", "--clients", "60", "--seed", "3", "--out", folder.PathOf("market"))).ExitCode, Is.Zero);
        Assert.That((await CommandRun.OfAsync("import", folder.PathOf("market"), "--data", Data)).ExitCode, Is.Zero);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task ARoundIsFiledOnceAndWorkedByTheDesk()
    {
        var first = await FileAsync();
        Assert.That(Sum(first, "opened"), Is.Positive);
        var again = await FileAsync();
        Assert.That((Sum(again, "opened"), Sum(again, "addedTo"), Sum(again, "known")), Is.EqualTo((0, 0, Sum(first, "opened"))));
        var broker = first.GetProperty("brokers").EnumerateArray().First(one => one.GetProperty("opened").GetInt32() > 0).GetProperty("broker").GetString()!;
        var listed = JsonDocument.Parse(await RunAsync("list", "--of", broker, "--team", "MARGIN_DESK", "--json")).RootElement.GetProperty("nodes");
        Assert.That(listed.GetArrayLength(), Is.Positive);
        Assert.That(listed[0].GetProperty("signs").GetProperty("nodes").GetArrayLength(), Is.Positive);
        var reference = listed[0].GetProperty("reference").GetString()!;
        Assert.That(await RunAsync("take", reference, "--of", broker, "--by", "li.wei"), Does.Contain("is TAKEN since move 2, 'take'"));
        Assert.That(await RunAsync("snooze", reference, "--reason", "pays on Friday", "--snoozed-until", "2027-01-08", "--of", broker, "--by", "li.wei"), Does.Contain("is SNOOZED"));
        Assert.That(await RunAsync("take", reference, "--of", broker, "--by", "li.wei"), Does.Contain("is TAKEN"));
        Assert.That(await RunAsync("resolve", reference, "--reason", "topped up", "--of", broker, "--by", "li.wei"), Does.Contain("is RESOLVED"));
        Assert.That(await RunAsync("list", "--of", broker, "--state", "RESOLVED"), Does.Contain(reference).And.Contain("1 of 1."));
        Assert.That((await CommandRun.OfAsync("audit", "show", "--json", "--data", Data)).Out, Does.Contain("warnings file").And.Contain("Mutation.resolveWarning"));
    }

    [Test]
    public async Task ADryRunTellsRuleByRuleAndNamesNobodyUnasked()
    {
        var run = await CommandRun.OfAsync("warnings", "--dry-run", "--from", "2025-09-01", "--to", "2025-09-05", "--json", "--data", Data);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        var report = JsonDocument.Parse(run.Out).RootElement;
        Assert.That(report.GetProperty("byRule").GetArrayLength(), Is.EqualTo(9));
        Assert.That((report.GetProperty("named").ValueKind, report.GetProperty("horizon").GetInt32()), Is.EqualTo((JsonValueKind.Null, 61)));
        Assert.That((await CommandRun.OfAsync("warnings", "list", "--role", "regulator", "--json", "--data", Data)).Out, Does.Not.Contain("2025-09-0"), "nothing was filed");
    }

    [TestCase("needs --from", "--dry-run", "--from", "2025-09-01")]
    [TestCase("Say what to do")]
    [TestCase("no figure", "--dry-run", "--from", "2025-09-01", "--to", "2025-09-05", "--rules", "RULES")]
    [TestCase("would take silence for safety", "--dry-run", "--from", "2025-09-01", "--to", "2035-09-05")]
    public async Task WhatCannotBeMeantIsRefused(string why, params string[] args)
    {
        File.WriteAllText(folder.PathOf("rules.json"), """
            { "version": "1", "rows": [ { "name": "a", "kind": "LEVEL", "figure": "shoe_size", "operator": "BELOW", "limit": 1, "severity": "NOTICE", "coolDownDays": 1, "team": "A", "escalatesTo": "B", "takeWithinDays": 1, "title": { "en": "A", "zh": "A" } } ] }
            """);
        var run = await CommandRun.OfAsync(["warnings", .. args.Select(arg => arg == "RULES" ? folder.PathOf("rules.json") : arg), "--data", Data]);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((1, run.Error)));
        Assert.That(run.Error, Does.Contain(why));
    }

    [Test]
    public async Task ABrokersOwnRulesStandInTheDataFolder()
    {
        var data = folder.PathOf("own");
        Assert.That((await CommandRun.OfAsync("import", folder.PathOf("market"), "--data", data)).ExitCode, Is.Zero);
        var rules = Directory.CreateDirectory(Path.Combine(data, "warning-rules")).FullName;
        const string Row = """{ "name": "any-debt", "kind": "LEVEL", "figure": "ratio", "operator": "BELOW", "limit": 1000, "severity": "NOTICE", "coolDownDays": 1, "team": "DESK_7", "escalatesTo": "B", "takeWithinDays": 1, "title": { "en": "A", "zh": "A" } }""";
        File.WriteAllText(Path.Combine(rules, "B001.json"), $$"""{ "version": "ours", "rows": [ {{Row}} ] }""");
        var brokers = JsonDocument.Parse(await FiledAsync(0)).RootElement.GetProperty("brokers").EnumerateArray().ToDictionary(one => one.GetProperty("broker").GetString()!, one => one.GetProperty("rules").GetString());
        Assert.That(brokers["B001"], Is.Not.EqualTo(brokers["B002"]));
        Assert.That((await CommandRun.OfAsync("warnings", "list", "--of", "B001", "--team", "DESK_7", "--data", data)).Out, Does.Contain("any-debt"), "the desk its own rules name");
        Assert.That((await CommandRun.OfAsync("warnings", "list", "--of", "B002", "--team", "DESK_7", "--data", data)).Out, Does.Contain("0 of 0."));

        // What is wrong with one file stops nobody: its broker goes by the common rules, and the report says so.
        File.WriteAllText(Path.Combine(rules, "B999.json"), $$"""{ "version": "x", "rows": [ {{Row}} ] }""");
        File.WriteAllText(Path.Combine(rules, "B002.json"), $$"""{ "version": "x", "rows": [ {{Row.Replace("ratio", "shoe_size", StringComparison.Ordinal)}} ] }""");
        File.WriteAllText(Path.Combine(rules, "B003.json"), """{ "version": "x", "rows": [ { "nome": "a" } ] }""");
        File.WriteAllText(Path.Combine(rules, "notes.txt"), "");
        var round = JsonDocument.Parse(await FiledAsync(0)).RootElement;
        var findings = round.GetProperty("findings").EnumerateArray().Select(one => one.GetString()!).ToList();
        Assert.That(findings, Has.Count.EqualTo(4));
        Assert.That(string.Join('\n', findings), Does.Contain("no broker 'B999' lends anything; those that do are B001").And.Contain("B002.json: 'any-debt' looks at 'shoe_size', which is no figure")
            .And.Contain("B003.json: 'nome' is nothing that a rule or a file of rules says (line 1").And.Contain("notes.txt is named after no broker").And.Not.Contain("GraphRisk."));
        var after = round.GetProperty("brokers").EnumerateArray().ToDictionary(one => one.GetProperty("broker").GetString()!, one => one.GetProperty("rules").GetString());
        Assert.That((after["B001"], after["B002"]), Is.EqualTo((brokers["B001"], brokers["B002"])), "the one keeps its own, the other has the common ones");

        async Task<string> FiledAsync(int code)
        {
            var run = await CommandRun.OfAsync("warnings", "file", "--date", "2025-09-30", "--json", "--data", data);
            Assert.That(run.ExitCode, Is.EqualTo(code), run.Error);
            return code == 0 ? run.Out : run.Error;
        }
    }

    private async Task<JsonElement> FileAsync() => JsonDocument.Parse(await RunAsync("file", "--date", "2025-09-30", "--json")).RootElement;

    private async Task<string> RunAsync(string command, params string[] more)
    {
        var run = await CommandRun.OfAsync(["warnings", command, .. more, "--data", Data]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return run.Out;
    }

    private static int Sum(JsonElement round, string figure) => round.GetProperty("brokers").EnumerateArray().Sum(one => one.GetProperty(figure).GetInt32());
}
