using System.Collections.Immutable;
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
    private readonly Clusters clusters;
    private readonly Dictionary<NodeId, int> nodes = [];
    private readonly Dictionary<int, int> nodesOfClusters = [];
    private readonly List<NodeId> memberIds = [];
    private readonly List<int> memberNodes = [];
    private readonly List<byte> types = [];
    private readonly List<int> rows = [];
    private readonly List<int>[] nodesOfType;
    private readonly ColumnBuilder?[][] columns;
    private readonly SeriesBuilder?[][] series;
    private readonly RelationshipBuilder[] relationships;
    private readonly Dictionary<string, int> sources = new(StringComparer.Ordinal);

    /// <param name="catalog">The schema.</param>
    /// <param name="stamp">What the snapshot shows; facts that do not hold at its as-of are left out.</param>
    /// <param name="clusters">Which party records are one party.</param>
    public SnapshotBuilder(SchemaCatalog catalog, SnapshotStamp stamp, Clusters clusters)
    {
        this.catalog = catalog;
        this.stamp = stamp;
        this.clusters = clusters;
        nodesOfType = [.. catalog.NodeTypes.Select(_ => new List<int>())];
        columns = [.. catalog.NodeTypes.Select(type => new ColumnBuilder?[type.Fields.Length])];
        series = [.. catalog.NodeTypes.Select(type => new SeriesBuilder?[type.Fields.Length])];
        relationships = [.. catalog.RelationshipTypes.Select(type => new RelationshipBuilder(type))];
    }

    /// <summary>Builds the snapshot of a store at a version and an as-of instant.</summary>
    public static async ValueTask<Snapshot> BuildAsync(
        IGraphStore store, StoreVersion version, DateTimeOffset asOf, CancellationToken cancellation = default)
    {
        var judgements = ReadScope.All(version.Number) with { Types = [SchemaCatalog.SameAs] };
        var clusters = await Clusters.ReadAsync(store.ReadAsync(judgements, cancellation), cancellation);
        var stamp = new SnapshotStamp(version.Number, version.RecordedAt, asOf, store.Catalog.Hash);
        var builder = new SnapshotBuilder(store.Catalog, stamp, clusters);
        await foreach (var recorded in store.ReadAsync(new ReadScope(version.Number, asOf), cancellation).WithCancellation(cancellation))
            builder.Add(recorded.Fact);
        return builder.Build();
    }

    /// <summary>Adds a fact; one that begins after the as-of instant is passed over.</summary>
    public void Add(Fact fact)
    {
        if (fact.Validity.From > stamp.AsOf) return;
        switch (fact)
        {
            case NodeFact node:
                AddNode(node);
                break;
            case RelationshipFact { Relationship: SchemaCatalog.SameAs }:
                break;
            case RelationshipFact edge:
                var type = catalog.Relationship(edge.Relationship);
                relationships[type.Ordinal].Add(
                    NodeOf(edge.From), NodeOf(edge.To), edge, SourceOf(edge.Provenance.Source), edge.Validity.Contains(stamp.AsOf));
                break;
        }
    }

    /// <summary>The snapshot of all that was added.</summary>
    public Snapshot Build()
    {
        var table = new NodeTable(
            catalog, new Section<byte>([.. types]), new Section<int>([.. rows]),
            [.. nodesOfType.Select(list => new Section<int>([.. list]))],
            [.. catalog.NodeTypes.Select(type => columns[type.Ordinal]
                .Select(column => column?.Build(nodesOfType[type.Ordinal].Count)).ToImmutableArray())],
            [.. catalog.NodeTypes.Select(type => series[type.Ordinal]
                .Select(column => column?.Build(nodesOfType[type.Ordinal].Count)).ToImmutableArray())],
            MemberTable.Build(catalog, types.Count, memberIds, memberNodes.ToArray()));
        return new Snapshot(catalog, stamp, table, [.. relationships.Select(builder => builder.Build(types.Count))]);
    }

    private void AddNode(NodeFact fact)
    {
        var node = NodeOf(fact.Node);
        var type = catalog.NodeTypes[types[node]];
        var priority = Priority(fact);
        var holds = fact.Validity.Contains(stamp.AsOf);
        foreach (var (name, value) in fact.Properties)
        {
            // A cluster's node has the type of its first record; a field only another record's type knows is left to that record.
            if (type.FindField(name) is not { } field || field.Kind != value.Kind) continue;
            if (field.Series) SeriesOf(type, field).Offer(rows[node], DayOf(fact.Validity.From), value.AsDecimal(), priority);
            if (holds) (columns[type.Ordinal][field.Ordinal] ??= new ColumnBuilder(field)).Offer(rows[node], value, priority);
        }
    }

    private SeriesBuilder SeriesOf(NodeType type, Field field) =>
        series[type.Ordinal][field.Ordinal] ??= new SeriesBuilder(field);

    private int NodeOf(NodeId id)
    {
        if (nodes.TryGetValue(id, out var node)) return node;
        var cluster = clusters.ClusterOf(id);
        if (cluster < 0 || !nodesOfClusters.TryGetValue(cluster, out node))
        {
            var type = catalog.Node(id.Type);
            node = types.Count;
            types.Add((byte)type.Ordinal);
            rows.Add(nodesOfType[type.Ordinal].Count);
            nodesOfType[type.Ordinal].Add(node);
            if (cluster >= 0) nodesOfClusters.Add(cluster, node);
        }

        nodes.Add(id, node);
        memberIds.Add(id);
        memberNodes.Add(node);
        return node;
    }

    private int SourceOf(string source)
    {
        if (!sources.TryGetValue(source, out var number)) sources.Add(source, number = sources.Count);
        return number;
    }

    /// <summary>Reliability first, in thousandths, then the start of validity in milliseconds since year 1.</summary>
    private static long Priority(Fact fact) =>
        ((long)(fact.Provenance.Reliability * 1000) << 48) + (fact.Validity.From.Ticks / TimeSpan.TicksPerMillisecond);

    private static int DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime).DayNumber;
}
