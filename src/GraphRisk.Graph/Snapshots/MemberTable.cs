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

    /// <summary>Where each member's key begins in the heap; one more value than members.</summary>
    public required Section<int> KeyStarts { get; init; }

    /// <summary>The keys, UTF-8.</summary>
    public required Section<byte> Heap { get; init; }

    /// <summary>Hash table of member + 1 values, 0 for a free place; its size is a power of two.</summary>
    public required Section<int> Slots { get; init; }

    public MemberTable(SchemaCatalog catalog) => this.catalog = catalog;

    public static MemberTable Build(SchemaCatalog catalog, int nodeCount, IReadOnlyList<NodeId> ids, ReadOnlySpan<int> nodes)
    {
        var members = Csr.Build(Math.Max(nodeCount, ids.Count), nodes, Enumerable.Range(0, ids.Count).ToArray(), out var order);
        var types = new byte[ids.Count];
        var memberNodes = new int[ids.Count];
        var starts = new int[ids.Count + 1];
        using var heap = new MemoryStream();
        for (var i = 0; i < order.Length; i++)
        {
            var id = ids[order[i]];
            types[i] = (byte)catalog.Node(id.Type).Ordinal;
            memberNodes[i] = nodes[order[i]];
            heap.Write(Encoding.UTF8.GetBytes(id.Key));
            starts[i + 1] = checked((int)heap.Length);
        }

        var bytes = heap.ToArray();
        return new MemberTable(catalog)
        {
            NodeStarts = new Section<int>(members.Offsets[..(nodeCount + 1)].ToArray()),
            MemberNodes = new Section<int>(memberNodes),
            MemberTypes = new Section<byte>(types),
            KeyStarts = new Section<int>(starts),
            Heap = new Section<byte>(bytes),
            Slots = new Section<int>(BuildSlots(types, starts, bytes)),
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

    public int Find(NodeId id)
    {
        if (id.Type is null || catalog.FindNode(id.Type) is not { } type || Slots.Length == 0) return -1;
        var key = Encoding.UTF8.GetBytes(id.Key);
        var slots = Slots.Span;
        var mask = slots.Length - 1;
        for (var at = Hash((byte)type.Ordinal, key) & mask; slots[at] != 0; at = (at + 1) & mask)
        {
            var member = slots[at] - 1;
            if (MemberTypes[member] == type.Ordinal && KeyOf(member).SequenceEqual(key)) return MemberNodes[member];
        }

        return -1;
    }

    private static int[] BuildSlots(byte[] types, int[] starts, byte[] heap)
    {
        var size = 16;
        while (size < types.Length * 2L) size <<= 1;
        var slots = new int[size];
        for (var member = 0; member < types.Length; member++)
        {
            var at = Hash(types[member], heap.AsSpan(starts[member]..starts[member + 1])) & (size - 1);
            while (slots[at] != 0) at = (at + 1) & (size - 1);
            slots[at] = member + 1;
        }

        return slots;
    }

    private static int Hash(byte type, ReadOnlySpan<byte> key) => (int)(XxHash3.HashToUInt64(key, type) & int.MaxValue);

    private ReadOnlySpan<byte> KeyOf(int member) => Heap.Span[KeyStarts[member]..KeyStarts[member + 1]];

    private NodeId MemberId(int member) =>
        new(catalog.NodeTypes[MemberTypes[member]].Name, Encoding.UTF8.GetString(KeyOf(member)));
}
