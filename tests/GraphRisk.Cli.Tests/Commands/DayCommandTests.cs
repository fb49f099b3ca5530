using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>The round of a day as a user types it.</summary>
public sealed class DayCommandTests
{
    private readonly TemporaryFolder folder = new();

    private string Market => folder.PathOf("market");

    [OneTimeSetUp]
    public async Task Generate() => Assert.That((await CommandRun.OfAsync("generate", "--clients", "300", "--seed", "5", "--out", Market)).ExitCode, Is.Zero);

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task TwoDaysAreGoneThroughAndAgainWithoutDoublingAnything()
    {
        var data = folder.PathOf("data");
        var (first, second) = (await RoundAsync(data, "2025-09-29"), await RoundAsync(data, "2025-09-30"));
        Assert.That(first.GetProperty("import").GetProperty("asserted").GetInt32(), Is.Positive);
        Assert.That(first.GetProperty("score").GetProperty("filed").GetInt32(), Is.EqualTo(first.GetProperty("score").GetProperty("clients").GetInt32()), "nothing was filed before");
        Assert.That(second.GetProperty("score").GetProperty("filed").GetInt32(), Is.LessThan(second.GetProperty("score").GetProperty("clients").GetInt32()), "what did not change is not filed");
        Assert.That(first.GetProperty("warnings").GetProperty("brokers").EnumerateArray().Sum(broker => broker.GetProperty("opened").GetInt32()), Is.Positive);
        foreach (var round in (JsonElement[])[first, second])
            Assert.That(round.GetProperty("reviews").GetProperty("brokers").EnumerateArray().Select(broker => (broker.GetProperty("required").GetInt32(), Math.Min(20, broker.GetProperty("due").GetInt32()))), Has.Some.Matches<(int Required, int Least)>(one => one.Required > 0).And.All.Matches<(int Required, int Least)>(one => one.Required == one.Least), "as many as a desk is given");
        var hash = await HashAsync(data);

        var again = await RoundAsync(data, "2025-09-30");

        Assert.That(again.GetProperty("score").GetProperty("filed").GetInt32(), Is.Zero);
        Assert.That(again.GetProperty("reviews").GetProperty("brokers").EnumerateArray().Sum(broker => broker.GetProperty("required").GetInt32()), Is.Zero);
        Assert.That(again.GetProperty("calls").GetProperty("called").GetArrayLength() + again.GetProperty("defaults").GetProperty("derived").GetArrayLength(), Is.Zero);
        Assert.That(await HashAsync(data), Is.EqualTo(hash));
        Assert.That((await CommandRun.OfAsync("score", "verify", "--data", data)).ExitCode, Is.Zero, "each filed score comes out again");
        await TheLifeOfAScoreIsToldWithItsReasons(data);
    }

    private static async Task TheLifeOfAScoreIsToldWithItsReasons(string data)
    {
        var last = JsonDocument.Parse(File.ReadLines(Path.Combine(data, "scores", "filed.ndjson")).Last()).RootElement;
        var client = last.GetProperty("client").GetString()!;
        var history = await CommandRun.OfAsync("score", "history", client, "--why", "--data", data, "--json");
        Assert.That(history.ExitCode, Is.Zero, history.Error);
        var steps = JsonDocument.Parse(history.Out).RootElement.GetProperty("steps");
        Assert.That(steps.EnumerateArray().Select(step => step.GetProperty("day").GetString()), Is.EqualTo(new[] { "2025-09-29", "2025-09-30" }));
        var (first, second) = (steps[0], steps[1]);
        Assert.That(first.GetProperty("why").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That((second.GetProperty("scoreBefore").GetInt32(), second.GetProperty("score").GetInt32()), Is.EqualTo((first.GetProperty("score").GetInt32(), last.GetProperty("score").GetInt32())));
        var why = second.GetProperty("why");
        var (points, parts) = (why.GetProperty("points").GetDouble(), why.GetProperty("reasons").EnumerateArray().Sum(reason => reason.GetProperty("points").GetDouble()));
        Assert.That(parts, Is.EqualTo(points).Within(1e-8), "one model, all reasons open");
        Assert.That(why.GetProperty("records").GetArrayLength(), Is.Positive, "closing prices of the second day at least");
        var told = await CommandRun.OfAsync("score", "why", client, "--from", "2025-09-29", "--to", "2025-09-30", "--language", "ZH", "--data", data);
        Assert.That(told.Out, Does.Contain("评分由").And.Contain("STATEMENT").Or.Contain("PRICE"));
    }

    [Test]
    public async Task AStepThatFailsEndsTheRoundAndIsNamed()
    {
        var missing = await CommandRun.OfAsync("day", "--date", "2025-09-30", "--sources", folder.PathOf("nowhere"), "--data", folder.PathOf("other"));
        Assert.That(missing.ExitCode, Is.EqualTo(1));
        Assert.That(missing.Error, Does.Contain("nowhere").And.Contain("ended at 'import'"));
        var empty = await CommandRun.OfAsync("day", "--date", "2025-09-30", "--data", folder.PathOf("empty"));
        Assert.That(empty.Error, Does.Contain("There is no store in"));
        Assert.That((await CommandRun.OfAsync("score", "--changed", "--data", folder.PathOf("empty"))).Error, Does.Contain("--changed goes with --file"));
    }

    private async Task<JsonElement> RoundAsync(string data, string day)
    {
        var run = await CommandRun.OfAsync("day", "--date", day, "--sources", Market, "--data", data, "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return JsonDocument.Parse(run.Out).RootElement;
    }

    private static async Task<string> HashAsync(string data) => (await CommandRun.OfAsync("store", "hash", "--data", data)).Out;
}
