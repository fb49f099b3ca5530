using System.Runtime.InteropServices;
using SQLitePCL;

namespace GraphRisk.Stores.Sqlite;

/// <summary>What SQLite knows of an open file and its .NET library does not pass on (<c>sqlite3_file_control</c>).</summary>
internal static class FileControl
{
    private const int HasMovedCode = 20;

    /// <summary>Whether the open file is no longer the one of its name: SQLITE_FCNTL_HAS_MOVED, a look at the folder. False where the system cannot tell.</summary>
    public static bool HasMoved(sqlite3 connection)
    {
        var taken = false;
        try
        {
            connection.DangerousAddRef(ref taken);
            var moved = 0;
            return Control(connection.DangerousGetHandle(), "main", HasMovedCode, ref moved) == raw.SQLITE_OK && moved != 0;
        }
        finally
        {
            if (taken) connection.DangerousRelease();
        }
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int Control(IntPtr connection, [MarshalAs(UnmanagedType.LPUTF8Str)] string database, int code, ref int value);
}
