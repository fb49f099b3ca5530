using GraphRisk.Graph.Store;
using SQLitePCL;

namespace GraphRisk.Stores.Sqlite;

/// <summary>What SQLite's result codes mean for the operator, as a table.</summary>
internal static class SqliteFailure
{
    private static readonly Dictionary<int, string> Meanings = new()
    {
        [raw.SQLITE_BUSY] = "Another process is writing to the store and did not finish in time; close it or try again.",
        [raw.SQLITE_LOCKED] = "Another connection holds the store locked; try again.",
        [raw.SQLITE_FULL] = "The disk that holds the store is full, or the store as large as it may be; make room and try again. Nothing was lost.",
        [raw.SQLITE_READONLY] = "The store's file or folder cannot be written to; check its permissions.",
        [raw.SQLITE_PERM] = "The store's file may not be opened; check its permissions.",
        [raw.SQLITE_CANTOPEN] = "The store's file cannot be opened; check that its folder exists and may be written to.",
        [raw.SQLITE_NOTADB] = "The file is no store of this program.",
        [raw.SQLITE_CORRUPT] = "The store's file is damaged; restore it from a backup.",
        [raw.SQLITE_IOERR] = "Reading or writing the store's file failed; check the disk.",
        [raw.SQLITE_NOMEM] = "There is not enough memory to work on the store.",
    };

    /// <summary>Free bytes below which an error of reading or writing is that of a full disk: the log's index grows by 32 KB at a time, and says nothing of why it could not.</summary>
    private const long Room = 1 << 20;

    /// <summary>The failure of a call on a connection.</summary>
    public static StoreUnavailableException Of(int code, sqlite3 connection, string path) =>
        Of(code, raw.sqlite3_errmsg(connection).utf8_to_string(), path);

    /// <summary>The failure with a code and SQLite's own words.</summary>
    public static StoreUnavailableException Of(int code, string words, string path, Exception? inner = null)
    {
        var meaning = Meanings.GetValueOrDefault(IsFull(code, path) ? raw.SQLITE_FULL : code & 0xff, "The store refused an operation.");
        return new StoreUnavailableException($"{meaning} (SQLite {code}: {words}; {path})", inner);
    }

    private static bool IsFull(int code, string path)
    {
        if ((code & 0xff) != raw.SQLITE_IOERR || Path.GetDirectoryName(Path.GetFullPath(path)) is not { } folder) return false;
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace < Room;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Where the disk cannot be asked, SQLite's own word stands.
            return false;
        }
    }
}
