using System.Runtime.CompilerServices;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Observability;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

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
/// With a <see cref="StoreWatch"/> it also answers while the store is away: with the newest snapshot of the as-of it has, or made of what is held beside the store. Whoever
/// asks sees its age in its stamp, and that the store is away in the watch.
/// </para>
/// </summary>
public sealed class SnapshotProvider
{
    private const int MostChanges = 100_000;

    private readonly IGraphStore store;
    private readonly SnapshotProviderOptions options;
    private readonly SnapshotFolder? folder;
    private readonly SnapshotShelf shelf;
    private readonly Lock gate = new();
    private readonly Dictionary<EntitledAs, long> lastSizes = [];
    private readonly BuildQueue<Entitlement> builds;
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
        shelf = new SnapshotShelf(this.options, keepsUntilMade: watch is not null);
        builds = new BuildQueue<Entitlement>(this.options.BuildsAtOnce, shelf.HasRoom);
        if (this.options.Folder is { } path)
            folder = new SnapshotFolder(path, this.options.FolderCapacity, this.options.Maps, store.Catalog, this.options.Report);
    }

    /// <summary>Watches the store; null where a store that is away is an error.</summary>
    public StoreWatch? Watch { get; }

    /// <summary>The snapshots in memory now: how many, the bytes they have of their own as each estimates it, and the newest version of the store among them.</summary>
    public (int Count, long Bytes, long Version) Held => shelf.Held();

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

        return await FindLastAsync(asOf, knownAt, entitlement) ?? await FindHeldAsync(asOf, knownAt, entitlement, cancellation) ?? throw new StoreUnavailableException(
            $"{Watch.Last.Trouble} No snapshot that was made before answers this question, and nothing held beside the store does.");
    }

    /// <summary>
    /// The same for who passes through it once and goes on to another, such as the quarters of a panel: taken from where it is kept, else
    /// built and kept nowhere. The snapshot asked for before is in memory only as long as the asker holds it.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async ValueTask<Snapshot> PassAsync(DateTimeOffset asOf, DateTimeOffset? knownAt = null, CancellationToken cancellation = default)
    {
        var version = knownAt is { } instant ? await store.GetVersionAsync(instant, cancellation) : await store.GetVersionAsync(cancellation);
        return await FindEarlierAsync(version.Number, asOf, Entitlement.Whole, cancellation) is { } known && known.Stamp.Version == version.Number
            ? known
            : await SnapshotBuilder.BuildAsync(store, version, asOf, cancellation);
    }

    /// <summary>
    /// The snapshots of several instants for who looks at each once, such as the course of a figure: taken from where they are kept, the others made in
    /// one pass over the store and kept nowhere.
    /// </summary>
    /// <param name="asOfs">The instants, each once; as many snapshots are in memory as the asker holds.</param>
    /// <param name="knownAt">Instant of knowledge; null for all that is known now.</param>
    /// <param name="entitlement">Whose they are.</param>
    /// <param name="cancellation">Ends the pass.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async ValueTask<IReadOnlyList<Snapshot>> PassAllAsync(
        IReadOnlyList<DateTimeOffset> asOfs, DateTimeOffset? knownAt, Entitlement entitlement, CancellationToken cancellation = default)
    {
        await foreach (var (_, seen) in PassAllAsync(asOfs, knownAt, [entitlement], cancellation)) return seen;
        throw new InvalidOperationException("One entitlement has one pass.");
    }

    /// <summary>The same for several entitlements, one after another; what they share of what is open is made once.</summary>
    /// <param name="asOfs">The instants, each once.</param>
    /// <param name="knownAt">Instant of knowledge; null for all that is known now.</param>
    /// <param name="entitlements">Whose they are, each once.</param>
    /// <param name="cancellation">Ends the pass.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async IAsyncEnumerable<(Entitlement Entitlement, IReadOnlyList<Snapshot> Seen)> PassAllAsync(
        IReadOnlyList<DateTimeOffset> asOfs, DateTimeOffset? knownAt, IReadOnlyList<Entitlement> entitlements, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var version = knownAt is { } instant ? await store.GetVersionAsync(instant, cancellation) : await store.GetVersionAsync(cancellation);
        foreach (var alike in entitlements.GroupBy(one => one.HasOwn ? one.Open : one))
        {
            var shared = await PassSharedAsync(asOfs, version, alike.Key, cancellation);
            foreach (var entitlement in alike)
            {
                var own = new List<Snapshot>(shared.Count);
                if (entitlement.HasOwn)
                    foreach (var snapshot in shared) own.Add(await PutOverAsync(new Shown(version, snapshot.Stamp.AsOf, entitlement), snapshot));
                yield return (entitlement, entitlement.HasOwn ? own : shared);
            }
        }
    }

    private async ValueTask<IReadOnlyList<Snapshot>> PassSharedAsync(
        IReadOnlyList<DateTimeOffset> asOfs, StoreVersion version, Entitlement shared, CancellationToken cancellation)
    {
        var found = new Snapshot?[asOfs.Count];
        for (var at = 0; at < found.Length; at++)
            if (await FindEarlierAsync(version.Number, asOfs[at], shared, cancellation) is { } known && known.Stamp.Version == version.Number) found[at] = known;
        DateTimeOffset[] missing = [.. asOfs.Where((_, at) => found[at] is null)];
        if (missing.Length == 0) return found!;
        var made = (await SnapshotBuilder.BuildAllAsync(store, version, missing, shared, cancellation)).ToDictionary(snapshot => snapshot.Stamp.AsOf);
        return [.. asOfs.Select((asOf, at) => found[at] ?? made[asOf])];
    }

    /// <summary>Keeps the snapshots used last, of the whole and of what is open, in the folder, and waits until whatever is being written there is written.</summary>
    public async ValueTask SaveAsync()
    {
        Task? latest;
        lock (gate)
        {
            foreach (var snapshot in shelf.UsedLast()) StartSaving(snapshot);
            latest = saving;
        }

        await latest;
    }

    private async ValueTask<Snapshot> TakeAsync(Shown shown, CancellationToken cancellation)
    {
        while (true)
        {
            var entry = shelf.Enter(shown, unbegun => Task.Run(() => MakeAsync(shown, unbegun), CancellationToken.None));
            Signals.LookedUp("snapshots", isHit: entry.IsMade);
            try
            {
                var snapshot = await entry.Snapshot.Value.WaitAsync(cancellation);
                shelf.MakeRoomFor(entry);
                return snapshot;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // All who waited before had left, so it was not begun: once more.
            }
            catch when (entry.Snapshot.Value.IsFaulted)
            {
                shelf.Remove(entry);
                throw;
            }
            finally
            {
                shelf.Leave(entry);
            }
        }
    }

    /// <summary>
    /// What is made while the store is away of what is held beside it (<see cref="IGraphStore.GetHeldAsync"/>): at the newest version held; for an instant of knowledge at
    /// the version of that instant, where no later one can have been recorded by then.
    /// </summary>
    private async ValueTask<Snapshot?> FindHeldAsync(DateTimeOffset asOf, DateTimeOffset? knownAt, Entitlement entitlement, CancellationToken cancellation)
    {
        var version = await store.GetHeldAsync(cancellation);
        if (version.Number == 0) return null;
        try
        {
            if (knownAt < version.RecordedAt) version = await store.GetVersionAsync(knownAt.Value, cancellation);
            else if (knownAt is not null && version.Number != Watch!.Last.Version.Number) return null;
            return await TakeAsync(new Shown(version, asOf, entitlement), cancellation);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    /// <summary>
    /// What answers while the store is away: the newest snapshot of the as-of. For an instant of knowledge only where it holds
    /// all that was known then, or the answer would not be the same when it is asked again.
    /// </summary>
    private async ValueTask<Snapshot?> FindLastAsync(DateTimeOffset asOf, DateTimeOffset? knownAt, Entitlement entitlement)
    {
        var last = await FindEarlierAsync(long.MaxValue, asOf, entitlement, markOf: null);
        return last is null || knownAt is null || (knownAt >= last.Stamp.KnownAt && last.Stamp.Version == Watch!.Last.Version.Number) ? last : null;
    }

    private async Task<Snapshot> MakeAsync(Shown shown, CancellationToken unbegun)
    {
        var known = await FindEarlierAsync(shown.Version.Number, shown.AsOf, shown.Entitlement, CancellationToken.None);
        if (known?.Stamp.Version == shown.Version.Number) return known;
        Snapshot? shared = null;
        if (shown.Entitlement.HasOwn)
        {
            if (known is not null && await IsUntouchedAsync(known, shown.Version.Number))
                return known.At(await known.Stamp.AtAsync(store, shown.Version, CancellationToken.None));

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
        using var span = Signals.Traces.StartActivity("snapshot build");
        span?.SetTag("graphrisk.store.version", shown.Version.Number);
        if (known is not null && await SnapshotUpdater.TryUpdateAsync(known, store, shown.Version) is { } updated)
        {
            Signals.SnapshotMade("updated");
            return updated;
        }

        var built = await SnapshotBuilder.BuildAsync(store, shown.Version, shown.AsOf, shown.Entitlement);
        Signals.SnapshotMade("built");
        if (options.Maps && folder is not null) return await folder.SaveAndMapAsync(built);
        lock (gate) StartSaving(built);
        return built;
    }

    private async Task<Snapshot> PutOverAsync(Shown shown, Snapshot shared)
    {
        using var span = Signals.Traces.StartActivity("snapshot overlay");
        span?.SetTag("graphrisk.store.version", shown.Version.Number);
        var work = options.OverlayWork ?? shared.Nodes.Count + 200_000;
        var overlaid = await OverlayBuilder.TryBuildAsync(store, shared, shown.Entitlement, work);
        Signals.SnapshotMade(overlaid is null ? "built" : "overlaid");
        return overlaid ?? await SnapshotBuilder.BuildAsync(store, shown.Version, shown.AsOf, shown.Entitlement);
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
    private ValueTask<Snapshot?> FindEarlierAsync(long version, DateTimeOffset asOf, Entitlement entitlement, CancellationToken cancellation) =>
        FindEarlierAsync(version, asOf, entitlement, kept => store.GetMarkAsync(kept, cancellation));

    private async ValueTask<Snapshot?> FindEarlierAsync(long version, DateTimeOffset asOf, Entitlement entitlement, Func<long, ValueTask<StoreMark?>>? markOf)
    {
        var known = shelf.FindEarlier(version, asOf, entitlement);
        return known is not null || entitlement.HasOwn || folder is null ? known : await folder.FindAsync(asOf, version, entitlement, markOf);
    }

    private void StartSaving(Snapshot snapshot)
    {
        if (folder is not null) saving = saving.ContinueWith(_ => folder.Save(snapshot), TaskScheduler.Default);
    }

    /// <summary>What snapshots are of about one size.</summary>
    private readonly record struct EntitledAs(Entitlement? Shared, bool IsBroker)
    {
        public EntitledAs(Entitlement entitlement)
            : this(entitlement.HasOwn ? null : entitlement, entitlement.Broker is not null)
        {
        }
    }
}
