using GraphRisk.Server.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GraphRisk.Server.Http;

public static class GraphRiskEndpoints
{
    /// <summary>
    /// Maps the GraphQL endpoint to <paramref name="path"/>, for every method, so that it can name the right ones, the explorer
    /// below it, and the server's health to its own path.
    /// </summary>
    public static void MapGraphRisk(this IEndpointRouteBuilder routes, string path)
    {
        routes.MapGet(Health.Path, routes.ServiceProvider.GetRequiredService<Health>().Handle);
        routes.Map(path, routes.ServiceProvider.GetRequiredService<GraphQLEndpoint>().Handle);
        routes.MapExplorer(path + GraphQLEndpoint.Ui);
    }
}
