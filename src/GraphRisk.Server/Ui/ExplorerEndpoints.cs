using System.Globalization;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace GraphRisk.Server.Ui;

/// <summary>
/// GraphiQL as static files, from nowhere but this server. <c>queries.json</c> holds the tabs it opens with. In the demo, and
/// only there, <c>config.json</c> hands it a token, so that a newcomer can ask at once.
/// </summary>
internal static class ExplorerEndpoints
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(12);

    /// <summary>Maps the explorer's page to <paramref name="path"/> with a slash behind, where its files are its neighbours.</summary>
    public static void MapExplorer(this IEndpointRouteBuilder routes, string path)
    {
        routes.MapGet(path, Page);
        routes.MapGet(path + "/queries.json", () => Results.Json(ExplorerQuery.Samples));
        if (routes.ServiceProvider.GetRequiredService<ServerOptions>().DemoViewer is { } viewer)
            routes.MapGet(path + "/config.json", (HttpResponse response, DevelopmentTokens tokens) => Config(response, tokens, viewer));
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

    private static IResult Config(HttpResponse response, DevelopmentTokens tokens, Viewer viewer)
    {
        response.Headers.CacheControl = "no-store";
        var role = viewer.Role.ToString().ToLower(CultureInfo.InvariantCulture);
        var of = viewer.Of is null ? "" : " " + viewer.Of;
        var purpose = viewer.Purpose is null ? "" : $", for {viewer.Purpose.Id}";
        return Results.Json(new { viewer = role + of + purpose, token = tokens.Issue(viewer, TokenLifetime) });
    }
}
