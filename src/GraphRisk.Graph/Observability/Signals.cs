using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GraphRisk.Graph.Observability;

/// <summary>
/// What the program tells of itself to whoever listens, as OpenTelemetry or <c>dotnet-counters</c> do: measurements and spans under one name. Nobody listening
/// they cost next to nothing. A label is one of few fixed words, never a name, an id or a value of anybody.
/// </summary>
public static class Signals
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "GraphRisk";

    /// <summary>Spans: requests, builds of snapshots, reads and appends of the store, catching up of the search index.</summary>
    public static ActivitySource Traces { get; } = new(Name);

    /// <summary>Measurements of this process.</summary>
    public static Meter Meter { get; } = new(Name);

    private static readonly Counter<long> Built = Meter.CreateCounter<long>("graphrisk.snapshots.built", "{snapshot}", "Snapshots made, by way: built from the store, updated from an earlier one, or a viewer's own put over what it shares.");
    private static readonly Counter<long> Lookups = Meter.CreateCounter<long>("graphrisk.cache.lookups", "{lookup}", "Look-ups in caches, by cache and result.");

    /// <summary>A snapshot was made.</summary>
    /// <param name="way"><c>built</c>, <c>updated</c> or <c>overlaid</c>.</param>
    public static void SnapshotMade(string way) => Built.Add(1, new KeyValuePair<string, object?>("way", way));

    /// <summary>A cache was asked.</summary>
    /// <param name="cache">Which: <c>snapshots</c>, <c>plans</c>.</param>
    /// <param name="isHit">Whether it had what was asked for.</param>
    public static void LookedUp(string cache, bool isHit) =>
        Lookups.Add(1, new KeyValuePair<string, object?>("cache", cache), new KeyValuePair<string, object?>("result", isHit ? "hit" : "miss"));

    /// <summary>Ends a span whose work failed: by the kind of the exception, never by its words, which may hold values.</summary>
    public static void Failed(this Activity? span, Exception error) => span?.SetStatus(ActivityStatusCode.Error, error.GetType().Name);
}
