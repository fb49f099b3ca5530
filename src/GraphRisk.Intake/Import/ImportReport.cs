namespace GraphRisk.Intake.Import;

/// <summary>What an import did.</summary>
/// <param name="Files">File by file, in the order of import.</param>
public sealed record ImportReport(IReadOnlyList<FileReport> Files)
{
    /// <summary>Records read.</summary>
    public long Rows => Files.Sum(file => file.Rows);

    /// <summary>Facts that are newly known or have new content.</summary>
    public long Asserted => Files.Sum(file => file.Asserted);

    /// <summary>Records in quarantine, files counted as one.</summary>
    public long Quarantined => Files.Sum(file => file.Quarantined);

    /// <summary>Broken records that had been taken in from quarantine before.</summary>
    public long Mended => Files.Sum(file => file.Mended);

    /// <summary>Records that landed though something was found wrong with them: a value left out, values that contradict each other.</summary>
    public long Flagged => Files.Sum(file => file.Flagged);

    /// <summary>Records that waited in quarantine for what this import brought, and landed.</summary>
    public long Arrived { get; init; }

    /// <summary>Records held back because they name what neither their files nor the store describe; they land by themselves when it arrives.</summary>
    public long Waiting { get; init; }

    /// <summary>The first reasons for which records wait.</summary>
    public IReadOnlyList<string> WaitingFor { get; init; } = [];

    /// <summary>Relationships that landed and of which an end is not described yet, by their kind.</summary>
    public IReadOnlyList<OpenEnd> OpenEnds { get; init; } = [];

    /// <summary>Files that changed nothing, since they had been imported before.</summary>
    public int Unchanged => Files.Count(file => file.Unchanged);
}

/// <summary>What became of one file. Every record is landed, repeated, ignored, in quarantine or taken in from there before.</summary>
public sealed record FileReport
{
    /// <summary>Path as found.</summary>
    public required string Path { get; init; }

    /// <summary>Mapping or format by which it was read; null where the file was passed over.</summary>
    public string? Mapping { get; init; }

    /// <summary>Name of the source.</summary>
    public string? Source { get; init; }

    /// <summary>Records read, headers not counted.</summary>
    public long Rows { get; init; }

    /// <summary>Records whose facts landed.</summary>
    public long Landed { get; init; }

    /// <summary>Records the file had stated before, word by word.</summary>
    public long Repeated { get; init; }

    /// <summary>Records that say nothing the graph holds, by reason.</summary>
    public IReadOnlyDictionary<string, long> Ignored { get; init; } = new Dictionary<string, long>();

    /// <summary>Records in quarantine; 1 where the file as a whole is.</summary>
    public long Quarantined { get; init; }

    /// <summary>Broken records that had been taken in from quarantine before, mended or as they are.</summary>
    public long Mended { get; init; }

    /// <summary>Records that landed though something was found wrong with them.</summary>
    public long Flagged { get; init; }

    /// <summary>Facts the source said before and took back or ended with this delivery.</summary>
    public long TakenBack { get; init; }

    /// <summary>The delivery holds all there is; otherwise what it does not contain stays as it was.</summary>
    public bool Full { get; init; }

    /// <summary>Columns that the mapping does not name, or names and makes nothing of.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>Facts the records make.</summary>
    public long Facts { get; init; }

    /// <summary>Facts that are newly known or have new content.</summary>
    public long Asserted { get; init; }

    /// <summary>The store knew every batch of the file: it had been imported before.</summary>
    public bool Unchanged { get; init; }

    /// <summary>Why the file was passed over or put in quarantine; null where it was imported.</summary>
    public string? Reason { get; init; }
}

/// <summary>How far an import is.</summary>
/// <param name="File">File being stored.</param>
/// <param name="FileNumber">Its number, from 1.</param>
/// <param name="FileCount">Number of files.</param>
/// <param name="Rows">Records stored or put in quarantine so far, all files.</param>
/// <param name="Bytes">Bytes read so far, all files.</param>
/// <param name="TotalBytes">Bytes of all files.</param>
public readonly record struct ImportProgress(string File, int FileNumber, int FileCount, long Rows, long Bytes, long TotalBytes);
