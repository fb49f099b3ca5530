using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

/// <summary>How many snapshots a provider keeps and where.</summary>
public sealed record SnapshotProviderOptions
{
    /// <summary>Snapshots kept in memory; the one unused for longest goes first.</summary>
    public int Capacity { get; init; } = 4;

    /// <summary>Folder in which snapshots outlive the process; null to keep none. It holds nothing that cannot be built anew.</summary>
    public string? Folder { get; init; }

    /// <summary>Snapshots kept in the folder.</summary>
    public int FolderCapacity { get; init; } = 2;

    /// <summary>Hears, in a sentence each, of files that were refused or could not be written.</summary>
    public Action<string> Report { get; init; } = _ => { };
}

/// <summary>
/// Gives the snapshot of a store at any as-of and known-at, building each once, however many ask for it at a time. A
/// snapshot is taken from memory, else from the folder, else made from an earlier one of the same as-of, else built from
/// the store. Thread-safe.
/// </summary>
public sealed class SnapshotProvider
{
    private readonly IGraphStore store;
    private readonly SnapshotProviderOptions options;
    private readonly SnapshotFolder? folder;
    private readonly Lock gate = new();
    private readonly LinkedList<Entry> entries = [];
    private Task saving = Task.CompletedTask;

    public SnapshotProvider(IGraphStore store, SnapshotProviderOptions? options = null)
    {
        this.store = store;
        this.options = options ?? new SnapshotProviderOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Capacity, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.FolderCapacity, 1, nameof(options));
        if (this.options.Folder is { } path)
            folder = new SnapshotFolder(path, this.options.FolderCapacity, store.Catalog, this.options.Report);
    }

    /// <summary>The snapshot of what holds at one instant, as far as it was known at another.</summary>
    /// <param name="asOf">Instant in the world; for a day, <see cref="Facts.Validity.CloseOf"/>.</param>
    /// <param name="knownAt">Instant of knowledge; null for all that is known now.</param>
    /// <param name="cancellation">Ends the wait; a snapshot that is being built is finished for others.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
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

    /// <summary>Keeps the snapshot used last in the folder, and waits until whatever is being written there is written.</summary>
    public async ValueTask SaveAsync()
    {
        Task? latest;
        lock (gate)
        {
            var entry = entries.FirstOrDefault(entry => entry.Snapshot is { IsValueCreated: true, Value.IsCompletedSuccessfully: true });
            if (entry is not null) StartSaving(entry.Snapshot.Value.Result);
            latest = saving;
        }

        await latest;
    }

    private Entry Enter(StoreVersion version, DateTimeOffset asOf)
    {
        lock (gate)
        {
            var known = entries.FirstOrDefault(entry => entry.Version == version.Number && entry.AsOf == asOf);
            if (known is not null) entries.Remove(known);
            var entry = known ?? new Entry(
                version.Number, asOf, new Lazy<Task<Snapshot>>(() => Task.Run(() => MakeAsync(version, asOf))));
            entries.AddFirst(entry);
            if (entries.Count > options.Capacity) entries.RemoveLast();
            return entry;
        }
    }

    private async Task<Snapshot> MakeAsync(StoreVersion version, DateTimeOffset asOf)
    {
        var known = FindEarlier(version.Number, asOf);
        if (known?.Stamp.Version == version.Number) return known;
        if (known is not null && await SnapshotUpdater.TryUpdateAsync(known, store, version) is { } updated) return updated;
        var built = await SnapshotBuilder.BuildAsync(store, version, asOf);
        lock (gate) StartSaving(built);
        return built;
    }

    /// <summary>The snapshot of the as-of with the highest version up to the given one, in memory or in the folder.</summary>
    private Snapshot? FindEarlier(long version, DateTimeOffset asOf)
    {
        Snapshot? best;
        lock (gate)
            best = entries
                .Where(entry => entry.AsOf == asOf && entry.Version <= version && entry.Snapshot is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
                .Select(entry => entry.Snapshot.Value.Result).MaxBy(snapshot => snapshot.Stamp.Version);
        return best ?? folder?.Find(asOf, version);
    }

    private void StartSaving(Snapshot snapshot)
    {
        if (folder is not null) saving = saving.ContinueWith(_ => folder.Save(snapshot), TaskScheduler.Default);
    }

    private sealed record Entry(long Version, DateTimeOffset AsOf, Lazy<Task<Snapshot>> Snapshot);
}
