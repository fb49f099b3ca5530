using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Matching.Evaluation;

namespace GraphRisk.Intake.Resolution.Evaluation;

/// <summary>The real entity of each party record, against which resolution is measured; records it does not name are left out.</summary>
/// <param name="EntityOf">Entity by record.</param>
public sealed record ResolutionTruth(IReadOnlyDictionary<NodeId, string> EntityOf)
{
    /// <summary>Measures what resolution joined.</summary>
    public ClusterQuality Measure(Clusters clusters)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var (entities, groups) = (new int[EntityOf.Count], new int[EntityOf.Count]);
        var at = 0;
        foreach (var (record, entity) in EntityOf)
        {
            if (!numbers.TryGetValue(entity, out var number)) numbers[entity] = number = numbers.Count;
            (entities[at], groups[at]) = (number, clusters.ClusterOf(record));
            at++;
        }

        return ClusterQuality.Measure(entities, groups);
    }
}
