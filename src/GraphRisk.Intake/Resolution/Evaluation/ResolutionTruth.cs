using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Matching.Evaluation;

namespace GraphRisk.Intake.Resolution.Evaluation;

/// <summary>The real entity of each party record, against which resolution is measured; records it does not name are left out.</summary>
/// <param name="EntityOf">Entity by record.</param>
public sealed record ResolutionTruth(IReadOnlyDictionary<NodeId, string> EntityOf)
{
    /// <summary>Holds the probabilities of judgements against what is so.</summary>
    /// <param name="judgements">SAME_AS facts; those of persons, and on records the truth does not name, are passed over.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<PairCalibration> CalibrateAsync(IAsyncEnumerable<RecordedFact> judgements, CancellationToken cancellation = default)
    {
        var pairs = new PairCalibration.Counter();
        await foreach (var recorded in judgements.WithCancellation(cancellation))
            if (recorded.Fact is RelationshipFact fact && JudgementFacts.FromFact(fact) is { ByPerson: false, Score: { } score } judgement
                && EntityOf.TryGetValue(judgement.Left, out var left) && EntityOf.TryGetValue(judgement.Right, out var right))
                pairs.Add((double)score, left == right, judgement.Verdict == Verdict.Match);
        return pairs.Result;
    }

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
