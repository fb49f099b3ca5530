using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;

namespace GraphRisk.Server.Security.Audit;

/// <summary>
/// Cuts entries whose time of retention is over off the start of the trail and leaves a signed summary in their place. The cut is
/// at a sealed head, so that what was cut stays held by a head that may be kept elsewhere, and the rest verifies as before.
/// </summary>
public static class AuditRetention
{
    /// <summary>Entries younger than so many years are never cut.</summary>
    public const int LeastYears = 3;

    /// <summary>Cuts every entry older than a moment, up to the last head sealed before it.</summary>
    /// <param name="files">The trail; it is checked whole first.</param>
    /// <param name="clock">Dates the cut.</param>
    /// <param name="olderThan">Entries filed before are cut.</param>
    /// <returns>What stands for the entries; null where none is old enough, and nothing was changed.</returns>
    /// <exception cref="AuditLossException">The trail is not whole.</exception>
    public static TrailSummary? Cut(AuditFiles files, TimeProvider clock, DateTimeOffset olderThan)
    {
        using var held = FileLock.Take(files.Lock);
        var (cursor, key, seal, _) = AuditOpening.Open(files, clock, AuditCheck.Whole);
        using var signing = seal;
        using var trail = AuditFiles.Open(files.Trail, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (FindPlace(trail.SafeFileHandle, key, HeadFile.Read(files.Heads), olderThan) is not { } place) return null;
        var summary = place.Summary with { CutAt = clock.GetUtcNow() };
        var length = Rewrite(files.Trail, trail, summary.Write(key, seal), place.Position);
        // The new length tells whoever opens the trail next where to go on; a crash before this costs them a whole check.
        HeadFile.Add(files.Heads, SealedHead.Seal(HeadFile.Last(files.Heads), clock.GetUtcNow(), cursor.Head, length, files.Store(), seal));
        return summary;
    }

    /// <summary>The last sealed head before the first entry that is not old enough, with a summary of all before it.</summary>
    private static (TrailSummary Summary, long Position)? FindPlace(SafeFileHandle trail, byte[] key, List<SealedHead> heads, DateTimeOffset olderThan)
    {
        var cursor = new TrailCursor(key);
        var counts = ImmutableSortedDictionary<string, long>.Empty.WithComparers(StringComparer.Ordinal);
        (string First, DateTimeOffset From)? start = null;
        (TrailSummary Summary, long Position)? place = null;
        var next = 0;
        foreach (var line in TrailLines.Read(trail))
        {
            if (!cursor.Take(line)) throw new AuditLossException($"The audit trail was changed at entry {cursor.Head.Sequence + 1}.");
            if (cursor.Summary is { } earlier && earlier.Through == cursor.Head)
            {
                (counts, start) = (earlier.Counts, (earlier.First, earlier.From));
                continue;
            }

            var record = AuditLine.Read(line.Bytes.Span);
            if (record.Entry.At >= olderThan) break;
            start ??= (record.Hash, record.Entry.At);
            var act = record.Entry.Act.ToString();
            counts = counts.SetItem(act, counts.GetValueOrDefault(act) + 1);
            while (next < heads.Count && heads[next].Head.Sequence < cursor.Head.Sequence) next++;
            if (next < heads.Count && heads[next].Head == cursor.Head)
                place = (new TrailSummary(cursor.Head, start.Value.First, start.Value.From, record.Entry.At, counts, heads[next].Number, default), cursor.Position);
        }

        return place;
    }

    /// <summary>Puts the summary and all from a position on in the place of the trail, and gives its length.</summary>
    private static long Rewrite(string path, FileStream trail, byte[] summary, long from)
    {
        var aside = path + ".next";
        File.Delete(aside);
        using (var rest = AuditFiles.Open(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            rest.Write(summary);
            rest.WriteByte((byte)'\n');
            trail.Position = from;
            trail.CopyTo(rest);
            rest.Flush(flushToDisk: true);
        }

        var length = new FileInfo(aside).Length;
        File.Move(aside, path, overwrite: true);
        return length;
    }
}
