using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

/// <summary>How many snapshots a provider keeps and where.</summary>
public sealed record SnapshotProviderOptions
{
    /// <summary>Snapshots kept in memory; the one unused for longest goes first.</summary>
    public int Capacity { get; init; } = 4;

    /// <summary>Snapshots of brokers' and clients' own views kept in memory beside those; what they share is kept like the whole.</summary>
    public int EntitledCapacity { get; init; } = 256;

    /// <summary>Bytes that these may have of their own together, as each estimates it; the one used last is kept whatever it takes.</summary>
    public long EntitledBytes { get; init; } = 2L << 30;

    /// <summary>
    /// Facts read and entries copied at most, beside a viewer's own facts sixteenfold, to put these over what it shares with
    /// others; null for what the shared snapshot has nodes and 200,000. Beyond it the viewer's snapshot is built from nothing.
    /// </summary>
    public long? OverlayWork { get; init; }

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
/// <para>
/// What is open to all viewers of a level is one snapshot, made and kept like the whole. A broker's or client's is put over it
/// (<see cref="OverlayBuilder"/>), and kept as it is where a later version changed nothing of it.
/// </para>
/// <para>
/// With a <see cref="StoreWatch"/> it also answers while the store is away: with the newest snapshot of the as-of it has. Whoever
/// asks sees its age in its stamp, and that the store is away in the watch.
/// </para>
/// </summary>
public sealed class SnapshotProvider
{
    private const int MostChanges = 100_000;

    private readonly IGraphStore store;
    private readonly SnapshotProviderOptions options;
    private readonly SnapshotFolder? folder;
    private readonly Lock gate = new();
    private readonly LinkedList<Entry> entries = [];
    private Task saving = Task.CompletedTask;

    /// <param name="store">The store.</param>
    /// <param name="options">How many to keep and where.</param>
    /// <param name="watch">Tells the store's version and whether it is there; null asks the store each time and fails with it.</param>
    public SnapshotProvider(IGraphStore store, SnapshotProviderOptions? options = null, StoreWatch? watch = null)
    {
        this.store = store;
        Watch = watch;
        this.options = options ?? new SnapshotProviderOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Capacity, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.FolderCapacity, 1, nameof(options));
        if (this.options.Folder is { } path)
            folder = new SnapshotFolder(path, this.options.FolderCapacity, store.Catalog, this.options.Report);
    }

    /// <summary>Watches the store; null where a store that is away is an error.</summary>
    public StoreWatch? Watch { get; }

    /// <summary>The snapshot of what holds at one instant, as far as it was known at another.</summary>
    /// <param name="asOf">Instant in the world; for a day, <see cref="Facts.Validity.CloseOf"/>.</param>
    /// <param name="knownAt">Instant of knowledge; null for all that is known now.</param>
    /// <param name="cancellation">Ends the wait; a snapshot that is being built is finished for others.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read, and no snapshot made before can answer in its place.</exception>
    public ValueTask<Snapshot> GetAsync(DateTimeOffset asOf, DateTimeOffset? knownAt = null, CancellationToken cancellation = default) =>
        GetAsync(asOf, knownAt, Entitlement.Whole, cancellation);

    /// <summary>The snapshot of what an entitlement covers of it.</summary>
    public async ValueTask<Snapshot> GetAsync(
        DateTimeOffset asOf, DateTimeOffset? knownAt, Entitlement entitlement, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Watch is null)
        {
            var newest = knownAt is { } instant ? await store.GetVersionAsync(instant, cancellation) : await store.GetVersionAsync(cancellation);
            return await TakeAsync(new Shown(newest, asOf, entitlement), cancellation);
        }

        var seen = await Watch.LookAsync(cancellation);
        if (!seen.IsAway)
        {
            try
            {
                var version = knownAt is { } instant ? await store.GetVersionAsync(instant, cancellation) : seen.Version;
                var taken = TakeAsync(new Shown(version, asOf, entitlement), cancellation).AsTask();
                if (await Watch.WhileThereAsync(taken, cancellation)) return await taken;
            }
            catch (StoreUnavailableException error)
            {
                Watch.NoteAway(error.Message);
            }
        }

        return FindLast(asOf, knownAt, entitlement) ?? throw new StoreUnavailableException(
            $"{Watch.Last.Trouble} No snapshot that was made before answers this question.");
    }

    /// <summary>Keeps the snapshots used last, of the whole and of what is open, in the folder, and waits until whatever is being written there is written.</summary>
    public async ValueTask SaveAsync()
    {
        Task? latest;
        lock (gate)
        {
            var kept = entries.Where(entry => !entry.Shown.Entitlement.HasOwn && entry.Made is not null).DistinctBy(entry => entry.Shown.Entitlement);
            foreach (var entry in kept) StartSaving(entry.Made!);
            latest = saving;
        }

        await latest;
    }

    private async ValueTask<Snapshot> TakeAsync(Shown shown, CancellationToken cancellation)
    {
        var entry = Enter(shown);
        try
        {
            var snapshot = await entry.Snapshot.Value.WaitAsync(cancellation);
            lock (gate) Trim(shown.Entitlement, alsoUnmade: false);
            return snapshot;
        }
        catch when (entry.Snapshot.Value.IsFaulted)
        {
            lock (gate) entries.Remove(entry);
            throw;
        }
    }

    private Entry Enter(Shown shown)
    {
        lock (gate)
        {
            var known = entries.FirstOrDefault(entry => entry.Shown == shown);
            if (known is not null) entries.Remove(known);
            var entry = known ?? new Entry(shown, new Lazy<Task<Snapshot>>(() => Task.Run(() => MakeAsync(shown))));
            entries.AddFirst(entry);
            if (Watch is null) Trim(shown.Entitlement, alsoUnmade: true);
            return entry;
        }
    }

    /// <summary>
    /// Drops what was not used for longest: of the whole and of each open level by number, of viewers' own by number and bytes.
    /// Where the store is watched only a snapshot that was made makes room for itself: one that cannot be made must not
    /// push out one that answers.
    /// </summary>
    private void Trim(Entitlement entitlement, bool alsoUnmade)
    {
        var (kept, bytes) = (0, 0L);
        var capacity = entitlement.HasOwn ? options.EntitledCapacity : options.Capacity;
        for (var node = entries.First; node is not null;)
        {
            var next = node.Next;
            var (shown, made) = (node.Value.Shown, node.Value.Made);
            if (entitlement.HasOwn ? shown.Entitlement.HasOwn : shown.Entitlement == entitlement)
            {
                bytes += made?.OwnBytes ?? 0;
                if ((++kept > capacity || (kept > 1 && bytes > options.EntitledBytes)) && (alsoUnmade || node.Value.Snapshot is { IsValueCreated: true, Value.IsCompleted: true }))
                    entries.Remove(node);
            }

            node = next;
        }
    }

    /// <summary>
    /// What answers while the store is away: the newest snapshot of the as-of. For an instant of knowledge only where it holds
    /// all that was known then, or the answer would not be the same when it is asked again.
    /// </summary>
    private Snapshot? FindLast(DateTimeOffset asOf, DateTimeOffset? knownAt, Entitlement entitlement)
    {
        var last = FindEarlier(long.MaxValue, asOf, entitlement);
        return last is null || knownAt is null || (knownAt >= last.Stamp.KnownAt && last.Stamp.Version == Watch!.Last.Version.Number) ? last : null;
    }

    private async Task<Snapshot> MakeAsync(Shown shown)
    {
        var (version, asOf, entitlement) = shown;
        var known = FindEarlier(version.Number, asOf, entitlement);
        if (known?.Stamp.Version == version.Number) return known;
        if (entitlement.HasOwn) return await MakeOwnAsync(shown, known);
        if (known is not null && await SnapshotUpdater.TryUpdateAsync(known, store, version) is { } updated) return updated;
        var built = await SnapshotBuilder.BuildAsync(store, version, asOf, entitlement);
        lock (gate) StartSaving(built);
        return built;
    }

    private async ValueTask<Snapshot> MakeOwnAsync(Shown shown, Snapshot? known)
    {
        var (version, asOf, entitlement) = shown;
        if (known is not null && await IsUntouchedAsync(known, version.Number))
            return known.At(known.Stamp with { Version = version.Number, KnownAt = version.RecordedAt });
        var shared = await TakeAsync(shown with { Entitlement = entitlement.Open }, CancellationToken.None);
        var work = options.OverlayWork ?? shared.Nodes.Count + 200_000;
        return await OverlayBuilder.TryBuildAsync(store, shared, entitlement, work)
            ?? await SnapshotBuilder.BuildAsync(store, version, asOf, entitlement);
    }

    /// <summary>Whether all that changed up to a version leaves a snapshot as it is; so many changes are not looked through.</summary>
    private async ValueTask<bool> IsUntouchedAsync(Snapshot known, long version)
    {
        var changes = 0;
        await foreach (var change in store.ReadChangesAsync(known.Stamp.Version))
        {
            if (change.Version > version) break;
            if (++changes > MostChanges || change.Fact.Type == SchemaCatalog.SameAs || known.IsTouchedBy(change.Fact)) return false;
        }

        return true;
    }

    /// <summary>The snapshot of the as-of with the highest version up to the given one, in memory or in the folder.</summary>
    private Snapshot? FindEarlier(long version, DateTimeOffset asOf, Entitlement entitlement)
    {
        Snapshot? best;
        lock (gate)
            best = entries
                .Where(entry => entry.Shown.AsOf == asOf && entry.Shown.Entitlement == entitlement && entry.Shown.Version.Number <= version)
                .Select(entry => entry.Made).OfType<Snapshot>().MaxBy(snapshot => snapshot.Stamp.Version);
        return best ?? (entitlement.HasOwn ? null : folder?.Find(asOf, version, entitlement));
    }

    private void StartSaving(Snapshot snapshot)
    {
        if (folder is not null) saving = saving.ContinueWith(_ => folder.Save(snapshot), TaskScheduler.Default);
    }

    private readonly record struct Shown(StoreVersion Version, DateTimeOffset AsOf, Entitlement Entitlement);

    private sealed record Entry(Shown Shown, Lazy<Task<Snapshot>> Snapshot)
    {
        /// <summary>The snapshot where it has been made.</summary>
        public Snapshot? Made => Snapshot is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } ? Snapshot.Value.Result : null;
    }
}
