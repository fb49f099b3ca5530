using Microsoft.Win32.SafeHandles;

namespace GraphRisk.Server.Security;

/// <summary>
/// The append-only, tamper-evident record of reads from level 3 on and of commands: one NDJSON file, each line
/// chained to the one before by a keyed hash. Whoever lacks the key can't change, insert, reorder or drop a line
/// inside the file unseen; that lines were cut off its end shows against a head noted elsewhere, such as in the
/// daily inspection's report. An entry is on the disk before <see cref="Append"/> returns, and the answer it tells
/// of is sent only after that.
/// Thread-safe. One process at a time holds the file.
/// </summary>
public sealed class AuditTrail : IDisposable
{
    private readonly SafeFileHandle file;
    private readonly byte[] key;
    private readonly SemaphoreSlim flushing = new(1, 1);
    private readonly Lock writing = new();
    private long length;
    private long flushed;

    private AuditTrail(SafeFileHandle file, byte[] key, AuditHead head, long length)
    {
        this.file = file;
        this.key = key;
        this.length = length;
        Head = head;
        flushed = head.Sequence;
    }

    /// <summary>The last entry's number and hash.</summary>
    public AuditHead Head { get; private set; }

    /// <summary>
    /// Opens the trail, or starts it, after checking every line. A last line without its newline was torn by a crash
    /// before its answer was sent; it is cut off.
    /// </summary>
    /// <exception cref="InvalidDataException">A line was tampered with; the message names it.</exception>
    public static AuditTrail Open(string path, byte[] key)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            var (head, length) = Check(file, path, key);
            RandomAccess.SetLength(file, length);
            return new AuditTrail(file, key, head, length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Checks every line of a trail that may be in use, and returns its head.</summary>
    /// <exception cref="InvalidDataException">A line was tampered with; the message names it.</exception>
    public static AuditHead Verify(string path, byte[] key)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Check(file, path, key).Head;
    }

    /// <summary>Appends an entry; entries that wait together share one flush to the disk.</summary>
    public async ValueTask Append(AuditEntry entry, CancellationToken cancellation)
    {
        var sequence = Write(entry);
        await flushing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (flushed >= sequence) return;
            var written = Head.Sequence;
            RandomAccess.FlushToDisk(file);
            flushed = written;
        }
        finally
        {
            flushing.Release();
        }
    }

    public void Dispose()
    {
        file.Dispose();
        flushing.Dispose();
    }

    private long Write(AuditEntry entry)
    {
        lock (writing)
        {
            var (line, head) = AuditLine.Write(entry, Head, key);
            RandomAccess.Write(file, [.. line, (byte)'\n'], length);
            length += line.Length + 1;
            Head = head;
            return head.Sequence;
        }
    }

    private static (AuditHead Head, long Length) Check(SafeFileHandle file, string path, byte[] key)
    {
        var head = AuditHead.Start;
        var length = 0L;
        foreach (var line in CompleteLines(file))
        {
            head = AuditLine.Check(line, head, key)
                ?? throw new InvalidDataException($"{path}:{head.Sequence + 1}: the audit trail was changed at this line.");
            length += line.Length + 1;
        }
        return (head, length);
    }

    private static IEnumerable<byte[]> CompleteLines(SafeFileHandle file)
    {
        using var line = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var offset = 0L;
        for (int count; (count = RandomAccess.Read(file, buffer, offset)) > 0; offset += count)
        {
            var start = 0;
            for (int end; (end = Array.IndexOf(buffer, (byte)'\n', start, count - start)) >= 0; start = end + 1)
            {
                line.Write(buffer, start, end - start);
                yield return line.ToArray();
                line.SetLength(0);
            }
            line.Write(buffer, start, count - start);
        }
    }
}
