using GraphRisk.Cli.Composition;

namespace GraphRisk.Cli.Output;

/// <summary>Files that only their owner may read (0600), whatever was there before.</summary>
internal static class OwnersFile
{
    private static readonly string[] OfTheSystem = ["/dev/", "/proc/", "/sys/"];

    /// <summary>Requires, before any work, that an answer can be written to a path: a plain file or none yet, in a folder that is there, and none of the program's own.</summary>
    /// <exception cref="UserErrorException">It cannot.</exception>
    public static void Require(FileInfo? file, DataFolder folder)
    {
        if (file is null) return;
        var inData = Path.GetRelativePath(Path.GetFullPath(folder.Path), file.FullName);
        if (inData != ".." && !inData.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !Path.IsPathRooted(inData))
            throw new UserErrorException($"'{file.FullName}' lies in the data folder, whose files are the program's own: write somewhere else.");
        if (file.Directory is not { Exists: true }) throw new UserErrorException($"'{file.DirectoryName}' is no folder.");
        if (Directory.Exists(file.FullName) || file.LinkTarget is not null || Array.Exists(OfTheSystem, root => file.FullName.StartsWith(root, StringComparison.Ordinal)))
            throw new UserErrorException($"'{file.FullName}' is no plain file: it is not replaced.");
    }

    /// <summary>Makes the file, in the place of one that is there.</summary>
    public static FileStream Create(string path)
    {
        File.Delete(path); // One that others may read would stay so.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
