using System.Net.Security;
using GraphRisk.Server.Http;
using GraphRisk.Server.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GraphRisk.Server.Hosting;

/// <summary>Makes a web application listen as <see cref="HostingOptions"/> say; the environment has no say in it.</summary>
internal static class Listening
{
    private static readonly string[] Loopback = ["127.0.0.1", "localhost", "[::1]"];

    /// <summary>Addresses, TLS, and whose word on a request's origin is taken.</summary>
    public static void AddTo(WebApplicationBuilder builder, ServerOptions options, TimeProvider clock)
    {
        var hosting = options.Hosting;
        if (hosting.Certificate is { } certificate)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
            builder.Services.AddSingleton(services => new CertificateFile(certificate, clock, services.GetRequiredService<ILogger<CertificateFile>>()));
        }
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // The endpoint stops reading at its own, smaller limit.
            kestrel.Limits.MaxRequestLineSize = 32 * 1024;
            Listen(kestrel, options);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5)); // What was to be finished was waited for before.

        // A page elsewhere that names itself 127.0.0.1 in the DNS must not reach the demo's token.
        builder.Services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = [.. Loopback, .. hosting.Hosts]);
        builder.Services.PostConfigure<ForwardedHeadersOptions>(forwarded => TrustOnly(hosting, forwarded));
    }

    /// <summary>The steps before the endpoints: whose request it is, for which host, over what line.</summary>
    public static void Use(WebApplication app, HostingOptions hosting)
    {
        if (!hosting.Proxies.IsEmpty) app.UseForwardedHeaders();
        app.UseHostFiltering();
        if (!hosting.IsBeyondLoopback && hosting.Certificate is null) return;
        app.Use((context, next) => context.Request.IsHttps ? next(context) : AnswerClearText(context, app, hosting, next));
        app.UseHsts();
    }

    private static void Listen(KestrelServerOptions kestrel, ServerOptions options)
    {
        foreach (var address in HostingRules.AddressesOf(options))
        {
            kestrel.Listen(address, listen =>
            {
                if (options.Hosting.Certificate is not null) listen.UseHttps(Handshake(kestrel.ApplicationServices.GetRequiredService<CertificateFile>()));
            });
        }
        if (options.Hosting.RedirectPort is { } port)
            foreach (var address in HostingRules.AddressesOf(options).Select(address => address.Address).Distinct()) kestrel.Listen(address, port);
        Telemetry.Listen(kestrel, options.Observability);
    }

    private static TlsHandshakeCallbackOptions Handshake(CertificateFile certificate) => new()
    {
        OnConnection = _ => new ValueTask<SslServerAuthenticationOptions>(
            new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current() }),
    };

    private static void TrustOnly(HostingOptions hosting, ForwardedHeadersOptions forwarded)
    {
        forwarded.ForwardedHeaders = hosting.Proxies.IsEmpty ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.ForwardLimit = null; // A chain is followed as long as each of it is named.
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in hosting.Proxies) forwarded.KnownIPNetworks.Add(proxy);
    }

    // Balancers ask for the health in clear text. A question is not sent on where it carries a token: the token has been heard already.
    private static Task AnswerClearText(HttpContext context, WebApplication app, HostingOptions hosting, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments(Health.Path, StringComparison.Ordinal)) return next(context);
        if (hosting.RedirectPort is not null && context.Request.Headers.Authorization.Count == 0)
        {
            var to = new HostString(context.Request.Host.Host, SecurePort(app));
            var where = $"https://{(to.Port == 443 ? to.Host : to.ToUriComponent())}{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}";
            context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            context.Response.Headers.Location = where;
            return Task.CompletedTask;
        }
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsJsonAsync(new
        {
            errors = new[] { new { message = "This server answers over TLS only.", extensions = new { code = ErrorCodes.HttpsRequired } } },
        });
    }

    private static int SecurePort(WebApplication app) => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
        .Select(BindingAddress.Parse).First(address => address.Scheme == "https").Port;
}
