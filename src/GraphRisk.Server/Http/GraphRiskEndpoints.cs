using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GraphRisk.Server.Http;

public static class GraphRiskEndpoints
{
    /// <summary>Maps the GraphQL endpoint to <paramref name="path"/>; every method reaches it, so that it can name the right ones.</summary>
    public static void MapGraphRisk(this IEndpointRouteBuilder routes, string path) =>
        routes.Map(path, routes.ServiceProvider.GetRequiredService<GraphQLEndpoint>().Handle);
}
