using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using GraphRisk.Graph.Observability;
using GraphRisk.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GraphRisk.Server.Observability;

/// <summary>
/// Gives measurements at <c>/metrics</c> as Prometheus reads them, and measurements and spans to a collector. Nobody else's are among them: those of ASP.NET
/// and of HTTP clients hold addresses.
/// </summary>
internal static class Telemetry
{
    /// <summary>Where measurements are given.</summary>
    public const string Path = "/metrics";

    /// <summary>Memory, garbage collection, threads and exceptions of the process, as .NET itself tells them.</summary>
    private const string Runtime = "System.Runtime";

    /// <summary>Servers of this process, each of which has a meter of its own for what it has: one that ends takes nobody else's along.</summary>
    private static int servers;

    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    /// <summary>Whether anybody is told anything.</summary>
    public static bool IsOn(ObservabilityOptions options) => options.HasMetrics || options.Collector is not null;

    /// <summary>Registers what is asked for; nothing where nothing is.</summary>
    public static void AddTo(IServiceCollection services, ObservabilityOptions options)
    {
        if (!IsOn(options)) return;
        var own = new Meter(Interlocked.Increment(ref servers) is var number and > 1 ? string.Create(CultureInfo.InvariantCulture, $"{Signals.Name}.Server{number}") : $"{Signals.Name}.Server");
        services.AddSingleton(own);
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(
            "graphrisk", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(), autoGenerateServiceInstanceId: false));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Signals.Name, own.Name, Runtime);
            metrics.AddView(instrument => instrument.Unit == "s" && instrument.Meter.Name == Signals.Name && instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal)
                ? new ExplicitBucketHistogramConfiguration { Boundaries = Seconds } : null);
            if (options.HasMetrics) metrics.AddPrometheusExporter(prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0);
            if (options.Collector is { } collector) metrics.AddOtlpExporter(exporter => Send(exporter, collector, "v1/metrics"));
        });
        if (options.Collector is { } to)
            telemetry.WithTracing(traces => traces.SetSampler(new AlwaysOnSampler()).AddSource(Signals.Name).AddOtlpExporter(exporter => Send(exporter, to, "v1/traces")));
    }

    /// <summary>Listens at the address of its own.</summary>
    public static void Listen(KestrelServerOptions kestrel, ObservabilityOptions options)
    {
        if (!options.HasMetrics || options.MetricsListen is not { } address) return;
        kestrel.Listen(address, listen => listen.Use(next => connection =>
        {
            connection.Features.Set(new OwnLine());
            return next(connection);
        }));
    }

    /// <summary>The first step of a request: what comes to the address of its own goes no further.</summary>
    public static void UseOwnLine(WebApplication app, ObservabilityOptions options)
    {
        if (!options.HasMetrics || options.MetricsListen is null) return;
        app.MapWhen(context => context.Features.Get<OwnLine>() is not null, Answer);
    }

    /// <summary>After the host was looked at: callers on this machine that come straight, where the server is reached from nowhere else.</summary>
    public static void UseLoopback(WebApplication app, ServerOptions options)
    {
        if (!options.Observability.HasMetrics || options.Observability.MetricsListen is not null || options.Hosting.IsBeyondLoopback) return;
        app.MapWhen(context => context.Request.Path == Path && IsFromHere(context), Answer);
    }

    private static bool IsFromHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !ForwardedBy.Any(context.Request.Headers.ContainsKey);

    /// <summary>A proxy on this machine that is not named says so by one of these; whom it speaks for may be anybody.</summary>
    private static readonly string[] ForwardedBy = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"];

    private static void Answer(IApplicationBuilder branch)
    {
        branch.Use(async (context, next) =>
        {
            if (context.Request.Path == Path && context.RequestServices.GetService<ServerGauges>() is { } gauges) await gauges.LookAsync(context.RequestAborted).ConfigureAwait(false);
            await next(context).ConfigureAwait(false);
        });
        branch.UseOpenTelemetryPrometheusScrapingEndpoint(context => context.Request.Path == Path);
        branch.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    private static void Send(OtlpExporterOptions exporter, Uri collector, string signal)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(collector.AbsoluteUri.TrimEnd('/') + "/" + signal);
    }

    /// <summary>Marks connections of the address of its own.</summary>
    private sealed class OwnLine;
}
