using System.Diagnostics.Metrics;
using GraphRisk.Graph.Observability;
using Microsoft.Win32.SafeHandles;

namespace GraphRisk.Server.Security.Audit;

/// <summary>
/// The append-only, tamper-evident record of reads from level 3 on, refusals, exports and commands: one NDJSON file, each line
/// chained to the one before by a keyed hash, held in place by sealed heads. Whoever lacks the key can't change, insert, reorder
/// or drop a line inside the file unseen; that lines were cut off its end shows against a head.
/// <para>
/// Any number of processes append. Entries that wait together are written in one go: lock, read what others have appended since
/// and check it, cut what a killed process left of a line, append, flush to the disk, release. An append is acknowledged when it
/// is on the disk and not before, and the answer it tells of is sent only after that.
/// </para>
/// Thread-safe.
/// </summary>
public sealed class AuditTrail : IDisposable
{
    /// <summary>Entries between two sealed heads.</summary>
    public const int SealEvery = 1000;

    private const int LargestBatch = 4 << 20;

    private static readonly Counter<long> Writes = Signals.Meter.CreateCounter<long>("graphrisk.audit.writes", "{entry}", "Entries of the audit trail, by result: written or failed.");

    private readonly AuditFiles files;
    private readonly TimeProvider clock;
    private readonly byte[] key;
    private readonly SealKey seal;
    private readonly Lock gate = new();
    private readonly Lock writing = new();
    private Queue<Pending> waiting = new();
    private TrailCursor cursor;
    private SealedHead lastSealed;
    private Exception? broken;
    private Task committing = Task.CompletedTask;
    private bool isCommitting;
    private bool isShared;
    private bool isClosed;

    private AuditTrail(AuditFiles files, TimeProvider clock, TrailCursor cursor, byte[] key, SealKey seal, SealedHead lastSealed)
    {
        this.files = files;
        this.clock = clock;
        this.cursor = cursor;
        this.key = key;
        this.seal = seal;
        this.lastSealed = lastSealed;
    }

    /// <summary>The trail's head when this process last looked.</summary>
    public AuditHead Head => cursor.Head;

    /// <summary>Opens the trail, or starts it where there never was one.</summary>
    /// <param name="files">Where it is kept.</param>
    /// <param name="clock">Dates heads.</param>
    /// <param name="check">How much is checked.</param>
    /// <exception cref="AuditLossException">Trail, key or heads are missing or were changed; the message says which and what to do.</exception>
    public static AuditTrail Open(AuditFiles files, TimeProvider clock, AuditCheck check = AuditCheck.Whole)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(files.Trail))!);
        using var held = FileLock.Take(files.Lock);
        var (cursor, key, seal, last) = AuditOpening.Open(files, clock, check);
        return new AuditTrail(files, clock, cursor, key, seal, last);
    }

    /// <summary>Appends an entry and returns its number once it is on the disk.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellation">Ends the wait; the entry may be appended all the same.</param>
    /// <exception cref="IOException">It could not be written, or the trail is not as it was left.</exception>
    public async ValueTask<long> Append(AuditEntry entry, CancellationToken cancellation)
    {
        var pending = new Pending(entry);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            waiting.Enqueue(pending);
            if (!isCommitting)
            {
                isCommitting = true;
                committing = Task.Run(CommitAll, CancellationToken.None);
            }
        }

        return await pending.Done.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Seals the head as it is now, whoever appended it, and returns it; the last sealed one where nothing was appended since.</summary>
    public SealedHead Seal()
    {
        lock (writing)
        {
            using var held = FileLock.Take(files.Lock);
            using var file = OpenToAppend();
            CatchUp(file.SafeFileHandle);
            return SealHeld();
        }
    }

    /// <summary>Waits for what is being appended, seals the head and closes.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isClosed) return;
            isClosed = true;
        }

        committing.GetAwaiter().GetResult();
        if (broken is null && cursor.Head.Sequence > lastSealed.Head.Sequence) SealAtStop();
        seal.Dispose();
    }

    private void SealAtStop()
    {
        try
        {
            Seal();
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // The entries are on the disk and chained; the next to open seals them, or says what is wrong.
            broken = error;
        }
    }

    private void CommitAll()
    {
        while (true)
        {
            Queue<Pending> batch;
            lock (gate)
            {
                if (waiting.Count == 0)
                {
                    isCommitting = false;
                    return;
                }

                (batch, waiting) = (waiting, new Queue<Pending>());
            }

            while (batch.Count > 0) Commit(batch);
            if (isShared) Thread.Sleep(1); // Others wait for the lock and look for it every millisecond.
        }
    }

    private static KeyValuePair<string, object?> Result(string result) => new("result", result);

    /// <summary>Commits as many of a batch as are written at once.</summary>
    private void Commit(Queue<Pending> batch)
    {
        var taken = new List<Pending>();
        try
        {
            lock (writing) Commit(batch, taken);
            Writes.Add(taken.Count, Result("written"));
            foreach (var pending in taken) pending.Done.SetResult(pending.Sequence);
        }
        catch (Exception error)
        {
            taken.AddRange(batch);
            batch.Clear();
            Writes.Add(taken.Count, Result("failed"));
            foreach (var pending in taken) pending.Done.TrySetException(error);
        }
    }

    private void Commit(Queue<Pending> batch, List<Pending> taken)
    {
        if (broken is not null) throw new IOException($"The audit trail takes no entries until a restart: {broken.Message}", broken);
        using var held = FileLock.Take(files.Lock);
        using var file = OpenToAppend();
        var before = cursor.Position;
        CatchUp(file.SafeFileHandle);
        isShared = cursor.Position != before;
        var (head, lines) = (cursor.Head, new List<(byte[] Line, AuditHead Head)>());
        using var bytes = new MemoryStream();
        while (batch.Count > 0 && bytes.Length < LargestBatch)
        {
            var pending = batch.Dequeue();
            taken.Add(pending);
            var (line, next) = AuditLine.Write(pending.Entry, head, key);
            bytes.Write(line);
            bytes.WriteByte((byte)'\n');
            lines.Add((line, next));
            head = next;
            pending.Sequence = next.Sequence;
        }

        RandomAccess.Write(file.SafeFileHandle, bytes.GetBuffer().AsSpan(0, (int)bytes.Length), cursor.Position);
        Flush(file.SafeFileHandle);
        foreach (var (line, next) in lines) cursor.Advance(line, next, cursor.Position + line.Length + 1);
        if (head.Sequence - lastSealed.Head.Sequence >= SealEvery) SealHeld();
    }

    private FileStream OpenToAppend()
    {
        try
        {
            return AuditFiles.Open(files.Trail, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            throw new AuditLossException($"The audit trail {files.Trail} is missing: it had {cursor.Head.Sequence} entries.");
        }
    }

    /// <summary>Reads and checks what others have appended, and cuts what a killed process left of a line.</summary>
    private void CatchUp(SafeFileHandle file)
    {
        if (!cursor.StandsIn(file)) cursor = ReadAnew(file);
        cursor.ReadOn(file);
        if (RandomAccess.GetLength(file) > cursor.Position) RandomAccess.SetLength(file, cursor.Position);
    }

    /// <summary>Another process cut the trail by retention: what is left must lead over the head known here.</summary>
    private TrailCursor ReadAnew(SafeFileHandle file)
    {
        var (known, isMet) = (cursor.Head, cursor.Head.Sequence == 0);
        var anew = new TrailCursor(key);
        anew.ReadOn(file, head => isMet |= head == known || (head.Sequence > known.Sequence && anew.Summary?.Through == head));
        return isMet
            ? anew
            : throw new AuditLossException($"{files.Trail} is not what it was: it ends with entry {anew.Head.Sequence}, and entry {known.Sequence} is not the one that was there.");
    }

    private void Flush(SafeFileHandle file)
    {
        try
        {
            RandomAccess.FlushToDisk(file);
        }
        catch (Exception error)
        {
            // After a flush that failed a second one may succeed without the data being there.
            broken = error;
            throw;
        }
    }

    private SealedHead SealHeld()
    {
        var last = HeadFile.Last(files.Heads) ?? throw new AuditLossException($"The sealed heads {files.Heads} of the audit trail are missing.");
        if (last.Head == cursor.Head) return lastSealed = last;
        lastSealed = SealedHead.Seal(last, clock.GetUtcNow(), cursor.Head, cursor.Position, files.Store(), seal);
        HeadFile.Add(files.Heads, lastSealed);
        return lastSealed;
    }

    /// <summary>An entry that waits to be on the disk.</summary>
    private sealed class Pending(AuditEntry entry)
    {
        public AuditEntry Entry => entry;

        public long Sequence { get; set; }

        public TaskCompletionSource<long> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
