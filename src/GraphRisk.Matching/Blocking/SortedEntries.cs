namespace GraphRisk.Matching.Blocking;

/// <summary>
/// Keys of all records in ascending order with their records: equal keys are a block. Sorted in two steps: by the leading byte of
/// the key into 256 buckets, then each bucket by itself, several at a time.
/// </summary>
internal sealed class SortedEntries
{
    private const int Buckets = 256;

    private SortedEntries(ulong[] keys, int[] records) => (Keys, Records) = (keys, records);

    public ulong[] Keys { get; }

    public int[] Records { get; }

    /// <summary>The entries whose key, mixed, has none of the bits of a mask.</summary>
    public static SortedEntries Of(RuleKeys keys, int records, ulong mask, CancellationToken cancellation)
    {
        var starts = new int[Buckets + 1];
        for (var record = 0; record < records; record++)
            foreach (var key in keys.Of(record))
                if (IsSampled(key, mask)) starts[(int)(key >> 56) + 1]++;
        for (var bucket = 0; bucket < Buckets; bucket++) starts[bucket + 1] += starts[bucket];
        var entries = new SortedEntries(new ulong[starts[Buckets]], new int[starts[Buckets]]);
        var next = starts.AsSpan(0, Buckets).ToArray();
        for (var record = 0; record < records; record++)
            foreach (var key in keys.Of(record))
            {
                if (!IsSampled(key, mask)) continue;
                var at = next[(int)(key >> 56)]++;
                (entries.Keys[at], entries.Records[at]) = (key, record);
            }

        Parallel.For(0, Buckets, new ParallelOptions { CancellationToken = cancellation },
            bucket => Array.Sort(entries.Keys, entries.Records, starts[bucket], starts[bucket + 1] - starts[bucket]));
        return entries;
    }

    /// <summary>Bounds of about as many pieces of whole blocks with about equally many pairs.</summary>
    public int[] Bounds(int pieces, int cap)
    {
        List<(int End, long Pairs)> ends = [];
        var pairs = 0L;
        for (var start = 0; start < Keys.Length;)
        {
            var end = start + 1;
            while (end < Keys.Length && Keys[end] == Keys[start]) end++;
            pairs += 1 + ((long)(end - start) * Math.Min(end - start, cap));
            if (ends.Count == 0 || pairs - ends[^1].Pairs > 4096) ends.Add((end, pairs));
            else ends[^1] = (end, ends[^1].Pairs);
            start = end;
        }

        List<int> bounds = [0];
        var share = (pairs / pieces) + 1;
        var reached = share;
        foreach (var (end, total) in ends)
        {
            if (total < reached) continue;
            bounds.Add(end);
            reached = total + share;
        }

        if (bounds[^1] < Keys.Length) bounds.Add(Keys.Length);
        return [.. bounds];
    }

    private static bool IsSampled(ulong key, ulong mask) => (((key >> 7) ^ (key >> 31)) & mask) == 0;
}
