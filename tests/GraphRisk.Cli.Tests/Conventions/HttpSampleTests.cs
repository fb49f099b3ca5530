using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Conventions;

/// <summary>What README and the notebook show of asking over HTTP runs as it stands, against a served market.</summary>
public sealed partial class HttpSampleTests
{
    private const string Address = "http://127.0.0.1:5080/graphql";

    private static readonly string Readme = File.ReadAllText(Repository.PathOf("README.md"));

    private readonly TemporaryFolder folder = new();
    private ServedFolder server = null!;
    private string token = "";

    [OneTimeSetUp]
    public async Task Serve()
    {
        var data = folder.PathOf("data");
        Assert.That((await CommandRun.OfAsync("generate", "--clients", "60", "--seed", "3", "--out", folder.PathOf("market"))).ExitCode, Is.Zero);
        Assert.That((await CommandRun.OfAsync("import", folder.PathOf("market"), "--data", data)).ExitCode, Is.Zero);
        token = (await CommandRun.OfAsync("token", "--role", "regulator", "--purpose", "supervision", "--data", data)).Out.Trim();
        server = await ServedFolder.StartAsync("--data", data, "--development-tokens");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task ReadmesLinesForCurlRun()
    {
        var lines = CurlBlock().Match(Readme).Groups[1].Value;
        Assert.That(lines, Does.StartWith("TOKEN=$(graphrisk token "));
        var run = await RunAsync("sh", "-e", "-c", lines[(lines.IndexOf('\n', StringComparison.Ordinal) + 1)..].Replace(Address, server.Url, StringComparison.Ordinal));
        if (run is null or { Code: 127 }) Assert.Ignore("There is no shell with curl on this machine.");
        Assert.That(run!.Out, Does.StartWith("{\"data\":{\"companies\":{\"nodes\":[{\"name\":").And.Contain("name,industry,totalAssets\r\n"), run.Error);
    }

    [Test]
    public async Task ReadmesPythonRuns()
    {
        var python = await PythonAsync("requests", "pandas");
        var run = await RunAsync(python, "-c", PythonBlock().Match(Readme).Groups[1].Value.Replace(Address, server.Url, StringComparison.Ordinal));
        Assert.That((run!.Code, run.Out), Is.EqualTo((0, run.Out)), run.Error);
        Assert.That(run.Out, Does.Contain("totalAssets"));
    }

    [Test]
    public async Task TheNotebookRuns()
    {
        var run = await RunAsync(await PythonAsync("requests", "pandas"), "-c", string.Join("\n\n", Cells().Where(cell => !NeedsArrow(cell))));
        Assert.That(run!.Code, Is.Zero, run.Error);
    }

    [Test]
    public async Task TheNotebooksArrowRuns()
    {
        var run = await RunAsync(await PythonAsync("requests", "pandas", "pyarrow"), "-c", string.Join("\n\n", Cells()));
        Assert.That(run!.Code, Is.Zero, run.Error);
        Assert.That(run.Out, Does.Contain("b'masked'"), "contract numbers, to whoever states no reason");
    }

    private static bool NeedsArrow(string cell) => cell.Contains("import pyarrow", StringComparison.Ordinal);

    private static List<string> Cells()
    {
        using var notebook = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("samples", "notebooks", "graphrisk.ipynb")));
        var cells = notebook.RootElement.GetProperty("cells").EnumerateArray().Where(cell => cell.GetProperty("cell_type").GetString() == "code")
            .Select(cell => string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString()))).ToList();
        Assert.That(cells, Has.Count.GreaterThan(4));
        return cells;
    }

    /// <summary>A Python with some packages: the one of GRAPHRISK_TEST_PYTHON, of the path, of the system; without one the test is skipped and says so.</summary>
    private async Task<string> PythonAsync(params string[] packages)
    {
        foreach (var python in new[] { Environment.GetEnvironmentVariable("GRAPHRISK_TEST_PYTHON"), "python3", "/usr/bin/python3" })
            if (python is { Length: > 0 } && (await RunAsync(python, "-c", "import " + string.Join(", ", packages))) is { Code: 0 }) return python;
        Assert.Ignore($"No Python on this machine has {string.Join(", ", packages)}: GRAPHRISK_TEST_PYTHON may name one.");
        return "";
    }

    private sealed record Finished(int Code, string Out, string Error);

    private async Task<Finished?> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.PathOf("") };
        foreach (var (name, value) in new[] { ("TOKEN", token), ("GRAPHRISK_TOKEN", token), ("GRAPHRISK_URL", server.Url), ("PYTHONIOENCODING", "utf-8") }) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return new Finished(process.ExitCode, await output, await error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex("```sh\n(TOKEN=.*?)```", RegexOptions.Singleline)]
    private static partial Regex CurlBlock();

    [GeneratedRegex("```python\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex PythonBlock();
}
