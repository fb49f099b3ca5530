using System.Text.Json;
using System.Text.RegularExpressions;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>A small market under scenarios from the command line.</summary>
public sealed partial class StressCommandTests
{
    private readonly TemporaryFolder folder = new();
    private string data = "";

    [OneTimeSetUp]
    public async Task Import()
    {
        data = folder.PathOf("data");
        var market = folder.PathOf("market");
        Assert.That((await CommandRun.OfAsync("generate", "--clients", "300", "--seed", "3", "--out", market)).ExitCode, Is.Zero);
        Assert.That((await CommandRun.OfAsync("import", market, "--data", data)).ExitCode, Is.Zero);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task RowsOfEveryDivisionAddUpAndWhatIsLostSomebodyBears()
    {
        using var whole = await AskAsync("fall-20.json", "--by", "MARKET");
        var balance = whole.RootElement.GetProperty("balance");
        Assert.That(balance.GetProperty("borne").GetDouble(), Is.EqualTo(balance.GetProperty("lost").GetDouble()).Within(1e-9).Percent);
        Assert.That(Losses(whole), Is.GreaterThanOrEqualTo(0));
        Assert.That(Digits().Matches(whole.RootElement.GetRawText()).Select(match => match.Value), Is.Empty, "no number has more digits than were computed");
        foreach (var by in (string[])["broker", "jurisdiction", "industry", "client"])
        {
            using var divided = await AskAsync("fall-20.json", "--by", by);
            Assert.That(Losses(divided), Is.EqualTo(Losses(whole)), by);
        }
    }

    [Test]
    public async Task AReplayGoesBeyondItsAsOfDay()
    {
        using var answer = await AskAsync("crash-quarter.json", "--as-of", "2024-09-30");
        Assert.That(answer.RootElement.GetProperty("asOf").GetString(), Is.EqualTo("2024-09-30"));
        Assert.That(answer.RootElement.GetProperty("rounds").EnumerateArray().Last().GetProperty("day").GetString(), Is.EqualTo("2024-12-31"));
    }

    [Test]
    public async Task WhatReallyHappenedIsToldBeside()
    {
        using var answer = await AskAsync("fall-20.json", "--as-of", "2024-09-30", "--until", "2024-12-31", "--by", "MARKET");
        var actual = answer.RootElement.GetProperty("actual")[0];
        Assert.That(actual.GetProperty("contracts").GetInt32(), Is.EqualTo(answer.RootElement.GetProperty("rows")[0].GetProperty("rounds")[0].GetProperty("contracts").GetInt32()));
        Assert.That(actual.GetProperty("repaid").GetInt32(), Is.LessThan(actual.GetProperty("contracts").GetInt32()));
        var early = await CommandRun.OfAsync("stress", "--scenario", Repository.PathOf("samples", "scenarios", "fall-20.json"), "--as-of", "2024-09-30", "--until", "2024-09-30", "--data", data);
        Assert.That((early.ExitCode, early.Error.Contains("--until lies after 2024-09-30", StringComparison.Ordinal)), Is.EqualTo((1, true)), early.Error);
        Assert.That((await CommandRun.OfAsync("stress", "--scenario", Repository.PathOf("samples", "scenarios", "fall-20.json"), "--as-of", "2024-09-30", "--until", "2024-12-31", "--data", data)).Out, Does.Contain("supposed beside what happened up to 2024-12-31"));
    }

    [Test]
    public async Task CorrelatedDefaultsOfGivenProbabilityHaveContributionsThatAddUp()
    {
        using var answer = await AskAsync("fall-20.json", "--draws", "300", "--pd", "0.03", "--confidence", "0.95");
        var drawn = answer.RootElement.GetProperty("correlatedDefaults");
        var shortfall = drawn.GetProperty("market").GetProperty("expectedShortfall").GetDouble();
        Assert.That(shortfall, Is.Positive);
        foreach (var parts in (string[])["brokers", "clients"])
            Assert.That(drawn.GetProperty(parts).EnumerateArray().Sum(part => part.GetProperty("contribution").GetDouble()), Is.EqualTo(shortfall).Within(1e-7).Percent, parts);
    }

    [Test]
    public async Task WhatCannotBeRunIsSaidWithScenarioFieldAndReason()
    {
        var file = folder.PathOf("tea.json");
        await File.WriteAllTextAsync(file, """{ "name": "tea", "prices": [{ "on": "INDUSTRY", "name": "tea", "move": -0.1 }] }""");
        var run = await CommandRun.OfAsync("stress", "--scenario", file, "--data", data);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((1, "graphrisk: Scenario 'tea', prices[0].name: no security is of the industry 'tea'." + Environment.NewLine)));
        Assert.That((await CommandRun.OfAsync("stress", "--scenario", folder.PathOf("none.json"), "--data", data)).Error, Does.Contain("There is no file"));
        Assert.That((await RunAsync("fall-20.json", "--draws", "10")).Error, Does.Contain("--pd"));
        Assert.That((await RunAsync("fall-20.json", "--out", folder.PathOf("stress.json"))).Error, Does.Contain("--purpose"));
    }

    [Test]
    public async Task WhatHappensWithoutTheShockStandsBesideIt()
    {
        using var calm = await AskAsync(await WrittenAsync("""{ "name": "calm" }"""), "--by", "MARKET");
        using var fall = await AskAsync("fall-20.json", "--by", "MARKET");
        foreach (var row in new[] { calm, fall }.Select(answer => answer.RootElement.GetProperty("rows")[0]))
        {
            var (after, unshocked) = (row.GetProperty("rounds").EnumerateArray().Last(), row.GetProperty("withoutShock"));
            Assert.That(after.GetProperty("uncovered").GetDecimal(), Is.GreaterThanOrEqualTo(after.GetProperty("losses").GetDecimal()));
            Assert.That(unshocked.GetProperty("losses").GetDecimal(), Is.LessThanOrEqualTo(after.GetProperty("losses").GetDecimal()));
        }

        var still = calm.RootElement.GetProperty("rows")[0];
        Assert.That(JsonElement.DeepEquals(still.GetProperty("withoutShock"), still.GetProperty("rounds").EnumerateArray().Last()), Is.True);
    }

    [Test]
    public async Task ADayBeforeAnyContractSaysThatThereIsNothingToStress()
    {
        var run = await RunAsync("fall-20.json", "--as-of", "1999-12-31");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Does.Contain("no contract under which something is owed").And.Contain("1999-12-31"));
    }

    [Test]
    public async Task AnIdOfADefaultedClientThatIsNotThereIsNamed()
    {
        var run = await RunAsync(await WrittenAsync("""{ "name": "gone", "defaultedClients": ["Person/registry:NOBODY"] }"""));
        Assert.That(run.ExitCode, Is.EqualTo(1), run.Error);
        Assert.That(run.Error, Does.Contain("defaultedClients[0]").And.Contain("Person/registry:NOBODY"));
    }

    [TestCase("1.5")]
    [TestCase("NaN")]
    public async Task AProbabilityThatIsNoneIsRefused(string probability)
    {
        var run = await RunAsync("fall-20.json", "--draws", "10", "--pd", probability);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((1, "graphrisk: --pd is a probability from 0 to 1.\n")));
    }

    [Test]
    public async Task AnAnswerIsWrittenToAPlainFileOutsideTheDataAlone()
    {
        var link = folder.PathOf("link.json");
        File.CreateSymbolicLink(link, folder.PathOf("target.json"));
        foreach (var (path, reason) in (IEnumerable<(string, string)>)
            [(Path.Combine(data, "models", "decisions.ndjson"), "the program's own"), ("/dev/full", "no plain file"), (link, "no plain file"), (folder.PathOf("absent", "x.json"), "is no folder"), (data, "the program's own")])
        {
            var run = await RunAsync("fall-20.json", "--out", path, "--purpose", "monitoring");
            Assert.That((run.ExitCode, run.Error.Contains(reason, StringComparison.Ordinal)), Is.EqualTo((1, true)), run.Error);
        }
    }

    [Test]
    public async Task AFolderWithoutDataIsNotMadeByAsking()
    {
        var empty = folder.PathOf("nothing");
        foreach (var asked in (string[][])[["stress", "--scenario", Repository.PathOf("samples", "scenarios", "fall-20.json")], ["query", Repository.PathOf("samples", "queries", "09-market-by-broker.graphql")]])
        {
            var run = await CommandRun.OfAsync([.. asked, "--data", empty]);
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Error, Does.Contain("graphrisk import").And.Contain(empty));
        }

        Assert.That(Directory.Exists(empty), Is.False);
    }

    [Test]
    public async Task ADemoOnATakenPortSaysSoBeforeItWorks()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var run = await CommandRun.OfAsync("demo", "--once", "--port", $"{port}", "--data", folder.PathOf("demo"));
        Assert.That(run.ExitCode, Is.EqualTo(1), run.Error);
        Assert.That(run.Error, Does.Contain($"Port {port}").And.Not.Contain("   at "));
        Assert.That(Directory.Exists(folder.PathOf("demo")), Is.False);
    }

    private async Task<string> WrittenAsync(string scenario)
    {
        var file = folder.PathOf($"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, scenario);
        return file;
    }

    private static decimal Losses(JsonDocument answer) =>
        answer.RootElement.GetProperty("rows").EnumerateArray().Sum(row => row.GetProperty("rounds").EnumerateArray().Last().GetProperty("losses").GetDecimal());

    private Task<CommandRun> RunAsync(string scenario, params string[] more) =>
        CommandRun.OfAsync(["stress", "--scenario", Repository.PathOf("samples", "scenarios", scenario), "--data", data, .. more]);

    private async Task<JsonDocument> AskAsync(string scenario, params string[] more)
    {
        var run = await RunAsync(scenario, [.. more, "--json"]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return JsonDocument.Parse(run.Out);
    }

    [GeneratedRegex(@"\.[0-9]{13,}|[0-9][eE][-+]")]
    private static partial Regex Digits();
}
