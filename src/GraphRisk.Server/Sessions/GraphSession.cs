using System.Runtime.CompilerServices;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Calendar;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Sessions;

/// <summary>
/// Turns the instants a reader names into a view: the snapshot that shows what the reader may know of them, with what was already
/// computed from it. The one place that decides whose facts a question reads. Thread-safe.
/// </summary>
public sealed class GraphSession
{
    /// <summary>Steps that a node of a day is charged where days are made for one question: a question may hold four million, which takes some ten seconds and a gigabyte.</summary>
    public const int StepsOfNode = 20;

    private readonly SnapshotProvider snapshots;
    private readonly TimeProvider clock;
    private readonly DataDay day;
    private readonly ConditionalWeakTable<Snapshot, Derivations> derived = [];

    /// <param name="store">The store.</param>
    /// <param name="snapshots">Where snapshots of it come from.</param>
    /// <param name="clock">Clock of the server.</param>
    /// <param name="day">The day a question without as-of is about.</param>
    public GraphSession(IGraphStore store, SnapshotProvider snapshots, TimeProvider clock, DataDay day)
    {
        Store = store;
        this.snapshots = snapshots;
        this.clock = clock;
        this.day = day;
    }

    /// <summary>The store.</summary>
    public IGraphStore Store { get; }

    /// <summary>The schema.</summary>
    public SchemaCatalog Catalog => Store.Catalog;

    /// <summary>What was last seen of the store; null where it is not watched.</summary>
    public StoreSighting? Sighting => snapshots.Watch?.Last;

    /// <summary>The instant of the clock.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The day a question without as-of is about: the last one the sources have reached in full.</summary>
    public DateOnly Today => day.Last;

    /// <summary>The day on which something done now is done: the clock's, in China; where sources reach further, as in a rehearsal, the last of theirs.</summary>
    public DateOnly RealDay => WorkingCalendar.RealDay(Now, Today);

    /// <summary>Sources were imported: the next question looks up how far they reach.</summary>
    public void NoteImport() => day.Forget();

    /// <summary>What a viewer may know at a point of both times.</summary>
    public async ValueTask<GraphView> ViewAsync(Viewer viewer, BitemporalPoint point, CancellationToken cancellation = default) =>
        ViewOf(point, await SnapshotAsync(EntitlementOf(viewer), point, cancellation));

    /// <summary>What the viewer of a view may know, with the same knowledge, at another instant in the world.</summary>
    public async ValueTask<GraphView> ViewAsync(GraphView view, DateTimeOffset asOf, CancellationToken cancellation = default) =>
        Beside(view, await snapshots.GetAsync(asOf, view.Snapshot.Stamp.KnownAt, view.Snapshot.Entitlement, cancellation));

    /// <summary>What the viewer of a view may know of what held at one instant and was known at another, such as those a score was filed with; brokers and clients are told the knowledge they asked with.</summary>
    public async ValueTask<GraphView> ViewAsync(GraphView view, DateTimeOffset asOf, DateTimeOffset knownAt, CancellationToken cancellation = default)
    {
        var (point, snapshot) = (new BitemporalPoint(asOf, knownAt), await snapshots.GetAsync(asOf, knownAt, view.Snapshot.Entitlement, cancellation));
        return snapshot.Entitlement.IsWhole ? ViewOf(point, snapshot) : ViewOf(point, snapshot, StampOf(snapshot) with { KnownAt = view.Stamp.KnownAt, Version = null });
    }

    /// <summary>The same at the close of several days, for who looks at each once: made together and kept nowhere.</summary>
    public async ValueTask<IReadOnlyList<GraphView>> ViewsAsync(GraphView view, IReadOnlyList<DateOnly> days, CancellationToken cancellation = default) =>
        [.. (await snapshots.PassAllAsync([.. days.Select(Validity.CloseOf)], view.Snapshot.Stamp.KnownAt, view.Snapshot.Entitlement, cancellation)).Select(seen => Beside(view, seen))];

    /// <summary>Everything there is at a point of both times: for what the platform computes, never for an answer that was not weighed for its viewer.</summary>
    public async ValueTask<GraphView> WholeAsync(BitemporalPoint point, CancellationToken cancellation = default)
    {
        var snapshot = await SnapshotAsync(Entitlement.Whole, point, cancellation);
        return ViewOf(point, snapshot, StampOf(snapshot));
    }

    /// <summary>Everything there is at the point of a view, with the rules for <see cref="WholeAsync(BitemporalPoint, CancellationToken)"/>.</summary>
    public ValueTask<GraphView> WholeAsync(GraphView view, CancellationToken cancellation = default) =>
        view.Snapshot.Entitlement.IsWhole ? new ValueTask<GraphView>(view) : WholeAsync(view.Point, cancellation);

    /// <summary>What of the store a viewer's answers may rest on.</summary>
    public static Entitlement EntitlementOf(Viewer viewer) => viewer.Role switch
    {
        Role.Regulator or Role.Analyst => Entitlement.Whole,
        Role.Broker when NodeId.TryParse(viewer.Of, out var broker) && broker.Type == "Broker" => Entitlement.OfBroker(broker.Key),
        Role.Client when NodeId.TryParse(viewer.Of, out var client) => Entitlement.OfClient(client),
        _ => Entitlement.Public,
    };

    private Stamp StampOf(Snapshot snapshot) =>
        new(snapshot.Stamp.AsOf, snapshot.Stamp.KnownAt, snapshot.Stamp.Version, Today, snapshot.Stamp.AsOfDay > Today);

    // When the store's newest knowledge was looked at: now, or the last sighting of a store that is away.
    private DateTimeOffset Seen => Sighting is { IsAway: true, SeenAt: { } last } ? last : Now;

    private async ValueTask<Snapshot> SnapshotAsync(Entitlement entitlement, BitemporalPoint point, CancellationToken cancellation) =>
        await snapshots.GetAsync(point.AsOf ?? Validity.CloseOf(await day.LookAsync(cancellation)), point.KnownAt, entitlement, cancellation);

    // Brokers and clients are told the instant they asked with, not when what they see was recorded.
    private GraphView Beside(GraphView view, Snapshot snapshot) => ViewOf(
        view.Point with { AsOf = snapshot.Stamp.AsOf }, snapshot, StampOf(snapshot) with { KnownAt = view.Stamp.KnownAt, Version = view.Stamp.Version });

    private GraphView ViewOf(BitemporalPoint point, Snapshot snapshot) => ViewOf(point, snapshot, snapshot.Entitlement.IsWhole
        ? StampOf(snapshot)
        : StampOf(snapshot) with { KnownAt = point.KnownAt ?? Seen, Version = null });

    private GraphView ViewOf(BitemporalPoint point, Snapshot snapshot, Stamp stamp) =>
        new(point, snapshot, stamp, derived.GetValue(snapshot, static _ => new()));
}
