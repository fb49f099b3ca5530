namespace GraphRisk.Intake.Resolution.Blocking;

/// <summary>
/// Which records share which keys. The bulk stands in two parallel arrays sorted by key: 12 bytes an entry, a block is a
/// run, found by binary search. Records that come or change later stand in a small dictionary beside it until the next
/// bulk load; entries of theirs in the bulk are passed over. Not thread-safe.
/// </summary>
public sealed class BlockIndex
{
    private const int RangeSize = 1 << 14, Parts = 256, PartShift = 56;

    private readonly Dictionary<ulong, List<int>> later = [];
    private readonly HashSet<int> moved = [];
    private readonly Dictionary<ulong, int> movedOf = [];
    private ulong[] keys = [];
    private int[] records = [];
    private int length;

    private BlockIndex()
    {
    }

    /// <summary>Builds the index of all records at once, on all processors: keys by ranges of records, dealt into 256 parts by their first byte, each sorted by itself.</summary>
    /// <param name="addKeys">Adds the keys of a record, by ordinal, to a list that holds those of others; asked from several threads.</param>
    /// <param name="count">Number of records.</param>
    /// <param name="cancellation">Ends it.</param>
    public static BlockIndex Build(Action<int, List<ulong>> addKeys, int count, CancellationToken cancellation = default)
    {
        var options = new ParallelOptions { CancellationToken = cancellation };
        var ranges = new (ulong[] Keys, int[] Ends, int[] Sizes)[(count + RangeSize - 1) / RangeSize];
        Parallel.For(0, ranges.Length, options, range =>
        {
            var (keys, ends, sizes) = (new List<ulong>(RangeSize * 8), new int[Math.Min(count - (range * RangeSize), RangeSize)], new int[Parts]);
            for (var at = 0; at < ends.Length; at++)
            {
                addKeys((range * RangeSize) + at, keys);
                ends[at] = keys.Count;
            }

            foreach (var key in keys) sizes[key >> PartShift]++;
            ranges[range] = ([.. keys], ends, sizes);
        });
        var starts = new int[Parts + 1];
        for (var part = 0; part < Parts; part++) starts[part + 1] = starts[part] + ranges.Sum(range => range.Sizes[part]);
        var index = new BlockIndex { keys = new ulong[starts[^1]], records = new int[starts[^1]], length = starts[^1] };
        var next = starts[..^1];
        for (var range = 0; range < ranges.Length; range++)
        {
            var (keys, ends, _) = ranges[range];
            for (var (record, key) = (0, 0); record < ends.Length; record++)
                for (; key < ends[record]; key++)
                {
                    var at = next[keys[key] >> PartShift]++;
                    (index.keys[at], index.records[at]) = (keys[key], (range * RangeSize) + record);
                }

            ranges[range] = default;
        }

        Parallel.For(0, Parts, options, part => Array.Sort(index.keys, index.records, starts[part], starts[part + 1] - starts[part]));
        return index;
    }

    /// <summary>Replaces the keys of a record.</summary>
    public void Replace(int record, IEnumerable<ulong> before, IEnumerable<ulong> after)
    {
        if (moved.Add(record))
            foreach (var key in before) movedOf[key] = movedOf.GetValueOrDefault(key) + 1;
        else
            foreach (var key in before) later.GetValueOrDefault(key)?.Remove(record);
        foreach (var key in after)
        {
            if (!later.TryGetValue(key, out var list)) later.Add(key, list = []);
            list.Add(record);
        }
    }

    /// <summary>Number of records of a block, without looking at each.</summary>
    public int CountOf(ulong key) =>
        LowerBound(key + 1) - LowerBound(key) - movedOf.GetValueOrDefault(key) + (later.TryGetValue(key, out var more) ? more.Count : 0);

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
