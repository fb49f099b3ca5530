using System.Text;
using SQLitePCL;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// A prepared statement, used by one thread at a time. Goes past ADO.NET to SQLite's own calls, because at a hundred
/// thousand facts a second a parameter may cost no more than some ten nanoseconds and no object.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 connection;
    private readonly sqlite3_stmt statement;
    private readonly string path;

    public Statement(sqlite3 connection, string sql, string path)
    {
        this.connection = connection;
        this.path = path;
        var code = raw.sqlite3_prepare_v2(connection, sql, out statement);
        if (code != raw.SQLITE_OK) throw SqliteFailure.Of(code, connection, path);
    }

    /// <summary>Binds a number to a parameter, counted from 1; null binds NULL.</summary>
    public Statement Bind(int parameter, long? value)
    {
        Check(value is { } number
            ? raw.sqlite3_bind_int64(statement, parameter, number)
            : raw.sqlite3_bind_null(statement, parameter));
        return this;
    }

    /// <summary>Binds a text; null binds NULL.</summary>
    public Statement Bind(int parameter, string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(statement, parameter));
            return this;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> bytes = most <= 1024 ? stackalloc byte[most] : new byte[most];
        var length = Encoding.UTF8.GetBytes(value, bytes);
        Check(raw.sqlite3_bind_text(statement, parameter, bytes[..length]));
        return this;
    }

    /// <summary>Binds bytes.</summary>
    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(statement, parameter, 0)
            : raw.sqlite3_bind_blob(statement, parameter, value));
        return this;
    }

    /// <summary>Binds a text by its UTF-8.</summary>
    public Statement BindText(int parameter, ReadOnlySpan<byte> utf8)
    {
        Check(utf8.IsEmpty ? raw.sqlite3_bind_text(statement, parameter, "") : raw.sqlite3_bind_text(statement, parameter, utf8));
        return this;
    }

    /// <summary>Steps to the next row; false after the last.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code == raw.SQLITE_DONE) return false;
        var failure = SqliteFailure.Of(code, connection, path);
        Reset();
        throw failure;
    }

    /// <summary>Makes the statement ready for the next use; without it a finished or abandoned read keeps its view of the file.</summary>
    public void Reset() => raw.sqlite3_reset(statement);

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    /// <summary>The first column of the first row, or null where there is no row or it is NULL.</summary>
    public long? Number()
    {
        var result = Step() && !IsNull(0) ? Integer(0) : (long?)null;
        Reset();
        return result;
    }

    /// <summary>What a column holds: SQLITE_NULL, _INTEGER, _TEXT, _BLOB or _FLOAT.</summary>
    public int KindOf(int column) => raw.sqlite3_column_type(statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    public long? NullableInteger(int column) => Integer(column) is var number && (number != 0 || !IsNull(column)) ? number : null;

    /// <summary>A column's bytes, valid until the next step; of a text its UTF-8.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public string? NullableText(int column)
    {
        var bytes = Bytes(column);
        return bytes.IsEmpty && IsNull(column) ? null : Encoding.UTF8.GetString(bytes);
    }

    public void Dispose() => statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw SqliteFailure.Of(code, connection, path);
    }
}
