using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>What the rules leave to persons, listed and judged as a user types it.</summary>
public sealed class ReviewCommandTests
{
    private readonly TemporaryFolder folder = new();

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task APairIsListedJudgedAndAskedNoMore()
    {
        var (market, data) = (folder.PathOf("market"), folder.PathOf("data"));
        await DoneAsync("generate", "--clients", "200", "--seed", "3", "--out", market);
        await DoneAsync("import", market, "--data", data);
        await DoneAsync("resolve", "--data", data);
        using var before = JsonDocument.Parse(await DoneAsync("review", "list", "--first", "1000", "--json", "--data", data));
        var pairs = before.RootElement.GetProperty("pairs").EnumerateArray().ToList();
        var ranks = pairs.ConvertAll(pair => pair.GetProperty("uncertainty").GetDouble() * (1 + pair.GetProperty("atStake").GetDouble()));
        Assert.That(ranks.Zip(ranks.Skip(1)).All(two => two.First >= two.Second * 0.99), Is.True, "the highest first");
        Assert.That(await DoneAsync("review", "list", "--first", "1", "--data", data), Does.Contain($"1 of {pairs.Count} pairs."));

        var (left, right) = (pairs[0].GetProperty("left").GetString()!, pairs[0].GetProperty("right").GetString()!);
        var chart = folder.PathOf("pair.svg");
        using var told = JsonDocument.Parse(await DoneAsync("review", "explain", left, right, "--json", "--chart", chart, "--data", data));
        Assert.That(told.RootElement.GetProperty("steps").EnumerateArray().Sum(step => step.GetProperty("bits").GetDecimal()), Is.EqualTo(told.RootElement.GetProperty("bits").GetDecimal()));
        Assert.That(await File.ReadAllTextAsync(chart), Does.StartWith("<svg"));
        Assert.That(await DoneAsync("review", "explain", left, right, "--data", data), Does.Contain("bits together, a probability of"));
        Assert.That((await CommandRun.OfAsync("review", "explain", left, "Person/registry:nobody", "--data", data)).Error, Does.Contain("is no party record of the store"));
        string[] judge = ["review", "judge", left, right, "--by", "li", "--reason", "seen the papers", "--data", data];
        Assert.That(await DoneAsync([.. judge, "--verdict", "no-match"]), Does.StartWith("Filed as version"));
        using var after = JsonDocument.Parse(await DoneAsync("review", "list", "--json", "--data", data));
        Assert.That(after.RootElement.GetProperty("open").GetInt32(), Is.LessThan(pairs.Count));
        var late = await CommandRun.OfAsync([.. judge, "--verdict", "match", "--seen-at", "2020-01-01T00:00:00Z"]);
        Assert.That(late.ExitCode, Is.EqualTo(1));
        Assert.That(late.Error, Does.Contain("li has judged this pair at"));
        Assert.That((await CommandRun.OfAsync("review", "judge", "nobody", right, "--verdict", "match", "--by", "li", "--reason", "r", "--data", data)).Error, Does.Contain("'nobody' is no record"));
        Assert.That(await DoneAsync("audit", "show", "--data", data, "--json"), Does.Contain("review judge"));
    }

    [Test]
    public async Task WhatIsLearnedIsKeptUntilItIsLearnedAnew()
    {
        var (market, data, charts) = (folder.PathOf("market2"), folder.PathOf("data2"), folder.PathOf("charts"));
        await DoneAsync("generate", "--clients", "700", "--seed", "3", "--out", market);
        await DoneAsync("import", market, "--data", data);
        using var first = JsonDocument.Parse(await DoneAsync("resolve", "--json", "--truth", Path.Combine(market, "truth", "entities.csv"), "--charts", charts, "--data", data));
        var calibration = first.RootElement.GetProperty("calibration");
        Assert.That(calibration.GetProperty("automaticPrecision").GetDouble(), Is.GreaterThan(0.99));
        Assert.That(calibration.GetProperty("error").GetDouble(), Is.LessThan(0.02));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(charts, "persons.svg")), Does.StartWith("<svg").And.Contain("same-resident-id"));
        var kept = await File.ReadAllTextAsync(Path.Combine(data, "resolution.json"));
        using var again = JsonDocument.Parse(await DoneAsync("resolve", "--json", "--data", data));
        Assert.That(again.RootElement.GetProperty("summary").GetProperty("asserted").GetInt32(), Is.Zero);
        await DoneAsync("resolve", "--learn", "--data", data);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(data, "resolution.json")), Is.EqualTo(kept), "the same records and verdicts teach the same");

        await File.WriteAllTextAsync(Path.Combine(data, "resolution.json"), "{\"format\":1}");
        var broken = await CommandRun.OfAsync("resolve", "--data", data);
        Assert.That(broken.ExitCode, Is.EqualTo(1));
        Assert.That(broken.Error, Does.Contain("resolution.json is no model of resolution: it has no levels. Learn it anew"));
    }

    private static async Task<string> DoneAsync(params string[] args)
    {
        var run = await CommandRun.OfAsync(args);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return run.Out;
    }
}
