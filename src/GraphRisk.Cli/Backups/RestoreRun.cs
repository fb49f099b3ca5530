using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Exit;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Stores;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Cli.Backups;

/// <summary>What a restore put back.</summary>
/// <param name="Version">Version of the store.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="ContentHash">Its content hash.</param>
/// <param name="Mark">The store, and its new history.</param>
/// <param name="Backup">The manifest it was put back from.</param>
/// <param name="TakenAt">When the files beside the store were as they are now.</param>
/// <param name="Files">How many there are.</param>
internal sealed record RestoreOutcome(long Version, DateTimeOffset RecordedAt, string ContentHash, StoreMark Mark, int Backup, DateTimeOffset TakenAt, int Files)
{
    /// <summary>Clients who were erased after the backup was taken, and were erased of what was put back, too.</summary>
    public int ErasedAgain { get; init; }
}

/// <summary>
/// Puts a chain of backups back into a data folder, all or nothing: everything is made in a folder of its own inside, and once it is whole and said to be, it is moved to its place, the store last.
/// As long as that folder is there no command opens the data folder, and the next restore begins anew, or brings the moving to its end.
/// </summary>
/// <param name="host">The clock.</param>
/// <param name="chain">The chain.</param>
internal sealed class RestoreRun(Host host, BackupChain chain)
{
    private const string Content = "content";
    private const string Whole = "whole";

    /// <summary>Brings a restore to its end that was broken off while it moved what was whole already.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool Finish(DataFolder folder)
    {
        if (!File.Exists(Path.Combine(folder.RestoreUnfinished, Whole))) return false;
        var content = new DataFolder(Path.Combine(folder.RestoreUnfinished, Content));
        foreach (var (path, name) in content.Contents().OrderBy(file => Path.GetFileName(file.Name) == Path.GetFileName(folder.Store)).ThenBy(file => file.Name, StringComparer.Ordinal).ToList())
        {
            var target = Path.Combine(folder.Path, name);
            OwnerOnly.Create(Path.GetDirectoryName(target)!);
            File.Move(path, target, overwrite: true);
        }

        Directory.Delete(content.Path, recursive: true);
        Directory.Delete(folder.RestoreUnfinished, recursive: true);
        return true;
    }

    /// <summary>Puts back.</summary>
    /// <param name="folder">The data folder; it holds nothing but what can be made again.</param>
    /// <param name="at">A version or an instant; null for the newest version.</param>
    /// <param name="progress">Told how many recordings and files are back.</param>
    /// <param name="cancellation">Ends it; the folder is then as it was.</param>
    /// <param name="erasures">Erasures of clients, of which those that the backup is older than are done again before anybody opens the folder.</param>
    /// <exception cref="UserErrorException">The folder holds something, or there is no such version.</exception>
    /// <exception cref="InvalidDataException">The backup is damaged.</exception>
    public async Task<RestoreOutcome> RunAsync(
        DataFolder folder, string? at, IProgress<long>? progress, CancellationToken cancellation, ImmutableArray<ErasedClient> erasures = default)
    {
        RequireFree(folder);
        var manifests = chain.Read();
        var (version, index) = Find(manifests, at);
        return await MakeAsync(folder, async content =>
        {
            foreach (var (file, done) in manifests[index].Files.Select((file, done) => (file, done)))
            {
                await PutBackAsync(file, Path.Combine(content.Path, file.Path), cancellation);
                progress?.Report(done + 1);
            }

            var outcome = await PutStoreBackAsync(content, manifests[..(index + 1)], version, progress, cancellation);
            await Filing.NoteAsync(host, content, new Deed(
                AuditAct.Command, "restore", string.Create(CultureInfo.InvariantCulture, $"{chain.Folder}, backup {outcome.Backup} of {outcome.TakenAt:O}: version {outcome.Version}, content hash {outcome.ContentHash}")));
            return await EraseAgainAsync(folder, content, manifests[index], outcome, erasures.IsDefault ? [] : erasures, cancellation);
        });
    }

    private async Task<RestoreOutcome> EraseAgainAsync(
        DataFolder folder, DataFolder content, BackupManifest manifest, RestoreOutcome outcome, ImmutableArray<ErasedClient> erasures, CancellationToken cancellation)
    {
        var again = 0;
        foreach (var erased in erasures.Where(one => one.Store == manifest.Store.Identity && one.At > manifest.At).DistinctBy(one => one.Certificate).OrderBy(one => one.At))
            if (await ErasureLog.EraseAgainAsync(host, content, erased, Path.Combine(folder.RestoreUnfinished, "certificates"), cancellation)) again++;
        if (again == 0) return outcome;
        await using var store = GraphStores.OpenSqlite(content.Store, SchemaCatalog.LoadEmbedded(), new SqliteStoreOptions { MayMake = false, Witness = content.StoreSeen });
        return outcome with
        {
            ContentHash = await ContentHash.ComputeAsync(store, null, cancellation), Mark = await store.GetMarkAsync(outcome.Version, cancellation) ?? default, ErasedAgain = again,
        };
    }

    /// <summary>Makes what a data folder is to hold in a folder of its own inside, and moves it to its place once it is whole.</summary>
    /// <param name="folder">The data folder; <see cref="RequireFree"/> holds of it.</param>
    /// <param name="make">Makes it in the folder that it is given; where it fails all is as it was.</param>
    public static async Task<T> MakeAsync<T>(DataFolder folder, Func<DataFolder, Task<T>> make)
    {
        if (Directory.Exists(folder.RestoreUnfinished)) Directory.Delete(folder.RestoreUnfinished, recursive: true);
        var (content, isNew) = (new DataFolder(Path.Combine(folder.RestoreUnfinished, Content)), !Directory.Exists(folder.Path));
        OwnerOnly.Create(content.Path);
        try
        {
            var outcome = await make(content);
            await OwnersFile.Create(Path.Combine(folder.RestoreUnfinished, Whole)).DisposeAsync();
            Finish(folder);
            return outcome;
        }
        catch when (!File.Exists(Path.Combine(folder.RestoreUnfinished, Whole)))
        {
            var made = isNew ? folder.Path : folder.RestoreUnfinished;
            if (Directory.Exists(made)) Directory.Delete(made, recursive: true);
            throw;
        }
    }

    /// <summary>Makes sure that a data folder holds nothing but what can be made again.</summary>
    /// <exception cref="UserErrorException">It holds something.</exception>
    public static void RequireFree(DataFolder folder)
    {
        var (store, unfinished) = (Path.GetFileName(folder.Store), Path.GetFileName(folder.RestoreUnfinished) + "/");
        var there = folder.Contents().Select(file => file.Name).Where(name => !DataFolder.IsMadeAgain(name) && !name.StartsWith(unfinished, StringComparison.Ordinal)).ToList();
        if (there.Exists(name => name.StartsWith(store, StringComparison.Ordinal)))
            throw new UserErrorException($"There is a store in '{folder.Path}': restore into an empty folder, and put that in the place of this one where it is what you want.");
        there.Remove(Path.GetFileName(folder.StoreSeen));
        if (there.Count > 0)
            throw new UserErrorException($"'{folder.Path}' is not empty ({string.Join(", ", there.Take(3))}{(there.Count > 3 ? ", ..." : "")}): restore into an empty folder.");
    }

    /// <summary>The version asked for, and the first backup that holds it.</summary>
    private (long Version, int Index) Find(ImmutableArray<BackupManifest> manifests, string? at)
    {
        if (at is null) return (manifests[^1].Store.Version, manifests.Length - 1);
        var newest = manifests[^1].Store;
        long version;
        if (long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            version = number >= 1 && number <= newest.Version
                ? number
                : throw new UserErrorException(string.Create(CultureInfo.InvariantCulture, $"--at is {number}: the backup holds versions 1 to {newest.Version}."));
        }
        else if (DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            version = VersionAt(manifests, instant)
                ?? throw new UserErrorException($"Nothing was recorded by {instant:O}: the backup holds no version of then.");
        }
        else
        {
            throw new UserErrorException($"--at is '{at}', neither a version nor an instant such as 2025-09-30T18:00+08:00.");
        }

        for (var index = 0; ; index++)
            if (manifests[index].Store.Version >= version) return (version, index);
    }

    /// <summary>The newest version that was recorded by an instant; the piece in which it lies is read at its beginning.</summary>
    private long? VersionAt(ImmutableArray<BackupManifest> manifests, DateTimeOffset instant)
    {
        for (var index = manifests.Length - 1; index >= 0; index--)
        {
            var (manifest, before) = (manifests[index], index > 0 ? manifests[index - 1].Store : null);
            if (manifest.Log is not { } log || before?.RecordedAt > instant) continue;
            using var stream = chain.Open(log);
            if (StoreArchive.VersionAt(stream, instant) is { } version) return version;
        }

        return null;
    }

    private async Task PutBackAsync(BackedUpFile file, string target, CancellationToken cancellation)
    {
        OwnerOnly.Create(Path.GetDirectoryName(target)!);
        await using (var written = OwnersFile.Create(target))
        {
            foreach (var part in file.Parts)
            {
                await using var source = chain.Open(part.Piece);
                await source.CopyToAsync(written, cancellation);
            }

            written.Flush(flushToDisk: true);
        }

        await using var read = File.OpenRead(target);
        if (Convert.ToHexStringLower(await SHA256.HashDataAsync(read, cancellation)) != file.Sha256)
            throw new InvalidDataException($"'{file.Path}' of the backup in '{chain.Folder}' is not what its manifest says.");
    }

    private async Task<RestoreOutcome> PutStoreBackAsync(
        DataFolder content, ImmutableArray<BackupManifest> manifests, long version, IProgress<long>? progress, CancellationToken cancellation)
    {
        var (catalog, last) = (SchemaCatalog.LoadEmbedded(), manifests[^1]);
        await StoreArchive.RestoreAsync(
            content.Store, catalog, manifests.Select(manifest => manifest.Log).OfType<BackupPiece>().Select(log => (Func<Stream>)(() => chain.Open(log))), version, progress: progress, cancellation: cancellation);
        await using var store = GraphStores.OpenSqlite(content.Store, catalog, new SqliteStoreOptions { MayMake = false, Witness = content.StoreSeen });
        var (newest, hash) = (await store.GetVersionAsync(cancellation), await Task.Run(() => ContentHash.ComputeAsync(store, null, cancellation).AsTask(), cancellation));
        if (last.Store.Version == version && last.Store.ContentHash != hash)
            throw new InvalidDataException($"The store came out different from '{chain.Folder}': content hash {hash}, which should be {last.Store.ContentHash}.");
        return new RestoreOutcome(newest.Number, newest.RecordedAt, hash, await store.GetMarkAsync(newest.Number, cancellation) ?? default, last.Number, last.At, last.Files.Length);
    }
}
