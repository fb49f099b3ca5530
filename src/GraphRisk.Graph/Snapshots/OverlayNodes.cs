using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Numbers the nodes of a viewer's own facts after those of a shared snapshot, as <see cref="NodeNumbering"/> does where it
/// meets open facts first: a record that matches join to shared nodes takes the first of their numbers, the others are left empty.
/// </summary>
internal sealed class OverlayNodes
{
    private readonly NodeTable shared;
    private readonly SchemaCatalog catalog;
    private readonly Clusters clusters;
    private readonly Dictionary<int, int> joined = [];
    private readonly Dictionary<int, List<int>> partsOf = [];
    private readonly Dictionary<int, int> nodesOfClusters = [];
    private readonly Dictionary<NodeId, int> numbers = [];
    private readonly Dictionary<int, List<NodeId>> ownRecords = [];
    private readonly List<byte> types = [];
    private readonly List<int> rows = [];
    private readonly List<int>[] nodesOfType;

    /// <param name="shared">The shared nodes.</param>
    /// <param name="catalog">The schema.</param>
    /// <param name="clusters">Which records are one party, for every cluster that holds a record of the viewer's own.</param>
    public OverlayNodes(NodeTable shared, SchemaCatalog catalog, Clusters clusters)
    {
        this.shared = shared;
        this.catalog = catalog;
        this.clusters = clusters;
        nodesOfType = [.. catalog.NodeTypes.Select(_ => new List<int>())];
        foreach (var cluster in clusters.Records.GroupBy(pair => pair.Cluster, pair => shared.Find(pair.Record)))
        {
            int[] nodes = [.. cluster.Where(node => node >= 0).Distinct().Order()];
            if (nodes.Length == 0) continue;
            nodesOfClusters.Add(cluster.Key, nodes[0]);
            if (nodes.Length == 1) continue;
            partsOf.Add(nodes[0], [.. nodes]);
            foreach (var later in nodes.Skip(1)) joined.Add(later, nodes[0]);
        }
    }

    /// <summary>Number of nodes of the shared snapshot.</summary>
    public int SharedCount => shared.Count;

    /// <summary>Numbers given, the shared ones among them.</summary>
    public int Count => shared.Count + types.Count;

    /// <summary>Shared nodes that were left empty, with those they are joined to.</summary>
    public IReadOnlyDictionary<int, int> Joined => joined;

    /// <summary>Shared nodes that others were joined to.</summary>
    public IEnumerable<int> Joining => partsOf.Keys;

    /// <summary>The shared nodes that are one here, itself first.</summary>
    public IReadOnlyList<int> PartsOf(int node) => partsOf.TryGetValue(node, out var parts) ? parts : [node];

    /// <summary>The node that a shared node is here.</summary>
    public int Now(int sharedNode) => joined.GetValueOrDefault(sharedNode, sharedNode);

    /// <summary>The node of an id that an open fact names.</summary>
    public int Find(NodeId id) => Now(shared.Find(id));

    /// <summary>The type of a node, as position in the catalog.</summary>
    public int TypeOf(int node) => node < shared.Count ? shared.Types[node] : types[node - shared.Count];

    /// <summary>The nodes of a type after the shared ones.</summary>
    public IReadOnlyList<int> NewOfType(int type) => nodesOfType[type];

    /// <summary>The node of an id that a fact of the viewer's own names.</summary>
    public int NodeOf(NodeId id)
    {
        if (shared.Find(id) is >= 0 and var open) return Now(open);
        if (numbers.TryGetValue(id, out var node)) return node;
        var cluster = clusters.ClusterOf(id);
        if (!nodesOfClusters.TryGetValue(cluster, out node))
        {
            node = Add(id);
            if (cluster >= 0) nodesOfClusters.Add(cluster, node);
        }

        numbers.Add(id, node);
        (CollectionsMarshal.GetValueRefOrAddDefault(ownRecords, node, out _) ??= []).Add(id);
        return node;
    }

    /// <summary>The patch.</summary>
    /// <param name="openRecords">For each node that shared ones were joined to, their records in the order in which open facts name them.</param>
    public NodePatch ToPatch(IReadOnlyDictionary<int, List<NodeId>> openRecords)
    {
        var members = new Dictionary<int, ImmutableArray<NodeId>>();
        foreach (var node in ownRecords.Keys.Union(partsOf.Keys))
        {
            IEnumerable<NodeId> known = openRecords.TryGetValue(node, out var records) ? records
                : node < shared.Count ? shared.MembersOf(node) : [];
            members.Add(node, [.. known, .. ownRecords.GetValueOrDefault(node) ?? []]);
        }

        return new NodePatch
        {
            Types = [.. types], Rows = [.. rows], NodesOfType = [.. nodesOfType.Select(list => list.ToArray())],
            Numbers = numbers, Members = members,
        };
    }

    private int Add(NodeId id)
    {
        var type = catalog.Node(id.Type).Ordinal;
        var node = Count;
        types.Add((byte)type);
        rows.Add(shared.NodesOfType[type].Length + nodesOfType[type].Count);
        nodesOfType[type].Add(node);
        return node;
    }
}
