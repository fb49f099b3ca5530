using System.Text.Json;
using System.Text.RegularExpressions;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>The command that matches the records of any table.</summary>
public sealed partial class LinkageCommandTests
{
    private static readonly string People = Repository.PathOf("samples", "records", "people.csv");

    [TestCase("evaluate", 5)]
    [TestCase("explain", 2)]
    public async Task TheExamplesOfTheHelpRun(string verb, int examples)
    {
        using var folder = new TemporaryFolder();
        var help = (await CommandRun.OfAsync("er", verb, "--help")).Out;
        var lines = Example().Matches(help).Select(line => line.Groups[1].Value.Trim()).ToList();
        Assert.That(lines, Has.Count.EqualTo(examples));
        foreach (var line in lines)
        {
            var words = line.Replace("samples/", Repository.PathOf("samples") + "/", StringComparison.Ordinal).Replace("er-charts", folder.PathOf("charts"), StringComparison.Ordinal).Split(' ');
            var run = await CommandRun.OfAsync(words);
            Assert.That((run.ExitCode, run.Out), Is.EqualTo((0, run.Out)), $"{line}: {run.Error}");
        }

        if (verb == "evaluate") Assert.That(Directory.GetFiles(folder.PathOf("charts")), Has.Length.EqualTo(5));
    }

    [Test]
    public async Task ItTellsKindsModelAndFigures()
    {
        var run = await CommandRun.OfAsync("er", "evaluate", "--input", People, "--truth", "person", "--json");
        using var told = JsonDocument.Parse(run.Out);
        var root = told.RootElement;
        var kinds = root.GetProperty("columns").EnumerateArray().ToDictionary(column => column.GetProperty("name").GetString()!, column => column.GetProperty("kind").GetString());
        Assert.Multiple(() =>
        {
            Assert.That((kinds["born"], kinds["address"], kinds["person"], kinds["record"]), Is.EqualTo(("BirthDate", "Address", (string?)null, (string?)null)));
            Assert.That(root.GetProperty("records").GetInt32(), Is.EqualTo(322));
            Assert.That(root.GetProperty("pairwise").GetProperty("precision").GetDouble(), Is.GreaterThan(0.94));
            Assert.That(root.GetProperty("pairwise").GetProperty("recall").GetDouble(), Is.GreaterThan(0.9));
            Assert.That(root.GetProperty("bCubed").GetProperty("f1").GetDouble(), Is.GreaterThan(0.95));
            Assert.That(root.GetProperty("blocking").GetProperty("recall").GetDouble(), Is.GreaterThan(0.95));
            Assert.That(root.GetProperty("model").GetProperty("comparisons").GetArrayLength(), Is.GreaterThanOrEqualTo(4));
            Assert.That(root.GetProperty("seconds").GetDouble(), Is.GreaterThan(0));
            Assert.That(root.GetProperty("peakMemoryBytes").GetInt64(), Is.GreaterThan(1_000_000));
        });
        var tables = (await CommandRun.OfAsync("er", "evaluate", "--input", People, "--truth", "person")).Out;
        foreach (var said in new[] { "pairwise precision", "B-cubed recall", "blocking recall", "peak memory", "BirthDate", "named as the truth" }) Assert.That(tables, Does.Contain(said));
    }

    [Test]
    public async Task TheSameFilesGiveTheSameAnswer()
    {
        async Task<string> AnswerAsync()
        {
            using var told = JsonDocument.Parse((await CommandRun.OfAsync("er", "evaluate", "--input", People, "--truth", "person", "--json")).Out);
            return told.RootElement.GetProperty("pairwise").GetRawText() + told.RootElement.GetProperty("model").GetRawText();
        }

        var first = await AnswerAsync();
        Assert.That(await AnswerAsync(), Is.EqualTo(first));
    }

    [Test]
    public async Task TheBitsOfAPairAddUp()
    {
        var run = await CommandRun.OfAsync("er", "explain", "--input", People, "--truth", "person", "--records", "3", "9", "--json");
        using var told = JsonDocument.Parse(run.Out);
        var steps = told.RootElement.GetProperty("steps").EnumerateArray().Sum(step => step.GetProperty("bits").GetDouble());
        Assert.That(steps, Is.EqualTo(told.RootElement.GetProperty("bits").GetDouble()).Within(1e-9));
        Assert.That(told.RootElement.GetProperty("together").GetBoolean(), Is.False);
        Assert.That(told.RootElement.GetProperty("verdict").GetString(), Does.Contain("apart"));
    }

    /// <summary>What a person decides stands: two the score joins stay apart, two it keeps apart are joined, and either way until it is said otherwise.</summary>
    [TestCase("1", "221", "no", false)]
    [TestCase("3", "9", "yes", true)]
    public async Task AVerdictStandsWhateverTheScore(string left, string right, string same, bool together)
    {
        using var folder = new TemporaryFolder();
        var verdicts = folder.PathOf("verdicts.csv");
        await File.WriteAllTextAsync(verdicts, $"left,right,same\n{left},{right},{same}\n");
        Assert.That(await TogetherAsync(), Is.EqualTo(!together));
        Assert.That(await TogetherAsync("--verdicts", verdicts), Is.EqualTo(together));

        async Task<bool> TogetherAsync(params string[] more)
        {
            var run = await CommandRun.OfAsync(["er", "explain", "--input", People, "--truth", "person", "--records", left, right, "--json", .. more]);
            using var told = JsonDocument.Parse(run.Out);
            return told.RootElement.GetProperty("together").GetBoolean();
        }
    }

    /// <summary>The answer names every record once, and the errors are those the figures count.</summary>
    [Test]
    public async Task TheAnswerAndItsErrorsAreWritten()
    {
        using var folder = new TemporaryFolder();
        var (answer, errors) = (folder.PathOf("answer.csv"), folder.PathOf("errors.csv"));
        var run = await CommandRun.OfAsync("er", "evaluate", "--input", People, "--truth", "person", "--without", "phone", "--output", answer, "--errors", errors, "--json");
        using var told = JsonDocument.Parse(run.Out);
        var pairwise = told.RootElement.GetProperty("pairwise");
        var (both, joined, real) = (pairwise.GetProperty("truePairs").GetInt32(), pairwise.GetProperty("joinedPairs").GetInt32(), pairwise.GetProperty("realPairs").GetInt32());
        var rows = (await File.ReadAllLinesAsync(answer)).Skip(1).Select(line => line.Split(',')).ToList();
        var lines = (await File.ReadAllLinesAsync(errors)).Skip(1).ToList();
        var calibration = told.RootElement.GetProperty("calibration");
        Assert.Multiple(() =>
        {
            Assert.That(rows.Select(row => row[1]).Distinct().Count(), Is.EqualTo(322));
            Assert.That(rows.CountBy(row => row[2]).Sum(cluster => cluster.Value * (cluster.Value - 1) / 2), Is.EqualTo(joined));
            Assert.That(lines.Count(line => line.StartsWith("wrong,", StringComparison.Ordinal)), Is.EqualTo(joined - both));
            Assert.That(lines.Count(line => line.StartsWith("missed,", StringComparison.Ordinal)), Is.EqualTo(real - both).And.GreaterThan(0));
            Assert.That(lines, Has.All.Match(@",[01]\.\d{4},(yes|no),"));
            Assert.That(calibration.GetProperty("automatic").GetInt64(), Is.GreaterThanOrEqualTo(calibration.GetProperty("automaticRight").GetInt64()).And.GreaterThan(0));
        });
    }

    [TestCase("record,other,verdict\n3,4711,yes\n", "There is no record '4711'")]
    [TestCase("left,right,same\n3,3,yes\n", "is the same record")]
    [TestCase("left,right,same\n3,4,perhaps\n", "is neither yes nor no")]
    [TestCase("left,right\n3,4\n", "same")]
    public async Task AVerdictThatSaysNothingIsNamed(string text, string said)
    {
        using var folder = new TemporaryFolder();
        var verdicts = folder.PathOf("verdicts.csv");
        await File.WriteAllTextAsync(verdicts, text);
        var run = await CommandRun.OfAsync("er", "evaluate", "--input", People, "--truth", "person", "--verdicts", verdicts);
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((1, "")), run.Error);
        Assert.That(run.Error, Does.Contain(said));
    }

    [TestCase("no column 'nobody'", "evaluate", "--truth", "nobody")]
    [TestCase("'nothing' is no column of the inputs", "evaluate", "--truth", "person", "--without", "nothing")]
    [TestCase("is no regular expression", "evaluate", "--truth", "person", "--truth-pattern", "P(")]
    [TestCase("matches no value", "evaluate", "--truth", "person", "--truth-pattern", "Q.*")]
    [TestCase("--merge-from is a probability", "evaluate", "--truth", "person", "--merge-from", "1")]
    [TestCase("There is no record '4711'", "explain", "--records", "3", "4711")]
    [TestCase("one and the same record", "explain", "--records", "3", "3")]
    public async Task WhatCannotBeDoneIsSaidInOneLine(string said, string verb, params string[] arguments)
    {
        var run = await CommandRun.OfAsync(["er", verb, "--input", People, .. arguments]);
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((1, "")), run.Error);
        Assert.That(run.Error, Does.Contain(said));
    }

    [Test]
    public async Task AFileThatIsNotThereIsNamed()
    {
        var run = await CommandRun.OfAsync("er", "evaluate", "--input", "nowhere.csv", "--truth", "person");
        Assert.That((run.ExitCode, run.Error.Contains("nowhere.csv: there is no such file", StringComparison.Ordinal)), Is.EqualTo((1, true)));
        Assert.That((await CommandRun.OfAsync("er", "evaluate", "--truth", "person")).ExitCode, Is.EqualTo(2));
    }

    [GeneratedRegex(@"^  graphrisk (er .*)$", RegexOptions.Multiline)]
    private static partial Regex Example();
}
