using System.Runtime.InteropServices;

namespace GraphRisk.Cli.Composition;

/// <summary>Keeps what the program writes to its owner: files 0600, folders 0700. Windows has no such modes and is left alone.</summary>
internal static class OwnerOnly
{
    public const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const uint Others = 0b_000_111_111;

    /// <summary>From now on this process and the libraries in it make files that only their owner may read.</summary>
    public static void FromNowOn()
    {
        if (!OperatingSystem.IsWindows()) _ = Umask(Others);
    }

    /// <summary>Makes a folder where it is missing.</summary>
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, Folder);
    }

    /// <summary>What to do about a folder that others may enter or list; null where they may not, and nothing in it is reached.</summary>
    public static string? Advice(string folder) =>
        OperatingSystem.IsWindows() || !Directory.Exists(folder) || (File.GetUnixFileMode(folder) & ~Folder) == 0
            ? null
            : $"Others on this machine may look into {folder}: run chmod -R go= '{folder}'.";

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint Umask(uint mask);
}
