using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores;

/// <summary>A store as it was at a version, whatever others record in it meanwhile. It takes no changes. Thread-safe as the store is; closing it closes nothing.</summary>
/// <param name="store">The store.</param>
/// <param name="last">The version.</param>
public sealed class StoreAtVersion(IGraphStore store, StoreVersion last) : IGraphStore
{
    public SchemaCatalog Catalog => store.Catalog;

    public ImmutableArray<string> Unknown => store.Unknown;

    public ValueTask<StoreVersion> GetVersionAsync(CancellationToken cancellation = default) => ValueTask.FromResult(last);

    public async ValueTask<StoreVersion> GetVersionAsync(DateTimeOffset knownAt, CancellationToken cancellation = default) =>
        await store.GetVersionAsync(knownAt, cancellation) is var found && found.Number < last.Number ? found : last;

    /// <summary>Of later versions too: what others derived from them beside it is of the same store.</summary>
    public ValueTask<StoreMark?> GetMarkAsync(long version, CancellationToken cancellation = default) => store.GetMarkAsync(version, cancellation);

    /// <exception cref="StoreUnavailableException">Always.</exception>
    public ValueTask<AppendResult> AppendAsync(ChangeSet changes, CancellationToken cancellation = default) =>
        throw new StoreUnavailableException($"The store is looked at as it was at version {last.Number} and takes no changes.");

    public IAsyncEnumerable<RecordedFact> ReadAsync(ReadScope scope, CancellationToken cancellation = default) => store.ReadAsync(scope, cancellation);

    public async IAsyncEnumerable<RecordedFact> ReadChangesAsync(long afterVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var recorded in store.ReadChangesAsync(afterVersion, cancellation))
        {
            if (recorded.Version > last.Number) yield break;
            yield return recorded;
        }
    }

    public async IAsyncEnumerable<RecordedSet> ReadSetsAsync(long afterVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var set in store.ReadSetsAsync(afterVersion, cancellation))
        {
            if (set.Version.Number > last.Number) yield break;
            yield return set;
        }
    }

    public ValueTask<IReadOnlyList<RecordedFact>> FindAsync(
        NodeId node, long atVersion, bool withRelationships = false, CancellationToken cancellation = default) =>
        store.FindAsync(node, atVersion, withRelationships, cancellation);

    public ValueTask<IReadOnlyList<NodeId>> FindByIdentifierAsync(string scheme, string value, long atVersion, CancellationToken cancellation = default) =>
        store.FindByIdentifierAsync(scheme, value, atVersion, cancellation);

    public ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation = default) => store.CheckAsync(cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
