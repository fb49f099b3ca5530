namespace GraphRisk.Matching.Blocking;

/// <summary>All pairs of a small table.</summary>
internal static class EveryPair
{
    /// <summary>Shows all pairs, each row of the triangle to one thread.</summary>
    public static RuleReport Show(int records, IReadOnlyList<IPairVisitor> visitors, CancellationToken cancellation)
    {
        var next = -1;
        Parallel.For(0, visitors.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = visitors.Count }, worker =>
        {
            for (var right = Interlocked.Increment(ref next); right < records; right = Interlocked.Increment(ref next))
            {
                cancellation.ThrowIfCancellationRequested();
                for (var left = 0; left < right; left++) visitors[worker].Visit(left, right);
            }
        });
        return new RuleReport("all pairs", (long)records * (records - 1) / 2, records, 0, 0);
    }
}
