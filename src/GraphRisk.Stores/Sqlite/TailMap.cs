namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// Entries of an index that are not in the file yet: a hash table with chains in arrays, 28 bytes an entry and 4 to 8 for
/// its bucket. Thread-safe.
/// </summary>
internal sealed class TailMap
{
    private readonly Lock gate = new();
    private Entry[] entries = [];
    private int[] buckets = [];
    private int count;

    private struct Entry
    {
        public IndexKey Key;
        public long Value;
        public int Next;
    }

    /// <summary>Adds a value to a key; a value may be added twice.</summary>
    public void Add(IndexKey key, long value)
    {
        lock (gate)
        {
            if (count == entries.Length) Grow();
            ref var bucket = ref buckets[BucketOf(key)];
            entries[count] = new Entry { Key = key, Value = value, Next = bucket };
            bucket = ++count;
        }
    }

    /// <summary>The value added to a key last, or null.</summary>
    public long? Find(IndexKey key)
    {
        lock (gate)
        {
            if (count == 0) return null;
            for (var at = buckets[BucketOf(key)]; at != 0; at = entries[at - 1].Next)
                if (entries[at - 1].Key == key) return entries[at - 1].Value;
            return null;
        }
    }

    /// <summary>Adds every value of a key to a set.</summary>
    public void Collect(IndexKey key, ISet<long> values)
    {
        lock (gate)
        {
            if (count == 0) return;
            for (var at = buckets[BucketOf(key)]; at != 0; at = entries[at - 1].Next)
                if (entries[at - 1].Key == key) values.Add(entries[at - 1].Value);
        }
    }

    /// <summary>All entries, in the order of key and value.</summary>
    public (IndexKey Key, long Value)[] Sorted()
    {
        lock (gate)
        {
            var sorted = new (IndexKey Key, long Value)[count];
            for (var i = 0; i < count; i++) sorted[i] = (entries[i].Key, entries[i].Value);
            Array.Sort(sorted, static (left, right) =>
            {
                var order = left.Key.High.CompareTo(right.Key.High);
                if (order == 0) order = left.Key.Low.CompareTo(right.Key.Low);
                return order != 0 ? order : left.Value.CompareTo(right.Value);
            });
            return sorted;
        }
    }

    /// <summary>Drops all entries.</summary>
    public void Clear()
    {
        lock (gate)
        {
            (entries, buckets, count) = ([], [], 0);
        }
    }

    private int BucketOf(IndexKey key)
    {
        var mixed = ((ulong)key.High ^ ((ulong)key.Low * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93;
        return (int)(mixed >> 32) & (buckets.Length - 1);
    }

    private void Grow()
    {
        var size = Math.Max(1024, entries.Length * 2);
        Array.Resize(ref entries, size);
        buckets = new int[size];
        for (var i = 0; i < count; i++)
        {
            ref var bucket = ref buckets[BucketOf(entries[i].Key)];
            entries[i].Next = bucket;
            bucket = i + 1;
        }
    }
}
