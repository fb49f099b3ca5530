using System.Diagnostics.CodeAnalysis;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

/// <summary>How many snapshots a provider keeps and where.</summary>
public sealed record SnapshotProviderOptions
{
    /// <summary>Snapshots kept in memory; the one asked for least goes first, of those the one unused for longest.</summary>
    public int Capacity { get; init; } = 4;

    /// <summary>Snapshots of brokers' and clients' own views kept in memory beside those; what they share is kept like the whole.</summary>
    public int EntitledCapacity { get; init; } = 256;

    /// <summary>Bytes that these may have of their own together, as each estimates it; the one asked for last is kept whatever it takes.</summary>
    public long EntitledBytes { get; init; } = 2L << 30;

    /// <summary>
    /// Facts read and entries copied at most, beside a viewer's own facts sixteenfold, to put these over what it shares with
    /// others; null for as many as the shared snapshot has nodes and 200,000. Beyond it the viewer's snapshot is built from nothing.
    /// </summary>
    public long? OverlayWork { get; init; }

    /// <summary>Snapshots built at once.</summary>
    public int BuildsAtOnce { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Bytes of snapshots kept and being built, beyond which no second build begins and kept ones go; null for half of the memory there is.</summary>
    public long? MostBytes { get; init; }

    /// <summary>Folder in which snapshots outlive the process; null to keep none. It holds nothing that cannot be built anew.</summary>
    public string? Folder { get; init; }

    /// <summary>Snapshots kept in the folder.</summary>
    public int FolderCapacity { get; init; } = 2;

    /// <summary>
    /// Whether what was built is used from its file in the folder, so that memory holds only what is looked at. For commands: a
    /// mapping lasts as long as the process, and a file that is deleted takes disk until then.
    /// </summary>
    public bool MapsBuilt { get; init; }

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
/// Few are built at once, in turn between entitlements and where memory is left (<see cref="BuildQueue{TLine}"/>). A build that has not
/// begun is dropped when the last who waits for it leaves; one that has is finished. Days that are asked for often stay: what
/// goes is what was asked for least, older asking counting half every so often.
/// </para>
/// <para>
/// With a <see cref="StoreWatch"/> it also answers while the store is away: with the newest snapshot of the as-of it has. Whoever
/// asks sees its age in its stamp, and that the store is away in the watch.
/// </para>
/// </summary>
public sealed class SnapshotProvider
{
    private const int AskedPerHalving = 256;
    private const int MostChanges = 100_000;

    private readonly IGraphStore store;
    private readonly SnapshotProviderOptions options;
    private readonly SnapshotFolder? folder;
    private readonly Lock gate = new();
    private readonly LinkedList<Entry> entries = [];
    private readonly Dictionary<EntitledAs, long> lastSizes = [];
    private readonly BuildQueue<Entitlement> builds;
    private readonly long mostBytes;
    private int asked;
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
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.BuildsAtOnce, 1, nameof(options));
        mostBytes = this.options.MostBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        builds = new BuildQueue<Entitlement>(this.options.BuildsAtOnce, HasRoom);
        if (this.options.Folder is { } path)
            folder = new SnapshotFolder(path, this.options.FolderCapacity, store.Catalog, this.options.Report);
    }

    /// <summary>Watches the store; null where a store that is away is an error.</summary>
    public StoreWatch? Watch { get; }

    /// <summary>The snapshot of what holds at one instant, as far as it was known at another.</summary>
    /// <param name="asOf">Instant in the world; for a day, <see cref="Facts.Validity.CloseOf"/>.</param>
    /// <param name="knownAt">Instant of knowledge; null for all that is known now.</param>
    /// <param name="cancellation">Ends the wait; a snapshot that is being built is finished.</param>
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

    /// <summary>
    /// The same for who passes through it once and goes on to another, such as the quarters of a panel: taken from where it is kept, else
    /// built and kept nowhere. The snapshot asked for before is in memory only as long as the asker holds it.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async ValueTask<Snapshot> PassAsync(DateTimeOffset asOf, DateTimeOffset? knownAt = null, CancellationToken cancellation = default)
    {
        var version = knownAt is { } instant ? await store.GetVersionAsync(instant, cancellation) : await store.GetVersionAsync(cancellation);
        return FindEarlier(version.Number, asOf, Entitlement.Whole) is { } known && known.Stamp.Version == version.Number
            ? known
            : await SnapshotBuilder.BuildAsync(store, version, asOf, cancellation);
    }

    /// <summary>Keeps the snapshots used last, of the whole and of what is open, in the folder, and waits until whatever is being written there is written.</summary>
    public async ValueTask SaveAsync()
    {
        Task? latest;
        lock (gate)
        {
            foreach (var entry in entries.Where(entry => !entry.Shown.Entitlement.HasOwn && entry.IsMade).DistinctBy(entry => entry.Shown.Entitlement))
                StartSaving(entry.Snapshot.Value.Result);
            latest = saving;
        }

        await latest;
    }

    private async ValueTask<Snapshot> TakeAsync(Shown shown, CancellationToken cancellation)
    {
        while (true)
        {
            var entry = Enter(shown);
            try
            {
                var snapshot = await entry.Snapshot.Value.WaitAsync(cancellation);
                lock (gate) Trim(entry, alsoUnmade: false);
                return snapshot;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // All who waited before had left, so it was not begun: once more.
            }
            catch when (entry.Snapshot.Value.IsFaulted)
            {
                lock (gate) entries.Remove(entry);
                throw;
            }
            finally
            {
                Leave(entry);
            }
        }
    }

    private Entry Enter(Shown shown)
    {
        lock (gate)
        {
            var known = entries.FirstOrDefault(entry => entry.Shown == shown);
            if (known is not null) entries.Remove(known);
            var entry = known is null or { Snapshot: { IsValueCreated: true, Value.IsCanceled: true } } ? Begin(shown) : known;
            entries.AddFirst(entry);
            entry.Waiting++;
            entry.Asked++;
            if (++asked % AskedPerHalving == 0)
                foreach (var one in entries) one.Asked /= 2;
            if (Watch is null) Trim(entry, alsoUnmade: true);
            return entry;
        }
    }

    /// <summary>An entry for what is not there; it takes over the asking from older knowledge of the same day, which it replaces.</summary>
    private Entry Begin(Shown shown)
    {
        var entry = new Entry(shown, unbegun => Task.Run(() => MakeAsync(shown, unbegun), CancellationToken.None));
        foreach (var older in entries.Where(one => one.Shown.AsOf == shown.AsOf && one.Shown.Entitlement == shown.Entitlement && one.Shown.Version.Number < shown.Version.Number))
            (entry.Asked, older.Asked) = (entry.Asked + older.Asked, 0);
        return entry;
    }

    private void Leave(Entry entry)
    {
        bool isLast;
        lock (gate) isLast = --entry.Waiting == 0;
        if (isLast && !entry.Snapshot.Value.IsCompleted) entry.Unbegun.Cancel();
    }

    /// <summary>
    /// Drops what was asked for least: the whole and each open level by number, viewers' own by number and bytes. Where the store is
    /// watched only a snapshot that was made makes room for itself: one that cannot be made must not push out one that answers.
    /// </summary>
    private void Trim(Entry asked, bool alsoUnmade)
    {
        var sort = SortOf(asked);
        while (IsOver(sort) && LeastAsked(entry => entry != asked && SortOf(entry) == sort && (alsoUnmade || entry.IsMade)) is { } least)
            entries.Remove(least);
    }

    private bool IsOver(Entitlement? sort)
    {
        var (kept, bytes) = (0, 0L);
        foreach (var entry in entries)
        {
            if (SortOf(entry) != sort) continue;
            kept++;
            if (sort is null && entry.IsMade) bytes += entry.Bytes;
        }

        return kept > (sort is null ? options.EntitledCapacity : options.Capacity) || bytes > options.EntitledBytes;
    }

    /// <summary>What snapshots make room for one another: those of one entitlement, or null for viewers' own.</summary>
    private static Entitlement? SortOf(Entry entry) => entry.Shown.Entitlement.HasOwn ? null : entry.Shown.Entitlement;

    /// <summary>Of the entries asked for least the one unused for longest; null where none is among those.</summary>
    private Entry? LeastAsked(Func<Entry, bool> among) => entries.Reverse().Where(among).MinBy(entry => entry.Asked);

    /// <summary>Whether memory is left for builds; what was asked for least goes for them, but for one of each sort.</summary>
    private bool HasRoom(long bytes)
    {
        lock (gate)
        {
            var kept = entries.Where(entry => entry.IsMade).Sum(entry => entry.Bytes);
            while (kept + bytes > mostBytes
                && LeastAsked(entry => entry.IsMade && entry.Waiting == 0 && entries.Count(other => other.IsMade && SortOf(other) == SortOf(entry)) > 1) is { } least)
            {
                kept -= least.Bytes;
                entries.Remove(least);
            }

            return kept + bytes <= mostBytes;
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

    private async Task<Snapshot> MakeAsync(Shown shown, CancellationToken unbegun)
    {
        var known = FindEarlier(shown.Version.Number, shown.AsOf, shown.Entitlement);
        if (known?.Stamp.Version == shown.Version.Number) return known;
        Snapshot? shared = null;
        if (shown.Entitlement.HasOwn)
        {
            if (known is not null && await IsUntouchedAsync(known, shown.Version.Number))
                return known.At(known.Stamp with { Version = shown.Version.Number, KnownAt = shown.Version.RecordedAt });

            // Before its own turn: what waits in a turn for another's would wait for ever where all turns do.
            shared = await TakeAsync(shown with { Entitlement = shown.Entitlement.Open }, unbegun);
        }

        var kind = new EntitledAs(shown.Entitlement);
        long expected;
        lock (gate) expected = lastSizes.GetValueOrDefault(kind);
        var made = await builds.RunAsync(
            shown.Entitlement, expected, () => shared is null ? BuildAsync(shown, known) : PutOverAsync(shown, shared), unbegun);
        lock (gate) lastSizes[kind] = made.OwnBytes;
        return made;
    }

    private async Task<Snapshot> BuildAsync(Shown shown, Snapshot? known)
    {
        if (known is not null && await SnapshotUpdater.TryUpdateAsync(known, store, shown.Version) is { } updated) return updated;
        var built = await SnapshotBuilder.BuildAsync(store, shown.Version, shown.AsOf, shown.Entitlement);
        if (options.MapsBuilt && folder is not null) return folder.SaveAndMap(built);
        lock (gate) StartSaving(built);
        return built;
    }

    private async Task<Snapshot> PutOverAsync(Shown shown, Snapshot shared)
    {
        var work = options.OverlayWork ?? shared.Nodes.Count + 200_000;
        return await OverlayBuilder.TryBuildAsync(store, shared, shown.Entitlement, work)
            ?? await SnapshotBuilder.BuildAsync(store, shown.Version, shown.AsOf, shown.Entitlement);
    }

    /// <summary>Whether all that changed up to a version leaves a snapshot as it is; very many changes are not looked through.</summary>
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
                .Where(entry => entry.Shown.AsOf == asOf && entry.Shown.Entitlement == entitlement && entry.Shown.Version.Number <= version
                    && entry.Snapshot is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
                .Select(entry => entry.Snapshot.Value.Result).MaxBy(snapshot => snapshot.Stamp.Version);
        return best ?? (entitlement.HasOwn ? null : folder?.Find(asOf, version, entitlement));
    }

    private void StartSaving(Snapshot snapshot)
    {
        if (folder is not null) saving = saving.ContinueWith(_ => folder.Save(snapshot), TaskScheduler.Default);
    }

    private readonly record struct Shown(StoreVersion Version, DateTimeOffset AsOf, Entitlement Entitlement);

    /// <summary>What snapshots are of about one size.</summary>
    private readonly record struct EntitledAs(Entitlement? Shared, bool IsBroker)
    {
        public EntitledAs(Entitlement entitlement)
            : this(entitlement.HasOwn ? null : entitlement, entitlement.Broker is not null)
        {
        }
    }

    /// <summary>A snapshot that is made or being made; what changes is guarded by the provider's lock.</summary>
    [SuppressMessage("Design", "CA1001", Justification = "a source without timer and wait handle holds nothing to dispose")]
    private sealed class Entry
    {
        private long? bytes;

        public Entry(Shown shown, Func<CancellationToken, Task<Snapshot>> make)
        {
            Shown = shown;
            Snapshot = new Lazy<Task<Snapshot>>(() => make(Unbegun.Token));
        }

        public Shown Shown { get; }

        public Lazy<Task<Snapshot>> Snapshot { get; }

        /// <summary>Drops the build where it has not begun.</summary>
        public CancellationTokenSource Unbegun { get; } = new();

        public bool IsMade => Snapshot is { IsValueCreated: true, Value.IsCompletedSuccessfully: true };

        /// <summary>Its size once it is made.</summary>
        public long Bytes => bytes ??= Snapshot.Value.Result.OwnBytes;

        /// <summary>How many wait for it.</summary>
        public int Waiting { get; set; }

        /// <summary>How often it was asked for, older asking counting less.</summary>
        public int Asked { get; set; }
    }
}
