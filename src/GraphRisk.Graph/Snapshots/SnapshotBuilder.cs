using System.Collections.Immutable;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Makes a snapshot of facts given in the order of their first recording. Nodes are numbered as they are met, so the
/// same facts give the same snapshot. A node that only a relationship names is kept without properties.
/// </summary>
public sealed class SnapshotBuilder
{
    private readonly SchemaCatalog catalog;
    private readonly SnapshotStamp stamp;
    private readonly NodeNumbering numbering;
    private readonly NodeColumnsBuilder?[] nodes;
    private readonly RelationshipBuilder?[] relationships;
    private long added;

    /// <param name="catalog">The schema.</param>
    /// <param name="stamp">What the snapshot shows; facts that do not hold at its as-of are left out.</param>
    /// <param name="clusters">Which party records are one party.</param>
    public SnapshotBuilder(SchemaCatalog catalog, SnapshotStamp stamp, Clusters clusters)
        : this(catalog, stamp, clusters, null)
    {
    }

    /// <param name="catalog">The schema.</param>
    /// <param name="stamp">What the snapshot shows.</param>
    /// <param name="clusters">Which party records are one party.</param>
    /// <param name="open">With a viewer's own facts to come after open ones, which records are one party among those open to all.</param>
    private SnapshotBuilder(SchemaCatalog catalog, SnapshotStamp stamp, Clusters clusters, Clusters? open)
    {
        this.catalog = catalog;
        this.stamp = stamp;
        numbering = new NodeNumbering(catalog, clusters, open: open);
        nodes = [.. catalog.NodeTypes.Select(type => new NodeColumnsBuilder(type))];
        relationships = [.. catalog.RelationshipTypes.Select(type => new RelationshipBuilder(type))];
    }

    /// <summary>Builds the snapshot of a store at a version and an as-of instant.</summary>
    public static ValueTask<Snapshot> BuildAsync(
        IGraphStore store, StoreVersion version, DateTimeOffset asOf, CancellationToken cancellation = default) =>
        BuildAsync(store, version, asOf, Entitlement.Whole, cancellation);

    /// <summary>
    /// Builds the snapshots of several as-of instants in one pass over the store: what is read and weighed is read and weighed once.
    /// Each is the same, byte by byte, as one built alone.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="version">The version whose knowledge they show.</param>
    /// <param name="asOfs">The instants, each once.</param>
    /// <param name="shared">The whole, or what is open up to a level.</param>
    /// <param name="cancellation">Ends the pass.</param>
    /// <returns>A snapshot for each instant, in their order.</returns>
    internal static async ValueTask<ImmutableArray<Snapshot>> BuildAllAsync(
        IGraphStore store, StoreVersion version, IReadOnlyList<DateTimeOffset> asOfs, Entitlement shared, CancellationToken cancellation)
    {
        if (shared.HasOwn) throw new ArgumentException("What belongs to one viewer is put over what it shares.", nameof(shared));
        var entitled = await EntitledFacts.ReadAsync(store, version.Number, shared, cancellation);
        var clusters = shared.IsWhole
            ? await Clusters.ReadAsync(store, version.Number, cancellation)
            : Clusters.Of(await Clusters.MatchesAsync(store, version.Number, cancellation), entitled.IsOpenRecord, entitled.IsOwnRecord).Entitled;
        var stamp = await SnapshotStamp.OfAsync(store, version, DateTimeOffset.MinValue, cancellation);
        var builders = asOfs.Select(asOf => new SnapshotBuilder(store.Catalog, stamp with { AsOf = asOf }, clusters)).ToList();
        var scope = new ReadScope(version.Number, asOfs.Max()) { DataSets = shared.IsWhole ? DataSets.All : DataSets.Open };
        await foreach (var recorded in store.ReadAsync(scope, cancellation).WithCancellation(cancellation))
            if (shared.IsWhole || entitled.IsOpen(recorded.Fact))
                foreach (var builder in builders) builder.Add(recorded.Fact, recorded.FirstSequence);
        return [.. builders.Select(builder => shared.IsWhole ? builder.Build() : builder.Build().Under(shared, entitled))];
    }

    /// <summary>
    /// Builds the snapshot of what an entitlement covers of a store at a version and an as-of instant, out of nothing: all
    /// of the store is read. <see cref="OverlayBuilder"/> makes the same of a shared one.
    /// </summary>
    public static async ValueTask<Snapshot> BuildAsync(
        IGraphStore store, StoreVersion version, DateTimeOffset asOf, Entitlement entitlement, CancellationToken cancellation = default)
    {
        var stamp = await SnapshotStamp.OfAsync(store, version, asOf, cancellation);
        var scope = new ReadScope(version.Number, asOf);
        if (entitlement.IsWhole)
        {
            var whole = new SnapshotBuilder(store.Catalog, stamp, await Clusters.ReadAsync(store, version.Number, cancellation));
            await foreach (var recorded in store.ReadAsync(scope, cancellation).WithCancellation(cancellation))
                whole.Add(recorded.Fact, recorded.FirstSequence);
            return whole.Build();
        }

        var entitled = await EntitledFacts.ReadAsync(store, version.Number, entitlement, cancellation);
        var (open, joined) = Clusters.Of(
            await Clusters.MatchesAsync(store, version.Number, cancellation), entitled.IsOpenRecord, entitled.IsOwnRecord);
        var builder = new SnapshotBuilder(store.Catalog, stamp, joined, entitlement.HasOwn ? open : null);
        var own = new List<RecordedFact>();
        scope = scope with { DataSets = entitlement.HasOwn ? DataSets.All : DataSets.Open };
        await foreach (var recorded in store.ReadAsync(scope, cancellation).WithCancellation(cancellation))
            if (entitled.IsOpen(recorded.Fact)) builder.Add(recorded.Fact, recorded.FirstSequence);
            else if (entitled.Covers(recorded.Fact)) own.Add(recorded);
        builder.numbering.OwnFollow = true;
        foreach (var recorded in own) builder.Add(recorded.Fact, recorded.FirstSequence);
        return builder.Build().Under(entitlement, entitled);
    }

    /// <summary>Adds a fact; one that begins after the as-of instant is passed over.</summary>
    public void Add(Fact fact) => Add(fact, added + 1);

    /// <summary>Adds a fact as the store recorded it first at a sequence.</summary>
    public void Add(Fact fact, long firstSequence)
    {
        added = firstSequence;
        if (fact.Validity.From > stamp.AsOf) return;
        switch (fact)
        {
            case NodeFact node:
                var number = numbering.NodeOf(node.Node, firstSequence);
                nodes[numbering.TypeOf(number)]!.Add(numbering.RowOf(number), node, node.Validity.Contains(stamp.AsOf));
                break;
            case RelationshipFact { Relationship: SchemaCatalog.SameAs }:
                break;
            case RelationshipFact edge:
                var from = numbering.NodeOf(edge.From, firstSequence);
                var to = numbering.NodeOf(edge.To, firstSequence);
                relationships[catalog.Relationship(edge.Relationship).Ordinal]!.Add(from, to, edge, edge.Validity.Contains(stamp.AsOf));
                break;
        }
    }

    /// <summary>The snapshot of all that was added; the builder is of no use afterwards.</summary>
    public Snapshot Build()
    {
        var columns = new NodeColumns[nodes.Length];
        for (var type = 0; type < nodes.Length; type++)
        {
            columns[type] = nodes[type]!.Build(numbering.CountOf(type));
            nodes[type] = null;
        }

        var zeros = new Section<int>(new int[numbering.Count + 1]);
        var tables = ImmutableArray.CreateBuilder<RelationshipTable>(relationships.Length);
        for (var type = 0; type < relationships.Length; type++)
        {
            tables.Add(relationships[type]!.Build(zeros));
            relationships[type] = null;
        }

        return new Snapshot(catalog, stamp, numbering.ToTable(columns), tables.MoveToImmutable());
    }
}
