namespace GraphRisk.Stores.Sqlite;

/// <summary>Sizes and time limits of the embedded store.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>How long a write waits for another process that is writing.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Memory for pages of the writing connection, bytes.</summary>
    public long WriteCacheBytes { get; init; } = 192L << 20;

    /// <summary>Memory for pages of each reading connection, bytes.</summary>
    public long ReadCacheBytes { get; init; } = 16L << 20;

    /// <summary>Waiting ChangeSets are committed together up to about so many changes.</summary>
    public int GroupChanges { get; init; } = 50_000;

    /// <summary>
    /// Recordings whose index entries are kept in memory before they are merged into the file, at least; 32 bytes for
    /// each entry, of which a relationship has three and a node two or more. The figure grows with the store, to four times this.
    /// </summary>
    public int MinimumTail { get; init; } = 500_000;

    /// <summary>Whether a store is made where there is no file, or an empty one; else that is refused.</summary>
    public bool MayMake { get; init; } = true;

    /// <summary>
    /// A small file beside the store that names the newest version seen of it, by which an older, another or an empty store in its place is told
    /// when it is next opened; null for none. Where it is missing nothing is told, and it is written.
    /// </summary>
    public string? Witness { get; init; }

    /// <summary>Whether a store that is not the one the witness saw is taken from here on, under a new history; else it is refused.</summary>
    public bool TakesOther { get; init; }

    /// <summary>Bytes the file may grow to before the store counts as full, to keep some of the disk free; null for no bound.</summary>
    public long? MaximumBytes { get; init; }
}
