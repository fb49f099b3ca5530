using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using GraphRisk.Cli.Backups;
using GraphRisk.Cli.Composition;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Backups;

/// <summary>Backup and restore of a data folder from the command line.</summary>
public sealed class BackupTests
{
    private readonly TemporaryFolder folder = new();
    private string data = "";
    private string chained = "";
    private string sealedPlace = "";
    private string key = "";
    private long last;

    /// <summary>A folder with a few versions, backed up after some of them, plain and encrypted.</summary>
    [OneTimeSetUp]
    public async Task BackUp()
    {
        (data, chained, sealedPlace, key) = (folder.PathOf("data"), folder.PathOf("backups"), folder.PathOf("sealed"), Key("backup.key"));
        for (var round = 0; round < 3; round++)
        {
            await ImportAsync(data, $"a{round}", 40);
            await ImportAsync(data, $"b{round}", 3);
            await DoneAsync("token", "--role", "regulator", "--purpose", "supervision", "--data", data);
            if (round == 0) WriteConfiguration();
            await DoneAsync("backup", "--data", data, "--to", chained);
            if (round > 0) await DoneAsync("backup", "--data", data, "--to", sealedPlace, "--key", key);
        }

        last = (await JsonAsync("store", "hash", "--data", data, "--json")).GetProperty("version").GetInt64();
        Assert.That(last, Is.EqualTo(6));
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [TestCase("plain")]
    [TestCase("encrypted")]
    public async Task EachVersionComesBackWithItsContentAndASoundTrail(string how)
    {
        var (from, with) = how == "plain" ? (chained, Array.Empty<string>()) : (sealedPlace, ["--key", key]);
        var verified = await JsonAsync(["backup", "verify", "--from", from, "--json", .. with]);
        Assert.That(verified.GetProperty("newest").GetProperty("version").GetInt64(), Is.EqualTo(last));
        foreach (var version in new[] { 1, 4, last })
        {
            var back = folder.PathOf($"back-{how}-{version}");
            var restored = await JsonAsync(["restore", "--from", from, "--data", back, "--at", $"{version}", "--json", .. with]);
            var hash = (await DoneAsync("store", "hash", "--data", data, "--at-version", $"{version}")).Trim();
            Assert.That(restored.GetProperty("contentHash").GetString(), Is.EqualTo(hash));
            Assert.That((await DoneAsync("store", "hash", "--data", back)).Trim(), Is.EqualTo(hash));
            Assert.That(await DoneAsync("store", "check", "--data", back), Does.StartWith($"Sound at version {version}"));
            Assert.That(await DoneAsync("audit", "verify", "--data", back), Does.StartWith("The trail is whole"));
            Assert.That(await DoneAsync("audit", "show", "--data", back, "--json"), Does.Contain("\"restore\"").And.Contain(hash).And.Contain("Regulator for"));
            Assert.That(File.ReadAllText(Path.Combine(back, "calendar.csv")), Is.EqualTo(File.ReadAllText(Path.Combine(data, "calendar.csv"))));
            Assert.That(File.ReadAllBytes(Path.Combine(back, "keys", "audit.key")), Is.EqualTo(File.ReadAllBytes(Path.Combine(data, "keys", "audit.key"))));
            if (!OperatingSystem.IsWindows()) Assert.That(File.GetUnixFileMode(Path.Combine(back, "keys", "audit.key")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(Directory.Exists(Path.Combine(back, "snapshots")), Is.False, "what is made again is not in a backup");
        }
    }

    [Test]
    public async Task AnInstantIsTheNewestVersionRecordedByThen()
    {
        var sets = new List<StoreVersion>();
        await using (var store = GraphStores.OpenSqlite(Path.Combine(data, "store.db"), SchemaCatalog.LoadEmbedded()))
            await foreach (var set in store.ReadSetsAsync(0)) sets.Add(set.Version);
        var back = folder.PathOf("back-then");
        var restored = await JsonAsync("restore", "--from", chained, "--data", back, "--at", $"{sets[2].RecordedAt:O}", "--json");
        Assert.That(restored.GetProperty("version").GetInt64(), Is.EqualTo(sets.Last(version => version.RecordedAt <= sets[2].RecordedAt).Number));
        await RefusedAsync("no version of then", "restore", "--from", chained, "--data", folder.PathOf("never"), "--at", $"{sets[0].RecordedAt.AddSeconds(-1):O}");
        await RefusedAsync("versions 1 to 6", "restore", "--from", chained, "--data", folder.PathOf("never"), "--at", "0");
        await RefusedAsync("versions 1 to 6", "restore", "--from", chained, "--data", folder.PathOf("never"), "--at", "7");
        await RefusedAsync("neither a version nor an instant", "restore", "--from", chained, "--data", folder.PathOf("never"), "--at", "yesterday");
        Assert.That(Directory.Exists(folder.PathOf("never")), Is.False);
    }

    [TestCase("plain", 7)]
    [TestCase("encrypted", 8)]
    public async Task AFlippedByteAnywhereIsRefusedAndNamed(string how, int seed)
    {
        var (from, with) = how == "plain" ? (chained, Array.Empty<string>()) : (sealedPlace, ["--key", key]);
        var copy = Copy(from, $"flipped-{how}");
        var files = Directory.GetFiles(copy, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 0).Order(StringComparer.Ordinal).ToArray();
        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            // Each file once, then any, the manifests oftener than their size would have it.
            var file = i < files.Length ? files[i] : files[random.Next(files.Length)];
            var bytes = await File.ReadAllBytesAsync(file);
            var (place, was) = (random.Next(bytes.Length), bytes.ToArray());
            bytes[place] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(file, bytes);
            await RefusedAsync(Path.GetFileName(file), ["backup", "verify", "--from", copy, .. with]);
            await File.WriteAllBytesAsync(file, was);
        }

        await DoneAsync(["backup", "verify", "--from", copy, .. with]);
        File.Delete(files.First(file => file.EndsWith("-log", StringComparison.Ordinal)));
        await RefusedAsync("-log' is missing", ["restore", "--from", copy, "--data", folder.PathOf("never"), .. with]);
        File.Delete(files.First(file => file.EndsWith("0001.manifest", StringComparison.Ordinal)));
        await RefusedAsync("no backup", ["backup", "verify", "--from", copy, .. with]);
    }

    [Test]
    public async Task ASecondBackupStoresWhatIsNew()
    {
        var (from, to) = (Copy(data, "grown"), folder.PathOf("incremental"));
        File.WriteAllBytes(Path.Combine(from, "large.bin"), RandomNumberGenerator.GetBytes(200_000));
        var first = await JsonAsync("backup", "--data", from, "--to", to, "--json");
        await ImportAsync(from, "more", 2);
        await File.AppendAllTextAsync(Path.Combine(from, "large.bin"), "grown");
        var second = await JsonAsync("backup", "--data", from, "--to", to, "--json");
        await File.WriteAllTextAsync(Path.Combine(from, "large.bin"), "another");
        var third = await JsonAsync("backup", "--data", from, "--to", to, "--json");
        Assert.Multiple(() =>
        {
            Assert.That(first.GetProperty("bytes").GetInt64(), Is.GreaterThan(200_000));
            Assert.That(second.GetProperty("bytes").GetInt64(), Is.LessThan(20_000));
            Assert.That(second.GetProperty("fromVersion").GetInt64(), Is.EqualTo(6));
            Assert.That(second.GetProperty("backup").GetProperty("version").GetInt64(), Is.EqualTo(7));
            Assert.That(third.GetProperty("storedFiles").GetInt32(), Is.EqualTo(3), "the trail, its heads and the file that is another");
            Assert.That(third.GetProperty("backup").GetProperty("version").GetInt64(), Is.EqualTo(7));
        });
        foreach (var (at, content) in new[] { ("7", "grown"), ("6", "") })
        {
            await DoneAsync("restore", "--from", to, "--data", folder.PathOf($"grown-{at}"), "--at", at);
            Assert.That(File.ReadAllText(folder.PathOf($"grown-{at}", "large.bin")), content.Length == 0 ? Has.Length.LessThan(200_001) : Does.EndWith(content));
        }

        await DoneAsync("restore", "--from", to, "--data", folder.PathOf("grown-last"));
        Assert.That(File.ReadAllText(folder.PathOf("grown-last", "large.bin")), Is.EqualTo("another"));
    }

    [Test]
    public async Task OldChainsGoWholeAndOnlyOnceTheNewOneIsThere()
    {
        var to = Copy(chained, "kept");
        var full = await JsonAsync("backup", "--data", data, "--to", to, "--full", "--keep", "1", "--json");
        Assert.That(full.GetProperty("droppedChains").GetInt32(), Is.EqualTo(1));
        Assert.That(Directory.GetDirectories(to).Select(Path.GetFileName), Is.EqualTo(new[] { "chain-0002" }));
        await DoneAsync("restore", "--from", to, "--data", folder.PathOf("kept-first"), "--at", "1");
        await RefusedAsync("at least one chain", "backup", "--data", data, "--to", to, "--keep", "0");

        // Another store, and the same under another history.
        await ImportAsync(folder.PathOf("foreign"), "foreign", 2);
        await RefusedAsync("another store", "backup", "--data", folder.PathOf("foreign"), "--to", to);
        await RefusedAsync("another store", "backup", "--data", folder.PathOf("foreign"), "--to", to, "--full", "--keep", "1");
        var parted = await DoneAsync("backup", "--data", folder.PathOf("kept-first"), "--to", to, "--keep", "1");
        Assert.That(parted, Does.Contain("another history").And.Contain("chain-0003"));
        Assert.That(Directory.GetDirectories(to), Has.Length.EqualTo(2), "nothing of the other history was deleted");
    }

    [Test]
    public async Task AKeyThatIsWrongMissingOrNeedlessIsSaid()
    {
        await RefusedAsync("is encrypted: give its key", "backup", "verify", "--from", sealedPlace);
        await RefusedAsync("is encrypted: give its key", "backup", "--data", data, "--to", sealedPlace);
        await RefusedAsync("another key", "restore", "--from", sealedPlace, "--data", folder.PathOf("never"), "--key", Key("wrong.key"));
        await RefusedAsync("not encrypted: leave out --key", "backup", "verify", "--from", chained, "--key", key);
        await RefusedAsync("There is no key", "backup", "verify", "--from", sealedPlace, "--key", folder.PathOf("absent.key"));
        await File.WriteAllTextAsync(folder.PathOf("short.key"), "secret");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.PathOf("short.key"), UnixFileMode.UserRead);
        await RefusedAsync("is no key", "backup", "--data", data, "--to", folder.PathOf("never"), "--key", folder.PathOf("short.key"));
        Assert.That(Directory.GetFiles(sealedPlace, "*", SearchOption.AllDirectories).Any(file => File.ReadAllText(file).Contains("audit.ndjson", StringComparison.Ordinal)), Is.False, "not even names are told");
    }

    [Test]
    public async Task FoldersThatHoldSomethingOrLieInOneAnotherAreRefused()
    {
        await RefusedAsync("There is a store in", "restore", "--from", chained, "--data", data);
        Directory.CreateDirectory(folder.PathOf("used"));
        await File.WriteAllTextAsync(folder.PathOf("used", "notes.txt"), "mine");
        await RefusedAsync("is not empty (notes.txt)", "restore", "--from", chained, "--data", folder.PathOf("used"));
        await RefusedAsync("lie in one another", "backup", "--data", data, "--to", Path.Combine(data, "backups"));
        var link = Directory.CreateSymbolicLink($"{data}-link", data).FullName;
        await RefusedAsync("lie in one another", "backup", "--data", data, "--to", Path.Combine(link, "backups"));
        await RefusedAsync("There is no store", "backup", "--data", folder.PathOf("mistyped"), "--to", folder.PathOf("never"));
        Assert.That(Directory.Exists(folder.PathOf("never")), Is.False);
        using (BackupPlace.Take(folder.PathOf("taken"))) await RefusedAsync("Another backup", "backup", "--data", data, "--to", folder.PathOf("taken"));
        await RefusedAsync("no backup in", "restore", "--from", folder.PathOf("used"), "--data", folder.PathOf("never"));
    }

    [Test]
    public async Task ABackupBrokenOffLeavesTheLastGoodOneAndIsClearedByTheNext()
    {
        var to = Copy(chained, "broken-off");
        var before = await JsonAsync("backup", "verify", "--from", to, "--json");
        var from = Copy(data, "broken-off-data");
        foreach (var step in new[] { 1, 3, 6, 1_000 })
        {
            await ImportAsync(from, $"step{step}", 2);
            await using (var store = GraphStores.OpenSqlite(Path.Combine(from, "store.db"), SchemaCatalog.LoadEmbedded()))
            {
                // Not one of the failures after which it clears: as if it had been killed.
                var run = new BackupRun(new Host(TimeProvider.System, TextWriter.Null, TextWriter.Null, _ => null), new DataFolder(from), store, null);
                var steps = new Steps(step);
                Assert.That(async () => await run.RunAsync(to, step == 3, null, steps, CancellationToken.None), step < 1_000 ? Throws.InvalidOperationException : Throws.Nothing);
            }

            if (step == 1_000) continue;
            var after = await JsonAsync("backup", "verify", "--from", to, "--json");
            Assert.That(after.GetProperty("newest").GetRawText(), Is.EqualTo(before.GetProperty("newest").GetRawText()));
        }

        await File.WriteAllTextAsync(Path.Combine(to, "chain-0001", "0009-0001.tmp"), "left");
        await DoneAsync("backup", "--data", from, "--to", to);
        Assert.That(Directory.GetFiles(to, "*.tmp", SearchOption.AllDirectories), Is.Empty);
        await DoneAsync("backup", "verify", "--from", to);
        await DoneAsync("restore", "--from", to, "--data", folder.PathOf("after-broken-off"));
        Assert.That(await DoneAsync("store", "hash", "--data", folder.PathOf("after-broken-off")), Is.EqualTo(await DoneAsync("store", "hash", "--data", from)));
    }

    [Test]
    public async Task ARestoreThatIsKilledIsAllOrNothing()
    {
        var (hash, random) = (await DoneAsync("store", "hash", "--data", data), new Random(3));
        for (var i = 0; i < 3; i++)
        {
            var back = folder.PathOf($"killed-{i}");
            var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "restore", "--from", chained, "--data", back]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using (var process = Process.Start(start)!)
            {
                while (!process.HasExited && !Directory.Exists(Path.Combine(back, "restore-unfinished"))) await Task.Delay(1);
                await Task.Delay(random.Next(120));
                process.Kill();
                await process.WaitForExitAsync();
            }

            if (Directory.Exists(Path.Combine(back, "restore-unfinished")))
            {
                var refused = await CommandRun.OfAsync("store", "hash", "--data", back);
                Assert.That((refused.ExitCode, refused.Error.Contains("broken off", StringComparison.Ordinal)), Is.EqualTo((ExitCode.StoreUnavailable, true)), refused.Out);
                await DoneAsync("restore", "--from", chained, "--data", back);
            }

            Assert.That(await DoneAsync("store", "hash", "--data", back), Is.EqualTo(hash));
            Assert.That(await DoneAsync("audit", "verify", "--data", back), Does.StartWith("The trail is whole"));
        }
    }

    [Test]
    public async Task WhatWasWholeAndHalfMovedIsBroughtToItsEnd()
    {
        var back = folder.PathOf("half-moved");
        await DoneAsync("restore", "--from", chained, "--data", back);
        var (hash, content) = (await DoneAsync("store", "hash", "--data", back), Path.Combine(back, "restore-unfinished", "content"));
        Directory.CreateDirectory(Path.Combine(content, "keys"));
        foreach (var name in new[] { "store.db", "audit.ndjson", Path.Combine("keys", "audit.key") }) File.Move(Path.Combine(back, name), Path.Combine(content, name));
        File.WriteAllText(Path.Combine(back, "restore-unfinished", "whole"), "");
        Assert.That((await CommandRun.OfAsync("serve", "--port", "0", "--data", back)).ExitCode, Is.EqualTo(ExitCode.StoreUnavailable));
        Assert.That(await DoneAsync("restore", "--from", chained, "--data", back), Does.Contain("brought to its end"));
        Assert.That(await DoneAsync("store", "hash", "--data", back), Is.EqualTo(hash));
        Assert.That(await DoneAsync("audit", "verify", "--data", back), Does.StartWith("The trail is whole"));
        Assert.That(Directory.Exists(Path.Combine(back, "restore-unfinished")), Is.False);
    }

    [Test]
    public async Task BackupsWhileOthersImportAreEachTheStoreAtOneVersion()
    {
        var (busy, to) = (folder.PathOf("busy"), folder.PathOf("busy-backups"));
        await ImportAsync(busy, "first", 30);
        var importing = Task.Run(async () =>
        {
            for (var i = 0; i < 6; i++) await ImportAsync(busy, $"busy{i}", 20);
        });
        do await DoneAsync("backup", "--data", busy, "--to", to);
        while (!importing.IsCompleted);
        await importing;
        await DoneAsync("backup", "verify", "--from", to);
        var manifests = new BackupChain(Path.Combine(to, "chain-0001"), null).Read();
        foreach (var manifest in manifests)
            Assert.That((await DoneAsync("store", "hash", "--data", busy, "--at-version", $"{manifest.Store.Version}")).Trim(), Is.EqualTo(manifest.Store.ContentHash));
        await DoneAsync("restore", "--from", to, "--data", folder.PathOf("busy-back"), "--at", $"{manifests[0].Store.Version}");
        Assert.That(await DoneAsync("audit", "verify", "--data", folder.PathOf("busy-back")), Does.StartWith("The trail is whole"));
    }

    [Test]
    public async Task WhatWasDerivedBeforeNeverAnswersForARestoredStore()
    {
        var (original, to, back) = (folder.PathOf("original"), folder.PathOf("original-backups"), folder.PathOf("original-back"));
        await ImportAsync(original, "kept", 1);
        await DoneAsync("backup", "--data", original, "--to", to);
        await ImportAsync(original, "lost", 1);
        Assert.That(await HitsAsync(original, "lost"), Is.EqualTo(1));
        await DoneAsync("restore", "--from", to, "--data", back);
        foreach (var derived in new[] { "snapshots", "search" }) Copy(Path.Combine(original, derived), Path.Combine(back, derived));
        await ImportAsync(back, "anew", 1);
        Assert.That((await HitsAsync(back, "kept"), await HitsAsync(back, "lost"), await HitsAsync(back, "anew")), Is.EqualTo((1, 0, 1)));
    }

    [Test]
    public async Task ADrillPassesFilesItsReportAndFailsWhereAnythingDiffers()
    {
        var drilled = Copy(data, "drilled");
        var run = await CommandRun.OfAsync("drill", "--data", drilled, "--questions", "12", "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
        var report = JsonSerializer.Deserialize<DrillReport>(run.Out, Cli.Output.Json.Options)!;
        Assert.Multiple(() =>
        {
            Assert.That(report.Passed);
            Assert.That(report.Version, Is.EqualTo(last));
            Assert.That(report.Questions, Has.Length.EqualTo(12));
            Assert.That(report.Questions.Count(question => question.Refused is null), Is.GreaterThan(5));
            Assert.That(report.Questions.Select(question => question.Answer).Distinct().Count(), Is.GreaterThan(5));
        });
        Assert.That(Directory.GetFiles(Path.Combine(drilled, "drills")).Select(Path.GetExtension), Is.EquivalentTo(new[] { ".json", ".txt" }));
        Assert.That(File.ReadAllText(Directory.GetFiles(Path.Combine(drilled, "drills"), "*.txt").Single()), Does.Contain("PASSED").And.Contain("Recovery time").And.Contain("Recovery point"));
        Assert.That((report with { RestoredHash = "other" }).Passed, Is.False);
        var differing = report with { Questions = report.Questions.SetItem(3, report.Questions[3] with { Restored = "other" }) };
        Assert.That((differing.Passed, differing.ToText()), Is.EqualTo((false, differing.ToText())));
        Assert.That(differing.ToText(), Does.Contain("FAILED").And.Contain($"differs: {report.Questions[3].Name}"));
    }

    [Test]
    public async Task OverNeo4jItIsSaidWhatServesThere()
    {
        foreach (var command in (string[][])[["backup", "--to", "x", "--data", data], ["restore", "--from", chained, "--data", folder.PathOf("never")], ["drill", "--data", data]])
        {
            using var error = new StringWriter();
            var code = await CommandLine.RunAsync(command, new Host(TimeProvider.System, TextWriter.Null, error, name => name == "GRAPHRISK_NEO4J_URL" ? "http://127.0.0.1:7474" : null));
            Assert.That((code, error.ToString().Trim().Split('\n').Length), Is.EqualTo((1, 1)));
            Assert.That(error.ToString(), Does.Contain("neo4j-admin database dump neo4j").And.Contain("store copy"));
        }
    }

    [Test]
    public async Task EveryPartOfItHasHelpWithExamples()
    {
        foreach (var part in (string[])["backup", "backup verify", "restore", "drill"])
            Assert.That(await DoneAsync([.. part.Split(' '), "--help"]), Does.Contain($"Examples:{Environment.NewLine}  graphrisk {part}"));
    }

    private void WriteConfiguration()
    {
        File.Copy(Repository.PathOf("src", "GraphRisk.Market", "Calendar", "china.csv"), Path.Combine(data, "calendar.csv"));
        File.WriteAllText(Path.Combine(data, "empty.txt"), "");
    }

    private string Key(string name)
    {
        File.WriteAllBytes(folder.PathOf(name), RandomNumberGenerator.GetBytes(32));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.PathOf(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return folder.PathOf(name);
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

    private async Task ImportAsync(string into, string id, int companies)
    {
        var lines = Enumerable.Range(0, companies).Select(i => JsonSerializer.Serialize(new { id = $"{id}-{i}", schema = "Company", properties = new { name = new[] { $"{id} {i} 公司" }, jurisdiction = new[] { "cn" } } }));
        await File.WriteAllLinesAsync(folder.PathOf($"{id}.ndjson"), lines);
        await DoneAsync("import", folder.PathOf($"{id}.ndjson"), "--data", into);
    }

    private async Task<int> HitsAsync(string of, string name)
    {
        var question = folder.PathOf("question.graphql");
        await File.WriteAllTextAsync(question, "query Q($name: String!) { search(text: $name) { edges { node { id } } } }");
        var answer = await JsonAsync("query", question, "--variables", JsonSerializer.Serialize(new { name = $"{name} 0 公司" }), "--data", of);
        return answer.GetProperty("data").GetProperty("search").GetProperty("edges").GetArrayLength();
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

    /// <summary>Fails at a step.</summary>
    private sealed class Steps(int last) : IProgress<long>
    {
        private int seen;

        public void Report(long value)
        {
            if (++seen == last) throw new InvalidOperationException("broken off");
        }
    }
}
