using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GraphRisk.Server.Hosting;
using GraphRisk.Server.Http;
using GraphRisk.Server.SignIn;
using GraphRisk.Server.Tests.Http;
using GraphRisk.TestKit;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GraphRisk.Server.Tests.Hosting;

/// <summary>TLS, proxies and hosts over real connections. The authority is never asked: no request carries a token.</summary>
public sealed class ListeningTests
{
    private static readonly AuthorityOptions Authority = new() { Authority = new Uri("http://127.0.0.1:9"), Audience = "graphrisk" };
    private readonly MovableClock clock = new() { Now = TimeProvider.System.GetUtcNow() };
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => folder.Dispose();

    [TestCase(true)]
    [TestCase(false)]
    public async Task ACertificateThatIsReplacedIsPresentedToTheNextConnection(bool pem)
    {
        var path = folder.PathOf(pem ? "risk.pem" : "risk.pfx");
        Write(path, "CN=first", pem);
        await using var server = await TinyServer.Start(
            options => options with { Hosting = new HostingOptions { Certificate = new CertificateOptions(path, null, pem ? null : "secret") } }, clock);
        Assert.That(server.Url, Does.StartWith("https://127.0.0.1:"));
        Assert.That(await SubjectAsync(server), Is.EqualTo("CN=first"));
        Write(path, "CN=second", pem);
        clock.Now += TimeSpan.FromSeconds(2);
        Assert.That(await SubjectAsync(server), Is.EqualTo("CN=second"));
        await File.WriteAllTextAsync(path, "half writ");
        File.SetLastWriteTimeUtc(path, clock.Now.UtcDateTime.AddMinutes(1));
        clock.Now += TimeSpan.FromSeconds(2);
        Assert.That(await SubjectAsync(server), Is.EqualTo("CN=second"), "what cannot be read leaves what was");
    }

    [Test]
    public async Task ClearTextIsSentOnToTlsUnlessItAlreadyGaveATokenAway()
    {
        var path = folder.PathOf("risk.pem");
        Write(path, "CN=risk", pem: true);
        await using var server = await TinyServer.Start(options => options with
        {
            Hosting = new HostingOptions { Certificate = new CertificateOptions(path), RedirectPort = 0 },
        });
        var clear = server.Service<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(address => address.StartsWith("http:", StringComparison.Ordinal));
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var sentOn = await http.GetAsync(clear + "/graphql?query={__typename}");
        Assert.That((sentOn.StatusCode, sentOn.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.PermanentRedirect, server.Url + "?query=%7B__typename%7D")));
        using var request = new HttpRequestMessage(HttpMethod.Get, clear + "/graphql?query={__typename}");
        request.Headers.Authorization = new("Bearer", "x");
        using var refused = await http.SendAsync(request);
        Assert.That((refused.StatusCode, await refused.Content.ReadAsStringAsync()), Is.EqualTo((
            HttpStatusCode.Forbidden, """{"errors":[{"message":"This server answers over TLS only.","extensions":{"code":"HTTPS_REQUIRED"}}]}""")));
    }

    [TestCase("127.0.0.1/32", "https", 200)]
    [TestCase("127.0.0.1/32", "http", 403)]
    [TestCase("127.0.0.1/32", null, 403)]
    [TestCase("10.0.0.2/32", "https", 403)]
    public async Task WhatAProxySaysOfTheSchemeIsTakenFromANamedOneOnly(string proxy, string? scheme, int status)
    {
        await using var server = await BehindAsync(proxy);
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url + "?query={__typename}");
        request.Headers.Host = "risk.example.cn";
        if (scheme is not null) request.Headers.Add("X-Forwarded-Proto", scheme);
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        Assert.That((await server.Send(request)).Status, Is.EqualTo(status));
        using var health = await server.Client.GetAsync(new Uri(new Uri(server.Url), Health.Path));
        Assert.That(health.StatusCode, Is.EqualTo(HttpStatusCode.OK), "a balancer asks for the health in clear text");
    }

    [TestCase("risk.example.cn", 200)]
    [TestCase("a.branch.example.cn", 200)]
    [TestCase("127.0.0.1", 200)]
    [TestCase("elsewhere.example", 400)]
    public async Task OnlyTheHostsConfiguredAreServed(string host, int status)
    {
        await using var server = await BehindAsync("127.0.0.1/32");
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url + "?query={__typename}");
        request.Headers.Host = host;
        request.Headers.Add("X-Forwarded-Proto", "https");
        Assert.That((await server.Send(request)).Status, Is.EqualTo(status));
    }

    private static Task<TinyServer> BehindAsync(string proxy) => TinyServer.Start(options => options with
    {
        DevelopmentTokens = false,
        Authority = Authority,
        Hosting = new HostingOptions { ProxyEndsTls = true, Proxies = [IPNetwork.Parse(proxy)], Hosts = ["risk.example.cn", "*.branch.example.cn"] },
    });

    private static async Task<string?> SubjectAsync(TinyServer server)
    {
        string? subject = null;
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    subject = certificate?.Subject;
                    return subject is "CN=first" or "CN=second";
                },
            },
        };
        using var http = new HttpClient(handler);
        using var answer = await http.GetAsync(server.Url + "?query={__typename}");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return subject;
    }

    private void Write(string path, string name, bool pem)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(clock.Now.AddDays(-1), clock.Now.AddDays(30));
        if (pem) File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        else File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, "secret"));
    }
}
