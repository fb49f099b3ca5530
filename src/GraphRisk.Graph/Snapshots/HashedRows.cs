using GraphRisk.Graph.Facts;

namespace GraphRisk.Graph.Snapshots;

/// <summary>Rows numbered by 128-bit hashes: an open-addressing table of 24 bytes a row.</summary>
internal sealed class HashedRows
{
    private FactId[] keys = new FactId[16];
    private int[] slots = new int[32];
    private int count;

    /// <summary>The row of a key, a new one after the others where it has none.</summary>
    public int RowOf(FactId key, out bool added)
    {
        var at = SlotOf(key);
        added = slots[at] == 0;
        if (!added) return slots[at] - 1;
        if (count == keys.Length)
        {
            Grow();
            at = SlotOf(key);
        }

        keys[count] = key;
        slots[at] = ++count;
        return count - 1;
    }

    private int SlotOf(FactId key)
    {
        var mask = slots.Length - 1;
        var at = (int)key.Low & mask;
        while (slots[at] != 0 && keys[slots[at] - 1] != key) at = (at + 1) & mask;
        return at;
    }

    private void Grow()
    {
        Array.Resize(ref keys, checked(keys.Length * 2));
        slots = new int[checked(keys.Length * 2)];
        for (var row = 0; row < count; row++) slots[SlotOf(keys[row])] = row + 1;
    }
}
