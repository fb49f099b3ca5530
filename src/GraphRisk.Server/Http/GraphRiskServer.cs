using GraphQL;
using GraphQL.Execution;
using GraphQL.SystemTextJson;
using GraphQL.Types;
using GraphQL.Validation;
using GraphRisk.Server.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GraphRisk.Server.Http;

/// <summary>
/// Puts the server together: endpoint, guard, access control and explorer around a schema that the caller supplies.
/// <code>
/// await using var server = GraphRiskServer.Build(options, clock, services => services.AddSingleton&lt;ISchema&gt;(schema));
/// await server.StartAsync();
/// Console.WriteLine($"ready {server.GraphQLAddress()}");
/// </code>
/// </summary>
public static class GraphRiskServer
{
    public const string Path = "/graphql";

    /// <summary>Builds a server that is ready to start. The schema is initialised here, so a bad one fails here.</summary>
    /// <param name="options">How to run.</param>
    /// <param name="clock">The clock for tokens and the audit trail.</param>
    /// <param name="compose">
    /// Registers the <see cref="ISchema"/>, not yet initialised, with all that its resolvers need, and where brokers have clients, the
    /// <see cref="AccessGrounds"/> that tell whose they are.
    /// </param>
    /// <exception cref="AccessNotStatedException">A field of the schema does not state what it reads.</exception>
    /// <exception cref="InvalidDataException">A key file or the audit trail is not as it was left.</exception>
    public static WebApplication Build(ServerOptions options, TimeProvider clock, Action<IServiceCollection> compose)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Listen(builder, options);
        AddParts(builder.Services, options, clock);
        compose(builder.Services);
        var app = builder.Build();
        AccessEnforcement.Enforce(app.Services.GetRequiredService<ISchema>(), app.Services.GetRequiredService<AccessGrounds>());
        app.UseHostFiltering();
        app.MapGraphRisk(Path);
        WarmUp.Run(app.Services.GetRequiredService<GraphQLEndpoint>(), app.Services).GetAwaiter().GetResult();
        return app;
    }

    /// <summary>The address of the endpoint once the server has started.</summary>
    public static string GraphQLAddress(this WebApplication server)
    {
        var addresses = server.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!;
        return addresses.Addresses.First() + Path;
    }

    private static void Listen(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // The endpoint stops reading at its own, smaller limit.
            kestrel.Limits.MaxRequestLineSize = 32 * 1024;
            kestrel.Listen(System.Net.IPAddress.Loopback, options.Port);
        });
        // A page elsewhere that names itself 127.0.0.1 in the DNS must not reach the demo's token.
        builder.Services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = ["127.0.0.1", "localhost", "[::1]"]);
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
    }

    private static void AddParts(IServiceCollection services, ServerOptions options, TimeProvider clock)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Limits);
        services.AddSingleton(clock);
        services.AddSingleton(PurposeCatalog.Default);
        services.AddSingleton(_ => AccessGrounds.Strictest(KeyFile.LoadOrCreate(options.IdKeyPath)));
        services.AddSingleton(_ => AuditTrail.Open(options.AuditTrailPath, KeyFile.LoadOrCreate(options.AuditKeyPath)));
        services.AddSingleton(provider => new DevelopmentTokens(
            KeyFile.LoadOrCreate(options.TokenKeyPath), provider.GetRequiredService<PurposeCatalog>(), clock));
        services.AddSingleton(Health.Always(clock));
        services.AddSingleton<BearerAuthentication>();
        services.AddSingleton<IGraphQLSerializer>(Serializer());
        services.AddSingleton<QueryExecution>();
        services.AddSingleton<ResponseWriter>();
        services.AddSingleton<GraphQLEndpoint>();
        services.AddSingleton<IDocumentExecuter>(new OrderedExecuter(
            new GraphQLDocumentBuilder { MaxDepth = options.Limits.MaxNesting * 8 }, new DocumentValidator()));
    }

    // Chinese stays readable and short; the content type keeps a browser from reading the answer as a page.
    private static GraphQLSerializer Serializer() => new(
        json => json.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, new ErrorShape());
}
