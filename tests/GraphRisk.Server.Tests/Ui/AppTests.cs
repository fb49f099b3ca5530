using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using GraphRisk.Server.Security;
using GraphRisk.Server.SignIn;
using GraphRisk.Server.Tests.Http;
using GraphRisk.Server.Ui;

namespace GraphRisk.Server.Tests.Ui;

public class AppTests
{
    private static readonly Viewer Demo = new(Role.Regulator, "csrc", PurposeCatalog.Default.Find("supervision"));

    [TestCase("/")]
    [TestCase("/search?q=x")]
    [TestCase("/party/Company%2Fregistry:91330106MAFGNPA49J/score")]
    [TestCase("/party/Security%2F600519.SH")]
    [TestCase("/signed-in?code=x")]
    public async Task EveryPageIsTheOneDocument(string path)
    {
        await using var server = await TinyServer.Start();
        var page = await Ask(server, path, "text/html");
        Assert.That((page.Status, page.Body), Is.EqualTo((200, System.Text.Encoding.UTF8.GetString(AppFiles.ByName[AppFiles.Index].Content))));
        Assert.That(Header(page, "Cache-Control"), Is.EqualTo("no-cache"));
    }

    [Test]
    public async Task ThePolicyHasNoExceptionAndNothingOfThePageNeedsOne()
    {
        await using var server = await TinyServer.Start();
        var page = await Ask(server, "/", "text/html");
        Assert.That(Header(page, "Content-Security-Policy"), Is.EqualTo(
            "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"));
        Assert.That(page.Body, Does.Not.Match("<style|style=|<script(?![^>]* src=)| on[a-z]+="), "nothing inline");
        var named = Regex.Matches(page.Body, "(?:src|href)=\"([^\"]+)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.That(named, Has.Count.GreaterThan(2).And.All.StartWith("/app/"));
        foreach (var path in named)
        {
            var file = await Ask(server, path, "*/*");
            Assert.That((file.Status, Header(file, "Cache-Control")), Is.EqualTo((200, path == "/app/session.json" ? "no-store" : "public, max-age=31536000, immutable")), path);
        }
    }

    [Test]
    public async Task ThePolicyNamesTheProviderOnlyWhereItsPageSignsInThere()
    {
        var authority = new AuthorityOptions { Authority = new Uri("https://login.example.cn/realms/risk"), Audience = "graphrisk" };
        var without = await PolicyWith(authority);
        var with = await PolicyWith(authority with { Explorer = new ExplorerClient("explorer", "openid") });
        Assert.That(without, Does.Contain("connect-src 'self';"));
        Assert.That(with, Does.Contain("connect-src 'self' https://login.example.cn;"));
    }

    [TestCase("br")]
    [TestCase("gzip")]
    [TestCase(null)]
    public async Task AFileIsPackedForWhoeverTakesIt(string? encoding)
    {
        await using var server = await TinyServer.Start();
        var largest = AppFiles.ByName.Values.MaxBy(file => file.Content.Length)!;
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url.Replace("/graphql", "/app/" + largest.Name));
        if (encoding is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding + ", zstd;q=0");
        using var response = await server.Client.SendAsync(request);
        await using var body = await response.Content.ReadAsStreamAsync();
        await using Stream unpacked = encoding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var content = new MemoryStream();
        await unpacked.CopyToAsync(content);
        Assert.That(content.ToArray(), Is.EqualTo(largest.Content));
        Assert.That(response.Content.Headers.ContentEncoding, Is.EqualTo(encoding is null ? Array.Empty<string>() : [encoding]));
        using var again = new HttpRequestMessage(HttpMethod.Get, request.RequestUri);
        if (encoding is not null) again.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        again.Headers.TryAddWithoutValidation("If-None-Match", response.Headers.ETag!.Tag);
        Assert.That((int)(await server.Client.SendAsync(again)).StatusCode, Is.EqualTo(304));
    }

    [Test]
    public void TheFirstPageIsSmallEnough()
    {
        var page = System.Text.Encoding.UTF8.GetString(AppFiles.ByName[AppFiles.Index].Content);
        var first = AppFiles.ByName.Values.Where(file => page.Contains(file.Name, StringComparison.Ordinal) || file.Name.StartsWith("HomePage-", StringComparison.Ordinal));
        var headers = new Microsoft.AspNetCore.Http.HeaderDictionary { ["Accept-Encoding"] = "gzip" };
        Assert.That(first.Sum(file => file.For(headers).Bytes.Length), Is.InRange(1_000, 900_000));
    }

    [TestCase("/app/nowhere-12345678.js", "text/html")]
    [TestCase("/app/..%2f..%2fappsettings.json", "text/html")]
    [TestCase("/graphql/nowhere", "text/html")]
    [TestCase("/health/nowhere", "text/html")]
    [TestCase("/metrics/nowhere", "text/html")]
    [TestCase("/nowhere", "application/json")]
    [TestCase("/robots.txt", "*/*")]
    public async Task WhatIsNoPageIsNotThere(string path, string accept)
    {
        await using var server = await TinyServer.Start();
        Assert.That((await Ask(server, path, accept)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task TheFirstPageIsThereForWhoeverAsks()
    {
        await using var server = await TinyServer.Start();
        Assert.That((await Ask(server, "/", "*/*")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task NothingOfTheServerIsShadowed()
    {
        await using var server = await TinyServer.Start();
        Assert.That((await Ask(server, "/health", "text/html")).Body, Does.Contain("\"status\""));
        Assert.That((await Ask(server, "/health/live", "text/html")).Body, Does.Contain("alive"));
        Assert.That((await Ask(server, "/graphql/ui/", "text/html")).Body, Does.Contain("GraphRisk explorer"));
        Assert.That((await Ask(server, "/graphql?query={name}", "application/json")).Body, Does.StartWith("{\"errors\""));
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Url.Replace("/graphql", "/nowhere"));
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        Assert.That((await server.Send(request)).Status, Is.EqualTo(405), "a page is looked at, not posted to");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task ThePageIsToldHowOneSignsInAndNoToken(bool isDemo)
    {
        await using var server = await TinyServer.Start(options => options with { DemoViewer = isDemo ? Demo : null });
        var reply = await Ask(server, "/app/session.json", "application/json");
        var session = JsonDocument.Parse(reply.Body).RootElement;
        Assert.That(session.GetProperty("viewers").GetArrayLength(), isDemo ? Is.GreaterThan(1) : Is.Zero);
        Assert.That(session.GetProperty("provider").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(session.GetProperty("purposes").EnumerateArray().Select(purpose => purpose.GetProperty("id").GetString()), Does.Contain("supervision").And.Not.Contain("operation"));
        Assert.That(reply.Body, Does.Not.Contain("token"));
        Assert.That(Header(reply, "Cache-Control"), Is.EqualTo("no-store"));
    }

    private static async Task<string> PolicyWith(AuthorityOptions authority)
    {
        await using var server = await TinyServer.Start(options => options with { DevelopmentTokens = false, Authority = authority });
        return Header(await Ask(server, "/", "text/html"), "Content-Security-Policy");
    }

    private static string Header(Reply reply, string name) => reply.Headers.GetValues(name).Single();

    private static async Task<Reply> Ask(TinyServer server, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url.Replace("/graphql", path));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await server.Send(request);
    }
}
