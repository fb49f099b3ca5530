using GraphRisk.Matching.Comparison;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Linkage;

/// <summary>
/// An order of the records that does not depend on that of delivery: by a hash of what they say, then by source and key. What is drawn by chance is
/// drawn in it and ties are decided by it, so the same records end in the same clusters however they come.
/// </summary>
internal static class RecordOrder
{
    /// <summary>Records in that order.</summary>
    public static int[] Of(RecordTable table)
    {
        var hashes = new ulong[table.Count];
        foreach (var attribute in table.Attributes)
        {
            var texts = new ulong[attribute.Texts.Length];
            Parallel.For(0, (texts.Length + 16383) / 16384, chunk =>
            {
                for (var value = chunk * 16384; value < Math.Min(texts.Length, (chunk + 1) * 16384); value++) texts[value] = LetterTraits.HashOf(attribute.Texts[value]);
            });
            var column = LetterTraits.HashOf(attribute.Name);
            for (var record = 0; record < hashes.Length; record++)
                foreach (var value in attribute.Of(record)) hashes[record] += LetterTraits.Combine(column, texts[value]);
        }

        var order = new int[table.Count];
        for (var record = 0; record < order.Length; record++) order[record] = record;
        Array.Sort(hashes, order);
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && hashes[end] == hashes[start]) end++;
            if (end - start > 1) Array.Sort(order, start, end - start, Comparer<int>.Create((left, right) => CompareKeys(table, left, right)));
            start = end;
        }

        return order;
    }

    private static int CompareKeys(RecordTable table, int left, int right)
    {
        var bySource = string.CompareOrdinal(table.Sources[table.SourceOf[left]], table.Sources[table.SourceOf[right]]);
        return bySource != 0 ? bySource : string.CompareOrdinal(table.Keys[left], table.Keys[right]);
    }
}
