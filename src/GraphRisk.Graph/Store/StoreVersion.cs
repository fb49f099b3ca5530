using GraphRisk.Graph.Facts;

namespace GraphRisk.Graph.Store;

/// <summary>A state of the store: the number of its latest ChangeSet and when that was recorded.</summary>
/// <param name="Number">Counts ChangeSets that changed something, from 1; 0 is the empty store.</param>
/// <param name="RecordedAt">When it was recorded, UTC; never decreases with the number.</param>
public readonly record struct StoreVersion(long Number, DateTimeOffset RecordedAt)
{
    /// <summary>Nothing stored.</summary>
    public static StoreVersion Empty { get; } = new(0, DateTimeOffset.MinValue);
}

/// <summary>What an append did.</summary>
/// <param name="Version">The store's version after it.</param>
/// <param name="Asserted">Facts that are newly known or have new content.</param>
/// <param name="Retracted">Facts that are no longer believed.</param>
/// <param name="AlreadyKnown">The ChangeSet's id was known; nothing was done.</param>
public readonly record struct AppendResult(StoreVersion Version, int Asserted, int Retracted, bool AlreadyKnown);

/// <summary>A fact as the store recorded it.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Kind">Assertion or retraction.</param>
/// <param name="Version">Version of the store that recorded it.</param>
/// <param name="RecordedAt">When that was, UTC.</param>
/// <param name="Sequence">Position of the recording among all recordings of the store, from 1.</param>
/// <param name="FirstSequence">Position of the first recording of a fact with this id; kept when the fact is recorded again.</param>
public readonly record struct RecordedFact(
    Fact Fact, ChangeKind Kind, long Version, DateTimeOffset RecordedAt, long Sequence, long FirstSequence);
