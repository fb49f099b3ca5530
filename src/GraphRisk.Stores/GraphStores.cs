using GraphRisk.Graph.Schema;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Stores;

/// <summary>Opens the stores the product knows.</summary>
public static class GraphStores
{
    /// <summary>Opens the embedded store, one SQLite file, and makes it where there is none.</summary>
    /// <param name="path">The file; two more stand beside it while it is open, <c>-wal</c> and <c>-shm</c>.</param>
    /// <param name="catalog">The schema facts are held against.</param>
    /// <param name="options">Sizes and patience; null for the usual ones.</param>
    /// <exception cref="Graph.Store.StoreUnavailableException">
    /// The file cannot be opened, is damaged, is no store, is of a later format or holds what the schema does not know.
    /// </exception>
    public static SqliteGraphStore OpenSqlite(string path, SchemaCatalog catalog, SqliteStoreOptions? options = null) =>
        SqliteGraphStore.Open(path, catalog, options ?? new SqliteStoreOptions());
}
