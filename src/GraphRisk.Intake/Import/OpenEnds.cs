using System.IO.Hashing;
using System.Runtime.InteropServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;

namespace GraphRisk.Intake.Import;

/// <summary>Relationships that landed and of which an end is a node that nobody has described: they count, and the node has no fields until it is.</summary>
/// <param name="Relationship">Name of the relationship, such as POSITION.</param>
/// <param name="Type">Type of the node that is not there.</param>
/// <param name="Nodes">How many such nodes there are.</param>
/// <param name="Examples">The first of them.</param>
public sealed record OpenEnd(string Relationship, string Type, long Nodes, IReadOnlyList<string> Examples)
{
    /// <summary>All ends in a store that nobody describes: two passes over it, a hash for each node.</summary>
    public static async Task<IReadOnlyList<OpenEnd>> InStoreAsync(IGraphStore store, int shown, CancellationToken cancellation)
    {
        var version = (await store.GetVersionAsync(cancellation)).Number;
        if (version == 0) return [];
        var known = new KeyRegister(int.MaxValue);
        await foreach (var recorded in store.ReadAsync(ReadScope.All(version) with { Types = [.. store.Catalog.NodeTypes.Select(type => type.Name)] }, cancellation))
            if (recorded is { Kind: ChangeKind.Assert, Fact: NodeFact fact }) known.TryAdd(OpenEnds.HashOf(fact.Node), 1, out _);
        var found = new Dictionary<NodeId, string>();
        var relationships = store.Catalog.RelationshipTypes.Select(type => type.GraphName).ToArray();
        await foreach (var recorded in store.ReadAsync(ReadScope.All(version) with { Types = relationships }, cancellation))
        {
            if (recorded is not { Kind: ChangeKind.Assert, Fact: RelationshipFact edge }) continue;
            foreach (var end in (NodeId[])[edge.From, edge.To])
                if (found.Count < OpenEnds.MostOpen && !known.TryGet(OpenEnds.HashOf(end), out _)) found.TryAdd(end, edge.Relationship);
        }

        return OpenEnds.Grouped(found.Select(pair => (pair.Value, pair.Key)), shown);
    }
}

/// <summary>
/// Watches an import for ends that dangle. A row that names its ends by keys alone, as a position its account, lands in any order;
/// what it names and neither this import nor the store describes is told when all is read. Remembered are hashes of the nodes
/// described, up to a limit, and the ends not seen yet, which are few where what describes them comes first; beyond
/// the limits the store alone is asked. Not thread-safe.
/// </summary>
internal sealed class OpenEnds
{
    private const int MostDescribed = 4_000_000;
    internal const int MostOpen = 1_000_000;
    private const int MostAskedOneByOne = 2_000;
    private const int Shown = 3;

    private readonly Dictionary<NodeId, string> open = [];
    private readonly HashSet<ulong> described = [];
    private NodeId lastFrom, lastTo;

    /// <summary>Notes the facts of a record.</summary>
    public void Note(List<Fact> facts, int first)
    {
        for (var i = first; i < facts.Count; i++)
        {
            if (facts[i] is NodeFact node)
            {
                if (described.Count < MostDescribed) described.Add(HashOf(node.Node));
            }
            else if (facts[i] is RelationshipFact edge)
            {
                // Rows of one account stand together, and many name one broker.
                if (!ReferenceEquals(edge.From.Key, lastFrom.Key) && edge.From != lastFrom) NoteEnd(lastFrom = edge.From, edge.Relationship);
                if (!ReferenceEquals(edge.To.Key, lastTo.Key) && edge.To != lastTo) NoteEnd(lastTo = edge.To, edge.Relationship);
            }
        }
    }

    /// <summary>The ends that nobody describes, now that all is stored.</summary>
    public async Task<IReadOnlyList<OpenEnd>> FindAsync(IGraphStore store, CancellationToken cancellation)
    {
        foreach (var node in open.Keys.Where(node => described.Contains(HashOf(node))).ToList()) open.Remove(node);
        if (open.Count == 0) return [];
        var version = (await store.GetVersionAsync(cancellation)).Number;
        if (open.Count <= MostAskedOneByOne)
        {
            foreach (var node in open.Keys.ToList())
                if ((await store.FindAsync(node, version, cancellation: cancellation)).Any(recorded => recorded.Kind == ChangeKind.Assert)) open.Remove(node);
        }
        else
        {
            var scope = ReadScope.All(version) with { Types = [.. open.Keys.Select(node => node.Type).Distinct(StringComparer.Ordinal)] };
            await foreach (var recorded in store.ReadAsync(scope, cancellation))
                if (recorded is { Kind: ChangeKind.Assert, Fact: NodeFact fact }) open.Remove(fact.Node);
        }

        return Grouped(open.Select(pair => (pair.Value, pair.Key)));
    }

    internal static List<OpenEnd> Grouped(IEnumerable<(string Relationship, NodeId Node)> ends, int shown = Shown) =>
    [
        .. ends.GroupBy(end => (end.Relationship, end.Node.Type)).OrderBy(group => group.Key.Relationship, StringComparer.Ordinal).ThenBy(group => group.Key.Type, StringComparer.Ordinal)
            .Select(group => new OpenEnd(group.Key.Relationship, group.Key.Type, group.LongCount(), [.. group.Take(shown).Select(end => end.Node.ToString())])),
    ];

    /// <summary>One hash of the key under a seed that tells the types of the schema apart.</summary>
    internal static ulong HashOf(NodeId node) => XxHash3.HashToUInt64(
        MemoryMarshal.AsBytes(node.Key.AsSpan()), (node.Type.Length << 16) | (node.Type[0] << 8) | node.Type[^1]);

    private void NoteEnd(NodeId node, string relationship)
    {
        if (open.Count < MostOpen && !described.Contains(HashOf(node))) open.TryAdd(node, relationship);
    }
}
