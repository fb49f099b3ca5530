using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Benchmarks.Import;

/// <summary>Takes everything and keeps nothing.</summary>
internal sealed class NullStore(SchemaCatalog catalog) : IGraphStore
{
    public SchemaCatalog Catalog => catalog;

    public ValueTask<StoreVersion> GetVersionAsync(CancellationToken cancellation = default) => ValueTask.FromResult(StoreVersion.Empty);

    public ValueTask<StoreVersion> GetVersionAsync(DateTimeOffset knownAt, CancellationToken cancellation = default) => ValueTask.FromResult(StoreVersion.Empty);

    public ValueTask<AppendResult> AppendAsync(ChangeSet changes, CancellationToken cancellation = default) =>
        ValueTask.FromResult(new AppendResult(StoreVersion.Empty, changes.Changes.Length, 0, AlreadyKnown: false));

    public IAsyncEnumerable<RecordedFact> ReadAsync(ReadScope scope, CancellationToken cancellation = default) => AsyncEnumerable.Empty<RecordedFact>();

    public IAsyncEnumerable<RecordedFact> ReadChangesAsync(long afterVersion, CancellationToken cancellation = default) => AsyncEnumerable.Empty<RecordedFact>();

    public IAsyncEnumerable<RecordedSet> ReadSetsAsync(long afterVersion, CancellationToken cancellation = default) => AsyncEnumerable.Empty<RecordedSet>();

    public ValueTask<IReadOnlyList<RecordedFact>> FindAsync(
        NodeId node, long atVersion, bool withRelationships = false, CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<RecordedFact>>([]);

    public ValueTask<IReadOnlyList<NodeId>> FindByIdentifierAsync(
        string scheme, string value, long atVersion, CancellationToken cancellation = default) => ValueTask.FromResult<IReadOnlyList<NodeId>>([]);

    public ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation = default) => ValueTask.FromResult<IReadOnlyList<string>>([]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
