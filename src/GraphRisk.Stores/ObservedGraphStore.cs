using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Observability;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores;

/// <summary>A store whose reads and appends are seen: a span each, and commits counted and timed. It answers, and is closed, as the store within.</summary>
/// <param name="store">The store.</param>
/// <param name="clock">Times commits.</param>
public sealed class ObservedGraphStore(IGraphStore store, TimeProvider clock) : IGraphStore
{
    private static readonly Histogram<double> Commits = Signals.Meter.CreateHistogram<double>("graphrisk.commit.duration", "s", "How long commits to the store took, by result; their number is that of commits.");

    public SchemaCatalog Catalog => store.Catalog;

    public ImmutableArray<string> Unknown => store.Unknown;

    public ValueTask<StoreVersion> GetVersionAsync(CancellationToken cancellation = default) => store.GetVersionAsync(cancellation);

    public ValueTask<StoreVersion> GetVersionAsync(DateTimeOffset knownAt, CancellationToken cancellation = default) => store.GetVersionAsync(knownAt, cancellation);

    public ValueTask<StoreVersion> GetHeldAsync(CancellationToken cancellation = default) => store.GetHeldAsync(cancellation);

    public ValueTask<StoreMark?> GetMarkAsync(long version, CancellationToken cancellation = default) => store.GetMarkAsync(version, cancellation);

    public async ValueTask<AppendResult> AppendAsync(ChangeSet changes, CancellationToken cancellation = default)
    {
        using var span = Signals.Traces.StartActivity("store append");
        var began = clock.GetTimestamp();
        try
        {
            var result = await store.AppendAsync(changes, cancellation);
            span?.SetTag("graphrisk.store.version", result.Version.Number).SetTag("graphrisk.facts", result.Asserted + result.Retracted);
            Note(began, "committed");
            return result;
        }
        catch (Exception error)
        {
            span.Failed(error);
            Note(began, error switch { StoreUnavailableException => "unavailable", VersionConflictException => "conflict", OperationCanceledException => "cancelled", _ => "refused" });
            throw;
        }
    }

    public IAsyncEnumerable<RecordedFact> ReadAsync(ReadScope scope, CancellationToken cancellation = default) =>
        SeenAsync("store read", store.ReadAsync(scope, cancellation), cancellation);

    public IAsyncEnumerable<RecordedFact> ReadChangesAsync(long afterVersion, CancellationToken cancellation = default) =>
        SeenAsync("store read changes", store.ReadChangesAsync(afterVersion, cancellation), cancellation);

    public IAsyncEnumerable<RecordedSet> ReadSetsAsync(long afterVersion, CancellationToken cancellation = default) => store.ReadSetsAsync(afterVersion, cancellation);

    public ValueTask<IReadOnlyList<RecordedFact>> FindAsync(NodeId node, long atVersion, bool withRelationships = false, CancellationToken cancellation = default) =>
        store.FindAsync(node, atVersion, withRelationships, cancellation);

    public ValueTask<IReadOnlyList<NodeId>> FindByIdentifierAsync(string scheme, string value, long atVersion, CancellationToken cancellation = default) =>
        store.FindByIdentifierAsync(scheme, value, atVersion, cancellation);

    public ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation = default) => store.CheckAsync(cancellation);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private void Note(long began, string result) => Commits.Record(clock.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("result", result));

    /// <summary>The same, at the store's own pace where nobody listens.</summary>
    private static IAsyncEnumerable<T> SeenAsync<T>(string name, IAsyncEnumerable<T> items, CancellationToken cancellation) =>
        Signals.Traces.HasListeners() ? SpannedAsync(name, items, cancellation) : items;

    private static async IAsyncEnumerable<T> SpannedAsync<T>(string name, IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var span = Signals.Traces.StartActivity(name);
        var count = 0L;
        await foreach (var item in items.WithCancellation(cancellation))
        {
            count++;
            yield return item;
        }

        span?.SetTag("graphrisk.facts", count);
    }
}
