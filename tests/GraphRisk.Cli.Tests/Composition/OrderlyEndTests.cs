using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Composition;

/// <summary>A server as a process of its own, told to end by SIGTERM while it is asked; and one whose port is taken.</summary>
public sealed class OrderlyEndTests
{
    private static readonly int Endings = int.TryParse(Environment.GetEnvironmentVariable("GRAPHRISK_ENDINGS"), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : 1;

    private readonly TemporaryFolder folder = new();
    private string data = "";

    [OneTimeSetUp]
    public async Task Import()
    {
        data = folder.PathOf("data");
        var file = folder.PathOf("one.ndjson");
        File.WriteAllText(file, JsonSerializer.Serialize(new { id = "one", schema = "Company", properties = new { name = new[] { "甲公司" } } }) + "\n");
        Assert.That((await CommandRun.OfAsync("import", file, "--data", data)).ExitCode, Is.Zero);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    /// <summary>At moments drawn by chance; <c>GRAPHRISK_ENDINGS</c> for more of them than in every run.</summary>
    [Test]
    public async Task ToldToEndUnderLoadItCutsNoAnswerAndEndsWithZero()
    {
        if (!OperatingSystem.IsLinux()) Assert.Ignore("signals are those of Linux");
        var token = (await CommandRun.OfAsync("token", "--role", "regulator", "--purpose", "supervision", "--data", data)).Out.Trim();
        var random = new Random(1);
        for (var round = 0; round < Endings; round++)
        {
            await using var server = await ServerProcess.StartAsync(data);
            using var stop = new CancellationTokenSource();
            var replies = new ConcurrentBag<string>();
            var asking = Enumerable.Range(0, 6).Select(_ => Task.Run(() => AskAsync(server.Url, token, replies, stop.Token))).ToList();
            while (replies.Count < 20) await Task.Delay(20);
            await Task.Delay(random.Next(500));
            var exit = await server.EndAsync();
            await stop.CancelAsync();
            await Task.WhenAll(asking);
            Assert.That(exit, Is.Zero, $"ending {round}: {await server.Error}");
            Assert.That(replies.Distinct(), Is.SubsetOf(new[] { "200", "503", "nobody listens" }), $"ending {round}");
        }
    }

    [Test]
    public async Task ATakenPortIsOneLine()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var run = await CommandRun.OfAsync("serve", "--listen", $"{taken.LocalEndpoint}", "--development-tokens", "--data", data);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error.Trim().Split('\n')[^1], Does.StartWith("graphrisk: ").And.Contain("another program listens there"));
        Assert.That(run.Error, Does.Not.Contain("   at "));
    }

    private static async Task AskAsync(Uri url, string token, ConcurrentBag<string> replies, CancellationToken stop)
    {
        using var http = new HttpClient();
        while (!stop.IsCancellationRequested)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url)
            {
                Content = new StringContent("""{"query":"{ search(text: \"甲公司\") { edges { node { id } } } }"}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            try
            {
                using var response = await http.SendAsync(request, CancellationToken.None);
                await response.Content.ReadAsStringAsync(CancellationToken.None);
                replies.Add($"{(int)response.StatusCode}");
                if (response.Headers.RetryAfter?.Delta is { } wait) await Task.Delay(wait, CancellationToken.None);
            }
            catch (HttpRequestException failed)
            {
                var nobody = failed.HttpRequestError == HttpRequestError.ConnectionError;
                replies.Add(nobody ? "nobody listens" : failed.ToString());
                if (nobody) return;
            }
        }
    }
}
