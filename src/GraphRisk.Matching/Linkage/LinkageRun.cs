using System.Collections.Immutable;
using GraphRisk.Matching.Blocking;
using GraphRisk.Matching.Clustering;
using GraphRisk.Matching.Model;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Linkage;

/// <summary>Finds the records of a table that are about one party.</summary>
/// <param name="table">The records.</param>
/// <param name="options">How; null for the usual.</param>
public sealed class LinkageRun(RecordTable table, LinkageOptions? options = null)
{
    private const double Agrees = 0.9;
    private const int LargestBlock = 100;

    private readonly LinkageOptions options = options ?? new LinkageOptions();

    /// <summary>Matches all records.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LinkageResult Run(CancellationToken cancellation = default)
    {
        var pairs = new HashSet<(int, int)>();
        foreach (var attribute in table.Attributes)
        {
            var holders = Enumerable.Range(0, table.Count).SelectMany(record => attribute.Of(record).ToArray().Select(value => (value, record)));
            foreach (var block in holders.GroupBy(holder => holder.value, holder => holder.record))
            {
                cancellation.ThrowIfCancellationRequested();
                var records = block.Take(LargestBlock).ToArray();
                for (var i = 0; i < records.Length; i++)
                    for (var j = i + 1; j < records.Length; j++) pairs.Add((records[i], records[j]));
            }
        }

        var scored = pairs.Select(pair => new ScoredPair(pair.Item1, pair.Item2, (float)Explain(pair.Item1, pair.Item2).Bits)).ToList();
        var threshold = options.MergeProbability ?? 0.5;
        var sets = new DisjointSets(table.Count);
        foreach (var pair in scored)
            if (pair.Probability >= threshold) sets.Join(pair.Left, pair.Right);
        var numbers = new Dictionary<int, int>();
        var clusters = new int[table.Count];
        for (var record = 0; record < clusters.Length; record++)
        {
            var root = sets.Find(record);
            if (!numbers.TryGetValue(root, out var number)) numbers.Add(root, number = numbers.Count);
            clusters[record] = number;
        }

        return new LinkageResult(Explain, (left, right) => pairs.Contains((Math.Min(left, right), Math.Max(left, right))))
        {
            ClusterOf = [.. clusters],
            ClusterCount = numbers.Count,
            Pairs = [.. scored.Where(pair => pair.Probability >= options.ReviewProbability).OrderBy(pair => pair.Left).ThenBy(pair => pair.Right)],
            MergeProbability = threshold,
            Model = new MatchModel(-Math.Log2(table.Count), []),
            Blocking = new BlockingReport([], pairs.Count),
        };
    }

    private Waterfall Explain(int left, int right)
    {
        var steps = ImmutableArray.CreateBuilder<WaterfallStep>();
        steps.Add(new WaterfallStep("prior", "", -Math.Log2(table.Count)));
        foreach (var attribute in table.Attributes)
        {
            var from = attribute.Of(left);
            var to = attribute.Of(right);
            if (from.IsEmpty || to.IsEmpty) continue;
            var at = from.IndexOfAny(to);
            var agrees = at >= 0;
            var bits = agrees ? Math.Log2(Agrees * table.Count / attribute.FrequencyOf(from[at])) : -3;
            steps.Add(new WaterfallStep(attribute.Name, agrees ? "same" : "different", bits, attribute.Texts[from[0]], attribute.Texts[to[0]]));
        }

        return new Waterfall(steps.ToImmutable());
    }
}
