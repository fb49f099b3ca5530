using System.Net;

namespace GraphRisk.Server.Observability;

/// <summary>What a server tells whoever runs it, and where.</summary>
public sealed record ObservabilityOptions
{
    /// <summary>Where lines go; standard error, warnings only, where null. Whoever made it closes it.</summary>
    public OperatorLog? Log { get; init; }

    /// <summary>How long a question may take before it stands in the log as a slow one, with what it cost; null for no such lines.</summary>
    public TimeSpan? SlowQuestion { get; init; }

    /// <summary>
    /// Whether measurements are given at <c>/metrics</c>: to callers on this machine, where the server itself is reached from nowhere else; beyond that
    /// at <see cref="MetricsListen"/> alone.
    /// </summary>
    public bool HasMetrics { get; init; }

    /// <summary>An address of its own for <c>/metrics</c>, in clear text and open to all who reach it; the server's other addresses then have none.</summary>
    public IPEndPoint? MetricsListen { get; init; }

    /// <summary>Collector that takes measurements and spans by OTLP over HTTP, such as <c>http://127.0.0.1:4318</c>; null for none.</summary>
    public Uri? Collector { get; init; }
}
