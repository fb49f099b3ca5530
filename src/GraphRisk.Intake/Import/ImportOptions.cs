namespace GraphRisk.Intake.Import;

/// <summary>How an import runs.</summary>
/// <param name="RecordedAt">When what it reads becomes known, UTC.</param>
public sealed record ImportOptions(DateTimeOffset RecordedAt)
{
    /// <summary>Records whose facts land together. Part of the ChangeSets' identity, as the limit on a record is.</summary>
    public int BatchRecords { get; init; } = 10_000;

    /// <summary>Longest record in bytes; longer ones go to quarantine without being held in memory.</summary>
    public int MaxRecordBytes { get; init; } = 1024 * 1024;

    /// <summary>The day of the import: what a record says was seen or published later is held back. Null where that is not looked for.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>Whether a delivery holds all there is: what the source said before and a full delivery no longer contains ends with it.</summary>
    public bool Full { get; init; }

    /// <summary>Records of a file in quarantine at most; beyond that the import stops, since the file or the mapping is wrong.</summary>
    public long MostBroken { get; init; } = 1_000_000;

    /// <summary>Whether the store knows a node. Set by the import; references that no file resolves are asked of it.</summary>
    internal Func<GraphRisk.Graph.Facts.NodeId, bool>? Knows { get; init; }

    /// <summary>What earlier deliveries described that the graph does not hold. Set by the import.</summary>
    internal PassedOver? PassedOver { get; init; }

    /// <summary>Told every fact, to find ends that dangle. Set by the import.</summary>
    internal OpenEnds? Ends { get; init; }

    /// <summary>Batches mapped ahead of those being stored, and batches whose commit is waited for.</summary>
    public int BatchesAhead { get; init; } = 3;
}
