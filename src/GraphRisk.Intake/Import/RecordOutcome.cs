using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import;

/// <summary>What became of a record.</summary>
public enum RecordFate
{
    /// <summary>Its facts land.</summary>
    Landed,

    /// <summary>It is sound but says nothing the graph holds.</summary>
    Ignored,

    /// <summary>The file stated it before, word by word.</summary>
    Repeated,

    /// <summary>It goes to quarantine.</summary>
    Broken,
}

/// <summary>What became of a record, and why.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Fault">Why it is broken; null otherwise.</param>
/// <param name="Note">Why it is ignored; null otherwise.</param>
/// <param name="Findings">What was found wrong with a record that lands: values left out, values that contradict each other; null for nothing.</param>
public readonly record struct RecordOutcome(RecordFate Fate, RecordFault? Fault = null, string? Note = null, IReadOnlyList<RecordFault>? Findings = null)
{
    /// <summary>From when the record says something else than before; null where it takes the place of all it said before.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>Key of the record in its source; null where none could be read.</summary>
    public string? Record { get; init; }

    public static RecordOutcome Landed => new(RecordFate.Landed);

    /// <summary>It lands, with what was found wrong with it; the list is copied.</summary>
    public static RecordOutcome LandedWith(List<RecordFault> findings) =>
        new(RecordFate.Landed, Findings: findings.Count == 0 ? null : [.. findings.DistinctBy(finding => (finding.Field, finding.Reason))]);

    public static RecordOutcome Repeated => new(RecordFate.Repeated);

    public static RecordOutcome Broken(RecordFault fault) => new(RecordFate.Broken, fault);

    public static RecordOutcome Ignored(string note) => new(RecordFate.Ignored, Note: note);
}

/// <summary>Makes facts of the records of one file. Not thread-safe.</summary>
public interface IRecordMapper
{
    /// <summary>
    /// Maps a record. Its facts are added to the list where it lands, and none otherwise. Whatever the bytes are, a
    /// record that cannot be read is an outcome, never an exception.
    /// </summary>
    RecordOutcome Map(in RawRecord record, List<Fact> facts);
}
