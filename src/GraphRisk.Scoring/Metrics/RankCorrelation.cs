namespace GraphRisk.Scoring.Metrics;

/// <summary>
/// How far two measures of the same ones put them in the same order.
/// <para>
/// Spearman's rho is the correlation of mid-ranks. Kendall's tau-b is the pairs in the same order less those in the other, over
/// the pairs that either measure orders; swaps are counted by a merge sort (Knight 1966), O(n log n). Both lie in [-1, 1]; NaN where
/// a measure is the same for all, which orders nothing.
/// </para>
/// </summary>
public static class RankCorrelation
{
    /// <summary>Spearman's rho.</summary>
    public static double Spearman(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        Outcomes.RequireSameLength(left.Length, right.Length);
        var (x, y) = (MidRanks(left), MidRanks(right));
        var mean = (left.Length + 1) / 2.0;
        double both = 0, ofLeft = 0, ofRight = 0;
        for (var i = 0; i < x.Length; i++)
        {
            both += (x[i] - mean) * (y[i] - mean);
            ofLeft += (x[i] - mean) * (x[i] - mean);
            ofRight += (y[i] - mean) * (y[i] - mean);
        }

        return both / Math.Sqrt(ofLeft * ofRight);
    }

    /// <summary>Kendall's tau-b.</summary>
    public static double Kendall(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        Outcomes.RequireSameLength(left.Length, right.Length);
        var (x, y) = (left.ToArray(), right.ToArray());
        int[] order = [.. Enumerable.Range(0, x.Length).OrderBy(i => x[i]).ThenBy(i => y[i])];
        double pairs = 0.5 * x.Length * (x.Length - 1.0);
        var tiedLeft = TiedPairs(order.Length, (a, b) => x[order[a]] == x[order[b]]);
        var tiedBoth = TiedPairs(order.Length, (a, b) => x[order[a]] == x[order[b]] && y[order[a]] == y[order[b]]);
        double[] sorted = [.. order.Select(i => y[i])];
        var swaps = SortCountingSwaps(sorted, new double[sorted.Length], 0, sorted.Length);
        var tiedRight = TiedPairs(sorted.Length, (a, b) => sorted[a] == sorted[b]);
        return (pairs - tiedLeft - tiedRight + tiedBoth - (2 * swaps)) / Math.Sqrt((pairs - tiedLeft) * (pairs - tiedRight));
    }

    /// <summary>Ranks from 1; equal values have the mean of theirs.</summary>
    internal static double[] MidRanks(ReadOnlySpan<double> values)
    {
        var order = Outcomes.OrderByRisk(values);
        var ranks = new double[order.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]]) end++;
            for (var i = start; i < end; i++) ranks[order[i]] = (start + 1 + end) / 2.0;
            start = end;
        }

        return ranks;
    }

    private static double TiedPairs(int length, Func<int, int, bool> isTied)
    {
        double tied = 0;
        for (var start = 0; start < length;)
        {
            var end = start + 1;
            while (end < length && isTied(start, end)) end++;
            tied += 0.5 * (end - start) * (end - start - 1.0);
            start = end;
        }

        return tied;
    }

    private static double SortCountingSwaps(double[] values, double[] scratch, int from, int to)
    {
        if (to - from < 2) return 0;
        var middle = (from + to) / 2;
        var swaps = SortCountingSwaps(values, scratch, from, middle) + SortCountingSwaps(values, scratch, middle, to);
        var (left, right) = (from, middle);
        for (var at = from; at < to; at++)
        {
            if (right == to || (left < middle && values[left] <= values[right]))
            {
                scratch[at] = values[left++];
                continue;
            }

            scratch[at] = values[right++];
            swaps += middle - left;
        }

        Array.Copy(scratch, from, values, from, to - from);
        return swaps;
    }
}
