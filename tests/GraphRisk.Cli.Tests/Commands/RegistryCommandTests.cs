using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>Models trained, decided about and verified as a user types it, on one data folder.</summary>
public sealed class RegistryCommandTests
{
    private readonly TemporaryFolder folder = new();

    [OneTimeSetUp]
    public async Task Prepare() => Assert.That((await CommandRun.OfAsync("init", "--data", folder.PathOf("empty"))).ExitCode, Is.Zero);

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task TrainingProposesTwoPersonsPromoteAndFiledScoresAreVerified()
    {
        var (market, data) = (folder.PathOf("market"), folder.PathOf("data"));
        await DoneAsync("generate", "--clients", "600", "--seed", "3", "--out", market);
        await DoneAsync("import", market, "--data", data);
        var first = await DoneAsync("score", "--data", data, "--file", "--train-quarters", "2", "--test-quarters", "1", "--json");
        Assert.That(first.Error, Does.Contain("provisionally"));
        var second = await DoneAsync("score", "--data", data, "--train", "--train-quarters", "1", "--test-quarters", "1", "--json");
        var (champion, challenger) = (VersionIn(first, "model"), VersionIn(second, "trained"));
        Assert.That((VersionIn(second, "model"), second.Error.Contains("is a challenger", StringComparison.Ordinal)), Is.EqualTo((champion, true)), "training replaces nothing");
        Assert.That(challenger, Is.Not.EqualTo(champion));

        var scores = folder.PathOf("scores.csv");
        Assert.That((await RunAsync(data, "score", "--beside", challenger)).Error, Does.Contain("--out or --file"));
        var beside = await DoneAsync("score", "--data", data, "--beside", challenger, "--out", scores, "--purpose", "model-validation");
        Assert.That(beside.Out, Does.Contain($"From grades of {champion} (rows)").And.Match("of 600 clients keep their grade|clients keep their grade; [0-9,]+ move by more than 2 grades"));
        Assert.That(File.ReadLines(scores).First(), Does.Contain(",grade,grade_capped,"));
        Assert.That((await RunAsync(data, "score", "--as-of", "2024-06-30")).Error, Does.Contain("by today's champion").And.Contain("score --train --as-of 2024-06-30"));
        Assert.That(File.ReadLines(scores).First(), Does.EndWith($"contagion_points,pd_{challenger},score_{challenger},grade_{challenger}"));

        var (page, again) = (folder.PathOf("report.html"), folder.PathOf("again.html"));
        Assert.That((await DoneAsync("model", "report", "--data", data, "--output", page)).Out, Does.Contain(champion));
        await DoneAsync("model", "report", "--data", data, "--output", again);
        Assert.That(File.ReadAllBytes(again), Is.EqualTo(File.ReadAllBytes(page)), "the same input, the same bytes");
        Assert.That(File.ReadAllText(page), Does.Contain(challenger).And.Contain("<svg").And.Contain("taken into use"), "the challenger stands beside, and what was decided");
        await DoneAsync("model", "report", "--data", data, "--model", challenger, "--output", again, "--language", "ZH", "--quarters", "0");
        Assert.That(File.ReadAllText(again), Does.Contain("lang=\"zh-CN\"").And.Contain("挑战者"));
        var kept = Directory.GetFiles(data, "reports.ndjson", SearchOption.AllDirectories)[0];
        var reports = await File.ReadAllBytesAsync(kept);
        await File.WriteAllTextAsync(kept, "");
        Assert.That((await RunAsync(data, "model", "report", "--output", again)).Error, Does.Contain("No file of reports in").And.Contain("was cut off, replaced or removed"));
        await File.WriteAllBytesAsync(kept, reports);

        foreach (var verb in (string[])["propose", "promote", "rollback", "retire"])
            Assert.That((await RunAsync(data, "model", verb, "nothing", "--by", "ann", "--reason", "r")).Error, Does.Contain("there is no model nothing"));
        var proposed = await DoneAsync("model", "propose", challenger, "--by", "ann", "--reason", "better", "--override", "a drill", "--data", data);
        Assert.That(proposed.Out, Does.Contain("Challenger and champion on the same rows").And.Contain("paired DeLong").And.Contain(champion));
        Assert.That((await RunAsync(data, "model", "promote", challenger, "--by", "Ann", "--reason", "better")).ExitCode, Is.EqualTo(1));
        await using var served = await ServedFolder.StartAsync("--data", data, "--development-tokens");
        Assert.That(await ModelServedAsync(served, data), Does.Contain(champion));
        Assert.That((await DoneAsync("model", "promote", challenger, "--by", "bob", "--reason", "agreed", "--data", data)).Out, Does.Contain("paired DeLong"), "the second person sees the figures");
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        Assert.That(await ModelServedAsync(served, data), Does.Contain(challenger), "a server that runs follows");
        Assert.That((await DoneAsync("model", "list", "--data", data)).Out, Does.Match($"{challenger} │ champion").And.Match($"{champion} │ challenger"));
        Assert.That((await DoneAsync("model", "show", challenger, "--data", data)).Out, Does.Contain("Promote").And.Contain("agreed").And.Contain("panel").And.Contain("none differed").And.Contain("Grades out of time"));
        await DoneAsync("model", "propose", champion, "--rollback", "--by", "bob", "--reason", "worse", "--data", data);
        await DoneAsync("model", "rollback", champion, "--by", "ann", "--reason", "worse", "--data", data);
        await DoneAsync("model", "retire", challenger, "--by", "ann", "--reason", "worse", "--data", data);
        Assert.That((await DoneAsync("model", "list", "--data", data)).Out, Does.Not.Contain("was trained on"));
        await DoneAsync("backup", "--data", data, "--to", folder.PathOf("backups"));
        await DoneAsync("restore", "--from", folder.PathOf("backups"), "--data", folder.PathOf("back"));
        Assert.That((await DoneAsync("model", "list", "--data", folder.PathOf("back"))).Out, Does.Match($"Model {champion} was trained on version \\d+ by the history [0-9a-f]{{32}}, before a restore or an erasure"));
        using var filed = JsonDocument.Parse((await DoneAsync("audit", "show", "--data", data, "--json")).Out);
        Assert.That(filed.RootElement.GetRawText(), Does.Contain("model promote").And.Contain("model rollback").And.Contain("record "));

        Assert.That((await DoneAsync("score", "verify", "--data", data)).Out, Does.Contain(" 0 lines differ"));
        var path = Path.Combine(data, "scores", "filed.ndjson");
        var lines = File.ReadAllLines(path);
        var copy = folder.PathOf("copy.ndjson");
        File.WriteAllLines(copy, lines);
        Assert.That((await DoneAsync("score", "verify", "--file", copy, "--data", data)).Out, Does.Contain("the last filing, says"));
        File.WriteAllLines(copy, lines[..^1]);
        var cut = await RunAsync(data, "score", "verify", "--file", copy);
        Assert.That((cut.ExitCode, cut.Out.Contains(" 0 lines differ; the file does not end where any filing", StringComparison.Ordinal)), Is.EqualTo((1, true)), cut.Out);
        File.WriteAllLines(copy, lines.Select((line, at) => at == 2 ? "{\"erased\":true" + line[line.LastIndexOf(",\"hash\":", StringComparison.Ordinal)..] : line));
        var forged = await RunAsync(data, "score", "verify", "--file", copy);
        Assert.That((forged.ExitCode, forged.Out.Contains("1 of them erased, 0 lines differ", StringComparison.Ordinal), forged.Out.Contains("knows of no erasure", StringComparison.Ordinal)), Is.EqualTo((1, true, true)), forged.Out);
        lines[4] = lines[4].Replace("\"score\":", "\"score\":1", StringComparison.Ordinal);
        File.WriteAllLines(path, lines);
        var caught = await RunAsync(data, "score", "verify");
        Assert.That((caught.ExitCode, caught.Out.Split('\n')[0].StartsWith("line 5: ", StringComparison.Ordinal)), Is.EqualTo((1, true)), caught.Out);

        Assert.That((await RunAsync(data, "score", "--train", "--as-of", "2015-01-01")).Error, Does.Contain("--as-of"));

        File.WriteAllLines(path, File.ReadAllLines(path)[..^1]);
        Assert.That((await RunAsync(data, "score", "verify")).Error, Does.Contain("cut off"), "the trail knows the last score filed");
        var decisions = Path.Combine(data, "models", "decisions.ndjson");
        File.WriteAllLines(decisions, File.ReadAllLines(decisions)[..^1]);
        foreach (var args in (string[][])[["model", "list"], ["score"], ["model", "propose", challenger, "--by", "ann", "--reason", "r"]])
            Assert.That((await RunAsync(data, args)).Error, Does.Contain("cut off"), string.Join(' ', args));
    }

    /// <summary>The examples of the help say what the commands take: each is refused for the model it names, and for nothing else.</summary>
    [TestCase("show")]
    [TestCase("propose")]
    [TestCase("promote")]
    [TestCase("rollback")]
    [TestCase("retire")]
    public async Task TheExamplesOfTheHelpRun(string verb)
    {
        var example = (await CommandRun.OfAsync("model", verb, "--help")).Out.Split('\n').Select(line => line.Trim())
            .Single(line => line.StartsWith($"graphrisk model {verb}", StringComparison.Ordinal));
        var run = await RunAsync(folder.PathOf("empty"), [.. example.Split(' ').Skip(1)]);
        Assert.That((run.ExitCode, run.Error.Contains("there is no model 0123456789abcdef", StringComparison.Ordinal)), Is.EqualTo((1, true)), run.Error);
    }

    [Test]
    public async Task TheExamplesOfAReportRunUpToTheModelThatIsNotThere()
    {
        var examples = (await CommandRun.OfAsync("model", "report", "--help")).Out.Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("graphrisk model report", StringComparison.Ordinal)).ToList();
        Assert.That(examples, Has.Count.EqualTo(2));
        foreach (var example in examples)
        {
            var run = await RunAsync(folder.PathOf("empty"), [.. example.Split(' ').Skip(1)]);
            Assert.That((run.ExitCode, run.Error.Contains("There is no champion", StringComparison.Ordinal)), Is.EqualTo((1, true)), run.Error);
        }
    }

    private static async Task<string> ModelServedAsync(ServedFolder served, string data)
    {
        var token = (await DoneAsync("token", "--role", "regulator", "--purpose", "supervision", "--data", data)).Out.Trim();
        return (await served.AskAsync("{ model { version } }", token)).Body;
    }

    private static string VersionIn(CommandRun run, string member)
    {
        using var answer = JsonDocument.Parse(run.Out);
        return answer.RootElement.GetProperty(member).GetProperty("version").GetString()!;
    }

    private static Task<CommandRun> RunAsync(string data, params string[] args) => CommandRun.OfAsync([.. args, "--data", data]);

    private static async Task<CommandRun> DoneAsync(params string[] args)
    {
        var run = await CommandRun.OfAsync(args);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return run;
    }
}
