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
/// The replica holds nothing of its own: it is made anew where it is damaged or was made of another history, and done
/// without where it cannot be written. Several processes may follow into one file. Thread-safe.
/// </para>
/// </summary>
public sealed class ReplicatedGraphStore : IGraphStore
{
    private readonly IGraphStore source;
    private readonly IGraphStore replica;
    private readonly Action<string> report;
    private readonly SemaphoreSlim following = new(1);
    private volatile bool isChecked;
    private volatile bool isGivenUp;
    private long held;

    private ReplicatedGraphStore(IGraphStore source, IGraphStore replica, Action<string> report) =>
        (this.source, this.replica, this.report) = (source, replica, report);

    public SchemaCatalog Catalog => source.Catalog;

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
            var store = new ReplicatedGraphStore(source, replica, report);
            if (await store.IsBeginningAsync(cancellation)) return store;
        }
        catch
        {
            await replica.DisposeAsync();
            await source.DisposeAsync();
            throw;
        }

        await replica.DisposeAsync();
        report($"The replica '{path}' is of another history than the store's and is made anew.");
        ReplicaFile.Delete(path);
        return ReplicaFile.Open(path, source.Catalog, report, options) is { } anew ? new ReplicatedGraphStore(source, anew, report) : source;
    }

    /// <summary>
    /// The same for a store that is away and may come back; the replica answers meanwhile. Whether it belongs to the store is
    /// seen when that is back, and the store refused where it does not.
    /// </summary>
    /// <param name="source">The store; closed with what is returned.</param>
    /// <param name="path">File of the replica.</param>
    /// <param name="report">Hears, in a sentence each, what becomes of the replica.</param>
    public static IGraphStore OpenAway(IGraphStore source, string path, Action<string> report) =>
        ReplicaFile.Open(path, source.Catalog, report) is { } replica ? new ReplicatedGraphStore(source, replica, report) : source;

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException">The store is away; or it came back with another history than the replica's.</exception>
    public async ValueTask<StoreVersion> GetVersionAsync(CancellationToken cancellation = default)
    {
        await CheckBeginningAsync(cancellation);
        return await source.GetVersionAsync(cancellation);
    }

    /// <summary>Answered from the replica where it has seen later times, since versions become visible in the order of their times.</summary>
    public async ValueTask<StoreVersion> GetVersionAsync(DateTimeOffset knownAt, CancellationToken cancellation = default) =>
        (await replica.GetVersionAsync(cancellation)).RecordedAt > knownAt
            ? await replica.GetVersionAsync(knownAt, cancellation)
            : await source.GetVersionAsync(knownAt, cancellation);

    public ValueTask<AppendResult> AppendAsync(ChangeSet changes, CancellationToken cancellation = default) => source.AppendAsync(changes, cancellation);

    public async IAsyncEnumerable<RecordedFact> ReadAsync(
        ReadScope scope, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var store = await AtAsync(scope.AtVersion, cancellation);
        await foreach (var recorded in store.ReadAsync(scope, cancellation)) yield return recorded;
    }

    public async IAsyncEnumerable<RecordedFact> ReadChangesAsync(
        long afterVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var store = await AtAsync((await GetVersionAsync(cancellation)).Number, cancellation);
        await foreach (var recorded in store.ReadChangesAsync(afterVersion, cancellation)) yield return recorded;
    }

    public async IAsyncEnumerable<RecordedSet> ReadSetsAsync(
        long afterVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var store = await AtAsync((await GetVersionAsync(cancellation)).Number, cancellation);
        await foreach (var set in store.ReadSetsAsync(afterVersion, cancellation)) yield return set;
    }

    /// <summary>Asks the server where the replica does not hold the version: one node is not worth bringing it up.</summary>
    public async ValueTask<IReadOnlyList<RecordedFact>> FindAsync(
        NodeId node, long atVersion, bool withRelationships = false, CancellationToken cancellation = default) =>
        await (await HoldsAsync(atVersion, cancellation) ? replica : source).FindAsync(node, atVersion, withRelationships, cancellation);

    /// <summary>Asks the server where the replica does not hold the version.</summary>
    public async ValueTask<IReadOnlyList<NodeId>> FindByIdentifierAsync(
        string scheme, string value, long atVersion, CancellationToken cancellation = default) =>
        await (await HoldsAsync(atVersion, cancellation) ? replica : source).FindByIdentifierAsync(scheme, value, atVersion, cancellation);

    public async ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation = default)
    {
        var ofReplica = (await replica.CheckAsync(cancellation)).Select(fault => $"Replica: {fault}");
        return [.. await source.CheckAsync(cancellation), .. ofReplica];
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await replica.DisposeAsync();
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
        var newest = (await replica.GetVersionAsync(cancellation)).Number;
        if (newest > 0 && await SetAsync(source, newest, cancellation) != await SetAsync(replica, newest, cancellation)) return false;
        return isChecked = true;
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

    private async ValueTask<bool> HoldsAsync(long version, CancellationToken cancellation)
    {
        if (Volatile.Read(ref held) < version) Volatile.Write(ref held, (await replica.GetVersionAsync(cancellation)).Number);
        return Volatile.Read(ref held) >= version;
    }
}
