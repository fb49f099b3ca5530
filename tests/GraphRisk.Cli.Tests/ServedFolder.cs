using System.Net.Http.Headers;
using System.Text.Json;
using GraphRisk.Cli.Composition;

namespace GraphRisk.Cli.Tests;

/// <summary><c>graphrisk serve</c> running in the test's process until it is disposed.</summary>
internal sealed class ServedFolder : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly StringWriter error = new();
    private readonly HttpClient http = new();
    private Task<int> running = Task.FromResult(0);

    private ServedFolder()
    {
    }

    public string Url { get; private set; } = "";

    /// <summary>What it wrote to standard error so far.</summary>
    public string Error => error.ToString();

    public static async Task<ServedFolder> StartAsync(params string[] args)
    {
        var served = new ServedFolder();
        var output = new ReadyLine();
        served.running = CommandLine.RunAsync(["serve", "--port", "0", .. args], new Host(TimeProvider.System, output, TextWriter.Synchronized(served.error), _ => null), served.stop.Token);
        var first = await Task.WhenAny(output.Url, served.running);
        Assert.That(first, Is.SameAs(output.Url), served.Error);
        served.Url = await output.Url;
        return served;
    }

    /// <summary>Status and body of an answer.</summary>
    public async Task<(int Status, string Body)> AskAsync(string query, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new StringContent(JsonSerializer.Serialize(new { query }), System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        http.Dispose();
        stop.Dispose();
    }

    /// <summary>Waits for the line that says where the server answers.</summary>
    private sealed class ReadyLine : StringWriter
    {
        private readonly TaskCompletionSource<string> url = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Url => url.Task;

        public override Task WriteLineAsync(string? value)
        {
            if (value?.StartsWith("ready ", StringComparison.Ordinal) is true) url.TrySetResult(value["ready ".Length..]);
            return base.WriteLineAsync(value);
        }
    }
}
