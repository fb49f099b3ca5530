using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;
using GraphRisk.Server.SignIn;
using GraphRisk.Server.Tests.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GraphRisk.Server.Tests.SignIn;

/// <summary>A server that signs people in at a real provider, OpenIddict, over HTTP.</summary>
public sealed class AuthorityTests
{
    private static readonly object Client = new { role = "client", client = TinySchema.Subject, purpose = "own-record" };
    private readonly MovableClock clock = new() { Now = TimeProvider.System.GetUtcNow() };
    private readonly List<IAsyncDisposable> opened = [];
    private OpenIdProvider provider = null!;

    [SetUp]
    public async Task StartProvider() => opened.Add(provider = await OpenIdProvider.StartAsync(clock));

    [TearDown]
    public async Task Stop()
    {
        foreach (var piece in opened.AsEnumerable().Reverse()) await piece.DisposeAsync();
        opened.Clear();
    }

    [Test]
    public async Task ARightTokenReadsWhatItsClaimsAllow()
    {
        var server = await ServerAsync();
        var reply = await AskAsync(server, await provider.TokenAsync(Client));
        Assert.That((reply.Status, reply.Body), Is.EqualTo((200, "{\"data\":{\"name\":\"张三\"}}")));
    }

    [Test]
    public async Task ATokenCountsFromItsBeginningToItsEndWidenedByTheSkewAndNoLonger()
    {
        var server = await ServerAsync();
        var (issued, token) = (clock.Now, await provider.TokenAsync(Client, lifetime: TimeSpan.FromMinutes(10)));
        var expires = issued.AddMinutes(10);
        Assert.That(await StatusAsync(server, token, expires.AddSeconds(58)), Is.EqualTo(200), "within the skew of 60 s");
        Assert.That(await StatusAsync(server, token, expires.AddSeconds(60)), Is.EqualTo(401));
        Assert.That((await AskAsync(server, token)).Body, Does.Contain("The token has expired."));
    }

    [Test]
    public async Task ATokenThatIsNotValidYetWaitsForItsInstant()
    {
        var server = await ServerAsync();
        Assert.That(await StatusAsync(server, await provider.TokenAsync(Client), clock.Now), Is.EqualTo(200));
        var now = clock.Now;
        clock.Now = now.AddMinutes(30);
        var early = await provider.TokenAsync(Client);
        Assert.That(new JsonWebToken(early).ValidFrom, Is.GreaterThan(now.UtcDateTime.AddMinutes(29)), "the provider states nbf");
        Assert.That(await StatusAsync(server, early, now), Is.EqualTo(401));
        Assert.That((await AskAsync(server, early)).Body, Does.Contain("The token is not valid yet."));
        Assert.That(await StatusAsync(server, early, now.AddMinutes(29).AddSeconds(2)), Is.EqualTo(200), "within the skew of 60 s");
    }

    [Test]
    public async Task ATokenForSomebodyElseDoesNotCount()
    {
        var server = await ServerAsync();
        await AssertNotAcceptedAsync(server, await provider.TokenAsync(Client, audience: "another-service"));
    }

    [Test]
    public async Task ATokenOfAnotherIssuerDoesNotCountThoughItsKeyIsTheSame()
    {
        var server = await ServerAsync();
        var other = await OpenIdProvider.StartAsync(clock, provider.Key, "https://login.elsewhere.example/");
        opened.Add(other);
        await AssertNotAcceptedAsync(server, await other.TokenAsync(Client));
    }

    [Test]
    public async Task AProviderThatCallsItselfOtherwiseIsBelievedOnlyWhereThatNameIsConfigured()
    {
        var renamed = await OpenIdProvider.StartAsync(clock, issuer: "https://login.example.cn/");
        opened.Add(renamed);
        var unaware = await ServerAsync(options => options with { Authority = renamed.Address });
        Assert.That((await AskAsync(unaware, await renamed.TokenAsync(Client))).Code, Is.EqualTo(ErrorCodes.SignInUnavailable));
        var aware = await ServerAsync(options => options with { Authority = renamed.Address, Issuer = "https://login.example.cn" });
        Assert.That((await AskAsync(aware, await renamed.TokenAsync(Client))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task ATokenWithoutASignatureOrWithThePublicKeyAsASharedSecretDoesNotCount()
    {
        var server = await ServerAsync();
        var good = await provider.TokenAsync(Client);
        var payload = good.Split('.')[1];
        await AssertNotAcceptedAsync(server, $"{Encode(new { alg = "none", typ = "at+jwt" })}.{payload}.");
        await AssertNotAcceptedAsync(server, $"{Encode(new { alg = "none", typ = "at+jwt", kid = "first" })}.{payload}.{good.Split('.')[2]}");
        var rsa = ((RsaSecurityKey)provider.Key).Rsa;
        foreach (var secret in new[] { rsa.ExportSubjectPublicKeyInfo(), rsa.ExportRSAPublicKey(), System.Text.Encoding.UTF8.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()) })
        {
            var head = Encode(new { alg = "HS256", typ = "at+jwt", kid = "first" });
            var signature = HMACSHA256.HashData(secret, System.Text.Encoding.ASCII.GetBytes($"{head}.{payload}"));
            await AssertNotAcceptedAsync(server, $"{head}.{payload}.{Base64UrlEncoder.Encode(signature)}");
        }
    }

    [Test]
    public async Task AnAlgorithmThatIsNotConfiguredDoesNotCountThoughTheProviderSignsWithIt()
    {
        var server = await ServerAsync(options => options with { Algorithms = ["ES256"] });
        await AssertNotAcceptedAsync(server, await provider.TokenAsync(Client));
    }

    [Test]
    public async Task AChangedClaimDoesNotCount()
    {
        var server = await ServerAsync();
        var parts = (await provider.TokenAsync(Client)).Split('.');
        var claims = Base64UrlEncoder.Decode(parts[1]).Replace("\"client\"", "\"regulator\"", StringComparison.Ordinal);
        await AssertNotAcceptedAsync(server, $"{parts[0]}.{Base64UrlEncoder.Encode(claims)}.{parts[2]}");
    }

    [Test]
    public async Task AKeyThatIsRotatedWhileTheServerRunsIsLearntWithTheFirstTokenThatNamesIt()
    {
        var server = await ServerAsync();
        var before = await provider.TokenAsync(Client);
        Assert.That((await AskAsync(server, before)).Status, Is.EqualTo(200));
        clock.Now += TimeSpan.FromSeconds(20);
        provider.Rotate(OpenIdProvider.NewKey("second"));
        Assert.That((await AskAsync(server, await provider.TokenAsync(Client))).Status, Is.EqualTo(200), "at once, in the same request");
        await AssertNotAcceptedAsync(server, before);
    }

    [Test]
    public async Task TokensThatNameKeysNobodyHasDoNotMakeTheServerAskMoreThanOnceInThePause()
    {
        var server = await ServerAsync();
        var good = await provider.TokenAsync(Client);
        Assert.That((await AskAsync(server, good)).Status, Is.EqualTo(200));
        clock.Now += TimeSpan.FromSeconds(20);
        var asked = provider.KeyRequests;
        for (var i = 0; i < 20; i++)
            await AssertNotAcceptedAsync(server, $"{Encode(new { alg = "RS256", typ = "at+jwt", kid = $"made up {i}" })}.{good.Split('.')[1]}.{good.Split('.')[2]}");
        Assert.That(provider.KeyRequests - asked, Is.EqualTo(1));
    }

    [Test]
    public async Task AKeyThatTheProviderWithdrawsCountsUntilTheKeysAreFetchedAgain()
    {
        var server = await ServerAsync();
        var token = await provider.TokenAsync(Client);
        Assert.That((await AskAsync(server, token)).Status, Is.EqualTo(200));
        provider.Rotate(OpenIdProvider.NewKey("second"));
        clock.Now += TimeSpan.FromMinutes(6);
        Assert.That(async () => (await AskAsync(server, token)).Status, Is.EqualTo(401).After(10_000, 50), "fetched beside the question that found the keys old");
    }

    [Test]
    public async Task WhileTheProviderIsAwayItsKeysGoOnCountingForABoundedTime()
    {
        var server = await ServerAsync();
        var token = await provider.TokenAsync(Client, lifetime: TimeSpan.FromDays(3));
        Assert.That((await AskAsync(server, token)).Status, Is.EqualTo(200));
        await provider.StopAsync();
        clock.Now += TimeSpan.FromHours(11.9);
        Assert.That((await AskAsync(server, token)).Status, Is.EqualTo(200));
        clock.Now += TimeSpan.FromHours(0.2);
        var away = await AskAsync(server, token);
        Assert.That((away.Status, away.Code, away.Headers.RetryAfter?.ToString()), Is.EqualTo((503, ErrorCodes.SignInUnavailable, "10")));
        await provider.ReturnAsync();
        clock.Now += TimeSpan.FromSeconds(11);
        Assert.That((await AskAsync(server, token)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task AServerThatStartsWhileItsProviderIsAwayLetsNobodyInUntilItReturns()
    {
        var token = await provider.TokenAsync(Client);
        await provider.StopAsync();
        var server = await ServerAsync();
        Assert.That((await AskAsync(server, token)).Code, Is.EqualTo(ErrorCodes.SignInUnavailable));
        Assert.That((await AskAsync(server, "nonsense")).Status, Is.AnyOf(401, 503));
        Assert.That((await server.Ask("{name}")).Code, Is.EqualTo(AccessCodes.Unauthenticated), "without a token nothing changes");
        await provider.ReturnAsync();
        clock.Now += TimeSpan.FromSeconds(11);
        Assert.That((await AskAsync(server, token)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task ARevokedTokenDoesNotCountFromTheNextRequestOn()
    {
        var server = await ServerAsync();
        var (one, two) = (await provider.TokenAsync(Client), await provider.TokenAsync(Client));
        Assert.That((await AskAsync(server, one)).Status, Is.EqualTo(200));
        await RevokeAsync(server, Revocation.OfToken(new JsonWebToken(one).Id, clock.Now));
        await AssertNotAcceptedAsync(server, one);
        Assert.That((await AskAsync(server, two)).Status, Is.EqualTo(200), "another token of the same client");
    }

    [TestCase("desk-14")]
    [TestCase(TinySchema.Subject)]
    [TestCase(null)]
    public async Task TokensIssuedBeforeAnInstantAreRevokedForOneSubjectOrForEveryone(string? subject)
    {
        var server = await ServerAsync();
        var token = await provider.TokenAsync(Client);
        await RevokeAsync(server, Revocation.OfIssuedBefore(clock.Now.AddHours(1), "somebody else", clock.Now));
        Assert.That((await AskAsync(server, token)).Status, Is.EqualTo(200));
        clock.Now += TimeSpan.FromSeconds(5);
        await RevokeAsync(server, Revocation.OfIssuedBefore(clock.Now, subject, clock.Now));
        await AssertNotAcceptedAsync(server, token);
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.That((await AskAsync(server, await provider.TokenAsync(Client))).Status, Is.EqualTo(200), "issued since");
    }

    [Test]
    public async Task ARequestChoosesOneOfThePurposesItsTokenAllows()
    {
        var server = await ServerAsync();
        var token = await provider.TokenAsync(new { role = "client", client = TinySchema.Subject, purpose = "own-record complaint kyc unknown" });
        Assert.That((await AskAsync(server, token)).Code, Is.EqualTo(AccessCodes.PurposeRequired));
        Assert.That((await AskAsync(server, token, "complaint")).Body, Is.EqualTo("{\"data\":{\"name\":\"张三\"}}"));
        var entry = JsonDocument.Parse(File.ReadLines(server.Options.Audit.Trail).Last()).RootElement;
        Assert.That(entry.GetProperty("purpose").GetString(), Is.EqualTo("complaint"));
        Assert.That(entry.GetProperty("subject").GetString(), Is.EqualTo("desk-14"), "who held the token is filed beside whom it speaks for");
        var refused = await AskAsync(server, token, "kyc");
        Assert.That((refused.Status, refused.Code), Is.EqualTo((403, AccessCodes.PurposeNotAllowed)), "a client does not read for kyc, whatever its token says");
        Assert.That(refused.Body, Does.Contain("own-record, complaint"));
    }

    [Test]
    public async Task ClaimsAreReadByTheNamesAndValuesTheOperatorConfigures()
    {
        var path = Path.Combine(Path.GetTempPath(), $"graphrisk-{Environment.ProcessId}-sign-in.json");
        await File.WriteAllTextAsync(path, """
            {
              "audience": "graphrisk", // the rest as this provider has it
              "claims": {
                "role": { "claim": "realm_access.roles", "values": { "gr-customer": "client", "gr-desk": "broker" } },
                "client": { "claim": "https://example.cn/party" },
                "purpose": { "claim": "scope", "values": { "risk.own": "own-record" } },
                "reason": { "claim": "why" }
              }
            }
            """);
        var configured = SignInFile.Read(path, provider.Address.ToString(), null);
        File.Delete(path);
        var server = await ServerAsync(_ => configured);
        var claims = new Dictionary<string, object>
        {
            ["realm_access"] = new { roles = new[] { "offline_access", "gr-customer" } },
            ["https://example.cn/party"] = TinySchema.Subject,
            ["scope"] = "openid risk.own",
        };
        Assert.That((await AskAsync(server, await provider.TokenAsync(claims))).Body, Is.EqualTo("{\"data\":{\"name\":\"张三\"}}"));
        claims["realm_access"] = new { roles = new[] { "gr-desk", "gr-customer" } };
        await AssertNotAcceptedAsync(server, await provider.TokenAsync(claims));
        claims["realm_access"] = new { roles = new[] { "client" } };
        await AssertNotAcceptedAsync(server, await provider.TokenAsync(claims));
    }

    [Test]
    public async Task ATokenOfSomebodyTheStoreDoesNotKnowIsRefusedInTheSameWordsAsAnyBadOne()
    {
        var server = await ServerAsync(compose: services => services.AddSingleton<IParties>(new OnlyBroker("Broker/B001")));
        Assert.That((await AskAsync(server, await provider.TokenAsync(new { role = "broker", broker = "B001", purpose = "kyc" }))).Status, Is.EqualTo(200));
        var unknown = await AskAsync(server, await provider.TokenAsync(new { role = "broker", broker = "B002", purpose = "kyc" }));
        var bad = await AskAsync(server, await provider.TokenAsync(Client, audience: "another-service"));
        Assert.That((unknown.Status, unknown.Body), Is.EqualTo((bad.Status, bad.Body)));
    }

    [Test]
    public async Task DevelopmentTokensAreNotTakenWhereThereIsAnAuthority()
    {
        var server = await ServerAsync();
        var made = new DevelopmentTokens(KeyFile.LoadOrCreate(server.Options.TokenKeyPath), PurposeCatalog.Default, clock)
            .Issue(new Viewer(Role.Regulator, "csrc", PurposeCatalog.Default.Find("supervision")), TimeSpan.FromHours(1));
        await AssertNotAcceptedAsync(server, made);
    }

    private static string Encode(object head) => Base64UrlEncoder.Encode(JsonSerializer.Serialize(head));

    private static Task RevokeAsync(TinyServer server, Revocation revocation) =>
        RevocationFile.Add(server.Options.RevocationPath, revocation, TimeProvider.System, default);

    private static async Task AssertNotAcceptedAsync(TinyServer server, string token)
    {
        var reply = await AskAsync(server, token);
        Assert.That((reply.Status, reply.Code), Is.EqualTo((401, AccessCodes.Unauthenticated)), reply.Body);
        Assert.That(reply.Body, Does.Contain(TokenReading.NotAccepted));
        Assert.That(reply.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Bearer error=\"invalid_token\""));
    }

    private static async Task<Reply> AskAsync(TinyServer server, string token, string? purpose = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url + "?query={name}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (purpose is not null) request.Headers.Add("GraphRisk-Purpose", purpose);
        return await server.Send(request);
    }

    private async Task<int> StatusAsync(TinyServer server, string token, DateTimeOffset at)
    {
        clock.Now = at;
        return (await AskAsync(server, token)).Status;
    }

    private async Task<TinyServer> ServerAsync(Func<AuthorityOptions, AuthorityOptions>? change = null, Action<IServiceCollection>? compose = null)
    {
        var authority = new AuthorityOptions { Authority = provider.Address, Audience = "graphrisk" };
        var server = await TinyServer.Start(
            options => options with { DevelopmentTokens = false, Authority = change?.Invoke(authority) ?? authority }, clock, compose);
        opened.Add(server);
        return server;
    }

    private sealed class OnlyBroker(string known) : IParties
    {
        public ValueTask<bool> Knows(Viewer viewer, CancellationToken cancellation) => new(viewer.Of == known);
    }
}
