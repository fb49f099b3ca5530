using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Ids of records and the nodes they are joined in: texts in one heap, found through an open-addressing hash table of
/// 32-bit positions, so that the whole can be mapped from a file.
/// </summary>
internal sealed class MemberTable
{
    private readonly SchemaCatalog catalog;

    /// <summary>Where the members of each node begin; one more value than nodes.</summary>
    public required Section<int> NodeStarts { get; init; }

    /// <summary>The node of each member.</summary>
    public required Section<int> MemberNodes { get; init; }

    /// <summary>The type of each member, as position in the catalog.</summary>
    public required Section<byte> MemberTypes { get; init; }

    /// <summary>Where in the log each member was first named: <see cref="Store.RecordedFact.FirstSequence"/> of that fact.</summary>
    public required Section<long> FirstNamed { get; init; }

    /// <summary>Where each member's key begins in the heap; one more value than members.</summary>
    public required Section<int> KeyStarts { get; init; }

    /// <summary>The keys, UTF-8.</summary>
    public required Section<byte> Heap { get; init; }

    /// <summary>Hash table of member + 1 values, 0 for a free place; its size is a power of two.</summary>
    public required Section<int> Slots { get; init; }

    public MemberTable(SchemaCatalog catalog) => this.catalog = catalog;

    /// <summary>Number of members.</summary>
    public int Count => MemberNodes.Length;

    /// <param name="catalog">The schema.</param>
    /// <param name="nodeCount">Number of nodes.</param>
    /// <param name="ids">Ids of the members in the order in which they were met.</param>
    /// <param name="nodes">The node of each id.</param>
    /// <param name="firstNamed">Where each id was met.</param>
    public static MemberTable Build(
        SchemaCatalog catalog, int nodeCount, MemberSet ids, ReadOnlySpan<int> nodes, ReadOnlySpan<long> firstNamed)
    {
        var order = OrderByNode(nodeCount, nodes, out var nodeStarts);
        var types = new byte[ids.Count];
        var memberNodes = new int[ids.Count];
        var sequences = new long[ids.Count];
        var starts = new int[ids.Count + 1];
        var heap = new TextHeap();
        for (var i = 0; i < order.Length; i++)
        {
            types[i] = ids.Types[order[i]];
            memberNodes[i] = nodes[order[i]];
            sequences[i] = firstNamed[order[i]];
            heap.Add(ids.KeyOf(order[i]));
            starts[i + 1] = heap.Length;
        }

        return new MemberTable(catalog)
        {
            NodeStarts = new Section<int>(nodeStarts),
            MemberNodes = new Section<int>(memberNodes),
            MemberTypes = new Section<byte>(types),
            FirstNamed = new Section<long>(sequences),
            KeyStarts = new Section<int>(starts),
            Heap = heap.ToSection(),
            Slots = BuildSlots(Section<int>.Empty, 0, types, starts, heap.Written),
        };
    }

    /// <summary>This table with members after its own, each alone in a node after its nodes; the same as building anew.</summary>
    public MemberTable Extend(MemberSet ids, ReadOnlySpan<long> firstNamed)
    {
        if (ids.Count == 0) return this;
        var nodes = new int[ids.Count];
        var nodeStarts = new int[ids.Count];
        var starts = new int[ids.Count];
        var heap = new TextHeap();
        for (var i = 0; i < ids.Count; i++)
        {
            nodes[i] = NodeStarts.Length - 1 + i;
            nodeStarts[i] = Count + i + 1;
            heap.Add(ids.KeyOf(i));
            starts[i] = checked(Heap.Length + heap.Length);
        }

        var types = MemberTypes.Append(ids.Types);
        var keyStarts = KeyStarts.Append(starts);
        var keys = Heap.Append(heap.Written);
        return new MemberTable(catalog)
        {
            NodeStarts = NodeStarts.Append(nodeStarts),
            MemberNodes = MemberNodes.Append(nodes),
            MemberTypes = types,
            FirstNamed = FirstNamed.Append(firstNamed),
            KeyStarts = keyStarts,
            Heap = keys,
            Slots = BuildSlots(Slots, Count, types.Span, keyStarts.Span, keys.Span),
        };
    }

    public NodeId IdOf(int node) => MemberId(NodeStarts[node]);

    public ImmutableArray<NodeId> MembersOf(int node)
    {
        var (first, last) = (NodeStarts[node], NodeStarts[node + 1]);
        var ids = ImmutableArray.CreateBuilder<NodeId>(last - first);
        for (var member = first; member < last; member++) ids.Add(MemberId(member));
        return ids.MoveToImmutable();
    }

    /// <summary>The node of an id; -1 where it has none.</summary>
    public int Find(NodeId id) => FindMember(id) is >= 0 and var member ? MemberNodes[member] : -1;

    /// <summary>The position of an id among the members; -1 where it is none.</summary>
    public int FindMember(NodeId id)
    {
        if (id.Type is null || catalog.FindNode(id.Type) is not { } type || Slots.Length == 0) return -1;
        Span<byte> buffer = stackalloc byte[512];
        ReadOnlySpan<byte> key = Encoding.UTF8.TryGetBytes(id.Key, buffer, out var length)
            ? buffer[..length] : Encoding.UTF8.GetBytes(id.Key);
        var slots = Slots.Span;
        var mask = slots.Length - 1;
        for (var at = Hash((byte)type.Ordinal, key) & mask; slots[at] != 0; at = (at + 1) & mask)
        {
            var member = slots[at] - 1;
            if (MemberTypes[member] == type.Ordinal && KeyOf(member).SequenceEqual(key)) return member;
        }

        return -1;
    }

    internal static int Hash(byte type, ReadOnlySpan<byte> key) => (int)(XxHash3.HashToUInt64(key, type) & int.MaxValue);

    /// <summary>Members of each node side by side, in the order in which they were met (counting sort).</summary>
    private static int[] OrderByNode(int nodeCount, ReadOnlySpan<int> nodes, out int[] starts)
    {
        starts = new int[nodeCount + 1];
        foreach (var node in nodes) starts[node + 1]++;
        for (var node = 0; node < nodeCount; node++) starts[node + 1] += starts[node];
        var next = starts.AsSpan(0, nodeCount).ToArray();
        var order = new int[nodes.Length];
        for (var i = 0; i < nodes.Length; i++) order[next[nodes[i]]++] = i;
        return order;
    }

    /// <summary>The hash table over all members; of a table that is large enough for them the first entries are kept.</summary>
    private static Section<int> BuildSlots(
        Section<int> known, int knownCount, ReadOnlySpan<byte> types, ReadOnlySpan<int> starts, ReadOnlySpan<byte> heap)
    {
        var size = 16;
        while (size < types.Length * 2L) size = checked(size * 2);
        var fits = known.Length == size;
        var slots = fits ? known.Span.ToArray() : new int[size];
        for (var member = fits ? knownCount : 0; member < types.Length; member++)
        {
            var at = Hash(types[member], heap[starts[member]..starts[member + 1]]) & (size - 1);
            while (slots[at] != 0) at = (at + 1) & (size - 1);
            slots[at] = member + 1;
        }

        return new Section<int>(slots);
    }

    private ReadOnlySpan<byte> KeyOf(int member) => Heap.Span[KeyStarts[member]..KeyStarts[member + 1]];

    private NodeId MemberId(int member) =>
        new(catalog.NodeTypes[MemberTypes[member]].Name, Encoding.UTF8.GetString(KeyOf(member)));
}
