using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;

namespace GraphRisk.Server.Sessions;

/// <summary>Gives the snapshot of a version at an instant.</summary>
public delegate ValueTask<Snapshot> SnapshotSource(StoreVersion version, DateTimeOffset asOf, CancellationToken cancellation);

/// <summary>
/// Turns the instants a reader names into a view: which version of the store was known then, which snapshot shows it,
/// and what was already computed from it. The latest views are kept. Thread-safe.
/// </summary>
public sealed class GraphSession
{
    private readonly SnapshotSource snapshots;
    private readonly TimeProvider clock;
    private readonly DateOnly? today;
    private readonly int capacity;
    private readonly Lock gate = new();
    private readonly LinkedList<((long Version, DateTimeOffset AsOf) Key, Task<GraphView> View)> views = [];

    /// <param name="store">The store.</param>
    /// <param name="snapshots">Where snapshots come from.</param>
    /// <param name="clock">Clock of the server.</param>
    /// <param name="today">The day a question without as-of is about; null for the clock's.</param>
    /// <param name="capacity">Number of views kept, 1 or more.</param>
    public GraphSession(IGraphStore store, SnapshotSource snapshots, TimeProvider clock, DateOnly? today = null, int capacity = 4)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Store = store;
        this.snapshots = snapshots;
        this.clock = clock;
        this.today = today;
        this.capacity = capacity;
    }

    /// <summary>The store.</summary>
    public IGraphStore Store { get; }

    /// <summary>The schema.</summary>
    public SchemaCatalog Catalog => Store.Catalog;

    /// <summary>The instant of the clock.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The day a question without as-of is about.</summary>
    public DateOnly Today => today ?? DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>The view at a moment.</summary>
    public async ValueTask<GraphView> ViewAsync(Moment moment, CancellationToken cancellation = default)
    {
        var version = moment.KnownAt is { } knownAt
            ? await Store.GetVersionAsync(knownAt, cancellation)
            : await Store.GetVersionAsync(cancellation);
        var asOf = moment.AsOf ?? Validity.CloseOf(Today);
        return await Kept(version, asOf).WaitAsync(cancellation);
    }

    // The build is not cancelled with the request that began it: others wait for the same view.
    private Task<GraphView> Kept(StoreVersion version, DateTimeOffset asOf)
    {
        lock (gate)
        {
            var key = (version.Number, asOf);
            for (var node = views.First; node is not null; node = node.Next)
            {
                if (node.Value.Key != key || node.Value.View.IsFaulted) continue;
                views.Remove(node);
                views.AddFirst(node);
                return node.Value.View;
            }

            var view = BuildAsync(version, asOf);
            views.AddFirst((key, view));
            if (views.Count > capacity) views.RemoveLast();
            return view;
        }
    }

    private async Task<GraphView> BuildAsync(StoreVersion version, DateTimeOffset asOf) =>
        new(await Task.Run(() => snapshots(version, asOf, CancellationToken.None).AsTask()));
}
