using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using GraphRisk.Cli.Composition;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Cli.Backups;

/// <summary>What a backup did.</summary>
/// <param name="Chain">Folder of its chain.</param>
/// <param name="Manifest">What it holds.</param>
/// <param name="From">Version of the store the backup before holds; null where it is the first of its chain.</param>
/// <param name="Stored">Files of it that were stored, wholly or what they grew by.</param>
/// <param name="Bytes">Bytes it took.</param>
/// <param name="Dropped">Old chains that were deleted.</param>
/// <param name="Parted">The backup before is of another history of the store, or could not be read: a chain began, and none was deleted.</param>
internal sealed record BackupOutcome(string Chain, BackupManifest Manifest, long? From, int Stored, long Bytes, int Dropped, bool Parted);

/// <summary>Takes one backup of a data folder.</summary>
/// <param name="host">The clock.</param>
/// <param name="folder">The data folder.</param>
/// <param name="store">Its store; others may write to it.</param>
/// <param name="key">Key to encrypt with; null for none.</param>
internal sealed class BackupRun(Host host, DataFolder folder, SqliteGraphStore store, BackupKey? key)
{
    /// <summary>Backs up into a folder.</summary>
    /// <param name="to">The folder.</param>
    /// <param name="isWhole">Whether a new chain begins.</param>
    /// <param name="keep">How many chains stay; null for all.</param>
    /// <param name="progress">Told of each file that is done, the store last, how many are.</param>
    /// <param name="cancellation">Ends it; what is there already stays whole.</param>
    public async Task<BackupOutcome> RunAsync(string to, bool isWhole, int? keep, IProgress<long>? progress, CancellationToken cancellation)
    {
        using var place = BackupPlace.Take(to);
        using var captured = CapturedFolder.Take(folder, store, host.Clock);
        var newest = place.Newest(key);
        var last = newest is null ? null : isWhole ? TryRead(newest) : newest.Read()[^1];
        var isKnown = last is not null && !await HasPartedAsync(last, to, cancellation);
        var before = isWhole || !isKnown ? null : last;
        var chain = before is null ? place.Begin(key) : newest!;
        try
        {
            var manifest = chain.Add(await MakeAsync(chain, captured, before, progress, cancellation));
            var own = manifest.OwnPieces.ToList();
            return new BackupOutcome(
                chain.Folder, manifest, before?.Store.Version, own.Count - (manifest.Log is null ? 0 : 1), own.Sum(piece => piece.Bytes),
                keep is { } chains && (isKnown || newest is null) ? place.Keep(chains) : 0, newest is not null && !isKnown);
        }
        catch (Exception error) when (error is IOException or StoreUnavailableException or OperationCanceledException)
        {
            // On a full disk what was begun would go on filling it.
            BackupChain.Clear(chain.Folder);
            throw;
        }
    }

    /// <summary>The last backup of a chain; null where it cannot be read, as one that is damaged or encrypted with another key.</summary>
    private static BackupManifest? TryRead(BackupChain chain)
    {
        try
        {
            return chain.Read()[^1];
        }
        catch (Exception error) when (error is InvalidDataException or UserErrorException)
        {
            return null;
        }
    }

    /// <summary>Whether the store is the one of the last backup under another history, as after a restore.</summary>
    private async ValueTask<bool> HasPartedAsync(BackupManifest before, string to, CancellationToken cancellation)
    {
        var own = await store.GetMarkAsync(0, cancellation);
        if (own!.Value.StoreText != before.Store.Identity)
            throw new UserErrorException($"The backups in '{to}' are of another store ({before.Store.Identity}, this one is {own.Value.StoreText}): take another folder.");
        return before.Store.Layout != (await StoreArchive.ExtentAsync(store, StoreVersion.Empty, cancellation)).Layout || await store.GetMarkAsync(before.Store.Version, cancellation) != before.Store.Mark;
    }

    private async Task<BackupManifest> MakeAsync(BackupChain chain, CapturedFolder captured, BackupManifest? before, IProgress<long>? progress, CancellationToken cancellation)
    {
        var number = (before?.Number ?? 0) + 1;
        var known = (before?.Files ?? []).ToDictionary(file => file.Path, StringComparer.Ordinal);
        var files = ImmutableArray.CreateBuilder<BackedUpFile>();
        foreach (var (name, file) in captured.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            var piece = BackupManifest.PieceName(number, $"{files.Count + 1:0000}");
            files.Add(await file.ReadAsync((stream, length) => KeepAsync(chain, name, stream, length, known.GetValueOrDefault(name), piece, cancellation), cancellation));
            progress?.Report(files.Count);
        }

        var extent = before?.Store.ToExtent();
        BackupPiece? log = null;
        if (extent is null || (await StoreArchive.ExtentAsync(store, captured.Version, cancellation)).Sets > extent.Sets)
        {
            (log, extent) = await chain.WriteAsync(
                BackupManifest.PieceName(number, "log"), target => StoreArchive.WriteAsync(store, extent, captured.Version, target, null, cancellation));
            progress?.Report(files.Count + 1);
        }

        return new BackupManifest { Number = number, Before = before?.Hash, At = captured.At, Store = BackedUpStore.Of(extent), Log = log, Files = files.DrainToImmutable() };
    }

    /// <summary>A file as it was: nothing is stored where it is as it was before, and only the rest where it grew.</summary>
    private static async Task<BackedUpFile> KeepAsync(
        BackupChain chain, string name, FileStream file, long length, BackedUpFile? known, string piece, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        file.Position = 0;
        var parts = ImmutableArray<BackedUpPart>.Empty;
        var held = 0L;
        if (known is not null && known.Bytes <= length)
        {
            await CopyAsync(file, known.Bytes, hash, null, cancellation);
            if (Convert.ToHexStringLower(hash.GetCurrentHash()) == known.Sha256) (parts, held) = (known.Parts, known.Bytes);
            else hash.GetHashAndReset();
            file.Position = held;
        }

        if (held < length)
        {
            var (stored, bytes) = await chain.WriteAsync(piece, target => CopyAsync(file, length - held, hash, target, cancellation));
            parts = parts.Add(new BackedUpPart(stored, bytes));
            held += bytes;
        }

        return new BackedUpFile(name, held, Convert.ToHexStringLower(hash.GetHashAndReset()), parts);
    }

    /// <summary>Reads on, as far as the file goes, and gives how many bytes.</summary>
    private static async Task<long> CopyAsync(FileStream file, long length, IncrementalHash hash, Stream? target, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            var copied = 0L;
            while (copied < length && await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - copied)), cancellation) is > 0 and var count)
            {
                hash.AppendData(buffer, 0, count);
                target?.Write(buffer, 0, count);
                copied += count;
            }

            return copied;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
