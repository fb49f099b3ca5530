namespace GraphRisk.Matching.Evaluation;

/// <summary>
/// How well clusters meet the truth, counted in two ways. Pairwise: of all pairs of records that were joined or belong together, how many are
/// both; large clusters count most. B-cubed (Bagga and Baldwin 1998): of each record, which part of its cluster belongs with it,
/// and which part of what belongs with it is in its cluster, on average over the records. Both come from the sizes of clusters,
/// entities and their overlaps, so that six million records cost one sort. Records of which the truth says nothing are left out.
/// </summary>
/// <param name="TruePairs">Pairs joined that belong together.</param>
/// <param name="JoinedPairs">Pairs joined.</param>
/// <param name="RealPairs">Pairs that belong together.</param>
/// <param name="BCubed">The same by record.</param>
public sealed record ClusterQuality(long TruePairs, long JoinedPairs, long RealPairs, RecordQuality BCubed)
{
    /// <summary>Part of the joined pairs that belong together; 1 where none was joined.</summary>
    public double Precision => JoinedPairs == 0 ? 1 : (double)TruePairs / JoinedPairs;

    /// <summary>Part of the pairs that belong together that were joined; 1 where there are none.</summary>
    public double Recall => RealPairs == 0 ? 1 : (double)TruePairs / RealPairs;

    /// <summary>Harmonic mean of precision and recall; 0 where both are 0.</summary>
    public double F1 => RecordQuality.Mean(Precision, Recall);

    /// <summary>Measures clusters.</summary>
    /// <param name="entities">Number of each record's real entity; negative where the truth does not say.</param>
    /// <param name="clusters">Number of its cluster; negative where it stands alone.</param>
    public static ClusterQuality Measure(ReadOnlySpan<int> entities, ReadOnlySpan<int> clusters)
    {
        if (entities.Length != clusters.Length) throw new ArgumentException("There is an entity and a cluster for each record.", nameof(clusters));
        var overlaps = new ulong[entities.Length];
        var count = 0;
        var alone = 0u;
        for (var record = 0; record < entities.Length; record++)
        {
            if (entities[record] < 0) continue;
            // A record that stands alone is a cluster of its own, numbered from the far end.
            var cluster = clusters[record] < 0 ? uint.MaxValue - alone++ : (uint)clusters[record];
            overlaps[count++] = ((ulong)(uint)entities[record] << 32) | cluster;
        }

        Array.Sort(overlaps, 0, count);
        return Measure(overlaps.AsSpan(0, count));
    }

    private static ClusterQuality Measure(ReadOnlySpan<ulong> overlaps)
    {
        var sizes = new Dictionary<uint, int>();
        foreach (var overlap in overlaps) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(sizes, (uint)overlap, out _)++;
        long both = 0, real = 0;
        double precision = 0, recall = 0;
        for (var start = 0; start < overlaps.Length;)
        {
            var end = start;
            while (end < overlaps.Length && overlaps[end] >> 32 == overlaps[start] >> 32) end++;
            var entity = end - start;
            real += Pairs(entity);
            for (var at = start; at < end;)
            {
                var next = at;
                while (next < end && overlaps[next] == overlaps[at]) next++;
                var overlap = next - at;
                both += Pairs(overlap);
                precision += (double)overlap * overlap / sizes[(uint)overlaps[at]];
                recall += (double)overlap * overlap / entity;
                at = next;
            }

            start = end;
        }

        var records = Math.Max(1, overlaps.Length);
        var byRecord = overlaps.IsEmpty ? new RecordQuality(1, 1) : new RecordQuality(precision / records, recall / records);
        return new ClusterQuality(both, sizes.Values.Sum(size => Pairs(size)), real, byRecord);
    }

    private static long Pairs(long size) => size * (size - 1) / 2;
}
