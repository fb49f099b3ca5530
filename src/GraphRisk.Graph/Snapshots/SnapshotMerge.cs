using System.Collections.Immutable;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Takes few changes of a type into its columns and rows without reading the type again: what is known about the nodes and pairs of nodes that changes name is
/// read record by record and decided anew, everything else is copied. The result has the bytes of one built of all facts; where that cannot be
/// told, as when a field gets its first value, there is none, and the type is read again.
/// <para>Costs point reads for what changed and one pass over the type's arrays in memory.</para>
/// </summary>
internal sealed class SnapshotMerge
{
    /// <summary>Changed nodes or pairs of a type beyond which it is read again.</summary>
    private const int MostChanged = 500;

    private readonly Snapshot known;
    private readonly IGraphStore store;
    private readonly SnapshotStamp stamp;
    private readonly NodeNumbering numbering;
    private readonly Func<Fact, bool> isOpen;
    private readonly Dictionary<int, HashSet<(int From, int To)>> pairs = [];
    private readonly Dictionary<int, SortedSet<int>> described = [];
    private readonly Dictionary<int, NodeId> newIds = [];
    private readonly Dictionary<int, int> mentions = [];
    private readonly Dictionary<int, SortedDictionary<long, Fact>> read = [];

    /// <param name="known">The earlier snapshot.</param>
    /// <param name="store">The store.</param>
    /// <param name="stamp">What the later one shows.</param>
    /// <param name="numbering">Numbers its nodes.</param>
    /// <param name="isOpen">Which facts it is made of.</param>
    public SnapshotMerge(Snapshot known, IGraphStore store, SnapshotStamp stamp, NodeNumbering numbering, Func<Fact, bool> isOpen)
    {
        this.known = known;
        this.store = store;
        this.stamp = stamp;
        this.numbering = numbering;
        this.isOpen = isOpen;
    }

    /// <summary>Notes a fact that changed; its nodes have numbers.</summary>
    public void Note(Fact fact)
    {
        if (fact is RelationshipFact edge)
        {
            var type = known.Catalog.Relationship(edge.Relationship).Ordinal;
            if (!pairs.TryGetValue(type, out var named)) pairs.Add(type, named = []);
            if (named.Add((Number(edge.From), Number(edge.To))))
                foreach (var end in edge.Ends) mentions[Number(end)] = mentions.GetValueOrDefault(Number(end)) + 1;
            return;
        }

        var node = Number(((NodeFact)fact).Node);
        if (!described.TryGetValue(numbering.TypeOf(node), out var nodes)) described.Add(numbering.TypeOf(node), nodes = []);
        nodes.Add(node);
    }

    /// <summary>The relationships of a type with what changed, or null where they have to be read.</summary>
    public async ValueTask<RelationshipTable?> TryMergeAsync(RelationshipType type, CancellationToken cancellation)
    {
        var table = known.Relationships[type.Ordinal];
        var changed = pairs.GetValueOrDefault(type.Ordinal) ?? [];
        if (changed.Count > MostChanged || table.Count == 0) return null;
        int[] numbers = [.. changed.SelectMany(pair => (int[])[pair.From, pair.To]).Distinct().Order()];
        var facts = new SortedDictionary<long, RelationshipFact>();
        foreach (var end in changed.Select(CheaperEnd).Distinct())
            foreach (var (first, fact) in await ReadAsync(end, withRelationships: true, cancellation))
                if (fact is RelationshipFact edge && edge.Relationship == type.GraphName && changed.Contains((numbering.Find(edge.From), numbering.Find(edge.To))))
                    facts[first] = edge;

        // A field that no relationship of the type had before: its column comes into being, even by a statement that does not hold.
        if (facts.Values.Any(edge => edge.Properties.Any(property => table.ColumnOf(property.Name) is null))) return null;
        var builder = new RelationshipBuilder(type);
        foreach (var edge in facts.Values)
            builder.Add(
                Array.BinarySearch(numbers, numbering.Find(edge.From)), Array.BinarySearch(numbers, numbering.Find(edge.To)), edge,
                edge.Validity.Contains(stamp.AsOf));
        return table.Merged(changed, builder.Build(new Section<int>(new int[numbers.Length + 1])), numbers, numbering.Count);
    }

    /// <summary>The columns of a type with what changed, or null where they have to be read.</summary>
    public async ValueTask<NodeColumns?> TryMergeAsync(NodeType type, CancellationToken cancellation)
    {
        var before = known.Nodes.Columns[type.Ordinal];
        int[] changed = [.. described.GetValueOrDefault(type.Ordinal) ?? []];
        var rowCount = numbering.CountOf(type.Ordinal);
        if (changed.Length > MostChanged || before.Series.Any(series => series is not null)) return null;
        var builder = new NodeColumnsBuilder(type);
        for (var row = 0; row < changed.Length; row++)
            foreach (var fact in (await ReadAsync(changed[row], withRelationships: false, cancellation)).Values.OfType<NodeFact>())
                builder.Add(row, fact, fact.Validity.Contains(stamp.AsOf));
        var extra = builder.Build(changed.Length + 1);
        if (extra.Series.Any(series => series is not null)) return null;

        // A row after the known ones that no fact describes has no values: the last of the extra rows.
        var places = new int[rowCount];
        for (var row = 0; row < rowCount; row++) places[row] = row < known.Nodes.NodesOfType[type.Ordinal].Length ? row : ~changed.Length;
        for (var row = 0; row < changed.Length; row++) places[numbering.RowOf(changed[row])] = ~row;
        var merged = ImmutableArray.CreateBuilder<Column?>(before.Values.Length);
        for (var i = 0; i < before.Values.Length; i++)
        {
            if (!Column.TryMerge(before.Values[i], extra.Values[i], places, out var column)) return null;
            merged.Add(column?.IsVoid == true ? null : column);
        }

        return new NodeColumns(merged.MoveToImmutable(), before.Series);
    }

    private int Number(NodeId id)
    {
        var node = numbering.Find(id);
        if (node >= known.Nodes.Count) newIds[node] = id;
        return node;
    }

    /// <summary>The end about which less is known for each pair it is in: a removed account names many others.</summary>
    private int CheaperEnd((int From, int To) pair) => CostOf(pair.From) <= CostOf(pair.To) ? pair.From : pair.To;

    private double CostOf(int node)
    {
        if (node >= known.Nodes.Count || read.ContainsKey(node)) return 0;
        long degree = 1;
        foreach (var table in known.Relationships) degree += table.Out.Degree(node) + table.In.Degree(node);
        return (double)degree / mentions[node];
    }

    /// <summary>The facts about a node's records that have begun, by first recording.</summary>
    private async ValueTask<SortedDictionary<long, Fact>> ReadAsync(int node, bool withRelationships, CancellationToken cancellation)
    {
        if (read.TryGetValue(node, out var before)) return before;
        var facts = new SortedDictionary<long, Fact>();
        var records = node < known.Nodes.Count ? known.Nodes.MembersOf(node) : [newIds[node]];
        foreach (var record in records)
            foreach (var recorded in await store.FindAsync(record, stamp.Version, withRelationships, cancellation))
                if (isOpen(recorded.Fact) && recorded.Fact.Validity.From <= stamp.AsOf) facts[recorded.FirstSequence] = recorded.Fact;
        if (withRelationships) read.Add(node, facts);
        return facts;
    }
}
