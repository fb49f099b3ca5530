using Microsoft.Win32.SafeHandles;

namespace GraphRisk.Server.Security.Audit;

/// <summary>How much of a trail is checked when it is opened.</summary>
public enum AuditCheck
{
    /// <summary>Every entry: some seconds for a million.</summary>
    Whole,

    /// <summary>What came since the last sealed head, which itself must stand where it was sealed.</summary>
    SinceLastHead,
}

/// <summary>
/// Opens a trail, or starts one where there never was one. A trail, key or head that was there and is not is told from one that
/// never was by the others of the three; nothing is made anew in its place.
/// </summary>
internal static class AuditOpening
{
    /// <summary>Opens under the lock and gives how far the trail goes, with the keys and the last head.</summary>
    /// <exception cref="AuditLossException">Something is missing or was changed.</exception>
    public static (TrailCursor Cursor, byte[] Key, SealKey Seal, SealedHead Last) Open(AuditFiles files, TimeProvider clock, AuditCheck check)
    {
        var heads = HeadFile.Last(files.Heads);
        var length = File.Exists(files.Trail) ? new FileInfo(files.Trail).Length : -1;
        if (heads is null ? IsNew(files, length) : IsHalfMade(files, heads, length)) Start(files, clock);
        else RequireAll(files, heads, length);
        var key = KeyFile.Load(files.Key);
        var seal = SealKey.LoadOrCreate(files.SealKey);
        using var trail = AuditFiles.Open(files.Trail, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var cursor = heads is { Head.Sequence: > 0 } && check == AuditCheck.SinceLastHead ? TrailCursor.At(heads, key) : new TrailCursor(key);
        if (!cursor.StandsIn(trail.SafeFileHandle)) cursor = new TrailCursor(key);
        ReadOn(files, cursor, trail.SafeFileHandle, cursor.Position == 0 ? HeadFile.Read(files.Heads) : []);
        if (heads is { } last && last.Head.Sequence > cursor.Head.Sequence)
            throw new AuditLossException($"{files.Trail} ends with entry {cursor.Head.Sequence}, but entry {last.Head.Sequence} was sealed: entries {cursor.Head.Sequence + 1} to {last.Head.Sequence} are missing.");
        trail.SetLength(cursor.Position); // A torn line: never flushed, so never acknowledged.
        return (cursor, key, seal, heads ?? Adopt(files, clock, cursor, seal));
    }

    /// <summary>Reads on, holding every head against what was sealed.</summary>
    private static void ReadOn(AuditFiles files, TrailCursor cursor, SafeFileHandle trail, List<SealedHead> heads)
    {
        var next = 0;
        cursor.ReadOn(trail, head =>
        {
            while (next < heads.Count && heads[next].Head.Sequence < head.Sequence) next++;
            for (; next < heads.Count && heads[next].Head.Sequence == head.Sequence; next++)
                if (heads[next].Head != head)
                    throw new AuditLossException($"{files.Trail} is another trail than was sealed: entry {head.Sequence} differs from head {heads[next].Number}.");
        });
    }

    // An empty trail with a key is what earlier versions of the program left before the first entry.
    private static bool IsNew(AuditFiles files, long length) =>
        length <= 0 && (length == 0 || files.SharesKeys || !File.Exists(files.Key));

    // The start was broken off: the key is made last.
    private static bool IsHalfMade(AuditFiles files, SealedHead head, long length) =>
        length == 0 && head.Head.Sequence == 0 && !File.Exists(files.Key) && File.Exists(files.SealKey);

    private static void Start(AuditFiles files, TimeProvider clock)
    {
        foreach (var path in new[] { files.Trail, files.Heads }) Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using (AuditFiles.Open(files.Trail, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        using (var seal = SealKey.LoadOrCreate(files.SealKey))
            if (HeadFile.Last(files.Heads) is null)
                HeadFile.Add(files.Heads, SealedHead.Seal(null, clock.GetUtcNow(), AuditHead.Start, 0, files.Store(), seal));
        KeyFile.MakeOnce(files.Key);
    }

    private static void RequireAll(AuditFiles files, SealedHead? heads, long length)
    {
        if (length < 0)
            throw new AuditLossException(heads is null
                ? $"The audit trail {files.Trail} is missing, though its key {files.Key} is there."
                : $"The audit trail {files.Trail} is missing: {heads.Head.Sequence} entries were sealed.");
        if (!File.Exists(files.Key)) throw new AuditLossException($"The key {files.Key} of the audit trail {files.Trail} is missing.");
        if (heads is not null && !File.Exists(files.SealKey)) throw new AuditLossException($"The key {files.SealKey} that signs heads of the audit trail is missing.");
        if (heads is null && !IsOfEarlierVersion(files.Trail)) throw new AuditLossException($"The sealed heads {files.Heads} of the audit trail {files.Trail} are missing.");
        if (heads is not null)
        {
            using var seal = SealKey.Load(files.SealKey);
            if (seal.Public != heads.Key)
                throw new AuditLossException($"Head {heads.Number} in {files.Heads} is signed with another key ({SealKey.FingerprintOf(heads.Key)}) than {files.SealKey} ({SealKey.FingerprintOf(seal.Public)}).");
        }
    }

    // Entries of earlier versions do not state their act, and no heads were sealed.
    private static bool IsOfEarlierVersion(string trail)
    {
        using var file = File.OpenHandle(trail, share: FileShare.ReadWrite | FileShare.Delete);
        foreach (var line in TrailLines.Read(file)) return line.Bytes.Span.StartsWith("{\"seq\":1,"u8) && line.Bytes.Span.IndexOf(",\"act\":"u8) < 0;
        return false;
    }

    /// <summary>The last head, sealing what an earlier version of the program or a new trail has.</summary>
    private static SealedHead Adopt(AuditFiles files, TimeProvider clock, TrailCursor cursor, SealKey seal)
    {
        if (HeadFile.Last(files.Heads) is { } last) return last;
        var head = SealedHead.Seal(null, clock.GetUtcNow(), cursor.Head, cursor.Position, files.Store(), seal);
        HeadFile.Add(files.Heads, head);
        return head;
    }
}
