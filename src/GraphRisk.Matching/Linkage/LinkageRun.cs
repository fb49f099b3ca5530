using System.Collections.Immutable;
using GraphRisk.Matching.Blocking;
using GraphRisk.Matching.Clustering;
using GraphRisk.Matching.Comparison;
using GraphRisk.Matching.Model;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Linkage;

/// <summary>
/// Finds the records of a table that are about one party: what is compared (<see cref="ComparisonPlan"/>), which pairs are looked at
/// (<see cref="BlockingPlan"/>, <see cref="CandidatePairs"/>), what agreement weighs (<see cref="ChanceAgreement"/>,
/// <see cref="ExpectationMaximisation"/>), from which probability pairs are joined (<see cref="ExpectedQuality"/>), and which clusters
/// they make (<see cref="Clusters"/>). All of it is read off the records; the seed decides what is drawn, and the order of
/// the records nothing but their numbers.
/// </summary>
/// <param name="table">The records.</param>
/// <param name="options">How; null for the usual.</param>
public sealed class LinkageRun(RecordTable table, LinkageOptions? options = null)
{
    /// <summary>Pairs from which patterns are learned, at most about this many.</summary>
    private const long TrainingPairs = 4_000_000;

    /// <summary>Pairs compared for each record on average; small tables are compared more widely.</summary>
    private const int PairsPerRecord = 10;

    /// <summary>What the way from bits to a probability and back may lose.</summary>
    private const double Rounding = 1e-9;

    private readonly LinkageOptions options = options ?? new LinkageOptions();

    /// <summary>Matches all records.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LinkageResult Run(CancellationToken cancellation = default)
    {
        var order = RecordOrder.Of(table);
        var plan = ComparisonPlan.Of(table);
        var blocking = BlockingPlan.Of(plan, order, PairsPerRecord, new Draws(options.Seed));
        var pairs = blocking.IsEverything ? null : new CandidatePairs(blocking.Rules, RanksOf(order), blocking.Cap, cancellation);
        var sources = SourceRule.None;
        var weights = Train(plan, order, pairs, sources, cancellation);
        if (table.Sources.Length > 1 && SourceRule.Of(table, Score(plan, weights, pairs, sources, Sampling(pairs), cancellation).Edges) is { IsAny: true } found)
            weights = Train(plan, order, pairs, sources = found, cancellation);
        var (edges, reports) = Score(plan, weights, pairs, sources, 1, cancellation);
        return ResultOf(plan, order, pairs, weights, sources, edges, reports, cancellation);
    }

    private LinkageWeights Train(ComparisonPlan plan, int[] order, CandidatePairs? pairs, SourceRule sources, CancellationToken cancellation)
    {
        var isOpen = OpenPairs(plan, sources);
        var chance = ChanceAgreement.Of(plan, order, isOpen, new Draws(options.Seed + 1), cancellation);
        var visitors = Visitors(() => new PatternCounts(plan, isOpen));
        var sampling = Sampling(pairs);
        Show(pairs, visitors, sampling, cancellation);
        var patterns = PatternCounts.Sum(visitors, sampling);
        var universe = pairs is null ? patterns.Sum(each => each.Count) : sources.PairsOf(table) * plan.ShareOfOneType(table.Count);
        var trained = ExpectationMaximisation.Learn(plan, chance, patterns, universe, table.Count, cancellation);
        return new LinkageWeights(plan, chance, trained);
    }

    private (Edge[] Edges, ImmutableArray<RuleReport> Reports) Score(
        ComparisonPlan plan, LinkageWeights weights, CandidatePairs? pairs, SourceRule sources, int sampling, CancellationToken cancellation)
    {
        var least = Bits.Of(Math.Min(options.ReviewProbability, options.MergeProbability ?? 1));
        var visitors = Visitors(() => new PairScores(plan, weights, OpenPairs(plan, sources), least));
        var reports = Show(pairs, visitors, sampling, cancellation);
        var edges = visitors.SelectMany(visitor => visitor.Kept).ToArray();
        Array.Sort(edges, (left, right) => left.Left != right.Left ? left.Left.CompareTo(right.Left) : left.Right.CompareTo(right.Right));
        return (edges, reports);
    }

    private ImmutableArray<RuleReport> Show(CandidatePairs? pairs, IReadOnlyList<IPairVisitor> visitors, int sampling, CancellationToken cancellation) =>
        pairs is not null ? pairs.Show(visitors, sampling, cancellation) : [EveryPair.Show(table.Count, visitors, cancellation)];

    private LinkageResult ResultOf(
        ComparisonPlan plan, int[] order, CandidatePairs? pairs, LinkageWeights weights, SourceRule sources, Edge[] edges,
        ImmutableArray<RuleReport> reports, CancellationToken cancellation)
    {
        var threshold = options.MergeProbability ?? ExpectedQuality.ThresholdOf([.. edges.Select(edge => Bits.ToProbability(edge.Bits))]);
        var scores = new ThreadLocal<PairScores>(() => new PairScores(plan, weights, OpenPairs(plan, sources), 0));
        var isOpen = OpenPairs(plan, sources);
        var apart = options.Verdicts.SelectMany(verdict => new[] { ((verdict.Left, verdict.Right), verdict.IsSame), ((verdict.Right, verdict.Left), verdict.IsSame) })
            .DistinctBy(verdict => verdict.Item1).ToDictionary(verdict => verdict.Item1, verdict => !verdict.IsSame);
        var clusters = Clusters.Of(
            new ClusterProblem(RanksOf(order), edges, Bits.Of(threshold) - Rounding, (left, right) => scores.Value!.ScoreAmong(left, right), IsApart(plan, sources, apart))
            {
                Together = [.. options.Verdicts.Where(verdict => verdict.IsSame).Select(verdict => (verdict.Left, verdict.Right)), .. plan.Numbers.Links(table.Count)],
            },
            cancellation);
        return new LinkageResult((left, right) => scores.Value!.Explain(left, right), (left, right) => isOpen(left, right) && (pairs is null || pairs.Holds(left, right)))
        {
            ClusterOf = [.. clusters],
            ClusterCount = clusters.Length == 0 ? 0 : clusters.Max() + 1,
            Pairs = [.. edges.Select(edge => new ScoredPair(edge.Left, edge.Right, edge.Bits))],
            MergeProbability = threshold,
            Model = weights.Public,
            Blocking = new BlockingReport(reports, reports.Sum(report => report.Pairs)),
        };
    }

    /// <summary>What can never be one: what people said of it comes before types, sources and numbers.</summary>
    private static Func<int, int, bool>? IsApart(ComparisonPlan plan, SourceRule sources, Dictionary<(int, int), bool> said)
    {
        if (said.Count == 0 && plan.Types is null && !sources.IsAny && !plan.Numbers.HasRegisters) return null;
        var isOpen = OpenPairs(plan, sources);
        return (left, right) => said.TryGetValue((left, right), out var isApart) ? isApart : !isOpen(left, right) || plan.Numbers.AreInConflict(left, right);
    }

    /// <summary>Place of each record in an order.</summary>
    private static int[] RanksOf(int[] order)
    {
        var ranks = new int[order.Length];
        for (var rank = 0; rank < order.Length; rank++) ranks[order[rank]] = rank;
        return ranks;
    }

    private static Func<int, int, bool> OpenPairs(ComparisonPlan plan, SourceRule sources) =>
        plan.Types is null && !sources.IsAny ? (_, _) => true : (left, right) => !plan.AreOfDifferentTypes(left, right) && sources.IsOpen(left, right);

    private int Sampling(CandidatePairs? pairs)
    {
        var sampling = 1;
        while (pairs is not null && (long)PairsPerRecord * table.Count / sampling > TrainingPairs) sampling *= 2;
        return sampling;
    }

    private T[] Visitors<T>(Func<T> make) =>
        [.. Enumerable.Range(0, options.Workers > 0 ? options.Workers : Environment.ProcessorCount).Select(_ => make())];
}
