using System.Collections.Immutable;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Exit;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Stores;
using GraphRisk.Stores.Erasure;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Erasure;

namespace GraphRisk.Cli.Tests.Exit;

/// <summary>A client, and a whole installation, erased from a folder that was used in full.</summary>
public sealed class EraseTests
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;
    private readonly TemporaryFolder folder = new();
    private string used = "";
    private string holds = "";
    private ImmutableArray<NodeId> records;
    private ImmutableArray<string> told;

    private string Client => records[0].ToString();

    /// <summary>A small market imported, resolved, warned of, scored and filed, searched, asked, backed up elsewhere; the client has a row in quarantine, a text that names it and a report that does.</summary>
    [OneTimeSetUp]
    public async Task Use()
    {
        used = folder.PathOf("used");
        await DoneAsync("demo", "--once", "--clients", "400", "--data", used, "--port", "0");
        await DoneAsync("score", "--file", "--data", used);
        holds = folder.PathOf("holds.csv");
        await File.WriteAllTextAsync(holds, "name,measure,of,years,basis\ncomplaint,OPEN_CASE,Complaint,,a complaint is answered first\n");
        (records, told) = await ChooseAsync();
        var court = new { id = "court-1", schema = "Company", properties = new { name = new[] { "测试纺织公司" }, address = new[] { $"由{told[0]}代表，电话{told[^1]}" }, jurisdiction = new[] { "cn" } } };
        await File.WriteAllTextAsync(folder.PathOf("mention.ndjson"), JsonSerializer.Serialize(court) + "\n");
        await DoneAsync("import", folder.PathOf("mention.ndjson"), "--data", used);
        Directory.CreateDirectory(Path.Combine(used, "drills"));
        await File.WriteAllTextAsync(Path.Combine(used, "drills", "drill-old.txt"), $"differs: {Client}, {told[0]}\n");
        var token = (await DoneAsync("token", "--role", "regulator", "--purpose", "supervision", "--data", used)).Trim().Split('\n')[^1];
        await using (var served = await ServedFolder.StartAsync("--data", used, "--development-tokens"))
        {
            var (status, body) = await served.AskAsync($$"""{ search(text: "{{told[0]}}") { edges { node { id } } } }""", token);
            Assert.That((status, body), Is.EqualTo((200, body)));
            Assert.That(JsonNode.Parse(body)!["data"]!["search"]!["edges"]!.AsArray(), Is.Not.Empty, body);
        }

        await DoneAsync("dossier", Client, "--data", used);
        await DoneAsync("backup", "--data", used, "--to", folder.PathOf("backups"));
        Assert.That(Occurrences(used).Select(found => found.File), Is.SupersetOf(new[] { "store.db", "scores/filed.ndjson", "quarantine/quarantine.ndjson", "drills/drill-old.txt" }).And.Some.StartsWith("snapshots/"), "it stands all over the folder before");
        Assert.That(Directory.GetFiles(Path.Combine(used, "search")), Has.Length.GreaterThan(2));
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task AfterItNoByteOfTheClientIsInAnyFileButTheAuditsPseudonym()
    {
        var data = Copy(used, "erased");
        var before = await JsonAsync("store", "hash", "--data", data, "--json");
        var outlook = await JsonAsync("erase", "--client", Client, "--data", data, "--holds", holds, "--json");
        Assert.That(outlook.GetProperty("holds").GetArrayLength(), Is.Zero);
        Assert.That(Occurrences(data).Select(found => found.File), Does.Contain("store.db"), "a dry run changes nothing");
        await DoneAsync("erase", "--client", Client, "--request", "--by", "Li Na", "--reason", "asked for, case 17", "--data", data, "--holds", holds);
        var certificate = await JsonAsync("erase", "--client", records[^1].ToString(), "--carry-out", "--by", "Chen Jie", "--certificate", folder.PathOf("certificates"), "--data", data, "--holds", holds, "--json");

        var found = Occurrences(data);
        Assert.That(found.Where(one => one.File != "audit.ndjson"), Is.Empty);
        foreach (var value in told) Assert.That(File.ReadAllText(Path.Combine(data, "audit.ndjson")), Does.Not.Contain(value), "the trail has ids of records alone");
        Assert.That(found.Select(one => one.Text).Except(records.Select(id => id.ToString())), Is.Empty);

        // The log is whole, the trail is, filed scores hang together, and what was filed of others is still told.
        Assert.That(await DoneAsync("store", "check", "--data", data), Does.StartWith("Sound at version").And.Contain($"was {before.GetProperty("contentHash").GetString()} and is "));
        Assert.That(await DoneAsync("audit", "verify", "--data", data), Does.StartWith("The trail is whole"));
        var verified = await CommandRun.OfAsync("score", "verify", "--data", data);
        Assert.That(verified.Out, Does.Match(" filed scores, [1-9][0-9]* of them erased").And.Not.Contain("altered").And.Not.Contain("is no filed score").And.Not.Contain(records[0].Key));
        Assert.That(await DoneAsync("quarantine", "list", "--data", data), Does.Not.Contain(records[0].Key));
        Assert.That(File.ReadAllText(Path.Combine(data, "drills", "drill-old.txt")), Does.StartWith("differs: █"));
        Assert.That(await HitsAsync(data, told[0]), Is.Zero);
        Assert.That(await HitsAsync(used, told[0]), Is.Positive);
        Assert.That((await CommandRun.OfAsync("dossier", Client, "--data", data)).Out, Does.Not.Contain(told[0]));
        await DoneAsync("resolve", "--data", data);
        await DoneAsync("score", "--file", "--data", data);
        Assert.That(Occurrences(data).Where(one => one.File != "audit.ndjson"), Is.Empty, "work goes on without it");

        // The certificate says what went, what stays and where copies are.
        var text = File.ReadAllText(Directory.GetFiles(folder.PathOf("certificates"), "erasure-*.txt").Single());
        var json = File.ReadAllText(Directory.GetFiles(folder.PathOf("certificates"), "erasure-*.json").Single());
        foreach (var value in told) Assert.That(text + json, Does.Not.Contain(value));
        Assert.That(text, Does.Contain("by Li Na").And.Contain("asked for, case 17").And.Contain("by Chen Jie").And.Contain(folder.PathOf("backups")).And.Contain("audit trail"));
        Assert.That(await DoneAsync("audit", "show", "--data", data, "--last", "1000", "--json"), Does.Contain($"certificate {ErasureCertificate.HashOf(json)}"));
        Assert.That(certificate.GetProperty("store").GetProperty("hashBefore").GetString(), Is.EqualTo(before.GetProperty("contentHash").GetString()));
        Assert.That(certificate.GetProperty("store").GetProperty("struck").GetInt64(), Is.Positive, "the text of another that named it");

        // A backup of before is put back without it, by the folder's own word and by the certificate alone, and its hash is that of what is left.
        foreach (var (place, option) in new[] { (folder.PathOf("backups"), Array.Empty<string>()), (Copy(Directory.GetDirectories(folder.PathOf("backups"), "chain-*").Single(), "chain-alone"), ["--erased", folder.PathOf("certificates")]) })
        {
            var back = folder.PathOf("put-back" + option.Length);
            var restored = await JsonAsync(["restore", "--from", place, "--data", back, "--json", .. option]);
            Assert.That(restored.GetProperty("erasedAgain").GetInt32(), Is.EqualTo(1));
            Assert.That(Occurrences(back).Where(one => one.File != "audit.ndjson"), Is.Empty);
            Assert.That(restored.GetProperty("contentHash").GetString(), Is.EqualTo((await DoneAsync("store", "hash", "--data", back)).Trim()));
            Assert.That(await DoneAsync("audit", "verify", "--data", back), Does.StartWith("The trail is whole"));
            Assert.That(await DoneAsync("audit", "show", "--data", back, "--last", "1000", "--json"), Does.Contain("again after a restore"));
        }

        // An export of what is left comes back, and the next backup begins a chain of its own.
        await DoneAsync("export", "--all", "--to", folder.PathOf("left"), "--purpose", "operation", "--data", data);
        Assert.That(Occurrences(folder.PathOf("left")).Where(one => one.File != "folder/audit.ndjson"), Is.Empty);
        await DoneAsync("import", "--all", folder.PathOf("left"), "--data", folder.PathOf("left-back"));
        Assert.That(await DoneAsync("store", "hash", "--data", folder.PathOf("left-back")), Is.EqualTo(await DoneAsync("store", "hash", "--data", data)));
        Assert.That(await DoneAsync("backup", "--data", data, "--to", Copy(folder.PathOf("backups"), "backups-after")), Does.Contain("chain-0002"));
    }

    [Test]
    public async Task LegalHoldsForbidItEachNamedWithItsSource()
    {
        var held = (await ScoredDebtorAsync()).ToString();
        var outlook = await DoneAsync("erase", "--client", held, "--data", used);
        Assert.That(outlook, Does.StartWith("Nothing was written.").And.Contain("Forbidden by debt-outstanding").And.Contain("Personal Information Protection Law art. 47").And.Contain("Forbidden by securities-records").And.Contain("Securities Law (2019) art. 137"));
        foreach (var step in (string[][])[["--request", "--by", "A", "--reason", "r"], ["--carry-out", "--by", "B", "--certificate", folder.PathOf("none")]])
            await RefusedAsync("Legal holds forbid it: debt-outstanding", ["erase", "--client", held, "--data", used, .. step]);
        Assert.That(Directory.Exists(folder.PathOf("none")), Is.False);
        Assert.That(() => LegalHoldTable.Read("x.csv", "name,measure,of,years,basis\na,NEVER,,,b"), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("x.csv, line 2").And.Message.Contains("NEVER"));
        Assert.That(() => LegalHoldTable.Read("x.csv", "name,measure,of,years,basis\na,RETENTION,Account,,b"), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("says no years"));
        Assert.That(LegalHoldTable.Shipped().Holds.Select(hold => hold.Basis), Has.All.Not.Empty);
    }

    [Test]
    public async Task ItTakesTwoPersonsAndStandsThirtyDays()
    {
        var data = Copy(used, "two-persons");
        string[] what = ["erase", "--client", Client, "--data", data, "--holds", holds];
        string[] carryOut = ["--carry-out", "--certificate", folder.PathOf("two"), "--by"];
        await RefusedAsync("Nobody asked", [.. what, .. carryOut, "B"]);
        await RefusedAsync("--reason names the client", [.. what, "--request", "--by", "A", "--reason", $"{told[0]} asked"]);
        await DoneAsync([.. what, "--request", "--by", "A", "--reason", "asked"]);
        await RefusedAsync("somebody else carries it out", [.. what, .. carryOut, " a "]);
        await RefusedAsync("lie in one another", [.. what, "--carry-out", "--by", "B", "--certificate", Path.Combine(data, "certificates")]);
        using var error = new StringWriter();
        var late = await CommandLine.RunAsync([.. what, .. carryOut, "B"], new Host(new Later(TimeSpan.FromDays(31)), TextWriter.Null, error, _ => null));
        Assert.That((late, error.ToString()), Is.EqualTo((ExitCode.Failed, error.ToString())));
        Assert.That(error.ToString(), Does.Contain("Nobody asked"));
        foreach (var wrong in (string[][])[["erase"], ["erase", "--all", "--client", Client], [.. what, "--request", "--by", "A"], [.. what, "--carry-out", "--by", "A"], [.. what, "--request", "--carry-out", "--by", "A"]])
            Assert.That((await CommandRun.OfAsync(wrong)).ExitCode, Is.EqualTo(ExitCode.Usage), string.Join(' ', wrong));
        await RefusedAsync("is no id of a party's record", "erase", "--client", "Account/x", "--data", data);
        await RefusedAsync("knows nothing of", "erase", "--client", "Person/registry:nobody", "--data", data);
        Assert.That(Occurrences(data).Select(found => found.File), Does.Contain("store.db"));
    }

    [Test]
    public async Task WhatIsBrokenOffIsAsItWasOrBroughtToItsEnd()
    {
        var data = Copy(used, "broken-off");
        string[] carryOut = ["erase", "--client", Client, "--carry-out", "--by", "B", "--data", data, "--holds", holds, "--certificate"];
        await DoneAsync("erase", "--client", Client, "--request", "--by", "A", "--reason", "asked", "--data", data, "--holds", holds);
        var hash = await DoneAsync("store", "hash", "--data", data);
        await using (var served = GraphStores.OpenSqlite(Path.Combine(data, "store.db"), SchemaCatalog.LoadEmbedded()))
        {
            var busy = await CommandRun.OfAsync([.. carryOut, folder.PathOf("cert")]);
            Assert.That((busy.ExitCode, busy.Error.Contains("stop it first", StringComparison.Ordinal)), Is.EqualTo((ExitCode.StoreUnavailable, true)), busy.Error);
        }

        Assert.That(await DoneAsync("store", "hash", "--data", data), Is.EqualTo(hash));

        // Decided, and then the certificate cannot be written: from then on only forward.
        await File.WriteAllTextAsync(folder.PathOf("cert"), "a file where the folder should be");
        Assert.That((await CommandRun.OfAsync([.. carryOut, folder.PathOf("cert")])).ExitCode, Is.EqualTo(ExitCode.Failed));
        foreach (var command in (string[][])[["serve", "--port", "0", "--data", data], ["store", "hash", "--data", data], [.. carryOut, folder.PathOf("cert2")]])
            Assert.That((await CommandRun.OfAsync(command)).ExitCode, Is.EqualTo(ExitCode.StoreUnavailable), command[0]);
        File.Delete(folder.PathOf("cert"));
        Assert.That(await DoneAsync("erase", "--resume", "--data", data), Does.Contain("brought to its end"));
        Assert.That(Occurrences(data).Where(one => one.File != "audit.ndjson"), Is.Empty);
        Assert.That(await DoneAsync("audit", "show", "--data", data, "--last", "1", "--json"), Does.Contain("brought to its end after it was broken off"));
        Assert.That(await DoneAsync("audit", "verify", "--data", data), Does.StartWith("The trail is whole"));
        Assert.That(await DoneAsync("erase", "--resume", "--data", data), Does.Contain("No erasure was broken off"));
        await RefusedAsync("knows nothing of", "erase", "--client", Client, "--data", data);
    }

    [Test]
    public async Task AnErasureThatIsKilledIsAllOrNothing()
    {
        var random = new Random(6);
        for (var i = 0; i < 2; i++)
        {
            var data = Copy(used, $"killed-{i}");
            await DoneAsync("erase", "--client", Client, "--request", "--by", "A", "--reason", "asked", "--data", data, "--holds", holds);
            string[] carryOut = ["erase", "--client", Client, "--carry-out", "--by", "B", "--data", data, "--holds", holds, "--certificate", folder.PathOf($"killed-certificate-{i}")];
            using (var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. carryOut]) { RedirectStandardOutput = true, RedirectStandardError = true })!)
            {
                while (!process.HasExited && !Directory.Exists(Path.Combine(data, "erase-unfinished"))) await Task.Delay(1);
                await Task.Delay(random.Next(i == 0 ? 500 : 6000));
                process.Kill();
                await process.WaitForExitAsync();
            }

            await DoneAsync("erase", "--resume", "--data", data);
            if (Occurrences(data).Any(one => one.File == "store.db"))
            {
                Assert.That(await DoneAsync("store", "hash", "--data", data), Is.EqualTo(await DoneAsync("store", "hash", "--data", used)));
                await DoneAsync(carryOut);
            }

            Assert.That(Occurrences(data).Where(one => one.File != "audit.ndjson"), Is.Empty);
            Assert.That(Directory.GetFiles(folder.PathOf($"killed-certificate-{i}"), "*.json"), Has.Length.EqualTo(1));
            Assert.That(await DoneAsync("store", "check", "--data", data), Does.StartWith("Sound"));
            Assert.That(await DoneAsync("audit", "verify", "--data", data), Does.StartWith("The trail is whole"));
        }
    }

    [Test]
    public async Task TheWholeInstallationGoesOnceItWasExported()
    {
        var (data, certificates) = (Copy(used, "exit"), folder.PathOf("exit-certificates"));
        Assert.That(await DoneAsync("erase", "--all", "--data", data), Does.Contain("Forbidden: it was not exported"));
        await RefusedAsync("export --all --to DIR' first", "erase", "--all", "--request", "--by", "A", "--reason", "the service ends", "--data", data);
        await DoneAsync("export", "--all", "--to", folder.PathOf("exit-export"), "--purpose", "operation", "--data", data);
        await DoneAsync("erase", "--all", "--request", "--by", "A", "--reason", "the service ends", "--data", data);
        await RefusedAsync("somebody else", "erase", "--all", "--carry-out", "--by", "A", "--certificate", certificates, "--data", data);
        var certificate = await DoneAsync("erase", "--all", "--carry-out", "--by", "B", "--certificate", certificates, "--data", data);
        Assert.That(certificate, Does.Contain("the whole installation").And.Contain(folder.PathOf("exit-export")));
        Assert.That(Directory.EnumerateFileSystemEntries(data), Is.Empty);
        Assert.That(await DoneAsync("audit", "verify", "--data", Path.Combine(certificates, "audit")), Does.StartWith("The trail is whole"));
        await DoneAsync("import", "--all", folder.PathOf("exit-export"), "--data", folder.PathOf("exit-back"));
        Assert.That(await DoneAsync("store", "hash", "--data", folder.PathOf("exit-back")), Is.EqualTo(await DoneAsync("store", "hash", "--data", used)));
    }

    [Test]
    public async Task OverNeo4jItIsSaidWhyNotAndWhatServes()
    {
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["erase", "--client", Client, "--data", used], new Host(TimeProvider.System, TextWriter.Null, error, name => name == "GRAPHRISK_NEO4J_URL" ? "http://127.0.0.1:7474" : null));
        Assert.That((code, error.ToString().Trim().Split('\n').Length), Is.EqualTo((ExitCode.Failed, 1)));
        Assert.That(error.ToString(), Does.Contain("transaction logs").And.Contain("store copy"));
    }

    /// <summary>A person of whom a row is in quarantine and whose name, number and telephone are nobody else's.</summary>
    private async Task<(ImmutableArray<NodeId> Records, ImmutableArray<string> Told)> ChooseAsync()
    {
        await using var store = GraphStores.OpenSqlite(Path.Combine(used, "store.db"), SchemaCatalog.LoadEmbedded());
        var version = (await store.GetVersionAsync()).Number;
        foreach (var row in File.ReadLines(Path.Combine(used, "quarantine", "quarantine.ndjson")).Select(line => JsonNode.Parse(line)!))
        {
            var id = new NodeId("Person", $"{row["source"]}:{row["record"]}");
            if ((await store.FindAsync(id, version)).Select(recorded => recorded.Fact).OfType<NodeFact>().FirstOrDefault() is not { } fact) continue;
            var plan = await StoreErasure.PlanAsync(store, await ClientErasure.RecordsOfAsync(store, id.ToString(), CancellationToken.None));
            var values = new[] { "name", "residentId", "phone" }.Select(field => fact.Properties.TryGet(field, out var value) ? value.AsString() : null).OfType<string>().ToImmutableArray();
            if (values.Length == 3 && plan.Parties.Length > 1 && values.All(value => plan.Sought.Texts.Contains(value)) && File.ReadAllText(Path.Combine(used, "scores", "filed.ndjson")).Contains(plan.Parties[^1].Key, StringComparison.Ordinal))
                return ([id, .. plan.Parties.Where(one => one != id)], values);
        }

        throw new InvalidOperationException("No row in quarantine is of a person who is alone in what it says.");
    }

    private async Task<NodeId> ScoredDebtorAsync()
    {
        await using var store = GraphStores.OpenSqlite(Path.Combine(used, "store.db"), SchemaCatalog.LoadEmbedded());
        var contracts = store.ReadAsync(Graph.Store.ReadScope.All((await store.GetVersionAsync()).Number) with { Types = ["CONTRACTED"] });
        await foreach (var recorded in contracts)
            if (recorded.Fact is RelationshipFact { From.Type: "Person", From: var party } && (await CommandRun.OfAsync("erase", "--client", party.ToString(), "--data", used)).Out.Contains("debt-outstanding", StringComparison.Ordinal)) return party;
        throw new InvalidOperationException("Nobody owes anything.");
    }

    /// <summary>Where name, identifiers, telephone number or ids of the client's records stand in a folder: as bytes in five encodings, in what is compressed, and in what is written in base64.</summary>
    private List<(string File, string Text)> Occurrences(string data)
    {
        var texts = told.Concat(records.Select(id => id.ToString())).ToArray();
        var found = new List<(string, string)>();
        foreach (var path in Directory.GetFiles(data, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(data, path).Replace('\\', '/');
            var contents = new List<byte[]> { File.ReadAllBytes(path) };
            contents.AddRange(Unzipped(contents[0]));
            if (name.EndsWith(".ndjson", StringComparison.Ordinal)) contents.AddRange(File.ReadLines(path).Where(line => line.Length > 0).SelectMany(Decoded));
            foreach (var text in texts)
                if (contents.Any(bytes => Forms(text).Any(form => bytes.AsSpan().IndexOf(form) >= 0))) found.Add((name, text));
        }

        return found;
    }

    private static IEnumerable<byte[]> Forms(string text) =>
    [
        Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text), Encoding.BigEndianUnicode.GetBytes(text), Gb18030.GetBytes(text),
        Encoding.ASCII.GetBytes(string.Concat(text.Select(letter => letter < 128 ? letter.ToString() : $"\\u{(int)letter:x4}"))),
        Encoding.ASCII.GetBytes(string.Concat(text.Select(letter => letter < 128 ? letter.ToString() : $"\\u{(int)letter:X4}"))),
    ];

    private static IEnumerable<byte[]> Unzipped(byte[] bytes)
    {
        if (bytes is not [0x1f, 0x8b, ..]) yield break;
        using var zip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zip.CopyTo(plain);
        yield return plain.ToArray();
    }

    private static IEnumerable<byte[]> Decoded(string line) => JsonNode.Parse(line)!.AsObject().Select(member => member.Value).OfType<JsonValue>()
        .Where(value => value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 7 } text && text.Length % 4 == 0 && !text.Contains(' ', StringComparison.Ordinal))
        .Select(value => new Span<byte>(new byte[value.GetValue<string>().Length]) is var room && Convert.TryFromBase64String(value.GetValue<string>(), room, out var length) ? room[..length].ToArray() : []);

    private async Task<int> HitsAsync(string of, string name)
    {
        await File.WriteAllTextAsync(folder.PathOf("question.graphql"), "query Q($name: String!) { search(text: $name) { edges { node { id } } } }");
        var answer = await JsonAsync("query", folder.PathOf("question.graphql"), "--variables", JsonSerializer.Serialize(new { name }), "--data", of);
        return answer.GetProperty("data").GetProperty("search").GetProperty("edges").EnumerateArray().Count(edge => edge.GetRawText().Length > 0);
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

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
