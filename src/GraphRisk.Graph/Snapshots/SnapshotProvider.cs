using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

/// <summary>How many snapshots a provider keeps and where.</summary>
public sealed record SnapshotProviderOptions
{
    /// <summary>Snapshots kept in memory; the one unused for longest goes first.</summary>
    public int Capacity { get; init; } = 4;
}

/// <summary>
/// Gives the snapshot of a store at any as-of and known-at, building each once, however many ask for it at a time.
/// Thread-safe.
/// </summary>
public sealed class SnapshotProvider
{
    private readonly IGraphStore store;
    private readonly SnapshotProviderOptions options;
    private readonly Lock gate = new();
    private readonly LinkedList<Entry> entries = [];

    public SnapshotProvider(IGraphStore store, SnapshotProviderOptions? options = null)
    {
        this.store = store;
        this.options = options ?? new SnapshotProviderOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Capacity, 1, nameof(options));
    }

    /// <summary>The snapshot of what holds at one instant, as far as it was known at another.</summary>
    /// <param name="asOf">Instant in the world; for a day, <see cref="Facts.Validity.CloseOf"/>.</param>
    /// <param name="knownAt">Instant of knowledge; null for all that is known now.</param>
    /// <param name="cancellation">Ends the wait; a snapshot that is being built is finished for others.</param>
    public async ValueTask<Snapshot> GetAsync(
        DateTimeOffset asOf, DateTimeOffset? knownAt = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var version = knownAt is { } instant
            ? await store.GetVersionAsync(instant, cancellation) : await store.GetVersionAsync(cancellation);
        var entry = Enter(version, asOf);
        try
        {
            return await entry.Snapshot.Value.WaitAsync(cancellation);
        }
        catch when (entry.Snapshot.Value.IsFaulted)
        {
            lock (gate) entries.Remove(entry);
            throw;
        }
    }

    private Entry Enter(StoreVersion version, DateTimeOffset asOf)
    {
        lock (gate)
        {
            var known = entries.FirstOrDefault(entry => entry.Version == version.Number && entry.AsOf == asOf);
            if (known is not null) entries.Remove(known);
            var entry = known ?? new Entry(
                version.Number, asOf, new Lazy<Task<Snapshot>>(() => Task.Run(() => BuildAsync(version, asOf))));
            entries.AddFirst(entry);
            if (entries.Count > options.Capacity) entries.RemoveLast();
            return entry;
        }
    }

    private async Task<Snapshot> BuildAsync(StoreVersion version, DateTimeOffset asOf) =>
        await SnapshotBuilder.BuildAsync(store, version, asOf);

    private sealed record Entry(long Version, DateTimeOffset AsOf, Lazy<Task<Snapshot>> Snapshot);
}
