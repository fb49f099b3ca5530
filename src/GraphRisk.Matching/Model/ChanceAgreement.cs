using GraphRisk.Matching.Blocking;
using GraphRisk.Matching.Comparison;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Model;

/// <summary>
/// How far two records drawn by chance agree: the share of each level among pairs that both say something. Values in common are
/// counted exactly, from the frequencies of the values; the other levels in seeded random pairs. Of few records all pairs are taken.
///
/// Places lie in one another: who has the postcode in common has the town. Counted twice, one agreement would pass for two. So a
/// comparison may have a parent, the one that tells most of it, and its levels are counted apart for pairs that agree on
/// the parent: a tree of dependences (Chow and Liu 1968). Only columns whose common values are shared by far more pairs than can be
/// duplicates may be parents; else the duplicates themselves would look like dependence.
/// </summary>
internal sealed class ChanceAgreement
{
    private const int Pairs = 250_000, PairsOfParent = 25_000, AllPairsUpTo = 1500;
    private const double LeastLift = 2, PairsPerRecord = 10;

    /// <summary>Pairs that what is known of levels beforehand counts for.</summary>
    public const double PriorPairs = 2000;

    private ChanceAgreement(int comparisons)
    {
        Parents = [.. Enumerable.Repeat(-1, comparisons)];
        Shares = new double[comparisons][][];
        Floors = new double[comparisons][];
    }

    /// <summary>Parent of each comparison, -1 where it has none.</summary>
    public int[] Parents { get; }

    /// <summary>Share of each level by comparison, by whether the parent agrees, by level; level 0 is left out.</summary>
    public double[][][] Shares { get; }

    /// <summary>The least share that could have been seen, by comparison and by whether the parent agrees.</summary>
    public double[][] Floors { get; }

    /// <summary>Whether a pattern agrees on the parent of a comparison: 1 or 0.</summary>
    public int ContextOf(int comparison, ReadOnlySpan<byte> levels)
    {
        var parent = Parents[comparison];
        return parent >= 0 && levels[parent] is > 0 and < AttributeComparison.FirstDifferent ? 1 : 0;
    }

    public static ChanceAgreement Of(ComparisonPlan plan, int[] order, Func<int, int, bool> isOpen, Draws draws, CancellationToken cancellation)
    {
        var count = plan.Comparisons.Length;
        var chance = new ChanceAgreement(count);
        var counts = new LevelCounts(plan);
        // Whole names cost a hundred times what other values do; how often strangers have them in common is known from frequencies anyway.
        var pairs = Pairs / (1 + (4 * plan.Comparisons.Count(comparison => comparison.IsCostly)));
        DrawPairs(order, pairs, isOpen, counts, ref draws, cancellation);
        for (var i = 0; i < count; i++)
        {
            var (shares, floor) = counts.SharesOf(i, withPrior: true);
            ReplaceExact(plan.Comparisons[i], shares);
            (chance.Shares[i], chance.Floors[i]) = ([shares, shares], [floor, floor]);
        }

        chance.FindParents(plan, order, isOpen, ref draws, cancellation);
        return chance;
    }

    private static void DrawPairs(int[] order, int pairs, Func<int, int, bool> isOpen, IPairVisitor counts, ref Draws draws, CancellationToken cancellation)
    {
        if (order.Length <= AllPairsUpTo)
        {
            for (var i = 0; i < order.Length; i++)
                for (var j = 0; j < i; j++)
                    if (isOpen(order[i], order[j])) counts.Visit(order[i], order[j]);
            return;
        }

        for (var draw = 0; draw < pairs; draw++)
        {
            if (draw % 4096 == 0) cancellation.ThrowIfCancellationRequested();
            var (left, right) = (order[draws.Below(order.Length)], order[draws.Below(order.Length)]);
            if (left != right && isOpen(left, right)) counts.Visit(left, right);
        }
    }

    /// <summary>Puts what the frequencies say of values in common in the place of what was drawn.</summary>
    private static void ReplaceExact(AttributeComparison comparison, double[] shares)
    {
        if (!comparison.Attribute.IsSingle) return;
        var rest = 0.0;
        for (var level = AttributeComparison.FirstDifferent; level < shares.Length; level++) rest += shares[level];
        var exact = comparison.BandChances.Sum();
        for (var level = 1; level < AttributeComparison.FirstDifferent; level++) shares[level] = comparison.BandChances[level];
        for (var level = AttributeComparison.FirstDifferent; level < shares.Length && rest > 0; level++) shares[level] *= (1 - exact) / rest;
    }

    private void FindParents(ComparisonPlan plan, int[] order, Func<int, int, bool> isOpen, ref Draws draws, CancellationToken cancellation)
    {
        var lifts = new double[plan.Comparisons.Length];
        for (var parent = 0; parent < plan.Comparisons.Length; parent++)
        {
            var comparison = plan.Comparisons[parent];
            var agreeing = comparison.BandChances.Sum();
            if (!IsOfPlace(comparison.Attribute.Kind) || agreeing * order.Length / 2 < PairsPerRecord || !comparison.Attribute.IsSingle) continue;
            var counts = new LevelCounts(plan);
            DrawAgreeing(comparison.Attribute, order, isOpen, counts, ref draws, cancellation);
            for (var child = 0; child < plan.Comparisons.Length; child++)
            {
                if (child == parent || !IsOfPlace(plan.Comparisons[child].Attribute.Kind)) continue;
                var usual = plan.Comparisons[child].BandChances.Sum();
                if (usual < agreeing || (usual == agreeing && child > parent)) continue;
                var (shares, floor) = counts.SharesOf(child, withPrior: false);
                var lift = shares[1..AttributeComparison.FirstDifferent].Sum() / Math.Max(usual, 1e-9);
                if (lift < LeastLift || lift <= lifts[child]) continue;
                lifts[child] = lift;
                Parents[child] = parent;
                (Shares[child][1], Floors[child][1]) = (shares, floor);
            }
        }
    }

    /// <summary>Draws pairs of records that have a value of a column in common.</summary>
    private static void DrawAgreeing(
        RecordAttribute column, int[] order, Func<int, int, bool> isOpen, IPairVisitor counts, ref Draws draws, CancellationToken cancellation)
    {
        var starts = new int[column.Texts.Length + 1];
        foreach (var record in order)
            if (column.Of(record) is { IsEmpty: false } values) starts[values[0] + 1]++;
        for (var value = 0; value < column.Texts.Length; value++) starts[value + 1] += starts[value];
        var (holders, next) = (new int[starts[^1]], starts.ToArray());
        foreach (var record in order)
            if (column.Of(record) is { IsEmpty: false } values) holders[next[values[0]]++] = record;
        for (var draw = 0; draw < PairsOfParent; draw++)
        {
            if (draw % 4096 == 0) cancellation.ThrowIfCancellationRequested();
            var left = holders[draws.Below(holders.Length)];
            var value = column.Of(left)[0];
            var right = holders[starts[value] + draws.Below(starts[value + 1] - starts[value])];
            if (left != right && isOpen(left, right)) counts.Visit(left, right);
        }
    }

    private static bool IsOfPlace(AttributeKind kind) =>
        kind is AttributeKind.Region or AttributeKind.Postcode or AttributeKind.City or AttributeKind.Street or AttributeKind.Address;

    /// <summary>What levels are usual among strangers before any was seen.</summary>
    public static double[] PriorOf(AttributeComparison comparison)
    {
        var row = new double[comparison.Levels.Length];
        var rest = 1.0;
        for (var level = 1; level < row.Length; level++)
        {
            if (level == comparison.Different) continue;
            row[level] = level < AttributeComparison.FirstDifferent ? comparison.Traits.Chance * comparison.BandShares[level]
                : level == comparison.Exchanged ? 1e-6
                : comparison.Levels[level].Chance > 0 ? comparison.Levels[level].Chance
                : comparison.Levels[level].IsNear ? Math.Min(2 * comparison.Traits.Chance, 0.01) : 0.02;
            rest -= row[level];
        }

        row[comparison.Different] = rest;
        return row;
    }

    /// <summary>Counts levels comparison by comparison.</summary>
    private sealed class LevelCounts(ComparisonPlan plan) : IPairVisitor
    {
        private readonly PairComparer comparer = new(plan);
        private readonly long[][] counts = [.. plan.Comparisons.Select(comparison => new long[comparison.Levels.Length])];

        public void Visit(int left, int right)
        {
            comparer.Compare(left, right);
            for (var i = 0; i < counts.Length; i++) counts[i][comparer.Levels[i]]++;
        }

        public (double[] Shares, double Floor) SharesOf(int comparison, bool withPrior)
        {
            var row = counts[comparison];
            var total = Math.Max(1.0, row.Sum() - row[0]);
            var shares = new double[row.Length];
            var prior = withPrior ? PriorOf(plan.Comparisons[comparison]) : shares;
            var weight = withPrior ? PriorPairs : 0;
            for (var level = 1; level < row.Length; level++) shares[level] = (row[level] + (weight * prior[level])) / (total + weight);
            return (shares, 0.5 / (total + weight));
        }
    }
}
