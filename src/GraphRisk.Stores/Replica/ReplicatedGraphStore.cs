using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Copy;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Stores.Replica;

/// <summary>
/// A store on a server, with a replica of what it recorded in a file nearby. Writes and the question for the newest version go
/// to the server. What was known at a version never changes, so whatever is asked at a version that the replica holds is
/// answered from there, at the speed of a file and also while the server is away; whole reads first bring the replica up
/// to their version, which costs what was recorded since the last one.
/// <para>
/// The replica holds nothing of its own: it is made anew where it was damaged or made of another history, and done
/// without from when it can no longer be written or read. Several processes may follow into one file. Thread-safe.
/// </para>
/// </summary>
public sealed class ReplicatedGraphStore : IGraphStore
{
    private readonly IGraphStore source;
    private readonly IGraphStore replica;
    private readonly string path;
    private readonly Action<string> report;
    private readonly SemaphoreSlim following = new(1);
    private volatile bool isChecked;
    private volatile bool isGivenUp;
    private volatile bool isUnreadable;
    private long held;

    private ReplicatedGraphStore(IGraphStore source, IGraphStore replica, string path, Action<string> report) =>
        (this.source, this.replica, this.path, this.report) = (source, replica, path, report);

    public SchemaCatalog Catalog => source.Catalog;

    public ImmutableArray<string> Unknown => source.Unknown;

    /// <summary>Sets a replica beside a store that can be reached.</summary>
    /// <param name="source">The store; closed with what is returned.</param>
    /// <param name="path">File of the replica, made where there is none and made anew where it does not belong to the store.</param>
    /// <param name="report">Hears, in a sentence each, what becomes of the replica.</param>
    /// <param name="options">Sizes of the replica, among them what it may grow to; null for the usual ones.</param>
    /// <param name="cancellation">Ends the opening.</param>
    /// <returns>The store with its replica, or alone where no file can be made there.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public static async ValueTask<IGraphStore> OpenAsync(
        IGraphStore source, string path, Action<string> report, SqliteStoreOptions? options = null, CancellationToken cancellation = default)
    {
        if (ReplicaFile.Open(path, source.Catalog, report, options) is not { } replica) return source;
        try
        {
            var store = new ReplicatedGraphStore(source, replica, path, report);
            if (await store.IsBeginningAsync(cancellation)) return store;
        }
        catch
        {
            await replica.DisposeAsync();
            await source.DisposeAsync();
            throw;
        }

        await replica.DisposeAsync();
        report($"The replica '{path}' is damaged or of another history than the store's and is made anew.");
        ReplicaFile.Delete(path);
        return ReplicaFile.Open(path, source.Catalog, report, options) is { } anew ? new ReplicatedGraphStore(source, anew, path, report) : source;
    }

    /// <summary>
    /// The same for a store that is away and may come back; the replica answers meanwhile. Whether it belongs to the store is
    /// seen when that is back, and the store refused where it does not.
    /// </summary>
    /// <param name="source">The store; closed with what is returned.</param>
    /// <param name="path">File of the replica.</param>
    /// <param name="report">Hears, in a sentence each, what becomes of the replica.</param>
    public static IGraphStore OpenAway(IGraphStore source, string path, Action<string> report) =>
        ReplicaFile.Open(path, source.Catalog, report) is { } replica ? new ReplicatedGraphStore(source, replica, path, report) : source;

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException">The store is away; or it came back with another history than the replica's.</exception>
    public async ValueTask<StoreVersion> GetVersionAsync(CancellationToken cancellation = default)
    {
        await CheckBeginningAsync(cancellation);
        return await source.GetVersionAsync(cancellation);
    }

    /// <summary>Answered from the replica where it has seen later times, since versions become visible in the order of their times.</summary>
    public ValueTask<StoreVersion> GetVersionAsync(DateTimeOffset knownAt, CancellationToken cancellation = default) => FromReplicaAsync(
        async () => (await replica.GetVersionAsync(cancellation)).RecordedAt > knownAt,
        store => store.GetVersionAsync(knownAt, cancellation));

    /// <summary>The replica's newest version.</summary>
    public async ValueTask<StoreVersion> GetHeldAsync(CancellationToken cancellation = default)
    {
        try
        {
            return isUnreadable ? StoreVersion.Empty : await replica.GetVersionAsync(cancellation);
        }
        catch (StoreUnavailableException error)
        {
            GiveUpReading(error);
            return StoreVersion.Empty;
        }
    }

    /// <summary>The mark of the set that made the version, which server and replica have alike.</summary>
    public ValueTask<StoreMark?> GetMarkAsync(long version, CancellationToken cancellation = default) => FromReplicaAsync(
        () => HoldsAsync(version, cancellation), store => StoreMark.OfSetAsync(store, version, cancellation));

    public ValueTask<AppendResult> AppendAsync(ChangeSet changes, CancellationToken cancellation = default) => source.AppendAsync(changes, cancellation);

    public IAsyncEnumerable<RecordedFact> ReadAsync(ReadScope scope, CancellationToken cancellation = default) =>
        StreamAsync(scope.AtVersion, store => store.ReadAsync(scope, cancellation), cancellation);

    public IAsyncEnumerable<RecordedFact> ReadChangesAsync(long afterVersion, CancellationToken cancellation = default) =>
        StreamAsync(null, store => store.ReadChangesAsync(afterVersion, cancellation), cancellation);

    public IAsyncEnumerable<RecordedSet> ReadSetsAsync(long afterVersion, CancellationToken cancellation = default) =>
        StreamAsync(null, store => store.ReadSetsAsync(afterVersion, cancellation), cancellation);

    /// <summary>Asks the server where the replica does not hold the version: one node is not worth bringing it up.</summary>
    public ValueTask<IReadOnlyList<RecordedFact>> FindAsync(
        NodeId node, long atVersion, bool withRelationships = false, CancellationToken cancellation = default) =>
        FromReplicaAsync(
            () => HoldsAsync(atVersion, cancellation), store => store.FindAsync(node, atVersion, withRelationships, cancellation));

    /// <summary>Asks the server where the replica does not hold the version.</summary>
    public ValueTask<IReadOnlyList<NodeId>> FindByIdentifierAsync(
        string scheme, string value, long atVersion, CancellationToken cancellation = default) =>
        FromReplicaAsync(
            () => HoldsAsync(atVersion, cancellation), store => store.FindByIdentifierAsync(scheme, value, atVersion, cancellation));

    public async ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation = default)
    {
        var ofReplica = (await replica.CheckAsync(cancellation)).Select(fault => $"Replica: {fault}");
        return [.. await source.CheckAsync(cancellation), .. ofReplica];
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await replica.DisposeAsync();
        if (isUnreadable) ReplicaFile.Delete(path);
        following.Dispose();
    }

    private async ValueTask CheckBeginningAsync(CancellationToken cancellation)
    {
        if (!isChecked && !await IsBeginningAsync(cancellation))
            throw new StoreUnavailableException("The store holds another history than it did; restart to serve that one.");
    }

    /// <summary>Whether what the replica holds is a beginning of what the store holds, seen by its newest set.</summary>
    private async ValueTask<bool> IsBeginningAsync(CancellationToken cancellation)
    {
        StoreVersion newest;
        RecordedSet? set;
        try
        {
            newest = await replica.GetVersionAsync(cancellation);
            set = newest.Number == 0 ? null : await SetAsync(replica, newest.Number, cancellation);
        }
        catch (StoreUnavailableException error)
        {
            report(error.Message);
            return false;
        }

        return isChecked = newest.Number == 0 || await SetAsync(source, newest.Number, cancellation) == set;
    }

    private static async ValueTask<RecordedSet?> SetAsync(IGraphStore store, long version, CancellationToken cancellation)
    {
        await foreach (var set in store.ReadSetsAsync(version - 1, cancellation)) return set;
        return null;
    }

    /// <summary>The store that answers at a version: the replica, brought up to it, or the server where the replica was given up.</summary>
    private async ValueTask<IGraphStore> AtAsync(long version, CancellationToken cancellation)
    {
        if (await HoldsAsync(version, cancellation)) return replica;
        if (isGivenUp) return source;
        await CheckBeginningAsync(cancellation);
        await following.WaitAsync(cancellation);
        try
        {
            if (await HoldsAsync(version, cancellation)) return replica;
            await source.GetVersionAsync(cancellation);
            SchemaElements.RequireWhole(source);
            if (held == 0) report("What the store holds is copied beside; later reads are answered from there.");
            await SetCopy.RunAsync(source, replica, held, version, null, cancellation);
        }
        catch (Exception error) when (error is InvalidDataException or StoreUnavailableException { IsAway: false })
        {
            isGivenUp = true;
            report($"The replica of the store is not kept up, reads go to the server: {error.Message}");
        }
        finally
        {
            following.Release();
        }

        return await HoldsAsync(version, cancellation) ? replica : source;
    }

    /// <summary>Reads at a version, the newest where null.</summary>
    private async IAsyncEnumerable<T> StreamAsync<T>(
        long? version, Func<IGraphStore, IAsyncEnumerable<T>> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var store = await AtAsync(version ?? (await GetVersionAsync(cancellation)).Number, cancellation);
        await using var items = read(store).GetAsyncEnumerator(cancellation);
        while (await NextAsync(store, items)) yield return items.Current;
    }

    /// <summary>What was read already cannot be taken back, so a replica that fails in the middle fails the read; the next goes to the server.</summary>
    private async ValueTask<bool> NextAsync<T>(IGraphStore store, IAsyncEnumerator<T> items)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (StoreUnavailableException error) when (ReferenceEquals(store, replica))
        {
            GiveUpReading(error);
            throw new StoreUnavailableException("The replica of the store cannot be read; ask again, reads go to the server from now on.", error);
        }
    }

    /// <summary>Asks the replica where it can tell, the server where it cannot or turns out unreadable.</summary>
    private async ValueTask<T> FromReplicaAsync<T>(Func<ValueTask<bool>> canTell, Func<IGraphStore, ValueTask<T>> ask)
    {
        try
        {
            if (!isUnreadable && await canTell()) return await ask(replica);
        }
        catch (StoreUnavailableException error)
        {
            GiveUpReading(error);
        }

        return await ask(source);
    }

    private void GiveUpReading(StoreUnavailableException error)
    {
        isGivenUp = isUnreadable = true;
        report($"The replica of the store cannot be read and is made anew at the next start; reads go to the server: {error.Message}");
    }

    private async ValueTask<bool> HoldsAsync(long version, CancellationToken cancellation)
    {
        if (isUnreadable) return false;
        if (Volatile.Read(ref held) >= version) return true;
        try
        {
            Volatile.Write(ref held, (await replica.GetVersionAsync(cancellation)).Number);
        }
        catch (StoreUnavailableException error)
        {
            GiveUpReading(error);
            return false;
        }

        return Volatile.Read(ref held) >= version;
    }
}
