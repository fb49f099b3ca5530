using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary><c>graphrisk resolve stream</c> as a user types it.</summary>
public sealed class StreamCommandTests
{
    [Test]
    public async Task RowsOfAFileBecomeEventsAndAgainBecomeNone()
    {
        using var folder = new TemporaryFolder();
        var (file, data) = (folder.PathOf("brokers", "B001", "clients.csv"), folder.PathOf("data"));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        const string Li = "李晓明,,PERSON,RESIDENT_ID,110101198001010037,,1980-01-01,M,13900000001,,11,2020-01-01,";
        await File.WriteAllLinesAsync(file, ["client_no,name,former_name,kind,id_type,id_number,id_expires,birth_date,sex,phone,address,region,opened_on,closed_on", $"1,{Li}", $"2,{Li}", "3,,,GHOST,,,,,,,,,,"]);
        Assert.That((await CommandRun.OfAsync("init", "--data", data)).ExitCode, Is.Zero);
        var first = await CommandRun.OfAsync("resolve", "stream", file, "--data", data, "--json");
        Assert.That(first.ExitCode, Is.EqualTo(3), first.Error);
        var lines = first.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.That(lines.ConvertAll(line => line.GetProperty("event").GetString()), Is.EquivalentTo(new[] { "minted", "joined", "refused", "end" }));
        Assert.That(lines.Single(line => line.GetProperty("event").GetString() == "joined").GetProperty("party").GetString(), Is.EqualTo("Person/broker-B001:1"));
        Assert.That(lines[^1].GetProperty("records").GetInt32(), Is.EqualTo(3));
        var again = await CommandRun.OfAsync("resolve", "stream", file, "--data", data);
        Assert.That(again.Out, Does.Contain("taken in before").And.Not.Contain("minted"));
        Assert.That((await CommandRun.OfAsync("audit", "show", "--data", data, "--json")).Out, Does.Contain("resolve stream"));
    }

    [TestCase("--named goes with '-'", "-")]
    [TestCase("is read alone", "-", "clients.csv", "--named", "x.csv")]
    [TestCase("--stream goes with '-'", "clients.csv", "--stream", "monday")]
    [TestCase("no mapping is for this name", "-", "--named", "nobody/nothing.txt")]
    public async Task WhatCannotBeStreamedIsToldWhy(string said, params string[] args)
    {
        using var folder = new TemporaryFolder();
        await CommandRun.OfAsync("init", "--data", folder.PathOf("data"));
        var run = await CommandRun.OfAsync(["resolve", "stream", .. args, "--data", folder.PathOf("data")]);
        Assert.That(run.ExitCode, Is.Not.Zero);
        Assert.That(run.Error, Does.Contain(said));
    }
}
