namespace GraphRisk.Matching.Evaluation;

/// <summary>A pair of records that clusters and truth tell differently.</summary>
/// <param name="Left">Number of the record that comes first.</param>
/// <param name="Right">Number of the other.</param>
/// <param name="IsJoined">Joined though they are two; not joined though they are one where false.</param>
public readonly record struct PairError(int Left, int Right, bool IsJoined)
{
    /// <summary>
    /// All pairs that are wrong, one after another and none kept: pairs within a cluster whose entities differ, cluster by cluster, then pairs within an entity
    /// whose clusters differ. Records of which the truth says nothing are left out. Costs the pairs of clusters and entities.
    /// </summary>
    /// <param name="entities">Number of each record's real entity; negative where the truth does not say.</param>
    /// <param name="clusters">Number of its cluster.</param>
    public static IEnumerable<PairError> Of(IReadOnlyList<int> entities, IReadOnlyList<int> clusters) =>
        Within(clusters, entities, entities, isJoined: true).Concat(Within(entities, clusters, entities, isJoined: false));

    private static IEnumerable<PairError> Within(IReadOnlyList<int> groups, IReadOnlyList<int> others, IReadOnlyList<int> entities, bool isJoined)
    {
        var records = Enumerable.Range(0, groups.Count).Where(record => entities[record] >= 0 && groups[record] >= 0).ToArray();
        Array.Sort(Array.ConvertAll(records, record => ((long)groups[record] << 32) | (uint)record), records);
        for (var i = 0; i < records.Length; i++)
            for (var j = i + 1; j < records.Length && groups[records[j]] == groups[records[i]]; j++)
                if (others[records[i]] != others[records[j]]) yield return new PairError(records[i], records[j], isJoined);
    }
}
