using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>A small market under scenarios from the command line.</summary>
public sealed class StressCommandTests
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
}
