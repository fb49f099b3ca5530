namespace GraphRisk.Intake.Resolution.Blocking;

/// <summary>
/// Which records share which keys. The bulk stands in two parallel arrays sorted by key: 12 bytes an entry, a block is a
/// run, found by binary search. Records that come or change later stand in a small dictionary beside it until the next
/// bulk load; entries of theirs in the bulk are passed over. Not thread-safe.
/// </summary>
public sealed class BlockIndex
{
    private readonly Dictionary<ulong, List<int>> later = [];
    private readonly HashSet<int> moved = [];
    private ulong[] keys = [];
    private int[] records = [];
    private int length;

    private BlockIndex()
    {
    }

    /// <summary>Builds the index of all records at once.</summary>
    /// <param name="keysOf">The keys of each record, by ordinal.</param>
    /// <param name="count">Number of records.</param>
    public static BlockIndex Build(Func<int, IEnumerable<ulong>> keysOf, int count)
    {
        var index = new BlockIndex { keys = new ulong[count * 8], records = new int[count * 8] };
        for (var record = 0; record < count; record++)
            foreach (var key in keysOf(record))
            {
                if (index.length == index.keys.Length) index.Grow();
                (index.keys[index.length], index.records[index.length]) = (key, record);
                index.length++;
            }

        Array.Sort(index.keys, index.records, 0, index.length);
        return index;
    }

    /// <summary>Replaces the keys of a record.</summary>
    public void Replace(int record, IEnumerable<ulong> before, IEnumerable<ulong> after)
    {
        if (!moved.Add(record))
            foreach (var key in before) later.GetValueOrDefault(key)?.Remove(record);
        foreach (var key in after)
        {
            if (!later.TryGetValue(key, out var list)) later.Add(key, list = []);
            list.Add(record);
        }
    }

    /// <summary>The records of a block in ascending order; empty where the key is unknown.</summary>
    public int[] Members(ulong key)
    {
        var members = new List<int>();
        for (var i = LowerBound(key); i < length && keys[i] == key; i++)
            if (!moved.Contains(records[i])) members.Add(records[i]);
        if (later.TryGetValue(key, out var more)) members.AddRange(more);
        members.Sort();
        return [.. members];
    }

    /// <summary>Every block of two or more records of the bulk, as key and members in ascending order.</summary>
    public IEnumerable<(ulong Key, ArraySegment<int> Members)> Blocks()
    {
        for (int start = 0, end; start < length; start = end)
        {
            end = start + 1;
            while (end < length && keys[end] == keys[start]) end++;
            if (end - start < 2) continue;
            Array.Sort(records, start, end - start);
            yield return (keys[start], new ArraySegment<int>(records, start, end - start));
        }
    }

    private void Grow()
    {
        var room = Math.Max(1024, length + length / 2);
        Array.Resize(ref keys, room);
        Array.Resize(ref records, room);
    }

    private int LowerBound(ulong key)
    {
        int low = 0, high = length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (keys[middle] < key) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
