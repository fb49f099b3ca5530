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
    public async Task ARowThatSaysOtherwiseWaitsForItsIdAndIsNotBrokenOnceTakenIn()
    {
        const string Header = "person_no,name,id_number,birth_date,region\n";
        var data = folder.PathOf("otherwise");
        Directory.CreateDirectory(folder.PathOf("delivery/registry"));
        var persons = folder.PathOf("delivery/registry/persons.csv");
        await File.WriteAllTextAsync(persons, $"{Header}1,张伟,,,33\n1,张三,,,33\n2,,,,33\n");
        Assert.That((await CommandRun.OfAsync("import", persons, "--data", data)).ExitCode, Is.EqualTo(3));
        var bare = await CommandRun.OfAsync("quarantine", "replay", "--data", data);
        Assert.That(bare.ExitCode, Is.EqualTo(3));
        Assert.That(bare.Out, Does.Contain("1 not tried").And.Contain("0 taken in with 0 new facts, 1 still broken."));
        using var listed = JsonDocument.Parse((await CommandRun.OfAsync("quarantine", "list", "--data", data, "--json")).Out);
        var ids = listed.RootElement.EnumerateArray().ToDictionary(entry => entry.GetProperty("line").GetInt64(), entry => entry.GetProperty("id").GetString()!);
        Assert.That((await CommandRun.OfAsync("quarantine", "replay", ids[3], "--data", data)).Out, Does.StartWith("1 taken in with 1 new facts"));
        var all = (await CommandRun.OfAsync("quarantine", "list", "--all", "--data", data)).Out;
        Assert.That(all, Does.Contain("2 rows, 1 open.").And.Contain("taken in").And.Contain("held back"));
        await File.WriteAllTextAsync(folder.PathOf("row.csv"), "2,李四,,,33\n");
        Assert.That((await CommandRun.OfAsync("quarantine", "replay", ids[4], "--record", folder.PathOf("row.csv"), "--data", data)).ExitCode, Is.Zero);
        var again = await CommandRun.OfAsync("import", persons, "--data", data);
        Assert.That(again.ExitCode, Is.Zero, again.Out);
        Assert.That(again.Out, Does.Contain("2 taken in from quarantine before"));
    }

    [Test]
    public async Task AnEmptyFileStopsNoCommandAfterIt()
    {
        var data = folder.PathOf("after-empty");
        Directory.CreateDirectory(folder.PathOf("empty/registry"));
        var persons = folder.PathOf("empty/registry/persons.csv");
        await File.WriteAllTextAsync(persons, "");
        var import = await CommandRun.OfAsync("import", persons, "--data", data);
        Assert.That(import.ExitCode, Is.EqualTo(3));
        Assert.That(import.Out, Does.Contain("is empty"));
        Assert.That((await CommandRun.OfAsync("quarantine", "list", "--data", data)).Out, Does.Contain("1 rows."));
        await File.WriteAllTextAsync(persons, "person_no,name,id_number,birth_date,region\n1,张伟,,,33\n");
        Assert.That((await CommandRun.OfAsync("import", persons, "--data", data)).ExitCode, Is.Zero);
    }

    [Test]
    public async Task FewerThanNoBrokenRowsAreNotAskedFor()
    {
        var run = await CommandRun.OfAsync("import", folder.PathOf("nothing"), "--most-broken", "-1");
        Assert.That(run.ExitCode, Is.Not.Zero);
        Assert.That(run.Error + run.Out, Does.Contain("0 or more"));
    }

    [Test]
    public async Task AnIdThatNamesNoEntryIsRefused()
    {
        var run = await CommandRun.OfAsync("quarantine", "replay", "nothing", "--data", folder.PathOf("empty"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("'nothing'"));
    }
}
