using GraphRisk.Server.Http;
using GraphRisk.Server.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace GraphRisk.Server.Ui;

/// <summary>
/// GraphiQL as static files, from nowhere but this server. <c>queries.json</c> holds the questions it offers, with the role that asks each. In the
/// demo, and only there, <c>config.json</c> says whom its tokens speak for and <c>token.json</c> hands them out, so that a newcomer can ask each
/// question at once, as whoever it is a question of.
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
        var askers = demo is null ? [] : ExplorerQuery.AskersBeside(demo);
        routes.MapGet(path + "/queries.json", () => Results.Json(ExplorerQuery.Samples.Select(sample => Describe(sample, askers))));
        if (demo is not null)
        {
            routes.MapGet(path + "/config.json", (ExplorerToken tokens, CancellationToken cancellation) => tokens.Describe(askers, cancellation));
            routes.MapPost(path + "/token.json", (HttpContext context, ExplorerToken tokens, ExplorerToken.Wish wish) => tokens.Issue(context, askers, wish));
        }

        routes.MapGet(path + "/{name}", (HttpContext context, string name) => File(context, name));
    }

    private static object Describe(ExplorerQuery sample, IReadOnlyList<Viewer> askers) => new
    {
        sample.Name,
        sample.Title,
        Role = sample.Asker.Role.ToString().ToLowerInvariant(),
        Viewer = askers.ToList().IndexOf(sample.Asker) is >= 0 and var at ? at : (int?)null,
        sample.Query,
        sample.Variables,
    };

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
