using GraphRisk.Server.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GraphRisk.Server.Http;

public static class GraphRiskEndpoints
{
    /// <summary>
    /// Maps the GraphQL endpoint to <paramref name="path"/>, for every method, so that it can name the right ones, the explorer
    /// below it, the server's health to its own path, and the application to what is left.
    /// </summary>
    public static void MapGraphRisk(this IEndpointRouteBuilder routes, string path)
    {
        routes.MapGet(Health.Path, routes.ServiceProvider.GetRequiredService<Health>().Handle);
        var presence = routes.ServiceProvider.GetRequiredService<Presence>();
        routes.MapGet(Health.LivePath, context => Health.Tell(context, 200, new { status = "alive" }));
        routes.MapGet(Health.ReadyPath, context => Health.Tell(context, presence.IsReady ? 200 : 503, new { status = presence.IsReady ? "ready" : "not ready" }));
        routes.Map(path, routes.ServiceProvider.GetRequiredService<GraphQLEndpoint>().Handle);
        routes.MapExplorer(path + GraphQLEndpoint.Ui);
        routes.MapApp();
    }
}
