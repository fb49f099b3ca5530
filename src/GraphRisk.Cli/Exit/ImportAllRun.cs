using System.Globalization;
using GraphRisk.Cli.Backups;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Stores;
using GraphRisk.Stores.Export;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Cli.Exit;

/// <summary>What was made of an export.</summary>
/// <param name="Version">Version of the store.</param>
/// <param name="ContentHash">Its content hash.</param>
/// <param name="Mark">The new store.</param>
/// <param name="Files">Files beside it.</param>
/// <param name="OldTrail">Where the audit trail of the exported folder lies; null where it goes on.</param>
internal sealed record ImportedAll(long Version, string ContentHash, StoreMark Mark, int Files, string? OldTrail);

/// <summary>
/// Makes an installation of an export in an empty folder, all or nothing, as a restore does. Without the keys the audit trail of the exported folder cannot be gone on with: it is kept in a folder
/// of its own, and a new one begins with an entry that names the export.
/// </summary>
/// <param name="host">The clock.</param>
internal sealed class ImportAllRun(Host host)
{
    /// <summary>Folder of the audit trail of the exported folder, where it cannot be gone on with.</summary>
    public const string Aside = "audit-of-export/";

    /// <summary>Imports.</summary>
    /// <param name="from">The export; it is held to its checksums before anything is written.</param>
    /// <param name="folder">The data folder; it holds nothing but what can be made again.</param>
    /// <param name="progress">Told how many recordings were read.</param>
    /// <param name="cancellation">Ends it; the folder is then as it was.</param>
    /// <exception cref="InvalidDataException">A file of the export is damaged, missing or foreign.</exception>
    /// <exception cref="UserErrorException">The folder holds something, or there is no export.</exception>
    public async Task<ImportedAll> RunAsync(string from, DataFolder folder, IProgress<long>? progress, CancellationToken cancellation)
    {
        RestoreRun.RequireFree(folder);
        var manifest = await ExportManifest.ReadAsync(from, cancellation);
        var files = manifest.Files.Select(file => file.Path).Where(path => path.StartsWith(ExportRun.FilesFolder, StringComparison.Ordinal)).Select(path => path[ExportRun.FilesFolder.Length..]).ToList();
        var trail = new DataFolder("").Audit;
        var goesOn = !files.Contains(trail.Trail) || files.Contains(trail.Key.Replace('\\', '/'));
        return await RestoreRun.MakeAsync(folder, async content =>
        {
            foreach (var name in files)
            {
                var isOfTrail = name == trail.Trail || name == trail.Heads.Replace('\\', '/');
                await CopyAsync(Path.Combine(from, ExportRun.FilesFolder + name), Path.Combine(content.Path, isOfTrail && !goesOn ? Aside + Path.GetFileName(name) : name), cancellation);
            }

            var (version, hash, mark) = await MakeStoreAsync(from, manifest, content, progress, cancellation);
            await Filing.NoteAsync(host, content, new Deed(
                AuditAct.Import, "import --all", string.Create(CultureInfo.InvariantCulture, $"{from}: store {manifest.Store.Identity}, version {version}, content hash {hash}; the store here is {mark.StoreText}")));
            return new ImportedAll(version, hash, mark, files.Count, goesOn ? null : Aside);
        });
    }

    private static async Task<(long Version, string Hash, StoreMark Mark)> MakeStoreAsync(
        string from, ExportManifest manifest, DataFolder content, IProgress<long>? progress, CancellationToken cancellation)
    {
        await using var store = GraphStores.OpenSqlite(content.Store, SchemaCatalog.LoadEmbedded(), new SqliteStoreOptions { Witness = content.StoreSeen });
        TextReader Lines(string name) => new StreamReader(Path.Combine(from, ExportRun.StoreFolder + name));
        using (var sets = Lines("sets.ndjson"))
        using (var facts = Lines("facts.ndjson"))
        using (var idle = Lines("idle-sets.ndjson"))
            await StoreExport.ReadAsync(store, sets, facts, idle, progress, cancellation);
        var version = await store.GetVersionAsync(cancellation);
        var hash = await Task.Run(() => ContentHash.ComputeAsync(store, null, cancellation).AsTask(), cancellation);
        return version.Number == manifest.Store.Version && hash == manifest.Store.ContentHash
            ? (version.Number, hash, await store.GetMarkAsync(version.Number, cancellation) ?? default)
            : throw new InvalidDataException($"The store came out different from '{from}': version {version.Number}, content hash {hash}, which should be version {manifest.Store.Version}, {manifest.Store.ContentHash}.");
    }

    private static async Task CopyAsync(string from, string to, CancellationToken cancellation)
    {
        OwnerOnly.Create(Path.GetDirectoryName(to)!);
        await using var source = File.OpenRead(from);
        await using var target = OwnersFile.Create(to);
        await source.CopyToAsync(target, cancellation);
        target.Flush(flushToDisk: true);
    }
}
