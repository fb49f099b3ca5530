using System.Diagnostics.Metrics;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Http;

namespace GraphRisk.Server.Observability;

/// <summary>What a server has and how far it has followed, as of when it is measured. Thread-safe.</summary>
internal sealed class ServerGauges : IDisposable
{
    private readonly Meter meter;
    private readonly StoreWatch? watch;

    /// <param name="dependencies">What the server answers from.</param>
    /// <param name="presence">Whether it answers.</param>
    /// <param name="meter">The server's own meter, which ends with it.</param>
    public ServerGauges(ServerDependencies dependencies, Presence presence, Meter meter)
    {
        this.meter = meter;
        var (snapshots, search, clock) = (dependencies.Snapshots, dependencies.Search, dependencies.Clock);
        watch = snapshots.Watch;
        meter.CreateObservableGauge("graphrisk.ready", () => presence.IsReady ? 1 : 0, null, "1 while the first question is answered at its usual speed, else 0.");
        meter.CreateObservableGauge("graphrisk.requests.active", () => presence.Answering, "{request}", "Requests being answered.");
        meter.CreateObservableGauge("graphrisk.snapshots.held", () => snapshots.Held.Count, "{snapshot}", "Snapshots in memory.");
        meter.CreateObservableGauge("graphrisk.snapshots.size", () => snapshots.Held.Bytes, "By", "Bytes of the snapshots in memory.");
        meter.CreateObservableGauge("graphrisk.search.version", () => search.Version, null, "Version of the store up to which the search index has followed.");
        if (watch is null) return;
        meter.CreateObservableGauge("graphrisk.store.version", () => watch.Last.Version.Number, null, "Newest version of the store, as last seen.");
        meter.CreateObservableGauge("graphrisk.store.unseen", () => watch.Last is { IsAway: true, SeenAt: { } seen } ? (clock.GetUtcNow() - seen).TotalSeconds : 0, "s", "Seconds since the store was last seen, while it is away; else 0.");
        meter.CreateObservableGauge("graphrisk.search.lag", () => Math.Max(0, watch.Last.Version.Number - search.Version), null, "Versions the search index is behind the store; it follows when it is asked.");
        meter.CreateObservableGauge("graphrisk.snapshots.lag", () => snapshots.Held is { Count: > 0 } held ? Math.Max(0, watch.Last.Version.Number - held.Version) : 0, null, "Versions the newest snapshot in memory is behind the store; the next question makes one.");
    }

    /// <summary>Looks at the store, so that what is measured next is of now also where nobody asks questions.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        if (watch is not null) await watch.LookAsync(cancellation).ConfigureAwait(false);
    }

    public void Dispose() => meter.Dispose();
}
