using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>A server that answers only documents it was started with, as README shows it.</summary>
public sealed partial class TrustedDocumentsTests
{
    [Test]
    public async Task TheQuestionOfReadmeIsAnsweredByItsHashAndNoOtherIs()
    {
        using var folder = new TemporaryFolder();
        var data = folder.PathOf("data");
        Assert.That((await CommandRun.OfAsync("generate", "--clients", "40", "--seed", "3", "--out", folder.PathOf("market"))).ExitCode, Is.Zero);
        Assert.That((await CommandRun.OfAsync("import", folder.PathOf("market"), "--data", data)).ExitCode, Is.Zero);
        await using var server = await ServedFolder.StartAsync(
            "--data", data, "--development-tokens", "--trusted-documents", Repository.PathOf("samples", "queries"), "--only-trusted");
        var token = (await CommandRun.OfAsync("token", "--role", "regulator", "--purpose", "supervision", "--data", data)).Out.Trim();
        var answer = await AskAsync(server.Url, Asked().Match(await File.ReadAllTextAsync(Repository.PathOf("README.md"))).Groups[1].Value, token);
        Assert.That(answer.GetProperty("data").GetProperty("store").GetProperty("nodes").GetArrayLength(), Is.GreaterThan(10), answer.ToString());
        Assert.That((await server.AskAsync("{ store { version } }", token)).Body, Does.Contain("DOCUMENT_NOT_TRUSTED"));
    }

    [Test]
    public async Task OnlyTrustedNeedsDocuments()
    {
        using var folder = new TemporaryFolder();
        await CommandRun.OfAsync("init", "--data", folder.PathOf("data"));
        var run = await CommandRun.OfAsync("serve", "--only-trusted", "--data", folder.PathOf("data"));
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((1, $"graphrisk: --only-trusted needs --trusted-documents.{Environment.NewLine}")));
    }

    private static async Task<JsonElement> AskAsync(string url, string body, string token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    [GeneratedRegex(@"-d '(\{""extensions"".*)'")]
    private static partial Regex Asked();
}
