using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Publishing;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Publishing;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Stores;

/// <summary>Opens the stores the product knows.</summary>
public static class GraphStores
{
    /// <summary>Opens the embedded store, one SQLite file, and makes it where there is none.</summary>
    /// <param name="path">The file; two more stand beside it while it is open, <c>-wal</c> and <c>-shm</c>.</param>
    /// <param name="catalog">The schema facts are held against.</param>
    /// <param name="options">Sizes and patience; null for the usual ones.</param>
    /// <exception cref="StoreUnavailableException">
    /// The file cannot be opened, is damaged, is no store, is of a later format or holds what the schema does not know.
    /// </exception>
    public static SqliteGraphStore OpenSqlite(string path, SchemaCatalog catalog, SqliteStoreOptions? options = null) =>
        SqliteGraphStore.Open(path, catalog, options ?? new SqliteStoreOptions());

    /// <summary>The newest version seen of an embedded store, by the file beside it (<see cref="SqliteStoreOptions.Witness"/>); null where nothing is known.</summary>
    /// <param name="witness">The file.</param>
    public static (long Version, StoreMark Mark)? SeenOf(string witness) => StoreWitness.Read(witness);

    /// <summary>Opens the store of a Neo4j server and makes it where there is none.</summary>
    /// <param name="options">Where the server is.</param>
    /// <param name="catalog">The schema facts are held against; constraints and indexes follow it.</param>
    /// <param name="clock">Times pauses before something is sent again.</param>
    /// <param name="cancellation">Ends the opening.</param>
    /// <exception cref="StoreUnavailableException">
    /// The server is away, too old, refuses user or database, holds a store of a later format, or what others have put where the store goes.
    /// </exception>
    public static ValueTask<Neo4jGraphStore> OpenNeo4jAsync(
        Neo4jOptions options, SchemaCatalog catalog, TimeProvider clock, CancellationToken cancellation = default) =>
        Neo4jGraphStore.OpenAsync(options, catalog, clock, cancellation);

    /// <summary>Opens what shows beside the facts of a Neo4j store what is derived from them.</summary>
    /// <param name="options">Where the server is.</param>
    /// <param name="catalog">The schema of the facts.</param>
    /// <param name="clock">Times pauses before something is sent again.</param>
    /// <param name="cancellation">Ends the opening.</param>
    /// <exception cref="StoreUnavailableException">The server is away, refuses user or database, or holds what others have put where a publication goes.</exception>
    public static async ValueTask<IGraphPublisher> OpenNeo4jPublisherAsync(
        Neo4jOptions options, SchemaCatalog catalog, TimeProvider clock, CancellationToken cancellation = default) =>
        await Neo4jPublisher.OpenAsync(options, catalog, clock, cancellation);
}
