using System.Collections.Immutable;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

/// <summary>What a snapshot shows.</summary>
/// <param name="Version">Version of the store whose knowledge it holds.</param>
/// <param name="KnownAt">When that version was recorded.</param>
/// <param name="AsOf">Instant in the world at which its facts hold.</param>
/// <param name="SchemaHash">Hash of the schema it was built under.</param>
public sealed record SnapshotStamp(long Version, DateTimeOffset KnownAt, DateTimeOffset AsOf, string SchemaHash)
{
    /// <summary>The history the version is of.</summary>
    public StoreMark Mark { get; init; }

    /// <summary>The stamp of a version of a store at an instant in the world.</summary>
    public static async ValueTask<SnapshotStamp> OfAsync(IGraphStore store, StoreVersion version, DateTimeOffset asOf, CancellationToken cancellation = default) =>
        new SnapshotStamp(version.Number, version.RecordedAt, asOf, store.Catalog.Hash).MarkedBy(await store.GetMarkAsync(version.Number, cancellation));

    /// <summary>The same at a later version.</summary>
    public async ValueTask<SnapshotStamp> AtAsync(IGraphStore store, StoreVersion version, CancellationToken cancellation = default) =>
        (this with { Version = version.Number, KnownAt = version.RecordedAt }).MarkedBy(await store.GetMarkAsync(version.Number, cancellation));

    private SnapshotStamp MarkedBy(StoreMark? mark) => this with
    {
        Mark = mark ?? throw new StoreUnavailableException($"The store has no version {Version} any more: its file was replaced while it was read. Start again."),
    };

    /// <summary>The day of <see cref="AsOf"/>.</summary>
    public DateOnly AsOfDay => DateOnly.FromDateTime(AsOf.UtcDateTime);
}

/// <summary>
/// The graph as it was at one instant, as far as it was known at another: immutable, thread-safe, all that algorithms
/// and scoring see.
/// </summary>
public sealed class Snapshot
{
    private readonly ImmutableArray<RelationshipTable> relationships;
    private Func<Fact, bool> covers = EntitledFacts.Everything;
    private Func<Fact, bool> touches = EntitledFacts.Everything;
    private long? overlayBytes;

    internal Snapshot(SchemaCatalog catalog, SnapshotStamp stamp, NodeTable nodes, ImmutableArray<RelationshipTable> relationships)
    {
        Catalog = catalog;
        Stamp = stamp;
        Nodes = nodes;
        this.relationships = relationships;
    }

    /// <summary>The schema.</summary>
    public SchemaCatalog Catalog { get; }

    /// <summary>What the snapshot shows.</summary>
    public SnapshotStamp Stamp { get; }

    /// <summary>The nodes.</summary>
    public NodeTable Nodes { get; }

    /// <summary>What of the store it was made of.</summary>
    public Entitlement Entitlement { get; private init; } = Entitlement.Whole;

    /// <summary>Under a client's entitlement its records and what belongs to it, ordered by id; else empty.</summary>
    public ImmutableArray<NodeId> OwnNodes { get; private init; } = [];

    /// <summary>Bytes that no other snapshot shares, roughly: of one put over another what it has beside that, else all.</summary>
    public long OwnBytes => overlayBytes ?? SnapshotLayout.BytesOf(this);

    /// <summary>What is prepared of its holdings.</summary>
    internal PreparedHoldings Holdings { get; private init; } = new();

    /// <summary>Whether a fact of the store is among those the snapshot's entitlement covers.</summary>
    public bool Covers(Fact fact) => covers(fact);

    /// <summary>The relationships of every type, in the order of <see cref="SchemaCatalog.RelationshipTypes"/>.</summary>
    public ImmutableArray<RelationshipTable> Relationships => relationships;

    /// <summary>The relationships of one type, such as <c>HOLDS</c>; empty, not null, where there are none.</summary>
    /// <exception cref="KeyNotFoundException">The schema has no such relationship.</exception>
    public RelationshipTable Relationship(string graphName) => relationships[Catalog.Relationship(graphName).Ordinal];

    /// <summary>The same, noted to be put over another, with the bytes it has beside that.</summary>
    internal Snapshot Over(long bytes) => new(Catalog, Stamp, Nodes, relationships)
    {
        Entitlement = Entitlement, OwnNodes = OwnNodes, overlayBytes = bytes, covers = covers, touches = touches, Holdings = Holdings,
    };

    /// <summary>Whether a change of a fact may change the snapshot.</summary>
    internal bool IsTouchedBy(Fact fact) => touches(fact);

    /// <summary>The same, made of what an entitlement covers.</summary>
    internal Snapshot Under(Entitlement entitlement, EntitledFacts entitled) => new(Catalog, Stamp, Nodes, relationships)
    {
        Entitlement = entitlement, OwnNodes = entitled.OwnNodes, overlayBytes = overlayBytes, covers = entitled.Covers, touches = entitled.Touches, Holdings = Holdings,
    };

    /// <summary>The same at a later version, which changed nothing of it.</summary>
    internal Snapshot At(SnapshotStamp stamp) => new(Catalog, stamp, Nodes, relationships)
    {
        Entitlement = Entitlement, OwnNodes = OwnNodes, overlayBytes = overlayBytes, covers = covers, touches = touches, Holdings = Holdings,
    };
}
