namespace GraphRisk.Intake.Import;

/// <summary>How an import runs.</summary>
/// <param name="RecordedAt">When what it reads becomes known, UTC.</param>
public sealed record ImportOptions(DateTimeOffset RecordedAt)
{
    /// <summary>Records whose facts land together.</summary>
    public int BatchRecords { get; init; } = 4000;

    /// <summary>Longest record in bytes; longer ones go to quarantine without being held in memory.</summary>
    public int MaxRecordBytes { get; init; } = 1024 * 1024;

    /// <summary>Batches mapped ahead of the one being stored.</summary>
    public int BatchesAhead { get; init; } = 2;
}
