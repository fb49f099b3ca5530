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

    /// <summary>Bytes the file may grow to before the store counts as full, to keep some of the disk free; null for no bound.</summary>
    public long? MaximumBytes { get; init; }
}
