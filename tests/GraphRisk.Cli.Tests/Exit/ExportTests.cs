using System.Diagnostics;
using System.Text.Json;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Exit;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Exit;

/// <summary>Everything of a data folder in open formats, and an installation made of it, from the command line.</summary>
public sealed class ExportTests
{
    private readonly TemporaryFolder folder = new();
    private string data = "";
    private string exported = "";
    private string withKeys = "";

    /// <summary>A folder with some versions and files beside the store.</summary>
    [OneTimeSetUp]
    public async Task Export()
    {
        (data, exported, withKeys) = (folder.PathOf("data"), folder.PathOf("exported"), folder.PathOf("with-keys"));
        await ImportAsync(data, "a", "one", "two");
        await ImportAsync(data, "b", "three", "four\u2028 \"quoted\"\t");
        await ImportAsync(data, "a", "one", "another name");
        await DoneAsync("import", folder.PathOf("a.ndjson"), "--data", data);
        await DoneAsync("token", "--role", "regulator", "--purpose", "supervision", "--data", data);
        File.Copy(Repository.PathOf("src", "GraphRisk.Market", "Calendar", "china.csv"), Path.Combine(data, "calendar.csv"));
        await File.WriteAllTextAsync(Path.Combine(data, SettingValues.FileName), "{}");
        await DoneAsync("export", "--all", "--to", exported, "--purpose", "operation", "--data", data);
        await DoneAsync("export", "--all", "--to", withKeys, "--keys", "--purpose", "operation", "--data", data);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task AnEmptyInstallationImportsItToTheSameContentAtEveryVersion()
    {
        foreach (var (from, name) in new[] { (exported, "without"), (withKeys, "with") })
        {
            var back = folder.PathOf(name);
            var imported = await JsonAsync("import", "--all", from, "--data", back, "--json");
            var version = imported.GetProperty("version").GetInt64();
            Assert.That(version, Is.EqualTo(3));
            for (var at = 1L; at <= version; at++)
                Assert.That(await DoneAsync("store", "hash", "--data", back, "--at-version", $"{at}"), Is.EqualTo(await DoneAsync("store", "hash", "--data", data, "--at-version", $"{at}")));
            Assert.That(await DoneAsync("store", "check", "--data", back), Does.StartWith($"Sound at version {version}").And.Contain("schema "));
            Assert.That(await DoneAsync("audit", "verify", "--data", back), Does.StartWith("The trail is whole"));
            Assert.That(File.ReadAllText(Path.Combine(back, "calendar.csv")), Is.EqualTo(File.ReadAllText(Path.Combine(data, "calendar.csv"))));
            Assert.That(await DoneAsync("import", folder.PathOf("b.ndjson"), "--data", back), Does.Contain("1 files unchanged"), "what was delivered is known");
            Assert.That(File.Exists(Path.Combine(back, "keys", "token.key")), Is.EqualTo(name == "with"));
            Assert.That(File.Exists(Path.Combine(back, "audit-of-export", "audit.ndjson")), Is.EqualTo(name == "without"));
            Assert.That(await DoneAsync("audit", "show", "--data", back, "--json"), Does.Contain("import --all").And.Contain(imported.GetProperty("contentHash").GetString()!));
        }
    }

    [Test]
    public async Task WhatDidNotChangeHasTheSameBytesAndTheChecksumsAreThoseOfSha256Sum()
    {
        Assert.Multiple(() =>
        {
            foreach (var path in Directory.GetFiles(exported, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(exported, path)))
                if (Path.GetFileName(path) is not ("audit.ndjson" or "audit-heads.ndjson" or "manifest.json" or "SHA256SUMS"))
                    Assert.That(File.ReadAllBytes(Path.Combine(withKeys, path)), Is.EqualTo(File.ReadAllBytes(Path.Combine(exported, path))), path);
        });
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(exported, "manifest.json")));
        var store = manifest.RootElement.GetProperty("store");
        Assert.That(store.GetProperty("contentHash").GetString(), Is.EqualTo((await DoneAsync("store", "hash", "--data", data)).Trim()));
        Assert.That(File.ReadLines(Path.Combine(exported, "store", "facts.ndjson")).Count(), Is.EqualTo(store.GetProperty("recordings").GetInt64()));
        Assert.That(File.ReadLines(Path.Combine(exported, "store", "sets.ndjson")).Count(), Is.EqualTo(3));
        Assert.That(File.ReadAllText(Path.Combine(exported, "manifest.json")), Does.Contain("keys/*.key"), "that keys are left out is said");
        Assert.That(File.ReadAllText(Path.Combine(exported, "FORMAT.md")), Does.Contain("store/facts.ndjson"));
        if (OperatingSystem.IsWindows()) return;
        using var process = Process.Start(new ProcessStartInfo("sha256sum", ["-c", "--quiet", "SHA256SUMS"]) { WorkingDirectory = exported, RedirectStandardOutput = true })!;
        Assert.That((process.StandardOutput.ReadToEnd(), process.WaitForExit(60_000), process.ExitCode), Is.EqualTo(("", true, 0)));
        Assert.That(File.GetUnixFileMode(Path.Combine(exported, "store", "facts.ndjson")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task OfAStoreOnNeo4jTheLinesAreThoseOfTheEmbeddedOneAndFilesComeBackAsTheFoldersOwn()
    {
        var variable = Neo4jTestServer.Require();
        using (var client = new QueryApiClient(Neo4jOptions.FromEnvironment(variable)!, TimeProvider.System))
            foreach (var statement in Neo4jTestServer.Emptying) await client.RunAsync(statement, new Dictionary<string, object?>(), AccessMode.Write);
        var (over, to) = (folder.PathOf("over-neo4j"), folder.PathOf("from-neo4j"));
        using var error = new StringWriter();
        var host = new Host(TimeProvider.System, TextWriter.Null, error, variable);
        Assert.That(await CommandLine.RunAsync(["store", "copy", "--from", $"sqlite:{Path.Combine(data, "store.db")}", "--to", "neo4j:", "--purpose", "operation", "--data", over], host), Is.Zero, error.ToString());
        await using (var store = await Stores.GraphStores.OpenNeo4jAsync(Neo4jOptions.FromEnvironment(variable)!, Graph.Schema.SchemaCatalog.LoadEmbedded(), TimeProvider.System))
        {
            var scores = new DataFolder(over) { StoreIdentity = store.Identity }.FiledScores;
            Directory.CreateDirectory(Path.GetDirectoryName(scores)!);
            await File.WriteAllTextAsync(scores, "{\"erased\":true}\n");
        }

        Assert.That(await CommandLine.RunAsync(["export", "--all", "--to", to, "--purpose", "operation", "--data", over], host), Is.Zero, error.ToString());
        foreach (var file in (string[])["facts.ndjson", "sets.ndjson", "idle-sets.ndjson"])
            Assert.That(File.ReadAllBytes(Path.Combine(to, "store", file)), Is.EqualTo(File.ReadAllBytes(Path.Combine(exported, "store", file))), file);
        await DoneAsync("import", "--all", to, "--data", folder.PathOf("back-from-neo4j"));
        Assert.That(await DoneAsync("store", "hash", "--data", folder.PathOf("back-from-neo4j")), Is.EqualTo(await DoneAsync("store", "hash", "--data", data)));
        Assert.That(File.Exists(folder.PathOf("back-from-neo4j", "scores", "filed.ndjson")));
    }

    [Test]
    public async Task AFileFlippedCutOrMissingIsRefusedByNameBeforeAnythingIsWritten()
    {
        var (copy, random) = (Copy(exported, "damaged"), new Random(5));
        foreach (var path in Directory.GetFiles(copy, "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length > 0))
        {
            var whole = await File.ReadAllBytesAsync(path);
            var flipped = whole.ToArray();
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            foreach (var bytes in new[] { flipped, whole[..random.Next(whole.Length)] })
            {
                await File.WriteAllBytesAsync(path, bytes);
                await RefusedAsync(Path.GetFileName(path), "import", "--all", copy, "--data", folder.PathOf("never"));
            }

            File.Delete(path);
            await RefusedAsync(Path.GetFileName(path), "import", "--all", copy, "--data", folder.PathOf("never"));
            await File.WriteAllBytesAsync(path, whole);
        }

        await File.WriteAllTextAsync(Path.Combine(copy, "folder", "smuggled.json"), "{}");
        await RefusedAsync("smuggled.json", "import", "--all", copy, "--data", folder.PathOf("never"));
        Assert.That(Directory.Exists(folder.PathOf("never")), Is.False);
    }

    [Test]
    public async Task AnImportThatIsKilledIsAllOrNothing()
    {
        var (hash, random) = (await DoneAsync("store", "hash", "--data", data), new Random(4));
        for (var i = 0; i < 2; i++)
        {
            var back = folder.PathOf($"killed-{i}");
            var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "import", "--all", withKeys, "--data", back]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using (var process = Process.Start(start)!)
            {
                while (!process.HasExited && !Directory.Exists(Path.Combine(back, "restore-unfinished"))) await Task.Delay(1);
                await Task.Delay(random.Next(150));
                process.Kill();
                await process.WaitForExitAsync();
            }

            if (Directory.Exists(Path.Combine(back, "restore-unfinished")))
            {
                Assert.That((await CommandRun.OfAsync("store", "hash", "--data", back)).ExitCode, Is.EqualTo(ExitCode.StoreUnavailable));
                await DoneAsync("import", "--all", withKeys, "--data", back);
            }

            Assert.That(await DoneAsync("store", "hash", "--data", back), Is.EqualTo(hash));
            Assert.That(await DoneAsync("audit", "verify", "--data", back), Does.StartWith("The trail is whole"));
        }
    }

    [Test]
    public async Task AnExportThatIsBrokenOffLeavesNothingUnderItsName()
    {
        var to = folder.PathOf("broken-off");
        using var cancelled = new CancellationTokenSource();
        await using var store = Stores.GraphStores.OpenSqlite(Path.Combine(data, "store.db"), Graph.Schema.SchemaCatalog.LoadEmbedded());
        var run = new ExportRun(new Host(TimeProvider.System, TextWriter.Null, TextWriter.Null, _ => null), new DataFolder(data), store, withKeys: false);
        Assert.That(async () => await run.RunAsync(to, new CancelAt(cancelled), cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetDirectories(Path.GetDirectoryName(to)!, "broken-off*"), Is.Empty);
        Directory.CreateDirectory(to + ".unfinished");
        await File.WriteAllTextAsync(Path.Combine(to + ".unfinished", "left.json"), "{}");
        await DoneAsync("export", "--all", "--to", to, "--purpose", "operation", "--data", data);
        Assert.That(File.Exists(Path.Combine(to, "left.json")), Is.False, "what a killed run left is not of the export");
    }

    [Test]
    public async Task WhatCannotBeIsSaidInOneLine()
    {
        await RefusedAsync("is not empty", "export", "--all", "--to", exported, "--purpose", "operation", "--data", data);
        await RefusedAsync("lie in one another", "export", "--all", "--to", Path.Combine(data, "x"), "--purpose", "operation", "--data", data);
        await RefusedAsync("There is no store", "export", "--all", "--to", folder.PathOf("x"), "--purpose", "operation", "--data", folder.PathOf("mistyped"));
        await RefusedAsync("There is a store in", "import", "--all", exported, "--data", data);
        await RefusedAsync("is no export", "import", "--all", data, "--data", folder.PathOf("never"));
        await RefusedAsync("'graphrisk import --all", "restore", "--from", exported, "--data", folder.PathOf("never"));
        foreach (var wrong in (string[][])[["export", "--to", "x", "--purpose", "operation"], ["import", "--all", exported, exported], ["import", "--all", exported, "--strict"]])
            Assert.That((await CommandRun.OfAsync(wrong)).ExitCode, Is.EqualTo(ExitCode.Usage), string.Join(' ', wrong));
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["import", "--all", exported, "--data", folder.PathOf("never")], new Host(TimeProvider.System, TextWriter.Null, error, name => name == "GRAPHRISK_NEO4J_URL" ? "http://127.0.0.1:7474" : null));
        Assert.That((code, error.ToString()), Is.EqualTo((ExitCode.Failed, error.ToString())));
        Assert.That(error.ToString(), Does.Contain("store copy"));
        foreach (var part in (string[])["export", "erase"]) Assert.That(await DoneAsync(part, "--help"), Does.Contain($"Examples:{Environment.NewLine}  graphrisk {part}"));
        Assert.That(await DoneAsync("import", "--help"), Does.Contain("graphrisk import --all exported"));
    }

    private async Task ImportAsync(string into, string id, params string[] names)
    {
        var lines = names.Select((name, i) => JsonSerializer.Serialize(new { id = $"{id}-{i}", schema = "Company", properties = new { name = new[] { $"{name} 公司" }, jurisdiction = new[] { "cn" } } }));
        await File.WriteAllLinesAsync(folder.PathOf($"{id}.ndjson"), lines);
        await DoneAsync("import", folder.PathOf($"{id}.ndjson"), "--data", into);
    }

    private string Copy(string from, string name)
    {
        var copy = folder.PathOf(name);
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    private static async Task<string> DoneAsync(params string[] args)
    {
        var run = await CommandRun.OfAsync(args);
        Assert.That(run.ExitCode, Is.Zero, $"{string.Join(' ', args)}: {run.Out}{run.Error}");
        return run.Out;
    }

    private static async Task<JsonElement> JsonAsync(params string[] args) => JsonDocument.Parse(await DoneAsync(args)).RootElement;

    private static async Task RefusedAsync(string reason, params string[] args)
    {
        var run = await CommandRun.OfAsync(args);
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Failed), $"{string.Join(' ', args)}: {run.Out}{run.Error}");
        Assert.That(run.Error, Does.Contain(reason).And.Not.Contain("   at "));
    }

    private sealed class CancelAt(CancellationTokenSource cancelled) : IProgress<long>
    {
        public void Report(long value) => cancelled.Cancel();
    }
}
