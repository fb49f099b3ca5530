using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Copy;

/// <summary>
/// Copies a store into another set by set, in order and with ids, authors and times, so that versions and sequences come out
/// the same. It may be broken off at any moment and run again: what the target holds must be a beginning of the source, and
/// the copy goes on after it. At the end the content hashes of both are held against one another.
/// </summary>
public static class StoreCopy
{
    /// <summary>Copies what the source holds at the call.</summary>
    /// <param name="source">Where from; it may grow meanwhile.</param>
    /// <param name="target">Where to; nobody else may write to it.</param>
    /// <param name="progress">Told how many recordings were copied; null for nobody.</param>
    /// <param name="cancellation">Ends the copy between two sets.</param>
    /// <exception cref="InvalidDataException">The target holds something else than a beginning of the source, or came out different.</exception>
    public static async Task<CopyReport> RunAsync(
        IGraphStore source, IGraphStore target, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var through = await source.GetVersionAsync(cancellation);
        SchemaElements.RequireWhole(source);
        var present = await target.GetVersionAsync(cancellation);
        await CheckBeginningAsync(source, target, present.Number, cancellation);
        var copied = await SetCopy.RunAsync(source, target, present.Number, through.Number, progress, cancellation);
        await CopyIdleSetsAsync(source, target, through, cancellation);
        var hashes = await Task.WhenAll(HashAsync(source, through.Number, cancellation), HashAsync(target, through.Number, cancellation));
        return hashes[0] == hashes[1]
            ? new CopyReport(through.Number, present.Number, copied, hashes[0])
            : throw new InvalidDataException(
                $"The copy came out different: content hash {hashes[0]} of the source, {hashes[1]} of the target, at version {through.Number}.");
    }

    /// <summary>On the thread pool, since a store may answer without ever waiting.</summary>
    private static Task<string> HashAsync(IGraphStore store, long through, CancellationToken cancellation) =>
        Task.Run(() => ContentHash.ComputeAsync(store, through, cancellation).AsTask(), cancellation);

    /// <summary>Every set of the target must be the source's set of that version.</summary>
    private static async Task CheckBeginningAsync(IGraphStore source, IGraphStore target, long present, CancellationToken cancellation)
    {
        if (present == 0) return;
        await using var expected = source.ReadSetsAsync(0, cancellation).GetAsyncEnumerator(cancellation);
        await foreach (var set in target.ReadSetsAsync(0, cancellation))
        {
            if (!await expected.MoveNextAsync())
                throw new InvalidDataException(
                    $"The target is at version {present} and the source only at {set.Version.Number - 1}; copy into an empty store or one that this source was copied into.");
            if (set != expected.Current)
                throw new InvalidDataException(
                    $"The target holds another history: its version {set.Version.Number} is set '{set.Id}' of {set.Version.RecordedAt:O}, "
                    + $"the source's is '{expected.Current.Id}' of {expected.Current.Version.RecordedAt:O}. Copy into an empty store.");
        }
    }

    /// <summary>A set without changes changes nothing wherever it is sent, and its id is known from then on.</summary>
    private static async Task CopyIdleSetsAsync(IGraphStore source, IGraphStore target, StoreVersion through, CancellationToken cancellation)
    {
        if (source is not IIdleSets idle) return;
        await foreach (var id in idle.ReadIdleSetsAsync(cancellation))
            await target.AppendAsync(new ChangeSet(id, through.RecordedAt, "", []), cancellation);
    }
}

/// <summary>What a copy did.</summary>
/// <param name="Version">Version both stores now have.</param>
/// <param name="From">Version the target had before.</param>
/// <param name="Copied">Recordings copied.</param>
/// <param name="ContentHash">Content hash of both.</param>
public sealed record CopyReport(long Version, long From, long Copied, string ContentHash);
