namespace GraphRisk.Scoring.Metrics;

/// <summary>
/// The population stability index: how far today's spread over score bands has moved from the one the model was
/// built on, the sum over bands of (actual - expected) x ln(actual / expected).
/// Read by custom as: below 0.10 stable, to 0.25 watch, above it the model's ground has shifted.
/// </summary>
public static class PopulationStability
{
    /// <summary>A band empty on one side counts as this share, since the logarithm of nothing does not exist.</summary>
    public const double EmptyBandShare = 1e-4;

    /// <param name="expected">Share of each band at building; sums to 1.</param>
    /// <param name="actual">Share of each band now; sums to 1.</param>
    /// <exception cref="ArgumentException">The bands differ in number, or the shares do not sum to 1 within 1e-6.</exception>
    public static double Index(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Outcomes.RequireSameLength(expected.Length, actual.Length);
        RequireShares(expected);
        RequireShares(actual);
        double index = 0;
        for (var band = 0; band < expected.Length; band++)
        {
            var before = Math.Max(expected[band], EmptyBandShare);
            var now = Math.Max(actual[band], EmptyBandShare);
            index += (now - before) * Math.Log(now / before);
        }
        return index;
    }

    /// <summary>The index of two samples over bands cut at the quantiles of the first.</summary>
    /// <param name="expected">Values at building; at least one.</param>
    /// <param name="actual">Values now; at least one.</param>
    /// <param name="bands">At least 2; equal quantiles fall together into one band.</param>
    public static double OfSamples(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, int bands = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bands, 2);
        var sorted = expected.ToArray();
        Array.Sort(sorted);
        var edges = Enumerable.Range(1, bands - 1)
            .Select(band => sorted[(int)((long)band * sorted.Length / bands)])
            .Distinct()
            .ToArray();
        return Index(Shares(expected, edges), Shares(actual, edges));
    }

    private static double[] Shares(ReadOnlySpan<double> values, double[] edges)
    {
        var shares = new double[edges.Length + 1];
        foreach (var value in values)
        {
            var position = Array.BinarySearch(edges, value);
            shares[position >= 0 ? position + 1 : ~position] += 1.0 / values.Length;
        }
        return shares;
    }

    private static void RequireShares(ReadOnlySpan<double> shares)
    {
        double sum = 0;
        foreach (var share in shares)
        {
            Outcomes.RequireProbability(share);
            sum += share;
        }
        if (Math.Abs(sum - 1) > 1e-6)
            throw new ArgumentException($"the shares sum to {sum}, not 1", nameof(shares));
    }
}
