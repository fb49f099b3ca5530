using System.Diagnostics.CodeAnalysis;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

/// <summary>What a snapshot shows: what is known by a version, of what holds at an instant, as far as an entitlement covers it.</summary>
internal readonly record struct Shown(StoreVersion Version, DateTimeOffset AsOf, Entitlement Entitlement);

/// <summary>
/// The snapshots a provider has in memory, made or being made, and which of them go. What goes is what was asked for least, older asking counting
/// half every so often: the whole and each open level by number, viewers' own by number and bytes, and any of them where a build needs the memory.
/// Thread-safe.
/// </summary>
/// <param name="options">How many are kept.</param>
/// <param name="keepsUntilMade">
/// Where the store may be away only a snapshot that was made makes room for itself: one that cannot be made must not push out one that answers.
/// </param>
internal sealed class SnapshotShelf(SnapshotProviderOptions options, bool keepsUntilMade)
{
    private const int AskedPerHalving = 256;

    private readonly Lock gate = new();
    private readonly LinkedList<Entry> entries = [];
    private readonly long mostBytes = options.MostBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
    private int asked;

    /// <summary>The place of a snapshot, for one more who waits for it; whoever enters leaves.</summary>
    /// <param name="shown">What it shows.</param>
    /// <param name="make">Makes it; told when nobody waits any more.</param>
    public Entry Enter(Shown shown, Func<CancellationToken, Task<Snapshot>> make)
    {
        lock (gate)
        {
            var known = entries.FirstOrDefault(entry => entry.Shown == shown);
            if (known is not null) entries.Remove(known);
            var entry = known is null or { Snapshot: { IsValueCreated: true, Value.IsCanceled: true } } ? Begin(shown, make) : known;
            entries.AddFirst(entry);
            entry.Waiting++;
            entry.Asked++;
            if (++asked % AskedPerHalving == 0)
                foreach (var one in entries) one.Asked /= 2;
            if (!keepsUntilMade) Trim(entry, alsoUnmade: true);
            return entry;
        }
    }

    /// <summary>One who waited has it, or gave up: the last who gives up drops a build that has not begun.</summary>
    public void Leave(Entry entry)
    {
        bool isLast;
        lock (gate) isLast = --entry.Waiting == 0;
        if (isLast && !entry.Snapshot.Value.IsCompleted) entry.Unbegun.Cancel();
    }

    /// <summary>Drops what was asked for least, for one that is made.</summary>
    public void MakeRoomFor(Entry made)
    {
        lock (gate) Trim(made, alsoUnmade: false);
    }

    /// <summary>Forgets one whose build failed.</summary>
    public void Remove(Entry failed)
    {
        lock (gate) entries.Remove(failed);
    }

    /// <summary>The made snapshot of an as-of with the highest version up to the given one; null where there is none.</summary>
    public Snapshot? FindEarlier(long version, DateTimeOffset asOf, Entitlement entitlement)
    {
        lock (gate)
            return entries
                .Where(entry => entry.IsMade && entry.Shown.AsOf == asOf && entry.Shown.Entitlement == entitlement && entry.Shown.Version.Number <= version)
                .Select(entry => entry.Snapshot.Value.Result).MaxBy(snapshot => snapshot.Stamp.Version);
    }

    /// <summary>Of the whole and of each open level the snapshot used last.</summary>
    public IReadOnlyList<Snapshot> UsedLast()
    {
        lock (gate)
            return
            [
                .. entries.Where(entry => !entry.Shown.Entitlement.HasOwn && entry.IsMade).DistinctBy(entry => entry.Shown.Entitlement)
                    .Select(entry => entry.Snapshot.Value.Result),
            ];
    }

    /// <summary>How many are made, the bytes they have of their own, and the newest version among them; 0 where none is.</summary>
    public (int Count, long Bytes, long Version) Held()
    {
        lock (gate)
        {
            var made = entries.Where(entry => entry.IsMade).ToList();
            return (made.Count, made.Sum(entry => entry.Bytes), made.Select(entry => entry.Shown.Version.Number).DefaultIfEmpty().Max());
        }
    }

    /// <summary>Whether memory is left for builds; what was asked for least goes for them, but for one of each sort.</summary>
    /// <param name="bytes">What they need.</param>
    public bool HasRoom(long bytes)
    {
        lock (gate)
        {
            var kept = entries.Where(entry => entry.IsMade).Sum(entry => entry.Bytes);
            while (kept + bytes > mostBytes
                && LeastAsked(entry => entry.IsMade && entry.Waiting == 0 && entries.Count(other => other.IsMade && SortOf(other) == SortOf(entry)) > 1) is { } least)
            {
                kept -= least.Bytes;
                entries.Remove(least);
            }

            return kept + bytes <= mostBytes;
        }
    }

    /// <summary>An entry for what is not there; it takes over the asking from older knowledge of the same day, which it replaces.</summary>
    private Entry Begin(Shown shown, Func<CancellationToken, Task<Snapshot>> make)
    {
        var entry = new Entry(shown, make);
        foreach (var older in entries.Where(one => one.Shown.AsOf == shown.AsOf && one.Shown.Entitlement == shown.Entitlement && one.Shown.Version.Number < shown.Version.Number))
            (entry.Asked, older.Asked) = (entry.Asked + older.Asked, 0);
        return entry;
    }

    private void Trim(Entry asked, bool alsoUnmade)
    {
        var sort = SortOf(asked);
        while (IsOver(sort) && LeastAsked(entry => entry != asked && SortOf(entry) == sort && (alsoUnmade || entry.IsMade)) is { } least)
            entries.Remove(least);
    }

    private bool IsOver(Entitlement? sort)
    {
        var (kept, bytes) = (0, 0L);
        foreach (var entry in entries)
        {
            if (SortOf(entry) != sort) continue;
            kept++;
            if (sort is null && entry.IsMade) bytes += entry.Bytes;
        }

        return kept > (sort is null ? options.EntitledCapacity : options.Capacity) || bytes > options.EntitledBytes;
    }

    /// <summary>What snapshots make room for one another: those of one entitlement, or null for viewers' own.</summary>
    private static Entitlement? SortOf(Entry entry) => entry.Shown.Entitlement.HasOwn ? null : entry.Shown.Entitlement;

    /// <summary>Of the entries asked for least the one unused for longest; null where none is among those.</summary>
    private Entry? LeastAsked(Func<Entry, bool> among) => entries.Reverse().Where(among).MinBy(entry => entry.Asked);

    /// <summary>A snapshot that is made or being made; what changes is guarded by the shelf's lock.</summary>
    [SuppressMessage("Design", "CA1001", Justification = "a source without timer and wait handle holds nothing to dispose")]
    internal sealed class Entry
    {
        private long? bytes;

        public Entry(Shown shown, Func<CancellationToken, Task<Snapshot>> make)
        {
            Shown = shown;
            Snapshot = new Lazy<Task<Snapshot>>(() => make(Unbegun.Token));
        }

        public Shown Shown { get; }

        public Lazy<Task<Snapshot>> Snapshot { get; }

        /// <summary>Drops the build where it has not begun.</summary>
        public CancellationTokenSource Unbegun { get; } = new();

        public bool IsMade => Snapshot is { IsValueCreated: true, Value.IsCompletedSuccessfully: true };

        /// <summary>Its size once it is made.</summary>
        public long Bytes => bytes ??= Snapshot.Value.Result.OwnBytes;

        /// <summary>How many wait for it.</summary>
        public int Waiting { get; set; }

        /// <summary>How often it was asked for, older asking counting less.</summary>
        public int Asked { get; set; }
    }
}
