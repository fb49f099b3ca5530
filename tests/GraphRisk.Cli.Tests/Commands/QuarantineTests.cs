using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

public sealed class QuarantineTests
{
    private readonly TemporaryFolder folder = new();

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task ABrokenRowIsListedWithItsReasonMendedAndTakenIn()
    {
        var market = folder.PathOf("market");
        var data = folder.PathOf("data");
        Assert.That((await CommandRun.OfAsync("generate", "--clients", "60", "--out", market)).ExitCode, Is.Zero);
        var securities = Path.Combine(market, "exchange", "securities.csv");
        var lines = await File.ReadAllLinesAsync(securities);
        var sound = lines[1];
        var column = Array.IndexOf(lines[0].Split(','), "total_shares");
        lines[1] = string.Join(',', sound.Split(',').Select((cell, i) => i == column ? "many" : cell));
        await File.WriteAllLinesAsync(securities, lines);

        var import = await CommandRun.OfAsync("import", Path.Combine(market, "exchange"), "--data", data, "--strict");
        Assert.That(import.ExitCode, Is.EqualTo(3), import.Error);
        using var listed = JsonDocument.Parse((await CommandRun.OfAsync("quarantine", "list", "--data", data, "--json")).Out);
        var entry = listed.RootElement.EnumerateArray().Single();
        Assert.That(entry.GetProperty("line").GetInt64(), Is.EqualTo(2));
        Assert.That(entry.GetProperty("field").GetString(), Is.EqualTo("total_shares"));
        Assert.That(entry.GetProperty("reason").GetString(), Does.Contain("many"));

        var id = entry.GetProperty("id").GetString()!;
        var stillBroken = await CommandRun.OfAsync("quarantine", "replay", "--data", data);
        Assert.That(stillBroken.ExitCode, Is.EqualTo(3));
        var mended = folder.PathOf("row.csv");
        await File.WriteAllTextAsync(mended, sound + "\n");
        var replay = await CommandRun.OfAsync("quarantine", "replay", id, "--record", mended, "--data", data);
        Assert.That(replay.ExitCode, Is.Zero, replay.Error);
        Assert.That(replay.Out, Does.StartWith("1 taken in"));
        Assert.That((await CommandRun.OfAsync("quarantine", "list", "--data", data)).Out, Does.Contain("0 rows."));
    }

    [Test]
    public async Task AnIdThatNamesNoEntryIsRefused()
    {
        var run = await CommandRun.OfAsync("quarantine", "replay", "nothing", "--data", folder.PathOf("empty"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("'nothing'"));
    }
}
