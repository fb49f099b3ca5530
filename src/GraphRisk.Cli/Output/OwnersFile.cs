namespace GraphRisk.Cli.Output;

/// <summary>Files that only their owner may read (0600), whatever was there before.</summary>
internal static class OwnersFile
{
    /// <summary>Makes the file, in the place of one that is there.</summary>
    public static FileStream Create(string path)
    {
        File.Delete(path); // One that others may read would stay so.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
