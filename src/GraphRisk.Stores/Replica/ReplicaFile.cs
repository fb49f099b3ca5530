using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Stores.Replica;

/// <summary>The file of a replica: an embedded store that can be deleted at any time.</summary>
internal static class ReplicaFile
{
    /// <summary>Opens it, made where there is none and made anew where it is damaged or of another layout; null where that fails too.</summary>
    public static SqliteGraphStore? Open(string path, SchemaCatalog catalog, Action<string> report, SqliteStoreOptions? options = null)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return OpenOrRemake(path, catalog, report, options);
        }
        catch (Exception error) when (error is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            report($"No replica is kept, every read goes to the store: {error.Message}");
            return null;
        }
    }

    /// <summary>Deletes it with what stands beside it.</summary>
    public static void Delete(string path)
    {
        foreach (var file in (string[])[path, $"{path}-wal", $"{path}-shm"]) File.Delete(file);
    }

    private static SqliteGraphStore OpenOrRemake(string path, SchemaCatalog catalog, Action<string> report, SqliteStoreOptions? options)
    {
        try
        {
            return GraphStores.OpenSqlite(path, catalog, options);
        }
        catch (StoreUnavailableException error) when (File.Exists(path))
        {
            report($"The replica is made anew: {error.Message}");
            Delete(path);
            return GraphStores.OpenSqlite(path, catalog, options);
        }
    }
}
