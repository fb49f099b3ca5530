using System.Collections.Concurrent;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Records;

namespace GraphRisk.Intake.Resolution.Decision;

/// <summary>A pair with what its evidence says.</summary>
/// <param name="Left">The lower ordinal.</param>
/// <param name="Right">The higher one.</param>
/// <param name="Decision">What the evidence says; there is a verdict.</param>
internal readonly record struct JudgedPair(int Left, int Right, PairDecision Decision)
{
    /// <summary>Judges pairs on all processors and keeps those with a verdict, in the order given.</summary>
    public static List<JudgedPair> Judge(
        EvidenceJudge judge, PartyTable parties, SharedValues shared, IReadOnlyList<(int Left, int Right)> pairs, CancellationToken cancellation)
    {
        var ranges = Partitioner.Create(0, Math.Max(1, pairs.Count), 8192).GetDynamicPartitions().ToList();
        var found = new List<JudgedPair>[ranges.Count];
        if (pairs.Count == 0) return [];
        Parallel.For(0, ranges.Count, new ParallelOptions { CancellationToken = cancellation }, range =>
        {
            var kept = new List<JudgedPair>();
            for (var i = ranges[range].Item1; i < ranges[range].Item2; i++)
            {
                var (left, right) = parties.Ordered(pairs[i].Left, pairs[i].Right);
                var decision = judge.Judge(parties.Present(left), parties.Present(right), shared);
                if (decision.Verdict is not null) kept.Add(new JudgedPair(pairs[i].Left, pairs[i].Right, decision));
            }

            found[range] = kept;
        });
        return [.. found.SelectMany(list => list)];
    }
}
