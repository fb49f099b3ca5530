using System.Runtime.CompilerServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.TestKit.Faults;

/// <summary>How an <see cref="UnsteadyStore"/> is.</summary>
public enum StoreState
{
    /// <summary>It answers.</summary>
    There,

    /// <summary>It refuses everything at once.</summary>
    Away,

    /// <summary>It takes everything and never answers.</summary>
    Hanging,
}

/// <summary>A store that can be made to fail.</summary>
public sealed class UnsteadyStore(IGraphStore inner) : IGraphStore
{
    private int versionsAsked;

    /// <summary>How it is now.</summary>
    public StoreState State { get; set; }

    /// <summary>Sets it still takes before it goes away; null for as many as come.</summary>
    public int? LeftToTake { get; set; }

    /// <summary>How often its version was asked.</summary>
    public int VersionsAsked => Volatile.Read(ref versionsAsked);

    public SchemaCatalog Catalog => inner.Catalog;

    public async ValueTask<StoreVersion> GetVersionAsync(CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref versionsAsked);
        await PassAsync(cancellation);
        return await inner.GetVersionAsync(cancellation);
    }

    public async ValueTask<StoreVersion> GetVersionAsync(DateTimeOffset knownAt, CancellationToken cancellation = default)
    {
        await PassAsync(cancellation);
        return await inner.GetVersionAsync(knownAt, cancellation);
    }

    public async ValueTask<StoreMark?> GetMarkAsync(long version, CancellationToken cancellation = default)
    {
        await PassAsync(cancellation);
        return await inner.GetMarkAsync(version, cancellation);
    }

    public async ValueTask<AppendResult> AppendAsync(ChangeSet changes, CancellationToken cancellation = default)
    {
        if (LeftToTake is { } left)
        {
            LeftToTake = left - 1;
            if (left == 0) State = StoreState.Away;
        }

        await PassAsync(cancellation);
        return await inner.AppendAsync(changes, cancellation);
    }

    public async IAsyncEnumerable<RecordedFact> ReadAsync(ReadScope scope, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await PassAsync(cancellation);
        await foreach (var recorded in inner.ReadAsync(scope, cancellation)) yield return recorded;
    }

    public async IAsyncEnumerable<RecordedFact> ReadChangesAsync(long afterVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await PassAsync(cancellation);
        await foreach (var recorded in inner.ReadChangesAsync(afterVersion, cancellation)) yield return recorded;
    }

    public async IAsyncEnumerable<RecordedSet> ReadSetsAsync(long afterVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await PassAsync(cancellation);
        await foreach (var set in inner.ReadSetsAsync(afterVersion, cancellation)) yield return set;
    }

    public async ValueTask<IReadOnlyList<RecordedFact>> FindAsync(
        NodeId node, long atVersion, bool withRelationships = false, CancellationToken cancellation = default)
    {
        await PassAsync(cancellation);
        return await inner.FindAsync(node, atVersion, withRelationships, cancellation);
    }

    public async ValueTask<IReadOnlyList<NodeId>> FindByIdentifierAsync(
        string scheme, string value, long atVersion, CancellationToken cancellation = default)
    {
        await PassAsync(cancellation);
        return await inner.FindByIdentifierAsync(scheme, value, atVersion, cancellation);
    }

    public ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation = default) => inner.CheckAsync(cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async ValueTask PassAsync(CancellationToken cancellation)
    {
        if (State == StoreState.Away) throw new StoreUnavailableException("The store is away for a test.");
        if (State == StoreState.Hanging) await Task.Delay(Timeout.Infinite, cancellation);
    }
}
