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
        await CommandRun.OfAsync("init", "--data", folder.PathOf("empty"));
        var run = await CommandRun.OfAsync("quarantine", "replay", "nothing", "--data", folder.PathOf("empty"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("'nothing'"));
    }

    [Test]
    public async Task WhatWaitsIsToldByTheImportListedAndLandsByItself()
    {
        var data = folder.PathOf("waiting");
        string Write(string path, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.PathOf(path))!);
            File.WriteAllText(folder.PathOf(path), text);
            return folder.PathOf(path);
        }

        var early = await CommandRun.OfAsync("import", Write("w1/brokers/B001/positions.csv", "account_no,security_code,quantity,as_of\nA1,600519.SH,100,2024-06-28\nA1,000001.SZ,5,2024-06-28\n"),
            Write("w1/brokers/B001/accounts.csv", "account_no,client_no,kind,opened_on,closed_on\nA7,7,CREDIT,2020-01-01,\n"), "--data", data);
        Assert.That(early.Out, Does.Contain("1 rows wait for what they name").And.Contain("POSITION counts, and names 1 of Account that nothing describes yet: Account/broker-B001:A1").And.Contain("quarantine list --waiting"));
        using var listed = JsonDocument.Parse((await CommandRun.OfAsync("quarantine", "list", "--waiting", "--json", "--data", data)).Out);
        Assert.That(listed.RootElement.GetProperty("waiting").GetInt32(), Is.EqualTo(1));
        Assert.That(listed.RootElement.GetProperty("openEnds").EnumerateArray().Select(end => $"{end.GetProperty("type").GetString()} {end.GetProperty("nodes").GetInt64()}"), Does.Contain("Account 1").And.Contain("Security 2"));
        var late = await CommandRun.OfAsync("import", Write("w2/brokers/B001/clients.csv", "client_no,name,former_name,kind,id_type,id_number,id_expires,birth_date,sex,phone,address,region,opened_on\n7,张伟,,PERSON,,,,1955-02-03,M,139,,33,2020-01-01\n"),
            Write("w2/brokers/B001/accounts.csv", "account_no,client_no,kind,opened_on,closed_on\nA1,7,CREDIT,2020-01-01,\n"), "--data", data);
        Assert.That(late.Out, Does.Contain("1 that had waited for them").And.Not.Contain("rows wait"));
        var after = (await CommandRun.OfAsync("quarantine", "list", "--waiting", "--data", data)).Out;
        Assert.That(after, Does.Contain("0 rows wait").And.Not.Contain("Account/"));
    }

    [Test]
    public async Task AFlagIsAcceptedReopenedAndFiled()
    {
        var data = folder.PathOf("flags");
        Directory.CreateDirectory(folder.PathOf("flagged/registry"));
        var persons = folder.PathOf("flagged/registry/persons.csv");
        await File.WriteAllTextAsync(persons, "person_no,name,id_number,birth_date,region\n7,张伟,330106195502031119,,33\n");
        await CommandRun.OfAsync("import", persons, "--data", data);
        using var listed = JsonDocument.Parse((await CommandRun.OfAsync("quarantine", "list", "--data", data, "--json")).Out);
        var id = listed.RootElement[0].GetProperty("id").GetString()!;
        string[] Decide(string verb) => ["quarantine", verb, id[..8], "--by", "li", "--reason", "seen the original", "--data", data];
        Assert.That((await CommandRun.OfAsync(Decide("reopen"))).ExitCode, Is.EqualTo(1));
        var accepted = await CommandRun.OfAsync(Decide("accept"));
        Assert.That((accepted.ExitCode, accepted.Out), Is.EqualTo((0, $"{id} is accepted as it stands; 0 rows open.{Environment.NewLine}")));
        Assert.That((await CommandRun.OfAsync("import", persons, "--strict", "--data", data)).ExitCode, Is.Zero, "what was accepted is flagged no more");
        Assert.That((await CommandRun.OfAsync("quarantine", "list", "--data", data)).Out, Does.Contain("0 rows."));
        Assert.That((await CommandRun.OfAsync("quarantine", "list", "--all", "--data", data)).Out, Does.Contain("accepted by li"));
        Assert.That((await CommandRun.OfAsync(Decide("reopen"))).ExitCode, Is.Zero);
        Assert.That((await CommandRun.OfAsync("quarantine", "list", "--data", data)).Out, Does.Contain("1 rows."));
        Assert.That((await CommandRun.OfAsync("audit", "show", "--data", data, "--json")).Out, Does.Contain("quarantine accept").And.Contain("quarantine reopen"));
    }
}
