using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Intake.Resolution.Evaluation;

/// <summary>
/// Pairwise quality of resolution: of all pairs of records, how many were joined that belong together. Counted from the
/// sizes of groups, entities and their overlaps, so millions of records cost one pass.
/// </summary>
/// <param name="TruePairs">Pairs joined that belong together.</param>
/// <param name="JoinedPairs">Pairs joined.</param>
/// <param name="RealPairs">Pairs that belong together.</param>
public readonly record struct ResolutionQuality(long TruePairs, long JoinedPairs, long RealPairs)
{
    /// <summary>Part of the joined pairs that belong together; 1 where none was joined.</summary>
    public double Precision => JoinedPairs == 0 ? 1 : (double)TruePairs / JoinedPairs;

    /// <summary>Part of the pairs that belong together that were joined; 1 where there are none.</summary>
    public double Recall => RealPairs == 0 ? 1 : (double)TruePairs / RealPairs;

    /// <summary>Harmonic mean of precision and recall; 0 where both are 0.</summary>
    public double F1 => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;

    /// <summary>Measures groups against the truth; records the truth does not name are left out.</summary>
    /// <param name="truth">The real entity of each record.</param>
    /// <param name="clusters">What resolution joined.</param>
    public static ResolutionQuality Measure(IReadOnlyDictionary<NodeId, string> truth, Clusters clusters) =>
        Measure(truth.Select(row => (row.Value, clusters.ClusterOf(row.Key))));

    /// <summary>Measures groups against entities.</summary>
    /// <param name="records">Of each record its real entity and its group's number; negative where it stands alone.</param>
    public static ResolutionQuality Measure(IEnumerable<(string Entity, int Group)> records)
    {
        var entities = new Dictionary<string, long>(StringComparer.Ordinal);
        var groups = new Dictionary<int, long>();
        var overlaps = new Dictionary<(string, int), long>();
        foreach (var (entity, group) in records)
        {
            entities[entity] = entities.GetValueOrDefault(entity) + 1;
            if (group < 0) continue;
            groups[group] = groups.GetValueOrDefault(group) + 1;
            overlaps[(entity, group)] = overlaps.GetValueOrDefault((entity, group)) + 1;
        }

        return new ResolutionQuality(Pairs(overlaps.Values), Pairs(groups.Values), Pairs(entities.Values));
    }

    private static long Pairs(IEnumerable<long> sizes) => sizes.Sum(size => size * (size - 1) / 2);
}
