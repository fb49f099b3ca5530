using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Sqlite;

/// <summary>How far a backup of an embedded store comes.</summary>
/// <param name="Mark">Mark of the last version: which store, by which history.</param>
/// <param name="Version">The last version.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="Sequence">Recordings up to it.</param>
/// <param name="LastNode">Number of the last node they speak of.</param>
/// <param name="Sets">Sets appended up to it, those that changed nothing among them.</param>
/// <param name="Layout">Layout of the store's file.</param>
/// <param name="ContentHash">Content hash up to the version; empty where it is not known.</param>
public sealed record StoreExtent(
    StoreMark Mark, long Version, DateTimeOffset RecordedAt, long Sequence, long LastNode, long Sets, int Layout, string ContentHash)
{
    /// <summary>Nothing yet.</summary>
    public static StoreExtent Nothing { get; } = new(default, 0, DateTimeOffset.MinValue, 0, 0, 0, 0, "");
}

/// <summary>
/// Takes the embedded store out as streams and puts it back: the first stream holds all up to a version, each later one what was recorded since. What is put back is the
/// same store to the last recording and number, under a history of its own, so that nothing that was derived before answers for it.
/// </summary>
public static class StoreArchive
{
    /// <summary>How far the store has come at a version that is committed; no log is read, so neither the last node nor the content hash is told.</summary>
    public static ValueTask<StoreExtent> ExtentAsync(SqliteGraphStore store, StoreVersion version, CancellationToken cancellation = default) =>
        store.WithSession(session => LogDump.ExtentOf(session, version), cancellation);

    /// <summary>Writes what was recorded after an earlier stream and up to a version, beside whoever writes to the store; reads in memory for some thousand recordings.</summary>
    /// <param name="store">The store.</param>
    /// <param name="after">How far the stream before comes; null for none.</param>
    /// <param name="through">The last version to write.</param>
    /// <param name="target">Where to; left open.</param>
    /// <param name="progress">Told how many recordings were written; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How far the stream comes, with its content hash.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public static async Task<StoreExtent> WriteAsync(
        SqliteGraphStore store, StoreExtent? after, StoreVersion through, Stream target, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var extent = await Task.Run(
            () => store.WithSession(session => LogDump.Write(session, after, through, target, progress, cancellation), cancellation).AsTask(), cancellation);
        return extent with { ContentHash = await ContentHash.ContinueAsync(store, after?.Version ?? 0, after?.ContentHash, through.Number, cancellation) };
    }

    /// <summary>The newest version of a stream that was recorded at or before an instant; null where all are later. Reads its beginning only.</summary>
    /// <exception cref="InvalidDataException">It is no such stream.</exception>
    public static long? VersionAt(Stream stream, DateTimeOffset at) => LogLoad.VersionAt(stream, at);

    /// <summary>Makes a store of streams.</summary>
    /// <param name="path">Its file; there is none yet. Where it fails an unfinished one is left.</param>
    /// <param name="catalog">The schema.</param>
    /// <param name="streams">The streams in order, each opened when its turn has come and closed; the version lies in the last.</param>
    /// <param name="through">The last version to put in.</param>
    /// <param name="options">Sizes of the store; null for the usual ones.</param>
    /// <param name="progress">Told how many recordings were put in; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidDataException">The streams do not hang together, or end before the version.</exception>
    /// <exception cref="StoreUnavailableException">The file cannot be written, or a stream is of a later layout.</exception>
    public static Task RestoreAsync(
        string path, SchemaCatalog catalog, IEnumerable<Func<Stream>> streams, long through,
        SqliteStoreOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellation = default) =>
        Task.Run(() => LogLoad.Run(path, catalog, streams, through, options ?? new SqliteStoreOptions(), progress, cancellation), cancellation);
}
