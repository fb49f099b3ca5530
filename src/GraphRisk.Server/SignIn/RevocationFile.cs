namespace GraphRisk.Server.SignIn;

/// <summary>
/// Revocations in a file that only grows, one JSON object a line. Any number of processes add to it; servers see what was
/// added at the next request.
/// </summary>
public static class RevocationFile
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>Adds a revocation; it is on the disk when this returns.</summary>
    /// <param name="path">The file; made with its folder where missing.</param>
    /// <param name="revocation">What no longer counts.</param>
    /// <param name="clock">Times the wait for another process that is adding.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="IOException">Another process holds the file for too long, or it cannot be written.</exception>
    public static async Task Add(string path, Revocation revocation, TimeProvider clock, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var alone = await LockFile(path + ".lock", clock, cancellation).ConfigureAwait(false);
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.SetLength(EndOfLastLine(file));
        file.Seek(0, SeekOrigin.End);
        file.Write(revocation.ToLine());
        file.Flush(flushToDisk: true);
    }

    // A last line without its end was torn by a crash before it was confirmed.
    private static long EndOfLastLine(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n') return end;
        }
        return 0;
    }

    private static async Task<FileStream> LockFile(string path, TimeProvider clock, CancellationToken cancellation)
    {
        for (var began = clock.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (clock.GetElapsedTime(began) < LongestWait)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancellation).ConfigureAwait(false);
            }
        }
    }
}
