namespace GraphRisk.Matching.Evaluation;

/// <summary>
/// How many of the pairs that belong together were compared at all: what blocking loses no judgement can find again. All pairs are looked
/// at while they are few enough, else every so-manieth, entity by entity in the order of the truth's numbers.
/// </summary>
/// <param name="Found">Pairs looked at that were compared.</param>
/// <param name="Looked">Pairs looked at.</param>
/// <param name="Real">Pairs that belong together.</param>
public readonly record struct BlockingRecall(long Found, long Looked, long Real)
{
    private const long MostPairs = 2_000_000;

    /// <summary>Part of the pairs that were compared; 1 where there are none.</summary>
    public double Recall => Looked == 0 ? 1 : (double)Found / Looked;

    /// <summary>Measures blocking.</summary>
    /// <param name="entities">Number of each record's real entity; negative where the truth does not say.</param>
    /// <param name="isCompared">Whether two records were compared.</param>
    /// <param name="cancellation">Ends it.</param>
    public static BlockingRecall Measure(int[] entities, Func<int, int, bool> isCompared, CancellationToken cancellation = default)
    {
        var records = Enumerable.Range(0, entities.Length).Where(record => entities[record] >= 0).ToArray();
        Array.Sort(Array.ConvertAll(records, record => entities[record]), records);
        long real = 0;
        foreach (var (start, end) in Entities(entities, records)) real += (long)(end - start) * (end - start - 1) / 2;
        var step = real / MostPairs + 1;
        long found = 0, looked = 0, at = 0;
        foreach (var (start, end) in Entities(entities, records))
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = start; i < end; i++)
                for (var j = i + 1; j < end; j++)
                {
                    if (at++ % step != 0) continue;
                    looked++;
                    if (isCompared(Math.Min(records[i], records[j]), Math.Max(records[i], records[j]))) found++;
                }
        }

        return new BlockingRecall(found, looked, real);
    }

    private static IEnumerable<(int Start, int End)> Entities(int[] entities, int[] records)
    {
        for (var start = 0; start < records.Length;)
        {
            var end = start;
            while (end < records.Length && entities[records[end]] == entities[records[start]]) end++;
            yield return (start, end);
            start = end;
        }
    }
}
