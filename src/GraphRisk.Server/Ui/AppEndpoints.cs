using GraphRisk.Server.Http;
using GraphRisk.Server.Observability;
using GraphRisk.Server.Security;
using GraphRisk.Server.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GraphRisk.Server.Ui;

/// <summary>
/// The application at <c>/</c>: files from nowhere but this server, under a content security policy without exceptions. It asks the GraphQL endpoint as any
/// client does, so it shows nothing a query would not. Its pages have addresses of their own, which all give the same document; <c>/app/session.json</c>
/// says how one signs in: by the demo's tokens, at a provider, or with a token of one's own.
/// </summary>
internal static class AppEndpoints
{
    public const string Files = "/app";

    /// <summary>Paths that are the server's own: what is not found below them is no page.</summary>
    private static readonly PathString[] NoPages = [GraphRiskServer.Path, Health.Path, Telemetry.Path, Files];

    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain; charset=utf-8",
    };

    public static void MapApp(this IEndpointRouteBuilder routes)
    {
        var options = routes.ServiceProvider.GetRequiredService<ServerOptions>();
        var policy = PolicyFor(options.Authority);
        routes.MapGet(Files + "/session.json", (HttpContext context, CancellationToken cancellation) => Session(context, options, cancellation));
        routes.MapGet(Files + "/{name}", (HttpContext context, string name) => File(context, name, policy));
        routes.MapGet("{**path}", (HttpContext context) => Page(context, policy)).WithOrder(int.MaxValue); // After all that the server is asked for.
    }

    // A script or a program that asks for what is not there is told so; only who wants a page gets one, and whoever asks for the first.
    private static IResult Page(HttpContext context, string policy)
    {
        var request = context.Request;
        var isPage = (request.Path == "/" || MediaTypes.WantsHtml(request.Headers.Accept))
            && !NoPages.Any(path => request.Path.StartsWithSegments(path, StringComparison.Ordinal));
        return isPage ? File(context, AppFiles.Index, policy) : Results.NotFound();
    }

    private static IResult File(HttpContext context, string name, string policy)
    {
        if (!AppFiles.ByName.TryGetValue(name, out var file)) return Results.NotFound();
        var (bytes, encoding, tag) = file.For(context.Request.Headers);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = file.IsNamedByItsHash ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = "Accept-Encoding";
        if (encoding is not null) headers.ContentEncoding = encoding;
        return Results.Bytes(bytes, ContentTypes[Path.GetExtension(name)], entityTag: tag);
    }

    // Pictures are made of what is drawn (blob:), for export; the provider is asked for tokens, and nobody else for anything.
    private static string PolicyFor(AuthorityOptions? authority)
    {
        var provider = authority?.Explorer is null ? "" : " " + authority.Authority.GetLeftPart(UriPartial.Authority);
        return "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
            + $"connect-src 'self'{provider}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static async Task<IResult> Session(HttpContext context, ServerOptions options, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        var services = context.RequestServices;
        var viewers = options.DemoViewer is { } demo
            ? await services.GetRequiredService<ExplorerToken>().DescribeAsync(ExplorerQuery.AskersBeside(demo), cancellation).ConfigureAwait(false) : [];
        return Results.Json(new
        {
            viewers,
            provider = options.Authority is { Explorer: { } client } authority
                ? new { authority = authority.ExpectedIssuer, clientId = client.ClientId, scope = client.Scope } : null,
            purposes = services.GetRequiredService<PurposeCatalog>().Purposes.Where(purpose => !purpose.Roles.IsEmpty)
                .Select(purpose => new { id = purpose.Id, roles = purpose.Roles.Select(role => role.ToString().ToLowerInvariant()) }),
        });
    }
}
