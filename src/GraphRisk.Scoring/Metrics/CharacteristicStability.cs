namespace GraphRisk.Scoring.Metrics;

/// <summary>
/// The characteristic stability index: <see cref="PopulationStability"/> of one input instead of the score. Bands are cut at the
/// quantiles of the known values at building; a value that fills a band or more, such as "none" of what few have, is a band of its own, or
/// a shift of the few would not show. Infinity lies in the outermost band, and what is not known is a band of its own, since
/// a field that is no longer delivered is a shift too.
/// </summary>
public static class CharacteristicStability
{
    /// <param name="expected">Values at building, NaN for not known; at least one.</param>
    /// <param name="actual">Values now; at least one.</param>
    /// <param name="bands">Bands of known values, at least 2; equal quantiles fall together.</param>
    public static double Index(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, int bands = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bands, 2);
        var known = new List<float>(expected.Length);
        foreach (var value in expected)
            if (!float.IsNaN(value)) known.Add(value);
        known.Sort();
        var edges = EdgesOf(known, bands);
        return PopulationStability.Index(Shares(expected, edges), Shares(actual, edges));
    }

    /// <summary>Where bands begin, ascending: the quantiles, and behind a value that stands at two of them the next one a number can be.</summary>
    private static float[] EdgesOf(List<float> sorted, int bands)
    {
        if (sorted.Count == 0) return [];
        var quantiles = Enumerable.Range(0, bands).Select(band => sorted[(int)((long)band * sorted.Count / bands)]).Append(sorted[^1]).GroupBy(value => value).ToList();
        return [.. quantiles.Skip(1).Select(one => one.Key).Union(quantiles.Where(one => one.Count() > 1 && one.Key < float.PositiveInfinity).Select(one => MathF.BitIncrement(one.Key))).Order()];
    }

    /// <summary>Part of each band, that of the unknown last.</summary>
    private static double[] Shares(ReadOnlySpan<float> values, float[] edges)
    {
        var counts = new long[edges.Length + 2];
        foreach (var value in values)
        {
            var position = float.IsNaN(value) ? counts.Length - 1 : Array.BinarySearch(edges, value);
            counts[float.IsNaN(value) ? position : position >= 0 ? position + 1 : ~position]++;
        }

        var shares = new double[counts.Length];
        for (var i = 0; i < shares.Length; i++) shares[i] = (double)counts[i] / values.Length;
        return shares;
    }
}
