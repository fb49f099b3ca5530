using System.Diagnostics;
using System.Text.RegularExpressions;
using GraphRisk.TestKit;
using Microsoft.Playwright;

namespace GraphRisk.Explorer.Tests;

/// <summary>The demo over a small market of its own, as whoever tries it starts it, and a browser to look at it with; both for all tests of this assembly.</summary>
[SetUpFixture]
public sealed partial class Demo
{
    /// <summary>Where browsers of the distribution are; Playwright's own is never fetched.</summary>
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder folder = new();
    private Process? server;
    private IPlaywright? playwright;

    /// <summary>The address of the explorer, without a slash at its end.</summary>
    public static string Address { get; private set; } = "";

    public static IBrowser Browser { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var path = Browsers.FirstOrDefault(File.Exists);
        if (path is null) Skip.Because($"the explorer is looked at in a browser, and none is at {string.Join(", ", Browsers)}.");
        string[] market = Environment.GetEnvironmentVariable("GRAPHRISK_EXPLORER_SOURCES") is { Length: > 0 } sources ? ["--sources", Repository.PathOf(sources)] : ["--clients", "300", "--seed", "8"];
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "graphrisk.dll"), "demo", .. market, "--data", folder.PathOf("data"), "--port", "0"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        server = Process.Start(start)!;
        Address = await ReadyAddress(server).WaitAsync(LongestStart);
        _ = server.StandardOutput.ReadToEndAsync(); // So that it is never held up by what it says.
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = ["--no-sandbox"] });
    }

    [OneTimeTearDown]
    public async Task End()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        playwright?.Dispose();
        if (server is { HasExited: false })
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
        server?.Dispose();
        folder.Dispose();
    }

    private static async Task<string> ReadyAddress(Process server)
    {
        var said = new List<string>();
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (ReadyLine().Match(line) is { Success: true } ready) return ready.Groups[1].Value;
            said.Add(line);
        }
        throw new InvalidOperationException($"The demo ended before it was ready: {string.Join('\n', said)}");
    }

    [GeneratedRegex("^ready (http://[^/]+)/graphql$")]
    private static partial Regex ReadyLine();
}
