using System.Globalization;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>The report of a day as a user types it, over a small market with a model and a round of early warning.</summary>
public sealed class MarketReportCommandTests
{
    private readonly TemporaryFolder folder = new();

    private string Data => folder.PathOf("data");

    [OneTimeSetUp]
    public async Task Prepare()
    {
        var market = folder.PathOf("market");
        foreach (var args in (string[][])[["generate", "--clients", "300", "--seed", "3", "--out", market], ["import", market, "--data", Data], ["score", "--data", Data], ["warnings", "file", "--date", "2025-09-29", "--capacity", "1", "--data", Data]])
            Assert.That((await CommandRun.OfAsync(args)) is { ExitCode: 0 }, args[0]);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task TheExamplesOfTheHelpRunAndTwiceTheyWriteTheSameBytes()
    {
        var help = (await CommandRun.OfAsync("report", "market", "--help")).Out;
        var examples = help.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("graphrisk report market", StringComparison.Ordinal)).ToArray();
        Assert.That(examples, Has.Length.EqualTo(2));
        foreach (var example in examples)
        {
            var (one, other) = (await ReportAsync(example, "one"), await ReportAsync(example, "other"));
            Assert.That(one.Keys, Is.SupersetOf(new[] { "market-en.html", "market-zh.html", "quality-broker-grade.csv", "movers-client-grade.csv", "concentration-securities.csv", "warnings-all.csv" }));
            Assert.That(one.ContainsKey("stress-broker.csv"), Is.EqualTo(example.Contains("--scenario", StringComparison.Ordinal)));
            Assert.That(other, Is.EqualTo(one), example);
        }
    }

    [Test]
    public async Task FilesAddUpAndTellWhatWasCut()
    {
        var files = await ReportAsync("graphrisk report market --date 2025-09-30 --since 2025-03-31 --out report", "sums");
        var market = Rows(files["quality-market-all.csv"]).Where(row => row["day"] == "2025-09-30").Sum(row => Number(row["exposure"]));
        Assert.That(market, Is.Positive);
        foreach (var by in (string[])["broker-all", "market-grade", "broker-product", "broker-industry", "broker-jurisdiction"])
            Assert.That(Rows(files[$"quality-{by}.csv"]).Where(row => row["day"] == "2025-09-30").Sum(row => Number(row["exposure"])), Is.EqualTo(market), by);
        Assert.That(Rows(files["quality-market-all.csv"]).Select(row => row["day"]), Is.EqualTo(new[] { "2025-09-30", "2025-08-31", "2025-07-31", "2025-06-30", "2025-05-31", "2025-04-30", "2025-03-31" }));
        Assert.That(Rows(files["concentration-market.csv"]).Single()["debt"], Is.EqualTo(market.ToString(CultureInfo.InvariantCulture)));
        var warnings = Rows(files["warnings-all.csv"]);
        Assert.That(warnings.Select(row => row["opened"]), Is.All.AnyOf("0", "1"), "a desk was told of one client");
        Assert.That(warnings.Sum(row => Number(row["cut"])), Is.Positive);
        Assert.That(files["market-zh.html"], Does.Contain("lang=\"zh-CN\"").And.Contain("客户质量").And.Contain("<svg"));
        Assert.That((await CommandRun.OfAsync("audit", "show", "--json", "--data", Data)).Out, Does.Contain("report market").And.Contain("supervision"));
    }

    [TestCase("--since is a day before", "--since", "2025-09-30")]
    [TestCase("before the first debt was stated", "--since", "1999-09-30")]
    [TestCase("is no purpose", "--purpose", "curiosity")]
    [TestCase("would take silence for safety", "--date", "2035-09-30")]
    public async Task WhatCannotBeMeantIsRefused(string why, params string[] more)
    {
        string[] date = more[0] == "--date" ? [] : ["--date", "2025-09-30"];
        var run = await CommandRun.OfAsync(["report", "market", .. date, .. more, "--out", folder.PathOf("refused"), "--data", Data]);
        Assert.That((run.ExitCode, run.Error.Contains(why, StringComparison.Ordinal)), Is.EqualTo((1, true)), run.Error);
        Assert.That(Directory.Exists(folder.PathOf("refused")), Is.False, "nothing was written");
    }

    private async Task<Dictionary<string, string>> ReportAsync(string example, string name)
    {
        string[] args = [.. example.Split(' ').Skip(1).Select(word => word == "report" ? folder.PathOf(name) : word.StartsWith("samples/", StringComparison.Ordinal) ? Repository.PathOf(word.Split('/')) : word), "--data", Data];
        args[0] = "report";
        var run = await CommandRun.OfAsync(args);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return Directory.GetFiles(folder.PathOf(name)).ToDictionary(file => Path.GetFileName(file)!, File.ReadAllText);
    }

    private static List<Dictionary<string, string>> Rows(string csv)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => line.Split(',')).Select(cells => names.Zip(cells).ToDictionary(one => one.First, one => one.Second))];
    }

    private static decimal Number(string cell) => cell.Length == 0 ? 0 : decimal.Parse(cell, CultureInfo.InvariantCulture);
}
