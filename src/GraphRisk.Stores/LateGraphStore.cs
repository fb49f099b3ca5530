using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores;

/// <summary>
/// A store whose server was away when it should have been opened: each call tries to open it, until one has. Until then
/// every call says <see cref="StoreUnavailableException"/>. Calls at the same time share one attempt and what comes of it.
/// Thread-safe.
/// </summary>
/// <param name="catalog">The schema.</param>
/// <param name="open">Opens the store; cancelled when this one is closed.</param>
public sealed class LateGraphStore(SchemaCatalog catalog, Func<CancellationToken, ValueTask<IGraphStore>> open) : IGraphStore
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private Task<IGraphStore>? attempt;

    public SchemaCatalog Catalog => catalog;

    public ImmutableArray<string> Unknown
    {
        get
        {
            lock (gate) return attempt is { IsCompletedSuccessfully: true } ? attempt.Result.Unknown : [];
        }
    }

    public async ValueTask<StoreVersion> GetVersionAsync(CancellationToken cancellation = default) =>
        await (await OpenAsync(cancellation)).GetVersionAsync(cancellation);

    public async ValueTask<StoreVersion> GetVersionAsync(DateTimeOffset knownAt, CancellationToken cancellation = default) =>
        await (await OpenAsync(cancellation)).GetVersionAsync(knownAt, cancellation);

    public async ValueTask<StoreMark?> GetMarkAsync(long version, CancellationToken cancellation = default) =>
        await (await OpenAsync(cancellation)).GetMarkAsync(version, cancellation);

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
        Task<IGraphStore>? last;
        lock (gate) last = attempt;
        await stop.CancelAsync();
        if (last is not null)
        {
            await ((Task)last).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (last.IsCompletedSuccessfully) await last.Result.DisposeAsync();
        }

        stop.Dispose();
    }

    private ValueTask<IGraphStore> OpenAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            if (attempt is null or { IsFaulted: true } or { IsCanceled: true }) attempt = open(stop.Token).AsTask();
            return attempt.IsCompletedSuccessfully ? new(attempt.Result) : new(attempt.WaitAsync(cancellation));
        }
    }
}
