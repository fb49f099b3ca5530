using System.Runtime.InteropServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Numbers nodes in the order in which facts first name them, after those of an earlier snapshot where there is one. A
/// record that a match joins to one met before takes that one's number.
/// <para>
/// For a viewer the open facts come first, and are numbered as they are without the viewer's own, so that their numbers are the same
/// for all: where the viewer's matches join two nodes that open ones keep apart, the later number is given and left empty.
/// </para>
/// </summary>
internal sealed class NodeNumbering
{
    private readonly SchemaCatalog catalog;
    private readonly Clusters clusters;
    private readonly Clusters? open;
    private readonly NodeTable? known;
    private readonly MemberSet ids;
    private readonly List<int> memberNodes = [];
    private readonly List<long> firstNamed = [];
    private readonly Dictionary<int, int> nodesOfClusters = [];
    private readonly Dictionary<int, int> nodesOfOpenClusters = [];
    private readonly Dictionary<int, int> joined = [];
    private readonly List<byte> types = [];
    private readonly List<int> rows = [];
    private readonly List<int>[] nodesOfType;

    /// <param name="catalog">The schema.</param>
    /// <param name="clusters">Which party records are one party; with <paramref name="known"/>, none of the ids met may be in any.</param>
    /// <param name="known">Nodes numbered before; null to begin from nothing.</param>
    /// <param name="open">With facts of a viewer's own to come, which records are one party among those open to all; else null.</param>
    public NodeNumbering(SchemaCatalog catalog, Clusters clusters, NodeTable? known = null, Clusters? open = null)
    {
        this.open = open;
        this.catalog = catalog;
        this.clusters = clusters;
        this.known = known;
        ids = new MemberSet(catalog);
        nodesOfType = [.. catalog.NodeTypes.Select(_ => new List<int>())];
    }

    /// <summary>Number of nodes.</summary>
    public int Count => KnownCount + types.Count;

    private int KnownCount => known?.Count ?? 0;

    /// <summary>The type of a node, as position in the catalog.</summary>
    public int TypeOf(int node) => node < KnownCount ? known!.Types[node] : types[node - KnownCount];

    /// <summary>Position of a node among those of its type.</summary>
    public int RowOf(int node) => node < KnownCount ? known!.RowOf(node) : rows[node - KnownCount];

    /// <summary>Number of rows of a type.</summary>
    public int CountOf(int type) => (known?.NodesOfType[type].Length ?? 0) + nodesOfType[type].Count;

    /// <summary>Whether the facts to come are the viewer's own.</summary>
    public bool OwnFollow { get; set; }

    /// <summary>Whether nodes of a type were numbered after the earlier snapshot's.</summary>
    public bool HasNew(int type) => nodesOfType[type].Count > 0;

    /// <summary>The node of an id, numbered now where it has no number.</summary>
    /// <param name="id">The id.</param>
    /// <param name="sequence">Where in the log it is named.</param>
    public int NodeOf(NodeId id, long sequence)
    {
        if (known?.Find(id) is >= 0 and var before) return before;
        var member = ids.FindOrAdd(id, out var added);
        if (!added) return memberNodes[member];
        var node = NewNodeOf(id);
        memberNodes.Add(node);
        firstNamed.Add(sequence);
        return node;
    }

    /// <summary>The node of an id; -1 where it has no number.</summary>
    public int Find(NodeId id)
    {
        if (known?.Find(id) is >= 0 and var before) return before;
        return ids.Find(id) is >= 0 and var member ? memberNodes[member] : -1;
    }

    /// <summary>The ids numbered after the earlier snapshot's.</summary>
    public IEnumerable<NodeId> NewIds() => Enumerable.Range(0, ids.Count).Select(ids.IdOf);

    /// <summary>The table of all nodes with the given columns.</summary>
    public NodeTable ToTable(NodeColumns[] columns)
    {
        var starts = known ?? NodeTable.Empty(catalog);
        var members = known is null
            ? MemberTable.Build(catalog, Count, ids, CollectionsMarshal.AsSpan(memberNodes), CollectionsMarshal.AsSpan(firstNamed))
            : known.Members.Extend(ids, CollectionsMarshal.AsSpan(firstNamed));
        return new NodeTable(
            catalog, starts.Types.Append(CollectionsMarshal.AsSpan(types)), starts.Rows.Append(CollectionsMarshal.AsSpan(rows)),
            [.. nodesOfType.Select((list, type) => starts.NodesOfType[type].Append(CollectionsMarshal.AsSpan(list)))],
            [.. columns], members, joined);
    }

    private int NewNodeOf(NodeId id)
    {
        var apart = open is null || OwnFollow ? -1 : open.ClusterOf(id);
        if (apart >= 0 && nodesOfOpenClusters.TryGetValue(apart, out var node)) return joined.GetValueOrDefault(node, node);
        var cluster = clusters.ClusterOf(id);
        var isKnown = nodesOfClusters.TryGetValue(cluster, out var first);
        if (isKnown && (open is null || OwnFollow)) return first;
        var type = catalog.Node(id.Type).Ordinal;
        node = Count;
        types.Add((byte)type);
        rows.Add(CountOf(type));
        nodesOfType[type].Add(node);
        if (apart >= 0) nodesOfOpenClusters.Add(apart, node);
        if (isKnown)
        {
            joined.Add(node, first);
            return first;
        }

        if (cluster >= 0) nodesOfClusters.Add(cluster, node);
        return node;
    }
}
