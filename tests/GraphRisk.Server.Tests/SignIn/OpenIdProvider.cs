using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using GraphRisk.Server.Tests.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace GraphRisk.Server.Tests.SignIn;

/// <summary>
/// A real OpenID Connect provider, OpenIddict, on a loopback port: discovery document, keys and a token endpoint that gives a
/// client what it asks for. Its keys can be rotated, it can be stopped and started again at the same address.
/// </summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    private static readonly SecurityKey First = new RsaSecurityKey(System.Security.Cryptography.RSA.Create(2048)) { KeyId = "first" };

    private readonly HttpClient http = new();
    private readonly MovableClock clock;
    private WebApplication? host;
    private List<SecurityKey> keys;

    private OpenIdProvider(MovableClock clock, SecurityKey key, string? issuer)
    {
        (this.clock, Issuer) = (clock, issuer);
        keys = [key];
    }

    /// <summary>What it calls itself; its address where null.</summary>
    public string? Issuer { get; }

    public Uri Address { get; private set; } = null!;

    public SecurityKey Key => keys[0];

    /// <summary>How often its keys were asked for.</summary>
    public int KeyRequests { get; private set; }

    public static SecurityKey NewKey(string id) =>
        new ECDsaSecurityKey(System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256)) { KeyId = id };

    public static async Task<OpenIdProvider> StartAsync(MovableClock clock, SecurityKey? key = null, string? issuer = null)
    {
        var provider = new OpenIdProvider(clock, key ?? First, issuer);
        await provider.StartAsync(port: 0);
        return provider;
    }

    public async Task StopAsync()
    {
        await host!.DisposeAsync();
        host = null;
    }

    public Task ReturnAsync() => StartAsync(Address.Port);

    /// <summary>Signs with a new key from now on; the old one is no longer published.</summary>
    public void Rotate(SecurityKey next)
    {
        keys = [next];
        SignWith(keys);
    }

    /// <summary>An access token from the token endpoint.</summary>
    /// <param name="claims">Claims by name; a list has several values.</param>
    /// <param name="audience">What it is for.</param>
    /// <param name="lifetime">How long it is valid, by the clock.</param>
    public async Task<string> TokenAsync(object claims, string audience = "graphrisk", TimeSpan? lifetime = null)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "desk-14",
            ["client_secret"] = "not looked at",
            ["test_claims"] = JsonSerializer.Serialize(claims),
            ["test_audience"] = audience,
            ["test_seconds"] = (lifetime ?? TimeSpan.FromHours(1)).TotalSeconds.ToString(CultureInfo.InvariantCulture),
        });
        using var response = await http.PostAsync(new Uri(Address, "connect/token"), form);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("access_token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (host is not null) await host.DisposeAsync();
    }

    private async Task StartAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddOpenIddict().AddServer(SetUp);
        builder.Services.AddAuthentication();
        host = builder.Build();
        SignWith(keys);
        host.Use(async (context, next) =>
        {
            if (context.Request.Path == "/.well-known/jwks") KeyRequests++;
            await next(context);
        });
        host.UseAuthentication();
        await host.StartAsync();
        Address = new Uri(host.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    private void SetUp(OpenIddictServerBuilder server)
    {
        server.SetTokenEndpointUris("connect/token").AllowClientCredentialsFlow().EnableDegradedMode();
        if (Issuer is not null) server.SetIssuer(new Uri(Issuer));
        server.AddEphemeralEncryptionKey().DisableAccessTokenEncryption().AddSigningKey(Key);
        server.UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler(StatingTheBeginning);
        server.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseInlineHandler(_ => default));
        server.AddEventHandler<OpenIddictServerEvents.HandleTokenRequestContext>(handler => handler.UseInlineHandler(request =>
        {
            request.SignIn(Principal(request.Request, request.ClientId!));
            return default;
        }));
    }

    private static OpenIddictServerHandlerDescriptor StatingTheBeginning => OpenIddictServerHandlerDescriptor
        .CreateBuilder<OpenIddictServerEvents.GenerateTokenContext>()
        .UseInlineHandler(context =>
        {
            context.SecurityTokenDescriptor.NotBefore = context.SecurityTokenDescriptor.IssuedAt;
            return default;
        })
        .SetOrder(OpenIddictServerHandlers.Protection.GenerateIdentityModelToken.Descriptor.Order - 500)
        .Build();

    private static ClaimsPrincipal Principal(OpenIddictRequest request, string client)
    {
        var identity = new ClaimsIdentity("test");
        identity.SetClaim(Claims.Subject, client);
        using var claims = JsonDocument.Parse((string)request["test_claims"]!);
        foreach (var claim in claims.RootElement.EnumerateObject()) identity.SetClaim(claim.Name, claim.Value.Clone());
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetAudiences((string)request["test_audience"]!);
        principal.SetAccessTokenLifetime(TimeSpan.FromSeconds((long)request["test_seconds"]!));
        return principal;
    }

    private void SignWith(List<SecurityKey> with)
    {
        var options = host!.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;
        options.SigningCredentials.Clear();
        options.SigningCredentials.AddRange(with.Select(key => new SigningCredentials(key, key is ECDsaSecurityKey ? SecurityAlgorithms.EcdsaSha256 : SecurityAlgorithms.RsaSha256)));
    }
}
