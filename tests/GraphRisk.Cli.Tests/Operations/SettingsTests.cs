using System.Text.Json;
using GraphRisk.Cli.Composition;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Operations;

/// <summary>A server is configured one way: option before variable before file before what is usual, and what nobody knows is refused.</summary>
public sealed class SettingsTests
{
    private readonly TemporaryFolder folder = new();

    private string Data => folder.PathOf("data");

    [OneTimeSetUp]
    public void Make() => Directory.CreateDirectory(Data);

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [TestCase("""{}""", null, null, "5080", "usual")]
    [TestCase("""{ "port": 6001 }""", null, null, "6001", "FILE")]
    [TestCase("""{ "port": 6001 }""", "6002", null, "6002", "GRAPHRISK_PORT")]
    [TestCase("""{ "port": 6001 }""", "6002", "6003", "6003", "--port")]
    [TestCase("""{}""", "6002", null, "6002", "GRAPHRISK_PORT")]
    [TestCase("""{}""", null, "6003", "6003", "--port")]
    [TestCase("""{ "port": 6001 }""", null, "6003", "6003", "--port")]
    [TestCase("""{ "port": 6001 }""", "", null, "6001", "FILE")]
    public async Task OptionGoesBeforeVariableBeforeFileBeforeWhatIsUsual(string file, string? variable, string? option, string value, string from)
    {
        var shown = await ShowAsync(file, ("GRAPHRISK_PORT", variable), option is null ? [] : ["--port", option]);
        Assert.That(shown["port"], Is.EqualTo((value, from == "FILE" ? Path.Combine(Data, "graphrisk.json") : from)));
    }

    [Test]
    public async Task AListIsTakenWholeFromOnePlace()
    {
        const string File = """{ "hosts": ["a.example.cn", "b.example.cn", "c.example.cn"], "proxies": [] }""";
        Assert.That((await ShowAsync(File))["hosts"].Value, Is.EqualTo("a.example.cn, b.example.cn, c.example.cn"));
        Assert.That((await ShowAsync(File, ("GRAPHRISK_HOSTS", "d.example.cn, e.example.cn")))["hosts"], Is.EqualTo(("d.example.cn, e.example.cn", "GRAPHRISK_HOSTS")));
        Assert.That((await ShowAsync(File, ("GRAPHRISK_HOSTS", "d.example.cn"), "--host", "f.example.cn"))["hosts"], Is.EqualTo(("f.example.cn", "--host")));
        Assert.That((await ShowAsync(File))["proxies"].Value, Is.Null);
    }

    [Test]
    public async Task SecretsAreMaskedAndNoOptionTakesOne()
    {
        var shown = await ShowAsync("""{ "certificatePassword": "marked-one", "neo4j": { "url": "http://127.0.0.1:1", "password": "marked-two" } }""", ("GRAPHRISK_NEO4J_TOKEN", "marked-three"));
        Assert.That(string.Join(' ', shown.Values.Select(one => one.Value)), Does.Not.Contain("marked"));
        Assert.That((shown["certificatePassword"].Value, shown["neo4j.password"].Value, shown["neo4j.token"]), Is.EqualTo(("***", "***", ("***", "GRAPHRISK_NEO4J_TOKEN"))));
        Assert.That((await CommandRun.OfAsync("serve", "--help")).Out, Does.Not.Contain("-password").And.Not.Contain("--neo4j-token"));
    }

    [TestCase("""{ "prot": 1 }""", "'prot' is no setting")]
    [TestCase("""{ "host": ["a"] }""", "'host' is no setting; perhaps 'hosts' is meant.")]
    [TestCase("""{ "neo4j": { "adress": "x" } }""", "'neo4j.adress' is no setting")]
    [TestCase("""{ "port": "5080" }""", "'port' must be a number.")]
    [TestCase("""{ "port": 70000 }""", "'port' is '70000', not a port from 0 to 65535.")]
    [TestCase("""{ "proxyEndsTls": "yes" }""", "'proxyEndsTls' must be true or false.")]
    [TestCase("""{ "listen": "0.0.0.0:443" }""", "'listen' must be a list of texts.")]
    [TestCase("""{ "listen": [443] }""", "'listen' must be a list of texts.")]
    [TestCase("""{ "authority": null }""", "'authority' must be a text.")]
    [TestCase("""{ "log": "xml" }""", "'log' is 'xml', none of text, json.")]
    [TestCase("""{ "asOf": "yesterday" }""", "'asOf' is 'yesterday', not a day such as 2026-06-30.")]
    [TestCase("""{ "slowQuestion": -1 }""", "'slowQuestion' is '-1', not a number of seconds from 0 to 3600.")]
    [TestCase("""{ "developmentTokens": true }""", "'developmentTokens' is asked for on the command line only, by --development-tokens.")]
    [TestCase("""{ "port": 1, "port": 2 }""", ": 'port' stands twice")]
    [TestCase("""{ "neo4j": { "user": "a", "user": "b" } }""", ": 'neo4j.user' stands twice")]
    [TestCase("", ": the file is empty")]
    [TestCase("[]", "the file is no JSON object.")]
    [TestCase("{", ", line 1: the file is no JSON object.")]
    public async Task WhatIsWrongInAFileIsOneLineWithFileKeyAndReason(string file, string reason)
    {
        await File.WriteAllTextAsync(Path.Combine(Data, "graphrisk.json"), file);
        foreach (var command in (string[][])[["config", "check"], ["config", "show"], ["serve"]])
        {
            var run = await CommandRun.OfAsync([.. command, "--data", Data]);
            Assert.That((run.ExitCode, run.Out), Is.EqualTo((1, "")), run.Error);
            Assert.That(run.Error.Trim(), Does.StartWith($"graphrisk: {Path.Combine(Data, "graphrisk.json")}").And.Contain(reason).And.Not.Contain("\n"));
        }
    }

    [TestCase("GRAPHRISK_PORT", "high", "GRAPHRISK_PORT is 'high', not a port from 0 to 65535.")]
    [TestCase("GRAPHRISK_LOG", "xml", "GRAPHRISK_LOG is 'xml', none of text, json.")]
    [TestCase("GRAPHRISK_CONFIG", "/nowhere/graphrisk.json", "There is no configuration file '/nowhere/graphrisk.json'.")]
    public async Task AWrongVariableIsOneLine(string variable, string value, string reason)
    {
        var run = await RunAsync((variable, value), "config", "check", "--data", folder.PathOf("none"));
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((1, $"graphrisk: {reason}{Environment.NewLine}")));
    }

    [Test]
    public async Task CheckRefusesWhatServeWouldAndTakesWhatItWouldTake()
    {
        var none = folder.PathOf("unconfigured");
        var missing = await CommandRun.OfAsync("config", "check", "--data", none, "--development-tokens");
        Assert.That((missing.ExitCode, missing.Error.Contains($"There is no data folder '{none}'", StringComparison.Ordinal)), Is.EqualTo((1, true)), missing.Error);
        Assert.That(Directory.Exists(none), Is.False, "looking makes nothing");
        Directory.CreateDirectory(none);
        Assert.That((await CommandRun.OfAsync("config", "check", "--data", none, "--development-tokens")).ExitCode, Is.Zero);
        var open = await CommandRun.OfAsync("config", "check", "--data", none, "--development-tokens", "--listen", "0.0.0.0:5080");
        Assert.That((open.ExitCode, open.Error.Contains("never taken beyond this machine", StringComparison.Ordinal)), Is.EqualTo((1, true)), open.Error);
        var absent = await CommandRun.OfAsync("config", "check", "--data", none, "--certificate", folder.PathOf("none.pem"));
        Assert.That((absent.ExitCode, absent.Error.Contains("--certificate: there is no file", StringComparison.Ordinal)), Is.EqualTo((1, true)), absent.Error);
        var keys = await CommandRun.OfAsync("config", "check", "--data", none, "--development-tokens", "--keys", folder.PathOf("no-keys"));
        Assert.That((keys.ExitCode, keys.Error.Contains("--keys: there is no folder", StringComparison.Ordinal)), Is.EqualTo((1, true)), keys.Error);
        Assert.That(Directory.EnumerateFileSystemEntries(none), Is.Empty, "looking makes nothing");
    }

    [TestCase("GRAPHRISK_LISTNE", "GRAPHRISK_LISTNE is no variable that graphrisk reads; perhaps GRAPHRISK_LISTEN is meant.")]
    [TestCase("GRAPHRISK_PORTS", "perhaps GRAPHRISK_PORT is meant")]
    [TestCase("GRAPHRISK_XYZZY", "'graphrisk config show' lists them")]
    [TestCase("GRAPHRISK_FAULTS", null)]
    [TestCase("GRAPHRISK_TEST_NEO4J_URL", null)]
    [TestCase("GRAPHRISK_TO_NEO4J_PASSWORD", null)]
    [TestCase("GRAPHRISK_FRESHNESS", null)]
    public void AVariableThatNothingReadsIsTold(string name, string? told) =>
        Assert.That(StrayVariables.In(["PATH", name]), told is null ? Is.Empty : Has.One.Contains(told));

    [Test]
    public async Task TheCheckEndsAtAVariableThatNothingReads()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var host = new Host(TimeProvider.System, output, error, _ => null) { VariableNames = ["GRAPHRISK_PROT"] };
        Assert.That(await CommandLine.RunAsync(["config", "check", "--data", Directory.CreateDirectory(folder.PathOf("variables")).FullName, "--development-tokens"], host), Is.EqualTo(1));
        Assert.That(error.ToString(), Does.Contain("perhaps GRAPHRISK_PORT is meant"));
    }

    [Test]
    public async Task OtherCommandsOverTheFolderHoldToItsFile()
    {
        var data = folder.PathOf("shared");
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(Path.Combine(data, "graphrisk.json"), JsonSerializer.Serialize(new { keys = folder.PathOf("keys") }));
        Assert.That((await CommandRun.OfAsync("init", "--data", data)).ExitCode, Is.Zero);
        Assert.That((await CommandRun.OfAsync("token", "--role", "regulator", "--purpose", "supervision", "--data", data)).ExitCode, Is.Zero);
        Assert.That((File.Exists(folder.PathOf("keys", "token.key")), Directory.Exists(Path.Combine(data, "keys"))), Is.EqualTo((true, false)));
    }

    [Test]
    public void ReadmeNamesEverySettingsOptionAndVariable()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));
        foreach (var setting in Settings.All)
        {
            Assert.That(readme, Does.Contain($"`{setting.Name}`"), setting.Name);
            if (setting.Option is { } option) Assert.That(readme, Does.Contain(option), setting.Name);
        }
    }

    [TestCase("""{ "port": 5190, "metricsListen": "127.0.0.1:5190" }""", "a port where the server itself listens cannot be it")]
    [TestCase("""{ "listen": ["127.0.0.1:5190", "127.0.0.1:5190"] }""", "One port is named twice")]
    [TestCase("""{ "port": 5190, "redirectHttp": 5190, "certificate": "none.pem" }""", "where the server listens already")]
    [TestCase("""{ "proxies": ["999.1.1.1"] }""", "graphrisk.json: 'proxies': '999.1.1.1' is no address")]
    [TestCase("""{ "otlp": "ftp://127.0.0.1" }""", "graphrisk.json: 'otlp': 'ftp://127.0.0.1' is no http")]
    public async Task WhatCannotBeServedWithIsToldByTheCheck(string file, string why)
    {
        await File.WriteAllTextAsync(Path.Combine(Data, "graphrisk.json"), file);
        var run = await CommandRun.OfAsync("config", "check", "--data", Data);
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((1, "")), run.Error);
        Assert.That(run.Error, Does.Contain(why));
    }

    [Test]
    public async Task WhoSignsInAtAnAddressIsShownToNobody() =>
        Assert.That((await ShowAsync("""{ "otlp": "http://collector:p4ss@127.0.0.1:4318" }"""))["otlp"].Value, Is.EqualTo("http://***@127.0.0.1:4318"));

    private async Task<Dictionary<string, (string? Value, string? From)>> ShowAsync(string file, (string Name, string? Value) variable = default, params string[] options)
    {
        await File.WriteAllTextAsync(Path.Combine(Data, "graphrisk.json"), file);
        var run = await RunAsync(variable, ["config", "show", "--json", "--data", Data, .. options]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return JsonDocument.Parse(run.Out).RootElement.GetProperty("settings").EnumerateArray()
            .ToDictionary(one => one.GetProperty("setting").GetString()!, one => (one.GetProperty("value").GetString(), one.GetProperty("from").GetString()));
    }

    private static async Task<CommandRun> RunAsync((string Name, string? Value) variable, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, new Host(TimeProvider.System, output, error, name => name == variable.Name ? variable.Value : null));
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}
