using GraphRisk.Graph.Store;

namespace GraphRisk.Intake.Import;

/// <summary>Counts what becomes of a file.</summary>
internal sealed class FileTally
{
    private readonly string path, mapping, source;
    private readonly SortedDictionary<string, long> ignored = new(StringComparer.Ordinal);
    private long landed, repeated, quarantined, mended, flagged, takenBack, facts, asserted;
    private bool changed;

    public FileTally(string path, string mapping, string source) => (this.path, this.mapping, this.source) = (path, mapping, source);

    /// <summary>Columns that nothing reads, as far as is known now.</summary>
    public Func<IReadOnlyList<string>> Unread { get; init; } = () => [];

    /// <summary>The delivery holds all there is.</summary>
    public bool Full { get; init; }

    /// <summary>Records in quarantine so far.</summary>
    public long Quarantined => quarantined;

    /// <summary>Why the file was not read to its end; null where it was.</summary>
    public string? Stopped { get; set; }

    /// <summary>Counts what the delivery took back.</summary>
    public void TakeBack(int count) => takenBack += count;

    /// <summary>Records so far.</summary>
    public long Rows { get; private set; }

    public void Add(RecordBatch batch, AppendResult result)
    {
        Rows += batch.Rows;
        landed += batch.Landed;
        repeated += batch.Repeated;
        quarantined += batch.Broken.Count - batch.Flagged;
        mended += batch.Mended;
        flagged += batch.Flagged;
        facts += batch.Changes.Length;
        asserted += result.Asserted;
        changed |= !batch.Changes.IsEmpty && !result.AlreadyKnown;
        foreach (var note in batch.Ignored) ignored[note] = ignored.GetValueOrDefault(note) + 1;
    }

    public FileReport Report() => new()
    {
        Path = path,
        Mapping = mapping,
        Source = source,
        Rows = Rows,
        Landed = landed,
        Repeated = repeated,
        Ignored = ignored,
        Quarantined = quarantined,
        Mended = mended,
        Flagged = flagged,
        TakenBack = takenBack,
        Full = Full,
        Unread = Unread(),
        Reason = Stopped,
        Facts = facts,
        Asserted = asserted,
        Unchanged = facts > 0 && !changed,
    };

    public FileReport Refused(RecordFault fault) =>
        new() { Path = path, Mapping = mapping, Source = source, Quarantined = 1, Reason = fault.ToString() };
}
