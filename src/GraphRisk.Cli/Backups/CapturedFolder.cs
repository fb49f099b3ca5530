using GraphRisk.Cli.Composition;
using GraphRisk.Graph.Store;
using GraphRisk.Scoring.Registry;

namespace GraphRisk.Cli.Backups;

/// <summary>
/// A data folder as it was at one moment, beside whoever works on it. While nobody files in the audit trail, the trail, then what lies beside the store, then the version of the store are
/// looked at. So every change in the store was filed in the trail, every record the trail says was kept is there, and every version a record names is in the store; the reading comes after, of files
/// that are open already, or of which only what was there then is read.
/// </summary>
internal sealed class CapturedFolder : IDisposable
{
    private readonly SortedDictionary<string, CapturedFile> files = new(StringComparer.Ordinal);

    private CapturedFolder()
    {
    }

    /// <summary>When it was.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The newest version of the store then.</summary>
    public StoreVersion Version { get; private set; }

    /// <summary>The files beside the store by their path in the folder; keys and models that several servers share stand where the folder's own would.</summary>
    public IEnumerable<KeyValuePair<string, CapturedFile>> Files => files;

    /// <summary>Looks at a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="store">Its store.</param>
    /// <param name="clock">Dates it.</param>
    public static CapturedFolder Take(DataFolder folder, IGraphStore store, TimeProvider clock)
    {
        var captured = new CapturedFolder();
        try
        {
            return folder.Audit.WhileNobodyAppends(() =>
            {
                captured.At = clock.GetUtcNow();
                captured.AddAll(folder);
                captured.Version = store.GetVersionAsync().AsTask().GetAwaiter().GetResult();
                return captured;
            });
        }
        catch
        {
            captured.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var file in files.Values) file.Dispose();
    }

    private void AddAll(DataFolder folder)
    {
        var (own, audit) = (new DataFolder(folder.Path), folder.Audit);
        Add(NameOf(folder, audit.Trail), audit.Trail, CapturedFile.Open);
        Add("keys/" + Path.GetFileName(own.Audit.Heads), audit.Heads, CapturedFile.Open);

        // These are one writer's alone while it writes, so they are opened when they are read, and briefly; they only grow.
        foreach (var log in (string[])[folder.FiledScores, FiledRecords.DecisionsOf(folder), .. new ModelReports(folder.Models).Paths(), folder.ToServerOptions().RevocationPath])
            Add(NameOf(folder, log), log, CapturedFile.OfLog);
        var shared = new[] { (Folder: folder.SharedKeys, Name: "keys"), (Folder: folder.SharedModels, Name: "models") }
            .Where(one => one.Folder is not null)
            .SelectMany(one => new DataFolder(one.Folder!).Contents().Select(file => (file.FullPath, $"{one.Name}/{file.Name}")));
        foreach (var (path, name) in folder.Contents().Concat(shared).Where(file => !DataFolder.IsOfStore(file.Item2) && !DataFolder.IsMadeAgain(file.Item2)))
            Add(name, path, CapturedFile.Open);
    }

    /// <summary>Adds a file that is there, unless its name is taken.</summary>
    private void Add(string name, string path, Func<string, CapturedFile?> look)
    {
        if (!files.ContainsKey(name) && look(path) is { } file) files.Add(name, file);
    }

    private static string NameOf(DataFolder folder, string path)
    {
        foreach (var (root, name) in new[] { (folder.SharedKeys, "keys/"), (folder.SharedModels, "models/"), (folder.Path, "") })
            if (root is not null && Path.GetRelativePath(root, path) is var within && !within.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(within))
                return name + within.Replace('\\', '/');
        return Path.GetFileName(path);
    }
}

/// <summary>A file as it was when it was looked at.</summary>
internal sealed class CapturedFile : IDisposable
{
    private const int Attempts = 600;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly string path;
    private readonly FileStream? open;
    private readonly long length;

    private CapturedFile(string path, FileStream? open, long length) => (this.path, this.open, this.length) = (path, open, length);

    /// <summary>A file that may be replaced meanwhile; null where there is none.</summary>
    public static CapturedFile? Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new CapturedFile(path, file, file.Length);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>A file of lines that only grows; null where there is none. A line without its end was being written, so nobody was told that it is there.</summary>
    public static CapturedFile? OfLog(string path) => new FileInfo(path) is { Exists: true } file ? new CapturedFile(path, null, file.Length) : null;

    /// <summary>Reads it, given the file and its length then; of a log up to the last end of a line.</summary>
    public async Task<T> ReadAsync<T>(Func<FileStream, long, Task<T>> read, CancellationToken cancellation)
    {
        if (open is not null) return await read(open, length);
        await using var log = await WaitAsync(cancellation);
        return await read(log, EndOfLines(log, Math.Min(length, log.Length)));
    }

    public void Dispose() => open?.Dispose();

    /// <summary>Whoever writes to it has it alone, for a moment.</summary>
    private async Task<FileStream> WaitAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException) && attempt < Attempts)
            {
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    private static long EndOfLines(FileStream file, long length)
    {
        var buffer = new byte[4096];
        for (var end = length; end > 0; end -= Math.Min(end, buffer.Length))
        {
            var size = (int)Math.Min(end, buffer.Length);
            file.Position = end - size;
            file.ReadExactly(buffer, 0, size);
            if (buffer.AsSpan(0, size).LastIndexOf((byte)'\n') is >= 0 and var at) return end - size + at + 1;
        }

        return 0;
    }
}
