using System.Text.Json;
using System.Text.RegularExpressions;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>
/// The driver over the payments of the samples:
/// <code>
/// account 2 -50-> 3 -40-> 1     loan 1 -100-> 2, of person 2     a blocked phone signs in to 3
/// </code>
/// 1 may not transfer to 2, which closes a circle, and both are blocked; 4 may transfer to 3 while its ratio is below the threshold.
/// </summary>
public sealed partial class FinBenchCommandTests
{
    [Test]
    public async Task TheExamplesOfTheHelpRun()
    {
        using var folder = new TemporaryFolder();
        var lines = Example().Matches((await CommandRun.OfAsync("finbench", "--help")).Out).Select(line => line.Groups[1].Value.Trim()).ToList();
        Assert.That(lines, Has.Count.EqualTo(3));
        foreach (var line in lines)
        {
            var words = line.Replace("samples/", Repository.PathOf("samples") + "/", StringComparison.Ordinal).Replace("--data data", $"--data {folder.PathOf("data")}", StringComparison.Ordinal).Split(' ');
            var run = await CommandRun.OfAsync(words);
            Assert.That((run.ExitCode, run.Out), Is.EqualTo((0, run.Out)), $"{line}: {run.Error}");
        }
    }

    [Test]
    public async Task EveryWriteBecomesWhatTheDrawingSays()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.OfAsync("finbench", Repository.PathOf("samples", "payments"), "--data", folder.PathOf("data"), "--reads", "4", "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        using var told = JsonDocument.Parse(run.Out);
        var figures = told.RootElement.GetProperty("figures").EnumerateArray().ToDictionary(one => one.GetProperty("operation").GetString()!);
        (int Count, int Refused, int Blocked) Of(string code) =>
            (figures[code].GetProperty("count").GetInt32(), figures[code].GetProperty("refused").GetInt32(), figures[code].GetProperty("blocked").GetInt32());
        Assert.Multiple(() =>
        {
            Assert.That(Of("TW12"), Is.EqualTo((3, 1, 0)), "the last names an account that was removed");
            Assert.That(Of("TRW1"), Is.EqualTo((1, 0, 1)), "1 to 2 closes the circle over 3");
            Assert.That(Of("TRW2"), Is.EqualTo((3, 1, 1)), "1 is blocked; then only 3 exceeds the threshold; then both do");
            Assert.That(Of("TRW3"), Is.EqualTo((2, 1, 1)), "2 has borrowed 100; 1 is blocked by then");
            Assert.That(Of("TW17"), Is.EqualTo((1, 0, 0)));
            Assert.That(Of("TW18"), Is.EqualTo((1, 0, 0)));
            Assert.That(Of("TCR1").Count, Is.EqualTo(4));
            Assert.That(figures["TCR3"].GetProperty("rows").GetInt64(), Is.EqualTo(4));
            Assert.That(figures.Keys, Does.Contain("SNAPSHOT"));
        });
    }

    [TestCase("TCR13", "is no operation of FinBench")]
    [TestCase("TW0", "is no operation of FinBench")]
    public async Task AnOperationThatIsNoneIsRefused(string code, string words)
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.OfAsync("finbench", Repository.PathOf("samples", "payments"), "--data", folder.PathOf("data"), "--operations", code);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((1, run.Error)));
        Assert.That(run.Error, Does.Contain(words));
    }

    [GeneratedRegex(@"^  graphrisk (finbench .*)$", RegexOptions.Multiline)]
    private static partial Regex Example();
}
