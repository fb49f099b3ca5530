using System.Globalization;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Snapshots kept in files of one folder, named by as-of and version, those of what is open to all with the level before. Files are an economy: one that cannot be used, or
/// not be written, is reported and done without.
/// </summary>
internal sealed class SnapshotFolder
{
    private const string Extension = ".snapshot";

    private readonly string folder;
    private readonly int capacity;
    private readonly SchemaCatalog catalog;
    private readonly bool maps;
    private readonly Action<string> report;

    public SnapshotFolder(string folder, int capacity, bool maps, SchemaCatalog catalog, Action<string> report)
    {
        this.folder = folder;
        this.capacity = capacity;
        this.maps = maps;
        this.catalog = catalog;
        this.report = report;
        foreach (var left in Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + SnapshotFile.Unfinished) : []) DeleteAbandoned(left);
    }

    /// <summary>
    /// The kept snapshot of an as-of and entitlement with the highest version up to a given one; null where there is none. One that was made of another
    /// history of the store than the one there is goes.
    /// </summary>
    /// <param name="asOf">The as-of.</param>
    /// <param name="version">The highest version.</param>
    /// <param name="entitlement">Whose.</param>
    /// <param name="markOf">The store's mark of a version, null where it has none; null while the store is away and cannot tell.</param>
    public async ValueTask<Snapshot?> FindAsync(DateTimeOffset asOf, long version, Entitlement entitlement, Func<long, ValueTask<StoreMark?>>? markOf)
    {
        var best = Files(PrefixOf(entitlement))
            .Where(file => file.AsOf == asOf.ToUnixTimeMilliseconds() && file.Version <= version)
            .OrderByDescending(file => file.Version);
        foreach (var file in best)
        {
            try
            {
                var isOfThisHistory = markOf is null || SnapshotFile.ReadStamp(file.Path).Mark == await markOf(file.Version);
                var snapshot = !isOfThisHistory ? null : maps ? SnapshotFile.Map(catalog, file.Path) : SnapshotFile.Read(catalog, file.Path);
                if (snapshot is null) report($"{file.Path}: The snapshot was made of another store, or of another history of it; it is built anew.");
                else if (snapshot.Stamp.AsOf == asOf && snapshot.Stamp.Version == file.Version && snapshot.Entitlement == entitlement) return snapshot;
                else report($"{file.Path}: The snapshot shows something else than its name says; it is built anew.");
            }
            catch (SnapshotFileException error)
            {
                report($"{error.Message} It is built anew.");
            }

            Delete(file.Path);
        }

        return null;
    }

    /// <summary>Keeps a snapshot and drops the oldest files of its entitlement beyond the folder's capacity.</summary>
    public void Save(Snapshot snapshot)
    {
        var path = Path.Combine(folder, NameOf(snapshot));
        if (File.Exists(path)) return;
        try
        {
            Directory.CreateDirectory(folder);
            SnapshotFile.Write(snapshot, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report($"{path}: The snapshot cannot be kept: {error.Message}");
            return;
        }

        var others = Files(PrefixOf(snapshot.Entitlement)).Where(file => file.Path != path)
            .OrderByDescending(file => file.Version).ThenByDescending(file => file.AsOf).Skip(capacity - 1);
        foreach (var file in others) Delete(file.Path);
    }

    /// <summary>Keeps a snapshot and gives it as mapped from its file; the snapshot itself where that cannot be.</summary>
    public async ValueTask<Snapshot> SaveAndMapAsync(Snapshot snapshot)
    {
        Save(snapshot);
        var mark = snapshot.Stamp.Mark;
        return await FindAsync(snapshot.Stamp.AsOf, snapshot.Stamp.Version, snapshot.Entitlement, version => new(version == snapshot.Stamp.Version ? mark : null)) is { } kept && kept.Stamp.Version == snapshot.Stamp.Version ? kept : snapshot;
    }

    private static string PrefixOf(Entitlement entitlement) =>
        entitlement.IsWhole ? "" : string.Create(CultureInfo.InvariantCulture, $"open{(int)entitlement.OpenLevel}_");

    private static string NameOf(Snapshot snapshot) => string.Create(
        CultureInfo.InvariantCulture,
        $"{PrefixOf(snapshot.Entitlement)}{snapshot.Stamp.AsOf.ToUnixTimeMilliseconds()}_{snapshot.Stamp.Version}{Extension}");

    private IEnumerable<(string Path, long AsOf, long Version)> Files(string prefix)
    {
        if (!Directory.Exists(folder)) yield break;
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal).ToList())
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (!name.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var parts = name[prefix.Length..].Split('_');
            if (parts.Length == 2
                && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var asOf)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                yield return (path, asOf, version);
        }
    }

    /// <summary>Deletes what a process that was killed left half written.</summary>
    private static void DeleteAbandoned(string path)
    {
        try
        {
            using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another process is writing it and holds it.
        }
    }

    private void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report($"{path}: The snapshot cannot be deleted: {error.Message}");
        }
    }
}
