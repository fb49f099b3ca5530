using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using GraphRisk.Server.Guard;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.Tests.Http;
using GraphRisk.Server.Tests.Queries;
using GraphRisk.Server.Ui;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Ui;

public class ExplorerTests
{
    private static readonly Viewer Demo = new(Role.Regulator, "csrc", PurposeCatalog.Default.Find("supervision"));

    [Test]
    public async Task ThePageAndEverythingItNamesComeFromThisServer()
    {
        await using var server = await TinyServer.Start();
        var page = await server.Get("/ui/");
        var named = Regex.Matches(page.Body, "(?:src|href)=\"([^\"]+)\"").Select(match => match.Groups[1].Value).Where(url => url != "data:,").ToList();
        Assert.That(named, Is.EquivalentTo(new[] { "explorer.css", "explorer.js" }));
        foreach (var name in named) Assert.That((await server.Get("/ui/" + name)).Status, Is.EqualTo(200), name);
        Assert.That(page.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'self';").And.Not.Contain("http"));
    }

    [Test]
    public async Task TheAddressWithoutItsSlashLeadsToThePage()
    {
        await using var server = await TinyServer.Start();
        Assert.That((await server.Get("/ui")).Body, Does.Contain("GraphRisk explorer"));
    }

    [Test]
    public async Task AFileThatDidNotChangeIsNotSentAgain()
    {
        await using var server = await TinyServer.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url + "/ui/explorer.js");
        request.Headers.TryAddWithoutValidation("If-None-Match", ExplorerFiles.ByName["explorer.js"].Tag);
        Assert.That((await server.Send(request)).Status, Is.EqualTo((int)HttpStatusCode.NotModified));
    }

    [TestCase("config.json")]
    [TestCase("nowhere.js")]
    [TestCase("..%2f..%2fappsettings.json")]
    public async Task WhatIsNotTheExplorersIsNotThere(string name)
    {
        await using var server = await TinyServer.Start();
        Assert.That((await server.Get("/ui/" + name)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task TheDemoHandsOutATokenThatReads()
    {
        await using var server = await TinyServer.Start(options => options with { DemoViewer = Demo });
        var config = await server.Get("/ui/config.json");
        Assert.That(config.Body, Does.StartWith("""{"viewers":[{"role":"regulator","of":"csrc","purpose":"supervision"},"""), "and no token");
        var reading = await server.Service<DevelopmentTokens>().Read(TokenIn(await Wish(server, "null")));
        Assert.That(reading.Viewer, Is.EqualTo(Demo));
        var named = await server.Service<DevelopmentTokens>().Read(TokenIn(await Wish(server, "null,\"person\":\" Li Wei \"")));
        Assert.That(named.Viewer, Is.EqualTo(Demo with { Subject = "Li Wei" }), "two persons of the demo can be told apart");
        Assert.That((await Wish(server, "null,\"person\":\"\"")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task NamesAreShownOnlyToATokenWhoseReasonWasTypedAndFiled()
    {
        await using var server = await TinyServer.Start(options => options with { DemoViewer = Demo });
        var masked = TokenIn(await Wish(server, "null"));
        Assert.That(await NameBy(server, masked), Does.StartWith("{\"data\":{\"name\":\"张*\"}"));
        var reply = await Wish(server, "\"  the client complained  \"");
        Assert.That(await NameBy(server, TokenIn(reply)), Does.StartWith("{\"data\":{\"name\":\"张三\"}"));
        var filed = File.ReadLines(server.Options.Audit.Trail).Select(line => JsonDocument.Parse(line).RootElement)
            .Last(entry => entry.GetProperty("act").GetString() == "Token");
        Assert.That(filed.GetProperty("reason").GetString(), Is.EqualTo("the client complained"));
    }

    [Test]
    public async Task AReasonThatCanNotBeFiledShowsNothing()
    {
        await using var server = await TinyServer.Start(options => options with { DemoViewer = Demo });
        Assert.That((await Wish(server, "\"   \"")).Status, Is.EqualTo(400));
        Assert.That((await Wish(server, $"\"{new string('x', 501)}\"")).Status, Is.EqualTo(400));
        server.Service<AuditTrail>().Dispose();
        Assert.That((await Wish(server, "\"a reason\"")).Status, Is.EqualTo(500));
    }

    [TestCase(null, null, null)]
    [TestCase("1", "https://elsewhere.example", null)]
    [TestCase("1", "null", null)]
    [TestCase("1", null, "cross-site")]
    [TestCase("1", null, "same-site")]
    public async Task APageElsewhereObtainsNoToken(string? page, string? origin, string? site)
    {
        await using var server = await TinyServer.Start(options => options with { DemoViewer = Demo });
        Assert.That((await Wish(server, "null", page, origin, site)).Status, Is.EqualTo(403));
        Assert.That((await server.Get("/ui/token.json")).Status, Is.EqualTo(404), "nor by an address alone");
    }

    [Test]
    public async Task OnlyTheDemoHasTokensToHandOut()
    {
        await using var server = await TinyServer.Start();
        Assert.That((await Wish(server, "null")).Status, Is.EqualTo(405));
    }

    [TestCase(-1)]
    [TestCase(1000)]
    public async Task ATokenSpeaksForNobodyElse(int viewer)
    {
        await using var server = await TinyServer.Start(options => options with { DemoViewer = Demo });
        Assert.That((await Wish(server, $"null,\"viewer\":{viewer}")).Status, Is.EqualTo(400));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task EachSampleQueryIsOfferedToWhoeverAsksIt(bool isDemo)
    {
        await using var server = await TinyServer.Start(options => options with { DemoViewer = isDemo ? Demo : null });
        var offered = JsonDocument.Parse((await server.Get("/ui/queries.json")).Body).RootElement.EnumerateArray().ToList();
        Assert.That(offered.Select(one => one.GetProperty("name").GetString()), Is.EqualTo(SampleQuery.Names));
        foreach (var one in offered)
        {
            var asker = SampleQuery.Read(one.GetProperty("name").GetString()!).Viewer with { Reason = null };
            Assert.That(one.GetProperty("role").GetString(), Is.EqualTo(asker.Role.ToString().ToLowerInvariant()));
            if (!isDemo) Assert.That(one.GetProperty("viewer").ValueKind, Is.EqualTo(JsonValueKind.Null));
            else Assert.That((await server.Service<DevelopmentTokens>().Read(TokenIn(await Wish(server, $"null,\"viewer\":{one.GetProperty("viewer").GetInt32()}")))).Viewer, Is.EqualTo(asker));
        }
    }

    private static async Task<Reply> Wish(TinyServer server, string reason, string? page = "1", string? origin = null, string? site = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Url + "/ui/token.json");
        request.Content = new StringContent($$"""{"reason":{{reason}}}""", System.Text.Encoding.UTF8, "application/json");
        foreach (var (name, value) in new[] { ("GraphRisk-Explorer", page), ("Origin", origin), ("Sec-Fetch-Site", site) })
        {
            if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
        }
        return await server.Send(request);
    }

    private static string TokenIn(Reply reply) => JsonDocument.Parse(reply.Body).RootElement.GetProperty("token").GetString()!;

    private static async Task<string> NameBy(TinyServer server, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url + "?query={name}");
        request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", token);
        return (await server.Send(request)).Body;
    }

    [Test]
    public void EverySampleQueryPassesTheGuard()
    {
        foreach (var sample in ExplorerQuery.Samples)
            Assert.That(QueryGuard.Inspect(System.Text.Encoding.UTF8.GetBytes(sample.Query), QueryLimits.Default).Refusal, Is.Null, sample.Name);
    }

    [TestCase("explorer", "assets")]
    [TestCase("app", "assets/app")]
    public void TheBundleWasBuiltFromTheSourcesBesideIt(string sources, string bundle)
    {
        var folder = Repository.PathOf("src", "GraphRisk.Server", "Ui", sources);
        var lines = File.ReadAllLines(Repository.PathOf("src", "GraphRisk.Server", "Ui", bundle, "built-from.txt"));
        Assert.That(lines, Has.Length.GreaterThan(3));
        foreach (var line in lines)
        {
            var (hash, file) = (line[..64], line[66..]);
            Assert.That(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file)))), Is.EqualTo(hash), $"{file} changed: run npm ci && npm run build");
        }
        var stated = lines.Select(line => line[66..]).Where(file => file.StartsWith("src/", StringComparison.Ordinal));
        var there = Directory.GetFiles(Path.Combine(folder, "src"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(file => !file.StartsWith("src/api/generated/", StringComparison.Ordinal) && !file.EndsWith(".test.ts", StringComparison.Ordinal));
        Assert.That(stated, Is.EquivalentTo(there), "a file came or went: run npm ci && npm run build");
    }
}
