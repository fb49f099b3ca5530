namespace GraphRisk.Server.Guard;

/// <summary>
/// Gives each distinct name of one query a small number, without making strings: open addressing over slices of
/// the query's bytes. The hash is seeded per process, so names can't be chosen to collide.
/// </summary>
internal sealed class NameTable
{
    private (int Start, int Length)[] names = new (int, int)[64];
    private int[] slots = NewSlots(128);

    public int Count { get; private set; }

    /// <summary>The number of the name at <paramref name="start"/>; the same bytes always give the same number.</summary>
    public int Intern(ReadOnlySpan<byte> query, int start, int length)
    {
        var name = query.Slice(start, length);
        var slot = FreeOrEqualSlot(query, name);
        if (slots[slot] >= 0) return slots[slot];
        if (Count == names.Length)
        {
            Grow(query);
            slot = FreeOrEqualSlot(query, name);
        }
        names[Count] = (start, length);
        slots[slot] = Count;
        return Count++;
    }

    public (int Start, int Length) this[int name] => names[name];

    private int FreeOrEqualSlot(ReadOnlySpan<byte> query, ReadOnlySpan<byte> name)
    {
        var slot = Hash(name) & (slots.Length - 1);
        while (slots[slot] >= 0 && !Bytes(query, slots[slot]).SequenceEqual(name)) slot = (slot + 1) & (slots.Length - 1);
        return slot;
    }

    private ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> query, int name) =>
        query.Slice(names[name].Start, names[name].Length);

    private void Grow(ReadOnlySpan<byte> query)
    {
        Array.Resize(ref names, names.Length * 2);
        slots = NewSlots(names.Length * 2);
        for (var name = 0; name < Count; name++) slots[FreeOrEqualSlot(query, Bytes(query, name))] = name;
    }

    private static int[] NewSlots(int size)
    {
        var slots = new int[size];
        Array.Fill(slots, -1);
        return slots;
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = new HashCode();
        hash.AddBytes(name);
        return hash.ToHashCode();
    }
}
