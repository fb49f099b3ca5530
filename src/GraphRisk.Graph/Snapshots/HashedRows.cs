using GraphRisk.Graph.Facts;

namespace GraphRisk.Graph.Snapshots;

/// <summary>Rows numbered by 128-bit hashes: an open-addressing table of 24 bytes a row.</summary>
internal sealed class HashedRows
{
    private readonly Gathered<FactId> keys = new();
    private int[] slots = new int[32];

    /// <summary>The row of a key, a new one after the others where it has none.</summary>
    public int RowOf(FactId key, out bool added)
    {
        var at = SlotOf(key);
        added = slots[at] == 0;
        if (!added) return slots[at] - 1;
        if (keys.Count * 2 == slots.Length)
        {
            Grow();
            at = SlotOf(key);
        }

        keys.Add(key);
        slots[at] = keys.Count;
        return keys.Count - 1;
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
        slots = new int[checked(slots.Length * 2)];
        for (var row = 0; row < keys.Count; row++) slots[SlotOf(keys[row])] = row + 1;
    }
}
