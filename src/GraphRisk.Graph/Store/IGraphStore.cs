using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Store;

/// <summary>
/// The append-only, bitemporal store of facts. Implementations answer alike: same facts, same order, same hash. Reads
/// may run while another appends; each sees whole ChangeSets up to the version it asked for.
/// </summary>
public interface IGraphStore : IAsyncDisposable
{
    /// <summary>The schema the store validates against.</summary>
    SchemaCatalog Catalog { get; }

    /// <summary>
    /// What a program with a later schema has recorded here and <see cref="Catalog"/> does not have, as <see cref="SchemaElements"/> names it, seen when the version was
    /// last asked for. It is in no read and stays in the store untouched; empty where the store holds nothing of the kind or is refused as a whole where it does.
    /// </summary>
    ImmutableArray<string> Unknown => [];

    /// <summary>The newest version; <see cref="StoreVersion.Empty"/> while nothing is stored.</summary>
    ValueTask<StoreVersion> GetVersionAsync(CancellationToken cancellation = default);

    /// <summary>The newest version recorded at or before an instant; <see cref="StoreVersion.Empty"/> where there is none.</summary>
    ValueTask<StoreVersion> GetVersionAsync(DateTimeOffset knownAt, CancellationToken cancellation = default);

    /// <summary>The newest version at which everything is answered also while the store's server is away, without asking it; <see cref="StoreVersion.Empty"/> for none.</summary>
    ValueTask<StoreVersion> GetHeldAsync(CancellationToken cancellation = default) => ValueTask.FromResult(StoreVersion.Empty);

    /// <summary>
    /// Which history a version is of; what is derived from the version names it. Equal for a version however often it is asked for, other where
    /// the store's file was replaced by another or put back from a backup and written to since.
    /// </summary>
    /// <returns>The mark; null where the store has no such version.</returns>
    ValueTask<StoreMark?> GetMarkAsync(long version, CancellationToken cancellation = default) => StoreMark.OfSetAsync(this, version, cancellation);

    /// <summary>
    /// Appends a set of changes, all or none. Does nothing where the set's id is known; drops changes that say what is
    /// already known (same fact, same content) or retract what is not; makes no version where none is left, but knows
    /// the id from then on. Of several changes on one fact only the last counts, at its place. A retraction is recorded
    /// with the content the store knows, whatever content it was asked with.
    /// </summary>
    /// <exception cref="InvalidFactException">A fact offends the schema; nothing was appended.</exception>
    /// <exception cref="VersionConflictException">The set rests on a version that is not the newest; nothing was appended.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached or is out of space.</exception>
    ValueTask<AppendResult> AppendAsync(ChangeSet changes, CancellationToken cancellation = default);

    /// <summary>
    /// The facts known at the scope's version, of its types and data sets, whose validity begins at or before its as-of instant, in
    /// the order in which each was first recorded (<see cref="RecordedFact.FirstSequence"/>). Facts whose validity has
    /// ended or that a later one replaces are among them: the snapshot decides what of them holds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The store has no such version yet.</exception>
    IAsyncEnumerable<RecordedFact> ReadAsync(ReadScope scope, CancellationToken cancellation = default);

    /// <summary>Every change recorded after a version, in order, without gaps, retractions included.</summary>
    IAsyncEnumerable<RecordedFact> ReadChangesAsync(long afterVersion, CancellationToken cancellation = default);

    /// <summary>The ChangeSets recorded after a version that changed something, in order: one for each version.</summary>
    IAsyncEnumerable<RecordedSet> ReadSetsAsync(long afterVersion, CancellationToken cancellation = default);

    /// <summary>The facts known at a version about one node: its own and, on request, those of its relationships; in the order of their first recording. What was erased is not among them.</summary>
    ValueTask<IReadOnlyList<RecordedFact>> FindAsync(
        NodeId node, long atVersion, bool withRelationships = false, CancellationToken cancellation = default);

    /// <summary>The nodes that carry an identifier, ordered by id; schemes are those of <c>@identifier</c>, values are compared as written.</summary>
    ValueTask<IReadOnlyList<NodeId>> FindByIdentifierAsync(
        string scheme, string value, long atVersion, CancellationToken cancellation = default);

    /// <summary>Checks the store's own consistency and returns the faults found, none where it is sound.</summary>
    ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation = default);
}
