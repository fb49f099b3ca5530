using System.Diagnostics;

namespace GraphRisk.Cli.Tests;

/// <summary>A server over a data folder as a process of its own, on a free port, with development tokens.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, Uri url, Task<string> error) => (this.process, Url, Error) = (process, url, error);

    /// <summary>Its number as the system counts.</summary>
    public int Id => process.Id;

    /// <summary>Where it is asked.</summary>
    public Uri Url { get; }

    /// <summary>What it wrote to standard error, once it has ended.</summary>
    public Task<string> Error { get; }

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => !process.HasExited;

    /// <summary>Starts one and waits until it says that it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string data)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "serve", "--port", "0", "--development-tokens", "--data", data])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var ready = await process.StandardOutput.ReadLineAsync() ?? "";
        Assert.That(ready, Does.StartWith("ready "), ready.Length == 0 ? await error : "");
        return new ServerProcess(process, new Uri(ready["ready ".Length..]), error);
    }

    /// <summary>Tells it to end by SIGTERM and waits for its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
