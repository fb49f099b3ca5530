using System.Diagnostics;

namespace GraphRisk.Server.Security.Audit;

/// <summary>
/// A lock that one process holds at a time, and in it one thread: a file opened for nobody else (<c>flock</c> on Unix). It falls
/// when its holder dies, however it dies.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const int Eager = 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private readonly FileStream file;

    private FileLock(FileStream file) => this.file = file;

    /// <summary>Waits for the lock.</summary>
    /// <exception cref="IOException">It was held by others for a minute, or the file can't be made.</exception>
    public static FileLock Take(string path)
    {
        var started = Stopwatch.GetTimestamp();
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileLock(AuditFiles.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                if (Stopwatch.GetElapsedTime(started) > LongestWait)
                    throw new IOException($"The audit trail can't be appended to: another process holds {path} for a minute now.", error);
                if (tries < Eager) Thread.Yield();
                else Thread.Sleep(1);
            }
        }
    }

    public void Dispose() => file.Dispose();
}
