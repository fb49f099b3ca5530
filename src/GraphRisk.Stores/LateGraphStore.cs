using System.Runtime.CompilerServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores;

/// <summary>
/// A store whose server was away when it should have been opened: each call tries to open it, until one has. Until then
/// every call says <see cref="StoreUnavailableException"/>. One attempt at a time, which all callers wait for. Thread-safe.
/// </summary>
/// <param name="catalog">The schema.</param>
/// <param name="open">Opens the store.</param>
public sealed class LateGraphStore(SchemaCatalog catalog, Func<CancellationToken, ValueTask<IGraphStore>> open) : IGraphStore
{
    private readonly SemaphoreSlim opening = new(1);
    private volatile IGraphStore? opened;

    public SchemaCatalog Catalog => catalog;

    public async ValueTask<StoreVersion> GetVersionAsync(CancellationToken cancellation = default) =>
        await (await OpenAsync(cancellation)).GetVersionAsync(cancellation);

    public async ValueTask<StoreVersion> GetVersionAsync(DateTimeOffset knownAt, CancellationToken cancellation = default) =>
        await (await OpenAsync(cancellation)).GetVersionAsync(knownAt, cancellation);

    public async ValueTask<AppendResult> AppendAsync(ChangeSet changes, CancellationToken cancellation = default) =>
        await (await OpenAsync(cancellation)).AppendAsync(changes, cancellation);

    public async IAsyncEnumerable<RecordedFact> ReadAsync(
        ReadScope scope, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var recorded in (await OpenAsync(cancellation)).ReadAsync(scope, cancellation)) yield return recorded;
    }

    public async IAsyncEnumerable<RecordedFact> ReadChangesAsync(
        long afterVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var recorded in (await OpenAsync(cancellation)).ReadChangesAsync(afterVersion, cancellation)) yield return recorded;
    }

    public async IAsyncEnumerable<RecordedSet> ReadSetsAsync(
        long afterVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var set in (await OpenAsync(cancellation)).ReadSetsAsync(afterVersion, cancellation)) yield return set;
    }

    public async ValueTask<IReadOnlyList<RecordedFact>> FindAsync(
        NodeId node, long atVersion, bool withRelationships = false, CancellationToken cancellation = default) =>
        await (await OpenAsync(cancellation)).FindAsync(node, atVersion, withRelationships, cancellation);

    public async ValueTask<IReadOnlyList<NodeId>> FindByIdentifierAsync(
        string scheme, string value, long atVersion, CancellationToken cancellation = default) =>
        await (await OpenAsync(cancellation)).FindByIdentifierAsync(scheme, value, atVersion, cancellation);

    public async ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation = default) =>
        await (await OpenAsync(cancellation)).CheckAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        if (opened is { } store) await store.DisposeAsync();
        opening.Dispose();
    }

    private async ValueTask<IGraphStore> OpenAsync(CancellationToken cancellation)
    {
        if (opened is { } before) return before;
        await opening.WaitAsync(cancellation);
        try
        {
            return opened ??= await open(cancellation);
        }
        finally
        {
            opening.Release();
        }
    }
}
