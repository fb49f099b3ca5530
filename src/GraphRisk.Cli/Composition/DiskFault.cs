namespace GraphRisk.Cli.Composition;

/// <summary>What it means that a file could not be written, and what to do.</summary>
internal static class DiskFault
{
    private const string Full = "The disk is full: make room and give the command again. What was acknowledged is there.";
    private const string ReadOnly = "Give the account that runs graphrisk the right to write there, or name another folder with --data.";

    /// <summary>By the system's own number of the fault: Linux, macOS where it differs, Windows.</summary>
    private static readonly Dictionary<int, string> ByNumber = new()
    {
        [28] = Full, // ENOSPC
        [122] = Full, // EDQUOT
        [69] = Full, // EDQUOT of macOS
        [unchecked((int)0x80070070)] = Full, // ERROR_DISK_FULL
        [30] = ReadOnly, // EROFS
        [unchecked((int)0x80070013)] = ReadOnly, // ERROR_WRITE_PROTECT
    };

    /// <summary>What is said of an error: its own words, and where it is of a full disk or of rights on it what to do.</summary>
    public static string Told(Exception error)
    {
        var doing = error is UnauthorizedAccessException ? ReadOnly : error is IOException ? ByNumber.GetValueOrDefault(error.HResult) : null;
        return doing is null ? error.Message : $"{error.Message.TrimEnd('.')}. {doing}";
    }
}
