using GraphRisk.Server.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GraphRisk.Server.Http;

public static class GraphRiskEndpoints
{
    /// <summary>
    /// Maps the GraphQL endpoint to <paramref name="path"/>, for every method, so that it can name the right ones, and the explorer
    /// below it.
    /// </summary>
    public static void MapGraphRisk(this IEndpointRouteBuilder routes, string path)
    {
        routes.Map(path, routes.ServiceProvider.GetRequiredService<GraphQLEndpoint>().Handle);
        routes.MapExplorer(path + GraphQLEndpoint.Ui);
    }
}
