using System.Runtime.CompilerServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;

namespace GraphRisk.Server.Sessions;

/// <summary>
/// Turns the instants a reader names into a view: the snapshot that shows them, with what was already computed from it.
/// A view lives as long as its snapshot is kept. Thread-safe.
/// </summary>
public sealed class GraphSession
{
    private readonly SnapshotProvider snapshots;
    private readonly TimeProvider clock;
    private readonly DateOnly? today;
    private readonly ConditionalWeakTable<Snapshot, GraphView> views = [];

    /// <param name="store">The store.</param>
    /// <param name="snapshots">Where snapshots of it come from.</param>
    /// <param name="clock">Clock of the server.</param>
    /// <param name="today">The day a question without as-of is about; null for the clock's.</param>
    public GraphSession(IGraphStore store, SnapshotProvider snapshots, TimeProvider clock, DateOnly? today = null)
    {
        Store = store;
        this.snapshots = snapshots;
        this.clock = clock;
        this.today = today;
    }

    /// <summary>The store.</summary>
    public IGraphStore Store { get; }

    /// <summary>The schema.</summary>
    public SchemaCatalog Catalog => Store.Catalog;

    /// <summary>What was last seen of the store; null where it is not watched.</summary>
    public StoreSighting? Sighting => snapshots.Watch?.Last;

    /// <summary>The instant of the clock.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The day a question without as-of is about.</summary>
    public DateOnly Today => today ?? DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>The view at a moment.</summary>
    public async ValueTask<GraphView> ViewAsync(Moment moment, CancellationToken cancellation = default)
    {
        var asOf = moment.AsOf ?? Validity.CloseOf(Today);
        var snapshot = await snapshots.GetAsync(asOf, moment.KnownAt, cancellation);
        return views.GetValue(snapshot, static shown => new GraphView(shown));
    }
}
