using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Hosting;
using GraphRisk.Server.Observability;
using GraphRisk.Server.Plans;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.SignIn;
using GraphRisk.Server.Tables;
using GraphRisk.Server.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server.Features;
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

    /// <summary>Makes sure that a server run so leaves no door open; building one does so too, but after all it needs is opened.</summary>
    /// <exception cref="HostingException">It would.</exception>
    public static void Check(ServerOptions options) => HostingRules.Check(options);

    /// <summary>Builds a server that is ready to start. The schema is initialised here, so a bad one fails here.</summary>
    /// <param name="options">How to run.</param>
    /// <param name="clock">The clock for tokens and the audit trail.</param>
    /// <param name="compose">
    /// Registers the <see cref="ISchema"/>, not yet initialised, with all that its resolvers need, and where brokers have clients, the
    /// <see cref="AccessGrounds"/> that tell whose they are and the <see cref="IParties"/> that tells whom the store knows.
    /// </param>
    /// <exception cref="AccessNotStatedException">A field of the schema does not state what it reads.</exception>
    /// <exception cref="HostingException">The options would leave a door open.</exception>
    /// <exception cref="InvalidDataException">A key file or the audit trail is not as it was left.</exception>
    public static WebApplication Build(ServerOptions options, TimeProvider clock, Action<IServiceCollection> compose)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        HostingRules.Check(options);
        Listening.AddTo(builder, options, clock);
        LogTo(builder.Logging, options.Observability.Log ?? new OperatorLog(Console.Error, LogFormat.Text, LogLevel.Warning, clock));
        Telemetry.AddTo(builder.Services, options.Observability);
        AddParts(builder.Services, options, clock);
        compose(builder.Services);
        var app = builder.Build();
        AccessEnforcement.Enforce(app.Services.GetRequiredService<ISchema>(), app.Services.GetRequiredService<AccessGrounds>());
        if (Telemetry.IsOn(options.Observability)) _ = app.Services.GetService<ServerGauges>(); // Measured from when it is made.
        Telemetry.UseOwnLine(app, options.Observability);
        Listening.Use(app, options.Hosting);
        Telemetry.UseLoopback(app, options);
        app.MapGraphRisk(Path);
        if (options.Authority is not null) app.Lifetime.ApplicationStarted.Register(app.Services.GetRequiredService<ProviderKeys>().RequestRefresh);
        WarmUp.Run(app.Services.GetRequiredService<GraphQLEndpoint>(), app.Services).GetAwaiter().GetResult();
        return app;
    }

    /// <summary>The address of the endpoint once the server has started.</summary>
    public static string GraphQLAddress(this WebApplication server)
    {
        var addresses = server.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!;
        return addresses.Addresses.First() + Path;
    }

    private static void LogTo(ILoggingBuilder logging, OperatorLog log)
    {
        logging.ClearProviders();
        logging.AddProvider(log);
        logging.SetMinimumLevel(LogLevel.Warning); // What others tell below that holds addresses with what was asked.
        logging.AddFilter(typeof(GraphRiskServer).Assembly.GetName().Name, log.Least);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // Why it can't listen is thrown, and said in one line.
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", level => level is LogLevel.Warning or LogLevel.Error); // Critical is that it can't listen: likewise.
        logging.AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.None); // Why a token is refused is said once, by its reader.
    }

    private static void AddParts(IServiceCollection services, ServerOptions options, TimeProvider clock)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Limits);
        services.AddSingleton(clock);
        services.AddSingleton(PurposeCatalog.Default);
        services.AddSingleton(_ => AccessGrounds.Strictest(KeyFile.LoadOrCreate(options.IdKeyPath)));
        services.AddSingleton(_ => AuditTrail.Open(options.Audit, clock));
        services.AddSingleton<AuditDesk>();
        AddSignIn(services, options, clock);
        services.AddSingleton<Presence>();
        services.AddSingleton(Health.Always(clock));
        services.AddSingleton<AnswerSerializer>();
        services.AddSingleton<IGraphQLSerializer>(provider => provider.GetRequiredService<AnswerSerializer>());
        services.AddSingleton(options.Budget);
        services.AddSingleton<Admission>();
        services.AddSingleton<IDocumentExecutionListener, EstimateListener>();
        services.AddSingleton<QueryExecution>();
        services.AddSingleton<ResponseWriter>();
        services.AddSingleton<RequestObserver>();
        services.AddSingleton<TableEndpoint>();
        services.AddSingleton<GraphQLEndpoint>();
        services.AddSingleton<IDocumentBuilder>(new GraphQLDocumentBuilder { MaxDepth = options.Limits.MaxNesting * 8 });
        services.AddSingleton<IDocumentValidator>(new DocumentValidator());
        services.AddSingleton<IDocumentExecuter, OrderedExecuter>();
        services.AddSingleton<PlannedExecuter>();
        services.AddSingleton<DocumentStore>();
    }

    private static void AddSignIn(IServiceCollection services, ServerOptions options, TimeProvider clock)
    {
        services.AddSingleton<IParties, AllParties>();
        services.AddSingleton(new Revocations(options.RevocationPath));
        services.AddSingleton<BearerAuthentication>();
        if (options.Authority is { } authority)
        {
            AuthorityTokens.AddTo(services, authority);
            return;
        }
        if (!options.DevelopmentTokens)
        {
            services.AddSingleton<ITokenReader, NoTokens>();
            return;
        }
        services.AddSingleton(provider => new DevelopmentTokens(
            options.DevelopmentKey ?? KeyFile.LoadOrCreate(options.TokenKeyPath), provider.GetRequiredService<PurposeCatalog>(), clock));
        services.AddSingleton<ITokenReader>(provider => provider.GetRequiredService<DevelopmentTokens>());
        services.AddSingleton<ExplorerToken>();
    }
}
