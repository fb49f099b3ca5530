using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Makes a viewer's snapshot of the open one of its level, which all viewers share, and of what is its own. The result
/// is what <see cref="SnapshotBuilder"/> makes of the same facts, node by node and row by row; it costs, in time and
/// memory, what is the viewer's own and what that touches:
/// <list type="bullet">
/// <item>own records are numbered after the shared nodes, unless a match joins them to one (<see cref="OverlayNodes"/>);</item>
/// <item>what own facts describe of a shared node is fused anew from all open facts about its records, read one by one;</item>
/// <item>relationships between pairs that own facts name are decided anew, their nodes' rows replaced (<see cref="OverlayTable"/>);</item>
/// <item>where own records join shared nodes, all that is known of these is read and all their rows are replaced.</item>
/// </list>
/// Where that touches too much, such as a node with very many relationships, there is no result and a full build is due.
/// </summary>
internal sealed class OverlayBuilder
{
    /// <summary>Bytes of the objects that make up any overlay, however little is in it; measured by the benchmark of entitled snapshots.</summary>
    private const long LeastBytes = 25_000;

    private readonly Snapshot shared;
    private readonly SchemaCatalog catalog;
    private readonly EntitledFacts entitled;
    private readonly OverlayReads reads;
    private readonly OverlayNodes nodes;
    private readonly Dictionary<int, List<NodeFact>> descriptions = [];
    private readonly Dictionary<int, SortedDictionary<long, Fact>> openOf = [];
    private readonly OverlayTable[] tables;
    private long bytes = LeastBytes;

    private OverlayBuilder(Snapshot shared, EntitledFacts entitled, OverlayReads reads, Clusters clusters)
    {
        this.shared = shared;
        this.entitled = entitled;
        this.reads = reads;
        catalog = shared.Catalog;
        nodes = new OverlayNodes(shared.Nodes, catalog, clusters);
        tables = [.. shared.Relationships.Select(table => new OverlayTable(table, nodes, shared.Stamp.AsOf))];
    }

    /// <summary>The snapshot of an entitlement, or null where it has to be built from nothing.</summary>
    /// <param name="store">The store.</param>
    /// <param name="shared">The snapshot of the entitlement's open part.</param>
    /// <param name="entitlement">What it covers.</param>
    /// <param name="most">Facts read and entries of rows copied at most, beside sixteen for each fact of the viewer's own.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async ValueTask<Snapshot?> TryBuildAsync(
        IGraphStore store, Snapshot shared, Entitlement entitlement, long most, CancellationToken cancellation = default)
    {
        var entitled = await EntitledFacts.ReadAsync(store, shared.Stamp.Version, entitlement, cancellation);
        var reads = new OverlayReads(store, shared, entitled.IsOpen, most + (16L * entitled.Own.Length));
        try
        {
            var clusters = await ReadClustersAsync(shared, entitled, reads, cancellation);
            var built = await new OverlayBuilder(shared, entitled, reads, clusters).BuildAsync(cancellation);
            return built.Under(entitlement, entitled);
        }
        catch (OverlayTooLargeException)
        {
            return null;
        }
    }

    /// <summary>The clusters of all records that own facts name and the shared snapshot does not, and of a client's records.</summary>
    private static async ValueTask<Clusters> ReadClustersAsync(
        Snapshot shared, EntitledFacts entitled, OverlayReads reads, CancellationToken cancellation)
    {
        var records = entitled.Own.Where(recorded => recorded.Fact.Type != SchemaCatalog.SameAs).SelectMany(recorded => recorded.Fact.Ends)
            .Where(id => shared.Nodes.Find(id) < 0).Concat(entitled.OwnNodes)
            .Where(id => shared.Catalog.Node(id.Type).IsParty).Distinct().ToList();
        var met = new HashSet<NodeId>(records);
        var matches = new SortedDictionary<long, RelationshipFact>();
        for (var next = 0; next < records.Count; next++)
            foreach (var recorded in await reads.AllAsync(records[next], cancellation))
                if (recorded.Fact is RelationshipFact { Relationship: SchemaCatalog.SameAs } judgement && Clusters.Joins(judgement))
                {
                    matches[recorded.FirstSequence] = judgement;
                    foreach (var end in judgement.Ends)
                        if (met.Add(end)) records.Add(end);
                }

        return Clusters.Of(matches.Values, entitled.IsOpenRecord, entitled.IsOwnRecord).Entitled;
    }

    private async ValueTask<Snapshot> BuildAsync(CancellationToken cancellation)
    {
        AddOwn();
        var openRecords = new Dictionary<int, List<NodeId>>();
        foreach (var node in nodes.Joining)
        {
            openOf[node] = await reads.OpenAsync(nodes.PartsOf(node), withRelationships: true, cancellation);
            openRecords[node] = InOrderOfNaming(nodes.PartsOf(node), openOf[node].Values);
            AddOpen(openOf[node], _ => true);
        }

        await AddKnownPairsAsync(cancellation);
        var columns = ImmutableArray.CreateBuilder<NodeColumns>(catalog.NodeTypes.Length);
        foreach (var type in catalog.NodeTypes) columns.Add(await BuildColumnsAsync(type, cancellation));
        var built = ImmutableArray.CreateBuilder<RelationshipTable>(tables.Length);
        foreach (var table in tables)
        {
            var (patched, own) = table.Build(reads);
            bytes += own;
            built.Add(patched);
        }

        var patch = nodes.ToPatch(openRecords);
        bytes += patch.Bytes;
        return new Snapshot(
            catalog, shared.Stamp, shared.Nodes.With(columns.MoveToImmutable(), nodes.Joined, patch), built.MoveToImmutable())
            .Over(bytes);
    }

    /// <summary>Numbers what own facts name, in their order, and sorts them.</summary>
    private void AddOwn()
    {
        foreach (var recorded in entitled.Own)
        {
            if (recorded.Fact.Validity.From > shared.Stamp.AsOf) continue;
            switch (recorded.Fact)
            {
                case NodeFact node:
                    (CollectionsMarshal.GetValueRefOrAddDefault(descriptions, nodes.NodeOf(node.Node), out _) ??= []).Add(node);
                    break;
                case RelationshipFact { Relationship: SchemaCatalog.SameAs }:
                    break;
                case RelationshipFact edge:
                    tables[catalog.Relationship(edge.Relationship).Ordinal].AddOwn(edge);
                    break;
            }
        }
    }

    /// <summary>Adds open statements, those of the pairs wanted.</summary>
    private void AddOpen(SortedDictionary<long, Fact> facts, Func<(int Type, int From, int To), bool> isWanted)
    {
        foreach (var (first, fact) in facts)
            if (fact is RelationshipFact edge && edge.Relationship != SchemaCatalog.SameAs
                && catalog.Relationship(edge.Relationship).Ordinal is var type && isWanted((type, nodes.Find(edge.From), nodes.Find(edge.To))))
                tables[type].AddOpen(first, edge);
    }

    /// <summary>Reads the open statements on pairs that own ones are about too, each from the end with fewer relationships.</summary>
    private async ValueTask AddKnownPairsAsync(CancellationToken cancellation)
    {
        var wanted = new HashSet<(int Type, int From, int To)>();
        for (var type = 0; type < tables.Length; type++)
            foreach (var (from, to) in tables[type].KnownPairs)
                if (!openOf.ContainsKey(from) && !openOf.ContainsKey(to)) wanted.Add((type, from, to));
        foreach (var end in wanted.Select(pair => reads.DegreeOf(pair.From) <= reads.DegreeOf(pair.To) ? pair.From : pair.To).Distinct().Order())
            AddOpen(await reads.OpenAsync([end], withRelationships: true, cancellation), wanted.Contains);
    }

    /// <summary>The columns of a type: rows of described shared nodes fused anew, then those of own nodes.</summary>
    private async ValueTask<NodeColumns> BuildColumnsAsync(NodeType type, CancellationToken cancellation)
    {
        var known = shared.Nodes.Columns[type.Ordinal];
        int[] described = [.. descriptions.Keys.Where(node => node < shared.Nodes.Count).Union(nodes.Joining)
            .Where(node => nodes.TypeOf(node) == type.Ordinal).Order()];
        var added = nodes.NewOfType(type.Ordinal);
        if (described.Length + added.Count == 0) return known;
        var builder = new NodeColumnsBuilder(type);
        var row = 0;
        foreach (var node in described)
        {
            var open = openOf.GetValueOrDefault(node) ?? await reads.OpenAsync([node], withRelationships: false, cancellation);
            Describe(builder, row, open.Values.OfType<NodeFact>());
            Describe(builder, row++, descriptions.GetValueOrDefault(node) ?? []);
        }

        foreach (var node in added) Describe(builder, row++, descriptions.GetValueOrDefault(node) ?? []);
        var extra = builder.Build(row);
        var map = new RowMap(
            shared.Nodes.NodesOfType[type.Ordinal].Length,
            described.Index().ToDictionary(pair => shared.Nodes.RowOf(pair.Item), pair => pair.Index),
            [.. Enumerable.Range(described.Length, added.Count).Select(place => ~place)]);
        bytes += map.Bytes + extra.Values.OfType<Column>().SelectMany(column => column.Parts)
            .Concat(extra.Series.OfType<SeriesColumn>().SelectMany(series => series.Parts)).Sum(part => part.Section.ByteLength);
        return new NodeColumns(
            [.. known.Values.Select((column, i) => Column.Patched(column, extra.Values[i], map))],
            [.. known.Series.Select((series, i) => SeriesColumn.Patched(series, extra.Series[i], map))]);
    }

    private void Describe(NodeColumnsBuilder builder, int row, IEnumerable<NodeFact> facts)
    {
        foreach (var fact in facts) builder.Add(row, fact, fact.Validity.Contains(shared.Stamp.AsOf));
    }

    /// <summary>The records of shared nodes in the order in which facts name them.</summary>
    private List<NodeId> InOrderOfNaming(IReadOnlyList<int> parts, IEnumerable<Fact> facts)
    {
        var left = parts.SelectMany(node => shared.Nodes.MembersOf(node)).ToHashSet();
        return [.. facts.Where(fact => fact.Type != SchemaCatalog.SameAs).SelectMany(fact => fact.Ends).Where(left.Remove)];
    }
}
