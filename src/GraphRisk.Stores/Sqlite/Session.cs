using System.Globalization;
using GraphRisk.Graph.Schema;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// One connection to the file with its prepared statements and its copy of the dictionaries; used by one thread at a time.
/// </summary>
internal sealed class Session : IDisposable
{
    private const int PageSize = 8192;

    private readonly SqliteConnection connection;
    private readonly Dictionary<object, Statement> statements = new(ReferenceEqualityComparer.Instance);

    private Session(SqliteConnection connection, string path, SchemaCatalog catalog)
    {
        this.connection = connection;
        Path = path;
        Dictionaries = new Dictionaries(this, catalog);
        Nodes = new NodeNames(this);
        Versions = new VersionTimes(this);
        Marks = new HistoryMarks(this);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Numbers of types, sources, fields and names.</summary>
    public Dictionaries Dictionaries { get; }

    /// <summary>Ids of nodes by their numbers.</summary>
    public NodeNames Nodes { get; }

    /// <summary>When each version was recorded.</summary>
    public VersionTimes Versions { get; }

    /// <summary>Which history each version is of.</summary>
    public HistoryMarks Marks { get; }

    /// <summary>Whether the file that is open lies no more where it was opened: it was deleted, moved or replaced. What is written to it is lost. Thread-safe.</summary>
    public bool IsMoved => FileControl.HasMoved(connection.Handle!);

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Opens the file; migrations are applied elsewhere.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalog">The schema.</param>
    /// <param name="cacheBytes">Memory for pages.</param>
    /// <param name="busyTimeout">How long it waits for another process that writes.</param>
    /// <param name="mayMake">Whether the file is made where there is none.</param>
    public static Session Open(string path, SchemaCatalog catalog, long cacheBytes, TimeSpan busyTimeout, bool mayMake)
    {
        var mode = mayMake ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite;
        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = mode }.ToString();
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            var session = new Session(connection, path, catalog);
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"""
                PRAGMA busy_timeout = {(long)busyTimeout.TotalMilliseconds};
                PRAGMA page_size = {PageSize};
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA cache_size = -{cacheBytes / 1024};
                PRAGMA mmap_size = {256L << 20};
                PRAGMA temp_store = MEMORY;
                PRAGMA wal_autocheckpoint = 8192;
                PRAGMA journal_size_limit = {256L << 20};
                """));
            return session;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw SqliteFailure.Of(error.SqliteErrorCode, error.Message, path, error);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The prepared statement of a text, made at its first use and kept. Texts are told apart by reference, which is
    /// many times cheaper than by content, so they must be constants or otherwise live as long as the store.
    /// </summary>
    public Statement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
            statements.Add(sql, statement = new Statement(connection.Handle!, sql, Path));
        return statement;
    }

    /// <summary>Keeps the file from growing beyond so many bytes through this connection.</summary>
    public void LimitSize(long bytes) =>
        Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {Math.Max(1, bytes / PageSize)}"));

    /// <summary>Runs statements without parameters or results.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(connection.Handle, sql);
        if (code != raw.SQLITE_OK) throw SqliteFailure.Of(code, connection.Handle!, Path);
    }

    /// <summary>Undoes an open transaction; SQLite itself may have undone it on a failure.</summary>
    public void Rollback()
    {
        foreach (var statement in statements.Values) statement.Reset();
        if (InTransaction) Execute("ROLLBACK");
        Dictionaries.Forget();
        Nodes.Forget();
        Versions.Forget();
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values) statement.Dispose();
        connection.Dispose();
    }
}
