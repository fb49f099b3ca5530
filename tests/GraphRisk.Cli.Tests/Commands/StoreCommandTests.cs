using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>Whole stores from the command line.</summary>
public sealed class StoreCommandTests
{
    private readonly TemporaryFolder folder = new();
    private string data = "";

    [OneTimeSetUp]
    public async Task Import()
    {
        data = folder.PathOf("data");
        await DoneAsync("generate", "--clients", "60", "--out", folder.PathOf("market"));
        await DoneAsync("import", folder.PathOf("market"), "--data", data);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task ACopyHasTheContentHashOfItsOriginalAndCopyingAgainCopiesNothing()
    {
        var (original, copy) = ($"sqlite:{Path.Combine(data, "store.db")}", $"sqlite:{folder.PathOf("backup", "copy.db")}");
        using var first = JsonDocument.Parse(await DoneAsync("store", "copy", "--from", original, "--to", copy, "--purpose", "operation", "--json"));
        var hash = (await DoneAsync("store", "hash", "--data", data)).Trim();
        Assert.Multiple(() =>
        {
            Assert.That(first.RootElement.GetProperty("contentHash").GetString(), Is.EqualTo(hash));
            Assert.That(first.RootElement.GetProperty("copied").GetInt64(), Is.GreaterThan(500));
        });
        Assert.That((await DoneAsync("store", "hash", "--store", copy)).Trim(), Is.EqualTo(hash));
        using var again = JsonDocument.Parse(await DoneAsync("store", "copy", "--from", original, "--to", copy, "--purpose", "operation", "--json"));
        Assert.That(again.RootElement.GetProperty("copied").GetInt64(), Is.Zero);
        Assert.That(await DoneAsync("store", "check", "--store", copy), Does.StartWith("Sound at version"));
    }

    [Test]
    public async Task AnOldVersionHasAContentHashOfItsOwn()
    {
        using var newest = JsonDocument.Parse(await DoneAsync("store", "hash", "--data", data, "--json"));
        var version = newest.RootElement.GetProperty("version").GetInt64();
        var before = await DoneAsync("store", "hash", "--data", data, "--at-version", $"{version - 1}");
        Assert.That(before.Trim(), Is.Not.EqualTo(newest.RootElement.GetProperty("contentHash").GetString()));
        await RefusedAsync($"no version {version + 1}", "store", "hash", "--data", data, "--at-version", $"{version + 1}");
    }

    [Test]
    public async Task AnExportSaysHowItIsLoaded()
    {
        var output = await DoneAsync("store", "export", "--neo4j-import", folder.PathOf("import"), "--purpose", "operation", "--data", data);
        Assert.That(output, Does.Contain("import.sh").And.Contain("database import full").And.Contain("--nodes=Person=Person-header.csv,Person.csv"));
        Assert.That(File.ReadLines(folder.PathOf("import", "Person.csv")).Count(), Is.GreaterThan(50));
        await RefusedAsync("not empty", "store", "export", "--neo4j-import", folder.PathOf("import"), "--purpose", "operation", "--data", data);
        var filed = await DoneAsync("audit", "show", "--act", "export", "--data", data, "--json");
        Assert.That(filed, Does.Contain("store export").And.Contain("content hash").And.Contain("\"Failed\""));
    }

    [Test]
    public async Task DataLeavesForAPurposeOnly()
    {
        var unsaid = await CommandRun.OfAsync("store", "export", "--neo4j-import", folder.PathOf("unsaid"), "--data", data);
        Assert.That((unsaid.ExitCode, unsaid.Error.Contains("--purpose", StringComparison.Ordinal)), Is.EqualTo((2, true)));
        await RefusedAsync("is no purpose", "store", "export", "--neo4j-import", folder.PathOf("unsaid"), "--purpose", "curiosity", "--data", data);
        Assert.That(Directory.Exists(folder.PathOf("unsaid")), Is.False);
    }

    [Test]
    public async Task ATargetWithAHistoryOfItsOwnIsRefused()
    {
        await DoneAsync("generate", "--clients", "60", "--seed", "8", "--out", folder.PathOf("other-market"));
        await DoneAsync("import", folder.PathOf("other-market"), "--data", folder.PathOf("other"));
        await RefusedAsync(
            "another history", "store", "copy",
            "--from", $"sqlite:{Path.Combine(data, "store.db")}", "--to", $"sqlite:{folder.PathOf("other", "store.db")}", "--purpose", "operation");
    }

    [Test]
    public async Task WhatNamesNoStoreOrASecretIsRefused()
    {
        await RefusedAsync("names no store", "store", "hash", "--store", "postgres:x");
        await RefusedAsync("no store at", "store", "hash", "--store", $"sqlite:{folder.PathOf("absent.db")}");
        Assert.That(File.Exists(folder.PathOf("absent.db")), Is.False);
        await RefusedAsync("not from the command line", "store", "hash", "--store", "neo4j:http://neo4j:secret@127.0.0.1:7474");
        await RefusedAsync("same store", "store", "copy", "--from", "sqlite:a.db", "--to", "sqlite:./a.db", "--purpose", "operation");
    }

    [Test]
    public async Task EveryPartOfItHasHelpWithExamples()
    {
        foreach (var part in (string[])["hash", "check", "copy", "export"])
            Assert.That(await DoneAsync("store", part, "--help"), Does.Contain($"Examples:{Environment.NewLine}  graphrisk store {part}"));
        Assert.That(await DoneAsync("store", "--help"), Does.Contain($"Examples:{Environment.NewLine}  graphrisk store hash"));
    }

    private static async Task<string> DoneAsync(params string[] args)
    {
        var run = await CommandRun.OfAsync(args);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return run.Out;
    }

    private static async Task RefusedAsync(string reason, params string[] args)
    {
        var run = await CommandRun.OfAsync(args);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((1, run.Error)), run.Out);
        Assert.That(run.Error, Does.Contain(reason));
    }
}
