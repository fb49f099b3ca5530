using GraphRisk.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace GraphRisk.Server.Ui;

/// <summary>
/// GraphiQL as static files, from nowhere but this server. <c>queries.json</c> holds the tabs it opens with, in the demo those of its viewer's role. In the demo, and
/// only there, <c>config.json</c> says whom its tokens speak for and <c>token.json</c> hands them out, so that a newcomer can ask at once.
/// </summary>
internal static class ExplorerEndpoints
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Maps the explorer's page to <paramref name="path"/> with a slash behind, where its files are its neighbours.</summary>
    public static void MapExplorer(this IEndpointRouteBuilder routes, string path)
    {
        routes.MapGet(path, Page);
        var demo = routes.ServiceProvider.GetRequiredService<ServerOptions>().DemoViewer;
        routes.MapGet(path + "/queries.json", () => Results.Json(demo is null ? ExplorerQuery.Samples : ExplorerQuery.For(demo.Role)));
        if (demo is { } viewer)
        {
            routes.MapGet(path + "/config.json", () => Results.Json(ExplorerToken.Describe(viewer)));
            routes.MapPost(path + "/token.json", (HttpContext context, ExplorerToken tokens, ExplorerToken.Wish wish) => tokens.Issue(context, viewer, wish));
        }
        routes.MapGet(path + "/{name}", (HttpContext context, string name) => File(context, name));
    }

    private static IResult Page(HttpContext context) => context.Request.Path.Value!.EndsWith('/')
        ? File(context, "index.html")
        : Results.Redirect(context.Request.PathBase + context.Request.Path + "/");

    private static IResult File(HttpContext context, string name)
    {
        if (!ExplorerFiles.ByName.TryGetValue(name, out var file)) return Results.NotFound();
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        return Results.Bytes(file.Content, file.ContentType, entityTag: EntityTagHeaderValue.Parse(file.Tag));
    }
}
