using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>The command <c>model evaluate</c> as a user types it.</summary>
public sealed class ModelCommandTests
{
    private readonly TemporaryFolder folder = new();

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    /// <summary>The examples of the help, with the files they name.</summary>
    [Test]
    public async Task TheExamplesOfTheHelpRun()
    {
        Write();
        var help = (await CommandRun.OfAsync("model", "evaluate", "--help")).Out;
        var examples = help.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("graphrisk model evaluate", StringComparison.Ordinal)).ToArray();
        Assert.That(examples, Has.Length.EqualTo(2));
        foreach (var example in examples)
        {
            var run = await CommandRun.OfAsync([.. example.Split(' ').Skip(1).Select(word => word.Contains(".csv", StringComparison.Ordinal) || word.Contains(".json", StringComparison.Ordinal) ? folder.PathOf(word) : word)]);
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            if (!example.Contains("--json", StringComparison.Ordinal))
            {
                Assert.That(run.Out, Does.Contain("lightgbm").And.Contain("svc-rbf").And.Contain("seconds").And.Contain("Scorecard"));
                continue;
            }
            using var answer = JsonDocument.Parse(run.Out);
            Assert.That(answer.RootElement.GetProperty("split").GetString(), Does.StartWith("out of time"));
            Assert.That(answer.RootElement.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("model").GetString()), Is.EqualTo(
                new[] { "scorecard", "lightgbm", "svc-linear", "svc-rbf", "mlp" }));
        }
    }

    [Test]
    public async Task WhatIsWrongWithATableIsToldInOneLine()
    {
        Write();
        var absent = await CommandRun.OfAsync("model", "evaluate", "--input", folder.PathOf("none.csv"), "--target", "x");
        Assert.That((absent.ExitCode, absent.Error.Contains("none.csv", StringComparison.Ordinal)), Is.EqualTo((1, true)));
        var column = await CommandRun.OfAsync("model", "evaluate", "--input", folder.PathOf("loans.csv"), "--target", "ruin");
        Assert.That(column.ExitCode, Is.EqualTo(1));
        Assert.That(column.Error.Trim().Split('\n')[^1], Is.EqualTo("graphrisk: there is no column 'ruin'; the columns are granted_on, ratio, trade, default"));
    }

    [Test]
    public async Task ATableInGbkIsReadAsInUtf8AndAnIdThatIsTheTargetIsRefusedInOneLine()
    {
        Write();
        var text = (await File.ReadAllTextAsync(folder.PathOf("loans.csv"))).Replace("trade,default", "行业,违约", StringComparison.Ordinal).Replace("mine", "矿业", StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.PathOf("gbk.csv"), text, CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!);
        var run = await CommandRun.OfAsync("model", "evaluate", "--input", folder.PathOf("gbk.csv"), "--target", "违约", "--id", "违约");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error.Trim().Split('\n')[^1], Does.StartWith("graphrisk: '违约' is the target and cannot be the id"));
    }

    private void Write()
    {
        var random = new Random(2);
        var text = new StringBuilder("granted_on,ratio,trade,default\n");
        for (var i = 0; i < 400; i++)
        {
            var ratio = random.NextDouble();
            text.Append(CultureInfo.InvariantCulture, $"{new DateOnly(2024, 1, 1).AddDays(i):yyyy-MM-dd},{ratio:0.000},{(i % 3 == 0 ? "mine" : "mill")},{(random.NextDouble() < 0.6 - 0.5 * ratio ? 1 : 0)}\n");
        }
        File.WriteAllText(folder.PathOf("loans.csv"), text.ToString());
        File.WriteAllText(folder.PathOf("columns.json"), """{"columns": {"ratio": {"kind": "numeric", "direction": -1}}}""");
    }
}
