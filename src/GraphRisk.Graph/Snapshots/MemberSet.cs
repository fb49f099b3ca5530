using System.Runtime.InteropServices;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Ids of records, numbered as they are met: keys in one heap and a hash table of positions, about a third of what a
/// dictionary of strings takes.
/// </summary>
internal sealed class MemberSet
{
    private readonly SchemaCatalog catalog;
    private readonly List<byte> types = [];
    private readonly List<int> starts = [0];
    private readonly TextHeap heap = new();
    private int[] slots = new int[16];

    public MemberSet(SchemaCatalog catalog) => this.catalog = catalog;

    /// <summary>Number of ids.</summary>
    public int Count => types.Count;

    /// <summary>Types of the ids, as positions in the catalog.</summary>
    public ReadOnlySpan<byte> Types => CollectionsMarshal.AsSpan(types);

    /// <summary>The key of an id, UTF-8.</summary>
    public ReadOnlySpan<byte> KeyOf(int member) => heap.Written[starts[member]..starts[member + 1]];

    /// <summary>The id of a number.</summary>
    public NodeId IdOf(int member) => new(catalog.NodeTypes[types[member]].Name, Encoding.UTF8.GetString(KeyOf(member)));

    /// <summary>The number of an id; -1 where it has none.</summary>
    public int Find(NodeId id)
    {
        Span<byte> buffer = stackalloc byte[512];
        var key = Encode(id.Key, buffer);
        return slots[SlotOf((byte)catalog.Node(id.Type).Ordinal, key)] - 1;
    }

    /// <summary>The number of an id, given to it now where it has none.</summary>
    public int FindOrAdd(NodeId id, out bool added)
    {
        Span<byte> buffer = stackalloc byte[512];
        var key = Encode(id.Key, buffer);
        var type = (byte)catalog.Node(id.Type).Ordinal;
        var slot = SlotOf(type, key);
        added = slots[slot] == 0;
        if (!added) return slots[slot] - 1;
        types.Add(type);
        heap.Add(key);
        starts.Add(heap.Length);
        slots[slot] = types.Count;
        if (types.Count * 2L > slots.Length) Grow();
        return types.Count - 1;
    }

    private static ReadOnlySpan<byte> Encode(string key, Span<byte> buffer) =>
        Encoding.UTF8.TryGetBytes(key, buffer, out var length) ? buffer[..length] : Encoding.UTF8.GetBytes(key);

    private int SlotOf(byte type, ReadOnlySpan<byte> key)
    {
        var mask = slots.Length - 1;
        var at = MemberTable.Hash(type, key) & mask;
        while (slots[at] != 0 && (types[slots[at] - 1] != type || !KeyOf(slots[at] - 1).SequenceEqual(key))) at = (at + 1) & mask;
        return at;
    }

    private void Grow()
    {
        slots = new int[checked(slots.Length * 2)];
        var mask = slots.Length - 1;
        for (var member = 0; member < types.Count; member++)
        {
            var at = MemberTable.Hash(types[member], KeyOf(member)) & mask;
            while (slots[at] != 0) at = (at + 1) & mask;
            slots[at] = member + 1;
        }
    }
}
