namespace GraphRisk.Intake.Import;

/// <summary>How an import runs.</summary>
/// <param name="RecordedAt">When what it reads becomes known, UTC.</param>
public sealed record ImportOptions(DateTimeOffset RecordedAt)
{
    /// <summary>Records whose facts land together. Part of the ChangeSets' identity, as the limit on a record is.</summary>
    public int BatchRecords { get; init; } = 10_000;

    /// <summary>Longest record in bytes; longer ones go to quarantine without being held in memory.</summary>
    public int MaxRecordBytes { get; init; } = 1024 * 1024;

    /// <summary>Batches mapped ahead of those being stored, and batches whose commit is waited for.</summary>
    public int BatchesAhead { get; init; } = 3;
}
